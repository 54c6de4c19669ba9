// The scanner's page: badges come in by camera, reader, code or name; each is kept, sent, shown.

import { Camera } from "./camera.js";
import { normalise, unescaped } from "./code.js";
import { People } from "./people.js";
import { ThisPhone } from "./phone.js";
import { Queue } from "./queue.js";
import * as reader from "./reader.js";
import { Roster } from "./roster.js";
import { Rehearsal } from "./rehearsal.js";
import { restWhenLeft } from "./rest.js";
import * as sound from "./sound.js";
import { uuid } from "./uuid.js";
import { Verdicts, fill } from "./verdicts.js";
import { Ways } from "./ways.js";

const byId = (id) => document.getElementById(id);
const settings = JSON.parse(byId("main").dataset.settings);
const { words } = settings;
const PATIENT = 1500; // a phone without a list has only the server to ask
const GONE_AFTER = 1800;
let seen = { text: "", at: 0 };
let list = null;
let phone = null;

const ways = new Ways({ words, onCode: (code) => scan({ code }), onWalkIn: walkIn, onAll: (all) => list.showAll(all), toCome: (company) => roster.toCome(company) });
const roster = new Roster({
  url: settings.roster,
  run: settings.run,
  opensAt: settings.opens_at,
  closesAt: settings.closes_at,
  endsAt: settings.ends_at,
  closed: () => fill(words.closed, { time: verdicts.time(settings.closes_at) }),
  checkpoint: settings.checkpoint,
  onChange: () => (drawCounts(), list?.draw(), ways.drawCompanies(roster.companies)),
});
const queue = new Queue({ url: settings.send, checkpoint: settings.checkpoint, onState: drawState, onHeard: heard, onAnswer: learn, isFresh: (id) => verdicts.isFresh(id) });
const verdicts = new Verdicts({
  over: byId("verdict"),
  under: byId("scan"),
  bar: byId("offline"),
  said: byId("said"),
  settings,
  counts: countWords,
  onPress: (name, about) => PRESSES[name]?.(about),
});
list = new People({
  list: byId("list"),
  none: byId("none"),
  search: byId("search"),
  roster,
  settings,
  time: (iso) => verdicts.time(iso),
  onAdmit: (attendee) => scan({ attendee }),
});
phone = new ThisPhone({ queue, roster, words, time: (iso) => verdicts.time(iso) });
const rehearsal = new Rehearsal({
  settings,
  roster,
  now: () => roster.now(),
  onShow: (answer, item) => verdicts.show(answer, item),
});
const camera = new Camera(document.querySelector(".stage video"), { wasm: settings.wasm, onText: sighted, onState: drawCamera });
const stirred = restWhenLeft(camera);

const PRESSES = {
  undo: ({ answer, item }) => undo(answer, item),
  move: ({ answer, item }) => move(answer, item),
  anyway: ({ answer, item }) => letIn(answer, item),
  note: ({ item, note }) => scan({ ...whom(item), note }, item.kind),
  "walk-in": () => ways.open("walk-in", true),
  find: ({ query }) => list.ask(query),
};

// -- what comes in --------------------------------------------------------------------------------

/** The camera saw a code: the same badge held on is one scan until it has been away for a moment. */
function sighted(text) {
  stirred();
  const now = performance.now();
  const held = text === seen.text && now - seen.at < GONE_AFTER;
  seen = { text, at: now };
  if (!held) scan({ code: text });
}

function newItem(kind, more) {
  return {
    id: uuid(),
    kind,
    checkpoint: settings.checkpoint,
    scanned_at: new Date().toISOString(),
    gate: settings.gate,
    phone: settings.phone,
    ahead: Math.round(roster.ahead),
    ...more,
  };
}

