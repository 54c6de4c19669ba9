// A sound and a shake for each verdict, made on the phone: one high note goes on, two low ones stop.

const TUNES = {
  admitted: [[880, 0, 0.12], [1320, 0.1, 0.16]],
  "already in": [[660, 0, 0.14], [660, 0.22, 0.14]],
  "wrong run": [[520, 0, 0.2], [660, 0.22, 0.2]],
  "not yet": [[520, 0, 0.3]],
  "not expected": [[520, 0, 0.2], [660, 0.22, 0.2]],
  ask: [[660, 0, 0.12]],
  other: [[240, 0, 0.22], [180, 0.26, 0.34]],
};
const SHAKES = { admitted: [60], "already in": [60, 80, 60], "wrong run": [120, 80, 120], "not yet": [200], "not expected": [120, 80, 120], ask: [60], other: [300, 100, 300] };

let context = null;

/** Browsers let sound out after the first touch or key alone. */
export function unlockOnFirstTouch() {
  const unlock = () => {
    context ??= window.AudioContext ? new AudioContext() : null;
    context?.resume().catch(() => {});
  };
  addEventListener("pointerdown", unlock, { passive: true });
  addEventListener("keydown", unlock, { passive: true });
}

export function play(verdict) {
  navigator.vibrate?.(SHAKES[verdict] ?? SHAKES.other);
  if (context?.state !== "running") return;
  for (const [pitch, after, length] of TUNES[verdict] ?? TUNES.other) note(pitch, context.currentTime + after, length);
}

function note(pitch, from, length) {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, from);
  volume.gain.exponentialRampToValueAtTime(0.35, from + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + length);
  tone.connect(volume).connect(context.destination);
  tone.start(from);
  tone.stop(from + length + 0.02);
}
