// The wall screen keeps the server's time and fetches its words again; through a cut it goes on with what it has,
// and it lays a copy of itself aside that now-worker.js shows where it is opened again without a network.
const EVERY = 20_000;
const QUIET = 45_000; // after two rounds without an answer the screen says since when
const clock = document.getElementById("clock");
const cut = document.getElementById("cut");
let ahead = Number(clock.dataset.ahead ?? Number(clock.dataset.now) - Date.now()); // a kept copy knows both
let heard = Number(clock.dataset.heard ?? Date.now());

const { zone } = clock.dataset;
const hours = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
const day = new Intl.DateTimeFormat("sv-SE", { timeZone: zone });
const dayName = new Intl.DateTimeFormat(document.documentElement.lang === "ko" ? "ko-KR" : "en-GB", {
  month: "long",
  day: "numeric",
  weekday: "long",
  timeZone: zone,
});
let shown = "";

function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function part(name) {
  return document.querySelector(`#wall [data-part="${name}"]`);
}

function fill(section, items) {
  for (const old of section.querySelectorAll(".wall-item")) old.remove();
  section.append(...items.map((item) => item.cloneNode(true)));
  section.hidden = items.length === 0;
}

// The same rule as the server's: what has begun and is not over, and what starts together after it.
function arrange(moment) {
  const all = [...part("all").content.querySelectorAll(".wall-item")];
  if (all.length === 0) return;
  const [from, until] = ["from", "until"].map((name) => (item) => Date.parse(item.dataset[name]));
  const on = all.filter((item) => from(item) <= moment && moment < until(item));
  const later = all.filter((item) => from(item) > moment);
  const soonest = Math.min(...later.map(from));
  const following = later.filter((item) => from(item) === soonest);
  const today = day.format(moment);
  const state = [today, ...on, "|", ...following].map((one) => one.outerHTML ?? one).join("");
  if (state === shown) return;
  shown = state;
  fill(part("now"), on);
  fill(part("next"), following);
  part("next").className = on.length ? "wall-next" : "wall-now";
  part("over").hidden = on.length + following.length > 0;
  const other = part("next").querySelector("h2 span");
  other.hidden = following.length === 0 || following[0].dataset.day === today;
  if (!other.hidden) say(other, following[0].dataset.dayName);
}

function tick() {
  const moment = Date.now() + ahead;
  say(clock, hours.format(moment));
  arrange(moment);
  const silent = Date.now() - heard > QUIET;
  if (silent) {
    say(cut, cut.dataset.words.replace("{time}", hours.format(heard + ahead)));
    say(document.getElementById("date"), dayName.format(moment));
  }
  if (cut.hidden === silent) cut.hidden = !silent;
}

const script = (page) => page.querySelector("script[type=module]").getAttribute("src");

async function keep(words, headers) {
  if (!("caches" in window)) return;
  const kept = await caches.open("wall");
  const page = words.replace('id="clock"', `id="clock" data-ahead="${ahead}" data-heard="${heard}"`);
  await kept.put(location.href, new Response(page, { headers }));
  const asked = performance.getEntriesByType("resource").map((entry) => entry.name);
  const parts = new Set(asked.filter((name) => name.startsWith(`${location.origin}/static/`)));
  const there = (await kept.keys()).map((request) => request.url);
  await kept.addAll([...parts].filter((part) => !there.includes(part)));
  const old = there.filter((one) => one.startsWith(`${location.origin}/static/`) && !parts.has(one));
  await Promise.all(old.map((one) => kept.delete(one)));
}

async function refresh() {
  const asked = Date.now();
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(10000) });
    if (!answer.ok) return;
    const words = await answer.text();
    const fresh = new DOMParser().parseFromString(words, "text/html");
    for (const id of ["wall", "date"]) {
      const [here, there] = [document.getElementById(id), fresh.getElementById(id)];
      if (here.innerHTML !== there.innerHTML) here.replaceWith(there);
    }
    const took = Date.now() - asked;
    if (took < 5000) ahead = Number(fresh.getElementById("clock").dataset.now) + took / 2 - Date.now();
    heard = Date.now();
    shown = "";
    tick();
    if (script(fresh) !== script(document)) location.reload();
    else await keep(words, answer.headers);
  } catch {
    // no network just now, or another network's own page instead of ours: the next round tries again
  }
}

tick();
setInterval(tick, 1000);
setInterval(refresh, EVERY);
refresh();
navigator.serviceWorker?.register(clock.dataset.worker, { scope: location.pathname }).catch(() => {});
document.addEventListener("visibilitychange", () => document.hidden || refresh());
