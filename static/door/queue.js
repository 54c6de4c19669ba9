// Scans on their way: stored durably first, sent at once, sent again until our own server answers for them.

import { envelopeOf } from "./answers.js";
import * as store from "./store.js";

const AT_ONCE = 100;
const PATIENCE = 8000;
const EVERY = 4000;
const SIGN_OF_LIFE = 20000;
const OWN = ["state", "kept_at", "ahead", "phone", "sentence", "who", "changed"]; // what the phone notes for itself

/** Sends to `url`; tells `onState({online, waiting, refused, changed, out})`, `onHeard(envelope)` and `onAnswer(answer, item)`; asks `isFresh(id)`, whether its screen has only just come up. */
export class Queue {
  constructor({ url, checkpoint, onState, onHeard, onAnswer, isFresh }) {
    Object.assign(this, { url, checkpoint, onState, onHeard, onAnswer, isFresh });
    Object.assign(this, { waiting: 0, refused: 0, changed: 0, online: null, out: false, history: null, lastSent: 0, sending: null });
    this.size = AT_ONCE;
    this.tries = new Map();
  }

  async start() {
    await store.forgetOld(Date.now());
    await this.count();
    setInterval(() => this.turn(), EVERY);
    addEventListener("online", () => this.turn());
    document.addEventListener("visibilitychange", () => document.hidden || this.turn());
    this.turn();
  }

  /** Keep one item and what the screen will say of it, then send it; the promise of its answer, null where there is none in time. */
  async keep(item, { verdict, name = "", company = "" } = {}) {
    const said = verdict && { shown: verdict, who: { name, company } };
    await store.putItem({ ...item, ...said, state: "waiting", kept_at: Date.now() });
    this.waiting += 1;
    this.tell();
    const answer = this.post([item], PATIENCE).then((envelope) => this.take(envelope, [item]));
    return () => answer.then((found) => found?.get(item.id) ?? null);
  }

  /** Send one item that means nothing without an answer; it is not kept. */
  async ask(item) {
    const envelope = await this.post([item], PATIENCE);
    const answer = envelope?.answers.find((one) => one.id === item.id) ?? null;
    if (answer) await this.onAnswer(answer, item);
    return answer;
  }

