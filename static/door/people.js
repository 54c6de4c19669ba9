// The list under the camera: who was found, who came last, or everybody.

import { find } from "./search.js";
import { fill } from "./verdicts.js";

const FEW = 3;
const FOUND = 30;

export class People {
  constructor({ list, none, search, roster, settings, time, onAdmit, onShow }) {
    Object.assign(this, { list, none, search, roster, settings, time, onAdmit, onShow, all: false });
    this.field = search.elements.q;
    this.clear = search.querySelector("button");
    this.field.addEventListener("input", () => this.draw());
    this.clear.addEventListener("click", () => this.ask(""));
    search.addEventListener("submit", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.pressed(event.target.closest("button")));
  }

  ask(query) {
    this.field.value = query;
    this.draw();
    this.field.focus();
  }

  showAll(all) {
    this.all = all;
    this.draw();
  }

  draw() {
    const query = this.field.value.trim();
    this.clear.hidden = !query;
    const found = query ? find(this.roster.listed(), query).slice(0, FOUND) : this.unasked();
    this.list.replaceChildren(...found.map((one) => this.row(one)));
    this.list.hidden = !found.length;
    this.none.textContent = query && !found.length ? this.settings.words.nobody : "";
    this.none.hidden = !this.none.textContent;
  }

  /** Without a query: everybody where that was wished, else the last who came in. */
  unasked() {
    if (this.all) return this.roster.listed();
    const inside = this.roster.listed().filter((one) => one.in_since);
    return inside.sort((a, b) => b.in_since.localeCompare(a.in_since)).slice(0, FEW);
  }

  row(one) {
    const item = document.createElement("li");
    const who = item.appendChild(document.createElement("div"));
    who.append(Object.assign(document.createElement("b"), { textContent: one.name }), ` ${one.title}`);
    who.append(Object.assign(document.createElement("span"), { className: "company", textContent: one.company }));
    item.append(this.end(one));
    return item;
  }

  /** What stands at the right: the button where it is sensible, else the fact. */
  end(one) {
    const words = this.settings.words;
    if (this.roster.expected(one) && !one.in_since) return this.button(one, this.settings.kind === "gate" ? words.let_in : this.settings.welcome);
    if (one.in_since) return fact(fill(words.came, { time: this.time(one.in_since) }));
    if (one.state === "cancelled") return fact(words.cancelled);
    if (one.why_not && this.roster.belongs(one)) return this.button(one, one.why_not, "line");
    const run = this.settings.runs[one.run];
    return this.button(one, run ? run.label : words.run_open, "line");
  }

  button(one, label, kind = "") {
    const button = Object.assign(document.createElement("button"), { type: "button", className: `button ${kind}`.trim(), textContent: label });
    button.dataset.attendee = one.id;
    button.setAttribute("aria-label", `${one.name} ${one.title}, ${label}`);
    return button;
  }

  pressed(button) {
    if (button) this.onAdmit(Number(button.dataset.attendee));
  }
}

function fact(text) {
  return Object.assign(document.createElement("span"), { className: "fact", textContent: text });
}
