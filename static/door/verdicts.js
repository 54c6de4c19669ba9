// A verdict fills the screen: colour, word, shape, sound, shake, and the same in words for those who listen.

import * as sound from "./sound.js";
import { shown } from "./code.js";

const UNDO_FOR = 10000;
const FRESH_FOR = 2000; // what is corrected so soon has sent nobody on
const LONG_NAME = 6;
const SHORT_WORD = 3;
const SAYS_WHY = ["refused", "unkept", "not expected"];
const WITH_FACTS = ["admitted", "already in", "not yet", "not expected", "ask"];

/** Fills a sentence's {holes}. */
export function fill(sentence, holes) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => holes[name] ?? whole);
}

export class Verdicts {
  /** press(name, shown) is called for undo, move, anyway, walk-in, note and find. */
  constructor({ over, under, bar, said, settings, counts, onPress }) {
    Object.assign(this, { over, under, bar, said, settings, counts, onPress, current: null });
    this.words = settings.words;
    this.clock = new Intl.DateTimeFormat("ko-KR", { timeZone: settings.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    over.addEventListener("click", (event) => this.pressed(event.target.closest("[data-press]")));
    over.addEventListener("submit", (event) => this.searched(event));
    addEventListener("keydown", (event) => event.key === "Escape" && this.current && this.close());
  }

  time(iso) {
    const at = new Date(iso);
    return Number.isNaN(at.getTime()) ? "" : this.clock.format(at);
  }

  /** Show the answer to an item; again: the same item, decided anew by the server. */
  show(answer, item, { again = false } = {}) {
    const template = document.getElementById(`verdict-${answer.verdict.replaceAll(" ", "-")}`);
    const screen = template.content.cloneNode(true).firstElementChild;
    const text = this.texts(answer, item);
    screen.querySelectorAll("[data-put]").forEach((place) => put(place, text[place.dataset.put]));
    screen.querySelector("[data-put=welcome]")?.classList.toggle("long", this.settings.kind !== "gate" && [...text.welcome].length > SHORT_WORD);
    if (answer.name && [...answer.name].length > LONG_NAME) screen.querySelector(".verdict-name").classList.add("long");
    this.buttons(screen, answer, item);
    if (item.rehearsal) screen.querySelector(".verdict-top").before(practice(this.words.rehearsing));
    this.over.replaceChildren(screen);
    this.showBar();
    this.over.hidden = false;
    this.under.inert = true;
    this.current = { answer, item, since: again ? this.current.since : performance.now() };
    clearTimeout(this.timer);
    if (answer.verdict === "admitted") this.timer = setTimeout(() => this.close(), UNDO_FOR);
    this.over.focus({ preventScroll: true });
    this.prepare(answer);
    this.say(screen, text);
    if (!again) sound.play(answer.verdict);
  }

  /** Whether an item's screen has only just come up. */
  isFresh(id) {
    return this.current?.item.id === id && performance.now() - this.current.since < FRESH_FOR;
  }

  /** A key's number stands there already where the list knows the room; else the keyboard comes up. */
  prepare(answer) {
    const field = this.over.querySelector("[data-form=note] input[required]");
    if (!field) return;
    field.value = answer.room ?? "";
    if (!field.value) field.focus();
  }

  close() {
    clearTimeout(this.timer);
    this.current = null;
    this.over.hidden = true;
    this.over.replaceChildren();
    this.under.inert = false;
  }

  /** The bar that says what is amiss stands above a verdict too. */
  showBar() {
    this.over.querySelector(".offline-bar")?.remove();
    if (this.bar.hidden) return;
    const copy = this.bar.cloneNode(true);
    copy.removeAttribute("id");
    copy.removeAttribute("role");
    this.over.querySelector(".verdict")?.prepend(copy);
  }

  recount() {
    const count = this.over.querySelector("[data-put=count]");
    if (count) count.textContent = this.counts();
  }

  announce(sentence) {
    this.said.textContent = "";
    setTimeout(() => (this.said.textContent = sentence), 30);
  }

  texts(answer, item) {
    const words = this.words;
    const run = answer.run ? this.settings.runs[answer.run] : null;
    const places = answer.free_places ?? 0;
    return {
      checkpoint: this.settings.name,
      welcome: this.settings.welcome,
      already: this.settings.already,
      count: this.counts(),
      name: answer.name ?? "",
      company: [answer.title, answer.company].filter(Boolean).join(", "),
      facts: this.facts(answer, item),
      code: item.code ? shown(item.code) : "",
      title: run ? fill(words.other_run_title, { run: run.label }) : words.open_run_title,
      why: this.why(answer, run),
      places: places ? fill(words.places, { count: places }) : "",
      trouble: SAYS_WHY.includes(answer.verdict) ? "" : answer.sentence ?? (places || answer.verdict !== "wrong run" ? "" : words.no_place),
    };
  }

  facts(answer, item) {
    if (answer.to_settle) return [this.words.walk_in_settle];
    if (answer.unsettled) return [this.words.move_settle];
    if (!WITH_FACTS.includes(answer.verdict)) return [];
    const note = answer.note || item.note;
    const noted = note ? [this.settings.kind === "key out" ? fill(this.words.key, { note }) : note] : [];
    return [...noted, ...(answer.facts ?? [])];
  }

  why(answer, run) {
    const words = this.words;
    if (answer.verdict === "already in") {
      const sentence = answer.gate ? words.since : words.since_bare;
      return fill(sentence, { time: this.time(answer.since), gate: answer.gate });
    }
    if (SAYS_WHY.includes(answer.verdict)) return answer.sentence;
    if (answer.verdict === "not yet") return fill(words.opens, { time: this.time(answer.opens_at) });
    if (answer.verdict === "wrong run") return run ? fill(words.comes, { days: run.days }) : words.comes_open;
    return "";
  }

  buttons(screen, answer, item) {
    const move = screen.querySelector("[data-press=move]");
    if (move && (!answer.free_places || item.kind === "move")) {
      move.hidden = true;
      screen.querySelector("[data-put=move-words]").textContent = "";
    }
    const undo = screen.querySelector("[data-press=undo]");
    if (undo && item.kind === "move") {
      undo.hidden = true;
      screen.querySelector("[data-press=next]").hidden = false;
    }
  }

  say(screen, text) {
    const title = screen.querySelector("h1").textContent.trim();
    const practising = screen.querySelector(".rehearsal-bar")?.textContent;
    this.announce([practising, title, text.why, text.name, text.company, text.facts.join(", "), text.trouble].filter(Boolean).map((part) => part.replace(/\.$/, "")).join(". "));
  }

  pressed(button) {
    if (!button || !this.current) return;
    const { answer, item } = this.current;
    const { press, note } = button.dataset;
    this.close();
    if (press !== "next") this.onPress(press, { answer, item, note });
  }

  searched(event) {
    event.preventDefault();
    const { note, q } = event.target.elements;
    const { item } = this.current;
    const query = q?.value;
    const noted = note?.value.trim();
    this.close();
    if (note) return this.onPress("note", { item, note: noted });
    this.onPress("find", { query });
  }
}

/** A screen of a rehearsal says so itself: nobody should take it for a true one. */
function practice(sentence) {
  return Object.assign(document.createElement("p"), { className: "rehearsal-bar", textContent: sentence });
}

/** Put a text, or facts as spans; what has nothing to say is not there. */
function put(place, text) {
  if (text === undefined) return;
  if (Array.isArray(text)) {
    place.replaceChildren(...text.map((one) => Object.assign(document.createElement("span"), { textContent: one })));
  } else {
    place.textContent = text;
  }
  place.hidden = !text.length;
}