  turn() {
    this.sending ??= this.flush().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  /** Send what waits, the often refused last and, where a batch is turned down, in ever smaller ones. */
  async flush() {
    const waiting = (await this.kept()).filter((item) => item.state === "waiting");
    if (!waiting.length && Date.now() - this.lastSent < SIGN_OF_LIFE && this.online) return;
    const tried = (item) => this.tries.get(item.id) ?? 0;
    const batch = waiting.sort((a, b) => tried(a) - tried(b) || a.kept_at - b.kept_at).slice(0, this.size);
    const envelope = await this.post(batch, PATIENCE);
    const down = envelope === false;
    const answers = await this.take(envelope, batch);
    const open = batch.filter((item) => !answers?.has(item.id));
    if (envelope || down) open.forEach((item) => this.tries.set(item.id, tried(item) + 1));
    if (envelope) this.size = Math.min(AT_ONCE, this.size * 2);
    else if (down) this.size = Math.max(1, Math.ceil(batch.length / 2));
    if (envelope ? open.length < batch.length && waiting.length > batch.length : down && batch.length > 1) await this.flush();
  }

  /** Mark what the server answered for; anything else stays in the queue, whatever came back. */
  async take(envelope, sent) {
    if (!envelope) return null;
    const asked = new Map(sent.map((item) => [item.id, item]));
    const answers = new Map(envelope.answers.filter(({ id }) => asked.has(id)).map((answer) => [answer.id, answer]));
    const settled = (kept) => afterAnswer(kept, answers.get(kept.id), asked.get(kept.id), this.isFresh(kept.id));
    if (answers.size) await store.changeItems([...answers.keys()], settled).catch(() => {});
    await this.mindHistory(envelope.history);
    await this.count();
    for (const [id, answer] of answers) await this.onAnswer(answer, asked.get(id));
    return answers;
  }

  /** A new history id means the server came back from a backup: the day goes out once more. */
  async mindHistory(history) {
    const before = this.history ?? (await store.readList("history"));
    if (before && before !== history) {
      const again = (item) => (item.state === "answered" ? { ...item, state: "waiting" } : item);
      const kept = (await this.kept()).map((item) => item.id);
      if (!(await store.changeItems(kept, again).then(() => true, () => false))) return;
    }
    if (before !== history) await store.writeList("history", history);
    this.history = history;
  }

  /** What was set aside or decided otherwise, for somebody to read. */
  async toRead() {
    const found = (await this.kept()).filter((item) => item.state === "refused" || item.changed);
    return found.sort((a, b) => a.kept_at - b.kept_at);
  }

  /** What was set aside goes out once more. */
  async again() {
    const changed = (kept) => ({ ...kept, state: "waiting", sentence: "" });
    await this.change((item) => item.state === "refused", changed);
    await this.turn();
  }

  /** Somebody has read what was decided otherwise. */
  async seen() {
    await this.change((item) => item.changed, (kept) => ({ ...kept, changed: null }));
  }

  async change(which, how) {
    const ids = (await this.kept()).filter(which).map((item) => item.id);
    await store.changeItems(ids, how).catch(() => {});
    await this.count();
  }

  kept() {
    return store.items().catch(() => []);
  }

  /** The server's envelope; null for anything that is not our own server's answer, false where it is a refusal. */
  async post(items, patience) {
    let none = null;
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Door": "1" },
        body: JSON.stringify(this.letter(items)),
        signal: AbortSignal.timeout(patience),
        redirect: "error",
        cache: "no-store",
      });
      if (answer.status >= 400 && answer.status !== 401) none = false;
      const told = await answer.json();
      if (answer.status === 401 && told?.code === "phone-unknown") return await this.shutOut();
      return this.heard(answer.ok ? envelopeOf(told) : none);
    } catch (failure) {
      if (failure.name === "TimeoutError" && items.length > 1) this.size = Math.ceil(items.length / 2);
      return this.heard(none);
    }
  }

  letter(items) {
    const asSent = (item) => Object.fromEntries(Object.entries(item).filter(([name]) => !OWN.includes(name)));
    const waiting = Math.max(0, this.waiting - items.length);
    return { items: items.map(asSent), sent_at: new Date().toISOString(), checkpoint: this.checkpoint, waiting };
  }

  heard(envelope) {
    this.online = Boolean(envelope);
    if (envelope) Object.assign(this, { lastSent: Date.now(), out: false });
    this.tell();
    if (envelope) this.onHeard(envelope);
    return envelope;
  }

  async shutOut() {
    await store.wipe();
    Object.assign(this, { online: false, out: true });
    this.tell();
    return null;
  }

  /** Where the storage does not answer, the numbers before stay: what waits does not vanish with them. */
  async count() {
    const kept = await store.items().catch(() => null);
    if (kept) {
      this.waiting = kept.filter((item) => item.state === "waiting").length;
      this.refused = kept.filter((item) => item.state === "refused").length;
      this.changed = kept.filter((item) => item.changed).length;
    }
    this.tell();
  }

  tell() {
    const { online, waiting, refused, changed, out } = this;
    this.onState({ online, waiting, refused, changed, out });
  }
}

/** An item once the server has spoken. Where a screen stood for longer than a moment and said something else, the server hears of it once. */
function afterAnswer(kept, answer, sent, isFresh) {
  if (answer.error) return { ...kept, state: "refused", sentence: answer.error.sentence };
  if (!kept.shown || kept.shown === answer.verdict || isFresh) return { ...kept, state: "answered" };
  const { verdict, name = kept.who?.name ?? "", company = kept.who?.company ?? "" } = answer;
  return { ...kept, state: sent.shown ? "answered" : "waiting", changed: { verdict, name, company } };
}
