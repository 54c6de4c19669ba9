// Self-test and rehearsal: ten invented people, one for each screen. Nothing of it is kept, nothing is sent.

import * as sound from "./sound.js";
import { tryOut } from "./store.js";
import { fill } from "./verdicts.js";

const byId = (id) => document.getElementById(id);
const HOUR = 3600000;
const SCREENS = [
  { verdict: "admitted", facts: true },
  { verdict: "already in", before: HOUR },
  { verdict: "wrong run", places: 3 },
  { verdict: "not expected" },
  { verdict: "not yet", after: HOUR },
  { verdict: "replaced" },
  { verdict: "cancelled" },
  { verdict: "unknown" },
  { verdict: "refused" },
  { verdict: "unkept" },
];

export class Rehearsal {
  /** onShow(answer, item): the screen of somebody invented. */
  constructor({ settings, roster, now, onShow }) {
    Object.assign(this, { settings, words: settings.words, roster, now, onShow, on: false });
    byId("rehearse").addEventListener("click", () => this.begin());
    byId("rehearsal-end").addEventListener("click", () => this.end());
    byId("self-test-sound").addEventListener("click", () => sound.play("admitted"));
    byId("rehearsal-list").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) onShow(this.answer(Number(button.dataset.number)), this.item());
    });
  }

  async begin() {
    this.turn(true);
    byId("rehearsal-list").replaceChildren(...SCREENS.map((_, number) => this.row(number)));
    byId("rehearsal-title").focus();
    await this.test();
  }

  end() {
    this.turn(false);
    byId("phone-title").focus();
  }

  turn(on) {
    this.on = on;
    byId("rehearsal").hidden = !on;
    byId("rehearsing").hidden = !on;
    byId("rehearse").hidden = on;
  }

  /** What can be known without trying: the camera, the list, the storage. The ear has to judge the sound. */
  async test() {
    const { words, roster } = this;
    const camera = !byId("stage").classList.contains("no-camera");
    const lines = [
      [camera, camera ? words.test_camera : words.no_camera],
      [Boolean(roster.at), roster.at ? fill(words.test_list, { count: roster.people.size }) : words.offline_no_list],
    ];
    const [keeps, opens] = [await tryOut(), Boolean(await globalThis.caches?.match(location.pathname))];
    lines.push([keeps, keeps ? words.test_storage : words.not_kept], [opens, opens ? words.test_copy : words.no_copy]);
    byId("self-test").replaceChildren(
      ...lines.map(([good, text]) => Object.assign(document.createElement("li"), { textContent: text, className: good ? "good" : "bad" })),
    );
  }

  row(number) {
    const { verdict } = SCREENS[number];
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button" });
    const row = document.createElement("li");
    const name = Object.assign(document.createElement("b"), { textContent: this.name(number) });
    button.textContent = this.words[`said_${verdict}`];
    button.dataset.number = number;
    button.setAttribute("aria-label", `${this.name(number)}, ${button.textContent}`);
    row.append(name, button);
    return row;
  }

  name(number) {
    return fill(this.words.rehearsal_name, { number: number + 1 });
  }

  item() {
    return { id: "rehearsal", kind: "scan", code: "00000000000", rehearsal: true };
  }

  answer(number) {
    const { verdict, facts, places, before = 0, after = 0 } = SCREENS[number];
    const { words, settings } = this;
    const known = verdict !== "unknown" && { name: this.name(number), title: "", company: words.rehearsal_company };
    const other = Object.keys(settings.runs).map(Number).find((one) => one !== settings.run) ?? settings.run;
    return {
      id: "rehearsal",
      verdict,
      ...known,
      run: verdict === "wrong run" ? other : settings.run,
      facts: facts ? [words.rehearsal_fact] : [],
      free_places: places,
      since: new Date(this.now() - before).toISOString(),
      opens_at: new Date(this.now() + after).toISOString(),
      sentence: { refused: words.rehearsal_refused, unkept: words.unkept_paper, "not expected": words.rehearsal_why }[verdict],
    };
  }

  /** A true badge while people practise: said so, and neither kept nor sent. */
  notNow() {
    return [{ id: "rehearsal", verdict: "refused", facts: [], sentence: this.words.rehearsal_real }, this.item()];
  }
}
