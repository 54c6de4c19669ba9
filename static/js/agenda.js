// The organizers' timetable: items are moved, stretched and drawn by pointer or keyboard, in steps of five minutes.
// The server says what clashes, keeps every step, and draws the page anew; without this file the forms do it all.

const STEP = 5;
const HOUR = 60;
const DAY = 24 * HOUR;
const EDGE = 8; // so near to its lower edge an item is stretched, not moved; by a finger twice as far
const HOLD = 350; // a finger that rests so long on a free hour draws; one that moves before that scrolls
const FINGER = 30; // minutes of what a finger or a key draws without moving on
const SOON = 60; // the server is asked once the pointer rests
const LOOK_AGAIN = 10000;
let held = null; // the item in hand
let asked = null; // the question about clashes that is on its way
let asking = 0;
let places = null; // where the days stand, measured once for each gesture
let dragged = false;

const root = () => document.querySelector("[data-agenda]");
const word = () => document.querySelector("[data-agenda-word]");
const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const within = (value, least, most) => Math.min(Math.max(value, least), most);
const row = () => root().querySelector(".timetable-hours > li").getBoundingClientRect().height / 12;
const moves = () => held && !held.keyboard;

function draw(block, day, from, until) {
  for (const name of [...block.classList]) if (/^(from|for|lane)-|^(left|right)$/.test(name)) block.classList.remove(name);
  const rows = Math.round((until - from) / STEP);
  block.classList.add(`from-${Math.round((from - Number(root().dataset.first)) / STEP)}`, `for-${within(rows, 1, 144)}`);
  if (block.parentElement !== day) day.append(block);
}

function lift(block, keyboard) {
  const { parentElement: day, nextSibling: next, className } = block;
  const time = block.querySelector(".time")?.textContent;
  const from = Number(block.dataset.from);
  const until = Number(block.dataset.until);
  held = { block, day, from, until, keyboard, home: { day, next, className, from, until, time } };
  block.classList.add("moving");
}

function bring(day, from, until) {
  const first = Number(root().dataset.first);
  const length = until - from;
  if (length < STEP) return;
  const moves = length === held.until - held.from;
  const begins = within(from, first, DAY - (moves ? length : STEP));
  const ends = within(moves ? begins + length : until, begins + STEP, DAY);
  const said = held.copy ? "copied" : "moved";
  if (held.said === said && day === held.day && begins === held.from && ends === held.until) return;
  Object.assign(held, { day, from: begins, until: ends, said });
  const focused = held.block.contains(document.activeElement);
  const { block } = held;
  held.busy = true;
  draw(block, day, held.from, held.until);
  const time = block.querySelector(".time");
  if (time) time.textContent = `${clock(held.from)}–${clock(held.until)}`;
  if (focused) block.querySelector("a")?.focus();
  else if (held.slot) block.scrollIntoView({ block: "nearest" });
  held.busy = false;
  say();
}

function say() {
  const { block, day, from, until } = held;
  const where = `${day.dataset.name} ${clock(from)}–${clock(until)}`;
  const when = held.copy ? `${root().dataset.copy}. ${where}` : [where, held.hint].filter(Boolean).join(". ");
  word().textContent = when;
  asked?.abort();
  clearTimeout(asking);
  if (block.dataset.uid) asking = setTimeout(() => held?.block === block && ask(when), SOON);
}

async function ask(when) {
  const { block, day, from, until } = held;
  asked = new AbortController();
  const query = new URLSearchParams({ run: day.dataset.run, day: day.dataset.day, from, until });
  try {
    const answer = await fetch(`/organizer/agenda/items/${block.dataset.uid}/clashes?${query}`, { signal: asked.signal });
    const { clashes } = await answer.json();
    if (held?.block !== block) return;
    block.classList.toggle("overlap", clashes.some((one) => one.error));
    word().textContent = [when, ...clashes.map((one) => one.sentence)].join(". ");
  } catch (problem) {
    if (problem.name !== "AbortError") word().textContent = when;
  }
}

