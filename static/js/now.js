// The wall screen keeps the server's time and fetches its words again; what it shows stays when the network goes.
const EVERY = 20000;
const clock = document.getElementById("clock");
let ahead = Number(clock.dataset.now) - Date.now();

const hours = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: clock.dataset.zone,
});

function tick() {
  const shown = hours.format(new Date(Date.now() + ahead));
  if (clock.textContent !== shown) clock.textContent = shown;
}

async function refresh() {
  const asked = Date.now();
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(10000) });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["wall", "date"]) {
      const [here, there] = [document.getElementById(id), fresh.getElementById(id)];
      if (here && there && here.innerHTML !== there.innerHTML) here.replaceWith(there);
    }
    const took = Date.now() - asked;
    const theirs = fresh.getElementById("clock");
    if (theirs && took < 5000) ahead = Number(theirs.dataset.now) + took / 2 - Date.now();
  } catch {
    // no network just now: the next round tries again
  }
}

tick();
setInterval(tick, 1000);
setInterval(refresh, EVERY);
document.addEventListener("visibilitychange", () => document.hidden || refresh());