/** Decide by the list on this phone, keep the scan, show it; what the server says otherwise is shown when it comes. */
async function scan(what, kind = "scan") {
  const code = what.code === undefined ? undefined : (normalise(what.code) ?? what.code.slice(0, 80));
  const item = newItem(kind, code === undefined ? what : { ...what, code });
  const decide = (one) => roster.decide(one);
  if (settings.asks && what.note === undefined && !rehearsal.on) {
    const own = await decide(item);
    if (own.verdict === "admitted") return show({ ...own, verdict: "ask" }, item);
  }
  await keepAndShow(item, decide);
}

/** Whom an item means, as it was asked for. */
function whom({ code, attendee }) {
  return code === undefined ? { attendee } : { code };
}

async function keepAndShow(item, decide) {
  if (rehearsal.on) return verdicts.show(...rehearsal.notNow());
  const guess = await decide(item);
  const knows = Boolean(roster.at);
  const answered = await queue.keep(item, knows ? guess : {}).catch(() => null);
  if (!answered) return showUnkept(item, guess);
  const told = knows ? null : await Promise.race([answered(), new Promise((resolve) => setTimeout(resolve, PATIENT, null))]);
  if (!told) note(guess, item, { own: true });
  show(told ? shownAs(told, guess) : guess, item);
}

/** This phone cannot store the scan: never a green, whatever is known of it; the screen says who has it instead. */
async function showUnkept(item, guess) {
  const unkept = { ...guess, verdict: "unkept", facts: [] };
  show({ ...unkept, sentence: words.unkept_paper }, item);
  const told = await queue.ask(item);
  if (!told || verdicts.current?.item.id !== item.id) return;
  const sentence = told.error ? told.error.sentence : fill(words.unkept_noted, { verdict: words[`said_${told.verdict}`] });
  verdicts.show({ ...unkept, ...told, verdict: "unkept", facts: [], sentence }, item, { again: true });
}

/** The server's refusal is a screen of its own, with its sentence; who it seemed to be stays readable. */
function shownAs(told, guess) {
  return told.error ? { ...guess, id: told.id, verdict: "refused", facts: [], sentence: told.error.sentence } : told;
}

/** The server said something else than the screen that still shows this item: show it again. */
function correct(told, item) {
  const { answer, item: on } = verdicts.current ?? {};
  if (on?.id !== item.id || answer.verdict === "unkept" || (answer.verdict === told.verdict && !answer.to_settle === !told.to_settle)) return;
  verdicts.show(told, item, { again: answer.verdict === told.verdict });
}

function show(answer, item) {
  ways.close();
  verdicts.show(answer, item);
}

async function walkIn({ name, company, attendee }) {
  const item = newItem(...(attendee ? ["substitute", { name, company, attendee }] : ["walk-in", { name, company }]));
  await keepAndShow(item, async () => ({ id: item.id, verdict: "admitted", name, company, facts: [], to_settle: true }));
}

async function undo(answer, item) {
  if (item.rehearsal) return say(words.undone);
  const undone = newItem("undo", { check_in: item.id });
  const asked = async () => ((told) => Boolean(told) && !told.error)(await queue.ask(undone));
  const kept = await queue.keep(undone).then(() => true, asked);
  if (kept && answer.attendee) roster.note(answer.attendee, null, {}, undone.id);
  verdicts.announce(kept ? words.undone : words.not_kept);
  say(kept ? words.undone : words.not_kept);
}

async function move(answer, item) {
  if (item.rehearsal) return verdicts.show({ ...answer, verdict: "admitted", run: settings.run }, { ...item, kind: "move" });
  await keepAndShow(newItem("move", whom(item)), (one) => roster.moved(one));
}

/** Not expected at this checkpoint, and let in by somebody's own decision. */
async function letIn(answer, item) {
  if (item.rehearsal) return verdicts.show({ ...answer, verdict: "admitted" }, item);
  await scan(whom(item), "anyway");
}

/** Our server spoke, if only to a sign of life: the list asks for what changed by other phones too. */
function heard(envelope) {
  roster.setClock(envelope.server_now);
  scheduleFetch(envelope.version);
}

/** What the server answered for an item, now or later. */
async function learn(answer, item) {
  if (item.checkpoint === settings.checkpoint) relearn(answer, item);
  if (item.kind !== "undo") correct(shownAs(answer, verdicts.current?.answer), item);
}

