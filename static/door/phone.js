// This phone itself: what it still holds, what the server decided otherwise, and whether it can keep things at all.

import { shown } from "./code.js";
import { save } from "./file.js";
import { persisted } from "./store.js";
import { fill } from "./verdicts.js";

const byId = (id) => document.getElementById(id);

export class ThisPhone {
  constructor({ queue, roster, words, time }) {
    Object.assign(this, { queue, roster, words, time });
    byId("phone-again").addEventListener("click", () => this.after(queue.again()));
    byId("phone-save").addEventListener("click", () => save());
    byId("phone-seen").addEventListener("click", () => this.after(queue.seen()));
  }

  /** Ask the browser to keep what is stored; where it does not promise that, the staff should know. */
  async askToKeep() {
    byId("phone-storage").hidden = await persisted();
  }

  /** Buttons go when their work is done: the reader's place stays at the heading. */
  async after(done) {
    await done;
    await this.draw();
    byId("phone-title").focus();
  }

  async draw() {
    const { waiting, refused, changed } = this.queue;
    const marks = refused + changed;
    byId("way-phone").querySelector("span").textContent = marks ? ` (${marks})` : "";
    byId("phone-state").textContent = fill(this.words.phone_state, { waiting, refused });
    byId("phone-again").hidden = !refused;
    byId("phone-seen").hidden = !changed;
    byId("phone-save").hidden = !(waiting + refused);
    const items = marks ? await this.queue.toRead() : [];
    byId("phone-list").replaceChildren(...items.map((item) => this.row(item)));
  }

  row(item) {
    const row = document.createElement("li");
    const line = (kind, text) => row.append(Object.assign(document.createElement(kind), { textContent: text }));
    line("b", `${this.time(item.scanned_at)} ${this.whom(item)}`);
    if (item.state === "refused") line("span", fill(this.words.set_aside, { why: item.sentence ?? "" }));
    if (item.changed) {
      const said = (verdict) => this.words[`said_${verdict}`] ?? verdict;
      line("span", fill(this.words.was_and_is, { was: said(item.shown), is: said(item.changed.verdict) }));
    }
    return row;
  }

  whom(item) {
    const found = item.attendee ? this.roster.people.get(item.attendee) : null;
    const { name, company } = item.changed ?? item.who ?? found ?? item;
    return [name || (item.code ? shown(item.code) : ""), company].filter(Boolean).join(", ");
  }
}
