// Scans on their way: stored durably first, sent at once, sent again until our own server answers for them.

import * as store from "./store.js";

const AT_ONCE = 100;
const PATIENCE = 8000;
const EVERY = 4000;
const SIGN_OF_LIFE = 20000;

/** Sends to `url`; tells `onState({online, waiting, refused, out})` and `onAnswer(answer, item, envelope)`. */
export class Queue {
  constructor({ url, checkpoint, phone, onState, onAnswer }) {
    Object.assign(this, { url, checkpoint, phone, onState, onAnswer });
    this.waiting = 0;
    this.refused = 0;
    this.online = null;
    this.history = null;
    this.lastSent = 0;
    this.sending = null;
  }

  async start() {
    await store.forgetOld(Date.now());
    await this.count();
    setInterval(() => this.turn(), EVERY);
    addEventListener("online", () => this.turn());
    document.addEventListener("visibilitychange", () => document.hidden || this.turn());
    this.turn();
  }

  /** Keep one item on the phone, then send it; the promise of its answer, null where there is none in time. */
  async keep(item, patience = PATIENCE) {
    await store.putItem({ ...item, state: "waiting", kept_at: Date.now() });
    this.waiting += 1;
    this.tell();
    const answer = this.post([item], patience).then((envelope) => this.take(envelope, [item]));
    return () => answer.then((found) => found?.get(item.id) ?? null);
  }

  /** Send one item that means nothing without an answer; it is not kept. */
  async ask(item) {
    const envelope = await this.post([item], PATIENCE);
    const answer = envelope?.answers.find((one) => one.id === item.id) ?? null;
    if (answer) await this.onAnswer(answer, item, envelope);
    return answer;
  }

  turn() {
    this.sending ??= this.flush().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async flush() {
    const waiting = (await store.items()).filter((item) => item.state === "waiting");
    if (!waiting.length && Date.now() - this.lastSent < SIGN_OF_LIFE && this.online) return;
    const batch = waiting.sort((a, b) => a.kept_at - b.kept_at).slice(0, AT_ONCE);
    const envelope = await this.post(batch, PATIENCE);
    await this.take(envelope, batch);
    if (envelope && batch.length === AT_ONCE) await this.flush();
  }

  /** Mark what the server answered for; anything else stays in the queue, whatever came back. */
  async take(envelope, sent) {
    if (!envelope) return null;
    const answers = new Map(envelope.answers.map((answer) => [answer.id, answer]));
    const answered = sent.filter((item) => answers.has(item.id));
    const kept = new Map((await store.items()).map((item) => [item.id, item]));
    const changed = answered
      .filter((item) => kept.has(item.id))
      .map((item) => ({ ...kept.get(item.id), state: answers.get(item.id).error ? "refused" : "answered" }));
    if (changed.length) await store.putItems(changed);
    await this.mindHistory(envelope.history);
    await this.count();
    for (const item of answered) await this.onAnswer(answers.get(item.id), item, envelope);
    return answers;
  }

  /** A new history id means the server came back from a backup: the day goes out once more. */
  async mindHistory(history) {
    const before = this.history ?? (await store.readList("history"));
    this.history = history;
    if (before === history) return;
    await store.writeList("history", history);
    if (!before) return;
    const answered = (await store.items()).filter((item) => item.state === "answered");
    await store.putItems(answered.map((item) => ({ ...item, state: "waiting" })));
  }

  /** The server's envelope, or null for anything that is not our own server's answer. */
  async post(items, patience) {
    const body = {
      items: items.map(({ state, kept_at, ...item }) => item),
      sent_at: new Date().toISOString(),
      checkpoint: this.checkpoint,
      waiting: Math.max(0, this.waiting - items.length),
    };
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Door": "1" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(patience),
        redirect: "error",
        cache: "no-store",
      });
      const envelope = await answer.json();
      if (answer.status === 401 && envelope.code === "phone-unknown") return await this.shutOut();
      const ours = answer.ok && Array.isArray(envelope.answers) && typeof envelope.history === "string";
      this.online = ours;
      if (ours) this.lastSent = Date.now();
      this.tell();
      return ours ? envelope : null;
    } catch {
      this.online = false;
      this.tell();
      return null;
    }
  }

  async shutOut() {
    await store.wipe();
    this.online = false;
    this.onState({ out: true });
    return null;
  }

  async count() {
    const kept = await store.items();
    this.waiting = kept.filter((item) => item.state === "waiting").length;
    this.refused = kept.filter((item) => item.state === "refused").length;
    this.tell();
  }

  tell() {
    this.onState({ online: this.online, waiting: this.waiting, refused: this.refused });
  }
}