function relearn(answer, item) {
  roster.own.delete(item.id);
  unnote(answer, item);
  if (!answer.error) note(answer, item);
}

function note(answer, item, { own = false } = {}) {
  if (answer.verdict !== "admitted" || !answer.attendee || answer.undone) return;
  const when = new Date(Date.parse(item.scanned_at) + roster.ahead).toISOString();
  if (!roster.people.get(answer.attendee)?.in_since) roster.note(answer.attendee, when, item, own && item.id);
}

/** The list took this phone's own word for it; the server says that they are not in, or since when. */
function unnote(answer, item) {
  const { attendee } = answer.error && verdicts.current?.item.id === item.id ? verdicts.current.answer : answer;
  if (!attendee || ["admitted", "undone"].includes(answer.verdict)) return;
  roster.note(attendee, answer.since ?? null, answer);
}

let fetching = 0;
function scheduleFetch(version) {
  if (version === roster.version || fetching) return;
  fetching = setTimeout(async () => {
    await roster.fetch();
    fetching = 0;
  }, 250);
}

// -- what is shown --------------------------------------------------------------------------------

function countWords() {
  const counts = roster.counts();
  if (!roster.at) return "";
  return settings.kind === "leaving" ? String(counts.in) : `${counts.in} / ${counts.expected}`;
}

function drawCounts() {
  byId("count").textContent = countWords();
  verdicts.recount();
}

function drawState({ online, waiting = 0, refused = 0, changed = 0, out = false }) {
  const bar = byId("offline");
  let text = "";
  if (out) text = words.signed_out;
  else if (online === false) {
    text = roster.at ? fill(words.offline, { time: verdicts.time(roster.at), count: waiting }) : words.offline_no_list;
  } else if (refused) text = fill(words.refused, { count: refused });
  else if (changed) text = fill(words.changed, { count: changed });
  if (out) roster.clear(), roster.onChange();
  if (bar.lastElementChild.textContent !== text) bar.lastElementChild.textContent = text;
  bar.hidden = !text;
  verdicts.showBar();
  phone?.draw();
  byId("connection").textContent = online ? words.connected : online === null ? words.connecting : "";
}

function drawCamera({ open, resting = false, torch = false, others = false }) {
  byId("stage-word").textContent = open ? words.show_badge : resting ? words.camera_rests : words.no_camera;
  byId("stage").classList.toggle("no-camera", !open);
  byId("camera-again").hidden = open;
  byId("torch").hidden = !torch;
  byId("other-camera").hidden = !others;
}

/** A word over the picture for a moment. */
function say(sentence) {
  const word = byId("stage-word");
  const before = word.textContent;
  word.textContent = sentence;
  setTimeout(() => word.textContent === sentence && (word.textContent = before), 3000);
}

// -- the camera's buttons --------------------------------------------------------------------------

byId("camera-again").addEventListener("click", () => camera.open());
byId("other-camera").addEventListener("click", () => camera.change());
byId("torch").addEventListener("click", async (event) => {
  const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
  await camera.light(on);
  byId("torch").setAttribute("aria-pressed", String(on));
});

// -- the beginning --------------------------------------------------------------------------------

async function keepAwake() {
  if (!document.hidden) await navigator.wakeLock?.request("screen").catch(() => {});
}

function scanFromAddress() {
  const code = unescaped(location.hash.slice(1));
  if (!code) return;
  history.replaceState(null, "", location.pathname);
  scan({ code });
}

addEventListener("beforeunload", (event) => queue.waiting && event.preventDefault());
sound.unlockOnFirstTouch();
reader.listen((text) => scan({ code: text }));
addEventListener("hashchange", scanFromAddress);
addEventListener("dayover", () => queue.shutOut());
document.addEventListener("visibilitychange", keepAwake);
keepAwake();
camera.open();
phone.askToKeep();
await roster.start();
await queue.start();
scanFromAddress();
