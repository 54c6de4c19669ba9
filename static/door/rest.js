// A camera that nobody uses rests: the phone lies still, nothing is read, nobody touches it. It wakes at once.

const STILL_FOR = 180000;
const MOVED = 0.8; // metres a second squared between two moments: a table does not do that, a hand does

/** Returns what to call at every sign of life that only the caller sees. */
export function restWhenLeft(camera) {
  let [timer, before] = [0, null];
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => camera.rest(), STILL_FOR);
    if (camera.resting) camera.open();
  };
  addEventListener("pointerdown", alive, { capture: true, passive: true });
  addEventListener("keydown", alive, { capture: true });
  addEventListener("devicemotion", ({ accelerationIncludingGravity: now }) => {
    if (before && now && ["x", "y", "z"].some((axis) => Math.abs(now[axis] - before[axis]) > MOVED)) alive();
    before = now;
  });
  alive();
  return alive;
}