function giveUp() {
  const { block, home } = held;
  held = null;
  asked?.abort();
  word().textContent = "";
  if (!block.dataset.uid) {
    block.remove();
    return;
  }
  block.className = home.className;
  if (home.time) block.querySelector(".time").textContent = home.time;
  home.day.insertBefore(block, home.next);
}

async function putDown(another) {
  const { block, day, from, until, home } = held;
  if (day === home.day && from === home.from && until === home.until) {
    giveUp();
    return;
  }
  held = null;
  asked?.abort();
  const { uid } = block.dataset;
  const place = { run: day.dataset.run, day: day.dataset.day, from, until, ...(another && { another: "y" }) };
  await send(`/organizer/agenda/items/${uid}/place`, place);
  root().querySelector(`[data-uid="${uid}"] a`)?.focus();
}

async function send(address, values) {
  const { version, token } = root().dataset;
  const body = new URLSearchParams({ csrf_token: token, seen: version, ...values });
  await show(fetch(address, { method: "POST", body }));
}

/** The page as the server has it now, in the place of this one; unless: not under a hand that holds an item by then. */
async function show(request, unless = () => false) {
  const answer = await request.catch(() => null);
  if (unless()) return;
  if (!answer?.ok) {
    location.reload();
    return;
  }
  const text = await answer.text();
  if (unless()) return;
  const copy = new DOMParser().parseFromString(text, "text/html");
  for (const part of ["#main", ".panel"]) document.querySelector(part).replaceWith(copy.querySelector(part));
}

// -- keyboard ---------------------------------------------------------------------------------------------------

function steer(key, stretch) {
  const days = [...root().querySelectorAll(".timetable-day")];
  const { day, from, until } = held;
  const by = { ArrowUp: -STEP, ArrowDown: STEP, PageUp: -HOUR, PageDown: HOUR }[key];
  if (by && stretch) bring(day, from, until + by);
  else if (by) bring(day, from + by, until + by);
  else bring(days[within(days.indexOf(day) + (key === "ArrowLeft" ? -1 : 1), 0, days.length - 1)], from, until);
}

/** A new item by keys: arrows find its place, Enter lets it begin there, arrows stretch it, Enter writes it. */
function drawByKeys(slot, key, shift) {
  if (held) return steer(key, shift || held.begun);
  const day = slot.closest("[data-day-part]").querySelector(".timetable-day");
  const taken = [...day.querySelectorAll(".block[data-uid]")].map(({ dataset }) => [Number(dataset.from), Number(dataset.until)]);
  const free = (at) => taken.every(([begins, ends]) => ends <= at || at + FINGER <= begins);
  const after = taken.map(([, ends]) => ends).sort((one, other) => one - other);
  const from = within(after.find(free) ?? Number(root().dataset.first), 0, DAY - FINGER);
  beginNew(day, from, from + FINGER, { keyboard: true, slot, hint: root().dataset.place });
}

function enter() {
  if (held.begun) return writeNew();
  Object.assign(held, { begun: true, hint: root().dataset.stretch });
  say();
}

document.addEventListener("keydown", (press) => {
  if ((press.ctrlKey || press.metaKey) && /^[zy]$/i.test(press.key) && !press.target.closest("input, textarea")) {
    press.preventDefault();
    const way = press.shiftKey || /^y$/i.test(press.key) ? "forth" : "back";
    if (!held) send("/organizer/agenda/steps", { way });
    return;
  }
  const block = press.target.closest?.("[data-agenda] .block[data-uid]");
  const slot = press.target.closest?.("[data-agenda] [data-slot]");
  const steers = /^Arrow/.test(press.key) || (held && /^Page/.test(press.key));
  if (press.key === "Escape" && held) {
    press.preventDefault();
    const { block: mine } = held;
    giveUp();
    mine.querySelector("a")?.focus();
  } else if (press.key === "Enter" && held?.keyboard) {
    press.preventDefault();
    if (held.slot) enter();
    else putDown(press.ctrlKey || press.metaKey);
  } else if ((block || slot) && steers && !press.ctrlKey && !press.metaKey && !press.altKey) {
    press.preventDefault();
    if (slot) return drawByKeys(slot, press.key, press.shiftKey);
    if (held?.block !== block) lift(block, true);
    steer(press.key, press.shiftKey);
  }
});

document.addEventListener("focusout", (left) => {
  if (held?.slot === left.target) giveUp();
  else if (held?.keyboard && !held.busy && left.target.closest(".block") === held.block) putDown();
});

// -- pointer ----------------------------------------------------------------------------------------------------

function dayAt(x) {
  places ??= [...root().querySelectorAll(".timetable-day")].map((day) => ({ day, right: day.getBoundingClientRect().right }));
  return (places.find(({ right }) => x <= right) ?? places.at(-1)).day;
}

function drawNew(press, day, length) {
  const top = day.getBoundingClientRect().top;
  const minutes = Math.floor((press.clientY - top) / row()) * STEP + Number(root().dataset.first);
  beginNew(day, minutes, minutes + length, {});
  return { stretch: true, isNew: true };
}

function beginNew(day, from, until, how) {
  const block = document.createElement("li");
  block.className = "block ours moving";
  Object.assign(block.dataset, { from, until });
  day.append(block);
  lift(block, false);
  Object.assign(held, how);
  draw(block, day, from, until);
  say();
}

document.addEventListener("pointerdown", (press) => {
  const day = press.target.closest?.("[data-agenda] .timetable-day");
  if (!day || press.button !== 0 || held) return;
  const finger = press.pointerType === "touch";
  const block = press.target.closest(".block[data-uid]");
  const bottom = block?.getBoundingClientRect().bottom;
  const high = row();
  let how = block && { stretch: bottom - press.clientY < (finger ? 2 * EDGE : EDGE) };
  let start = null;
  const rests = finger && !block && setTimeout(begin, HOLD);
  places = null;

  function begin() {
    if (block) lift(block, false);
    else how = drawNew(press, day, finger ? FINGER : STEP);
    start = { from: held.from, until: held.until };
  }

  function move(now) {
    const far = Math.abs(now.clientY - press.clientY) + Math.abs(now.clientX - press.clientX);
    if (!start && far < 4) return;
    if (!start && finger && !block) return end(now);
    if (!start) begin();
    if (!held) return;
    const by = Math.round((now.clientY - press.clientY) / high) * STEP;
    held.copy = !how.stretch && (now.ctrlKey || now.altKey || now.metaKey);
    if (how.stretch) bring(held.day, start.from, Math.max(start.until + by, start.from + STEP));
    else bring(dayAt(now.clientX), start.from + by, start.until + by);
  }

  function end(now) {
    clearTimeout(rests);
    for (const [name, does] of listeners) document.removeEventListener(name, does);
    dragged = Boolean(start);
    setTimeout(() => (dragged = false));
    if (!start || !held) return;
    if (now.type === "pointercancel") giveUp();
    else if (how.isNew) writeNew();
    else putDown(now.ctrlKey || now.altKey || now.metaKey);
  }

  const listeners = [["pointermove", move], ["pointerup", end], ["pointercancel", end]];
  for (const [name, does] of listeners) document.addEventListener(name, does);
});

document.addEventListener("touchmove", (touch) => moves() && touch.cancelable && touch.preventDefault(), { passive: false });
document.addEventListener("contextmenu", (press) => moves() && press.preventDefault());
document.addEventListener("scroll", () => (places = null), { capture: true, passive: true });

function writeNew() {
  const { day, from, until } = held;
  const query = new URLSearchParams({ run: day.dataset.run, day: day.dataset.day, from, until });
  location.assign(`/organizer/agenda/items/new?${query}`);
}

document.addEventListener("dragstart", (drag) => drag.target.closest?.("[data-agenda]") && drag.preventDefault());
document.addEventListener("click", (press) => dragged && press.preventDefault(), true);

// -- what others do meanwhile -----------------------------------------------------------------------------------

setInterval(async () => {
  if (held || document.hidden || document.activeElement?.closest("form")) return;
  const answer = await fetch("/organizer/agenda/version").catch(() => null);
  if (!answer?.ok || held) return;
  const { version, number } = await answer.json();
  const { dataset } = root();
  if (String(version) !== dataset.version || String(number) !== dataset.number) await show(fetch("/organizer/agenda"), () => held);
}, LOOK_AGAIN);
