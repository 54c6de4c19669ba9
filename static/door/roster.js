// The run's list on the phone: fetched once, then its changes; decides where the server cannot be asked.

import { isRoster } from "./answers.js";
import * as store from "./store.js";
import { hashed } from "./code.js";

const OWN_WORD = ["scan", "anyway", "move"];
const IN_ORDER = new Intl.Collator("ko");

export class Roster {
  constructor({ url, run, opensAt, closesAt, endsAt, closed, checkpoint, onChange }) {
    Object.assign(this, { url, run, opensAt: Date.parse(opensAt), closesAt: Date.parse(closesAt), endsAt: Date.parse(endsAt), closed, onChange });
    this.name = `roster ${checkpoint}`;
    this.checkpoint = checkpoint;
    this.ahead = 0;
    this.own = new Map(); // this phone's own word by the item's id, until the server has answered for it
    this.clear();
  }

  clear() {
    Object.assign(this, { people: new Map(), codes: new Map(), order: null, companies: [], version: 0, history: "", at: null, places: 0 });
  }

  async start() {
    await this.recall(await store.items().catch(() => []));
    const kept = await store.readList(this.name);
    if (kept) {
      this.ahead = kept.ahead ?? 0;
      this.learn(kept.people, kept);
    }
    await this.fetch();
  }

  /** How far the server's clock is ahead of this phone's, as of its last answer. */
  setClock(serverNow) {
    this.ahead = Date.parse(serverNow) - Date.now();
  }

  now() {
    return Date.now() + this.ahead;
  }

  /** Ask for what changed; true where the server answered. */
  async fetch() {
    try {
      const answer = await fetch(`${this.url}?since=${this.version}`, {
        headers: { "X-Door": "1" },
        signal: AbortSignal.timeout(8000),
        redirect: "error",
        cache: "no-store",
      });
      if (!answer.ok) return false;
      const changes = await answer.json();
      if (!isRoster(changes)) return false;
      this.setClock(changes.server_now);
      if (changes.history !== this.history && this.history && !changes.whole) {
        this.clear();
        return await this.fetch();
      }
      if (changes.whole) this.people.clear();
      changes.removed.forEach((id) => this.people.delete(id));
      this.learn(changes.attendees, { ...changes, places: changes.free_places, at: Date.parse(changes.server_now), companies: changes.companies ?? this.companies });
      await this.keep();
      return true;
    } catch {
      return false;
    }
  }

  learn(people, { version, history, at, places, companies }) {
    Object.assign(this, { version, history, at, places, companies, order: null });
    people.forEach((one) => this.people.set(one.id, one));
    this.codes.clear();
    for (const { id, code_hash, old_code_hashes } of this.people.values()) {
      (old_code_hashes ?? []).forEach((hash) => this.codes.set(hash, { id, old: true }));
      if (code_hash) this.codes.set(code_hash, { id, old: false });
    }
    this.own.forEach((word) => this.apply(word));
    this.onChange();
  }

  /** What this phone decided before its page was opened anew, and no server knows yet. */
  async recall(items) {
    const ours = items.filter((item) => item.checkpoint === this.checkpoint).sort((a, b) => a.kept_at - b.kept_at);
    const by = new Map(ours.map((item) => [item.id, item]));
    for (const item of ours.filter(({ state }) => state === "waiting")) {
      const scan = item.kind === "undo" ? by.get(item.check_in) : item;
      if (!scan || !OWN_WORD.includes(scan.kind) || scan.shown !== "admitted") continue;
      const { attendee, code, scanned_at, ahead, gate, note } = scan;
      const since = item.kind === "undo" ? null : new Date(Date.parse(scanned_at) + ahead).toISOString();
      this.own.set(item.id, { attendee, hash: code && (await hashed(code)), in_since: since, gate, note });
    }
  }

  apply({ attendee, hash, ...word }) {
    const one = this.people.get(attendee ?? this.codes.get(hash)?.id);
    if (one && !(one.in_since && word.in_since)) this.people.set(one.id, { ...one, ...word });
  }

  keep() {
    const { people, version, history, at, places, companies, ahead } = this;
    const until = this.endsAt - ahead;
    return store.writeList(this.name, { people: [...people.values()], version, history, at, places, companies, ahead, until });
  }

  /** Everybody on the list who may still be looked for, by name. */
  listed() {
    this.order ??= [...this.people.values()].sort((a, b) => IN_ORDER.compare(a.name, b.name) || a.id - b.id).map(({ id }) => id);
    return this.order.map((id) => this.people.get(id)).filter((one) => one.state !== "replaced");
  }

  /** Has a place in this run. */
  belongs(one) {
    return one.run === this.run && (one.state === "registered" || one.state === "pending");
  }

  /** Is awaited at this checkpoint, or has come. */
  expected(one) {
    return this.belongs(one) && (!one.why_not || Boolean(one.in_since));
  }

  counts() {
    const here = [...this.people.values()].filter((one) => this.expected(one));
    return { in: here.filter((one) => one.in_since).length, expected: here.length };
  }

  /** The verdict by this list, in the shape of the server's answer. */
  async decide(item) {
    const found = item.attendee ? { id: item.attendee, old: false } : this.codes.get(await hashed(item.code));
    const one = this.people.get(found?.id);
    if (!one) return { id: item.id, verdict: "unknown", facts: [] };
    return { ...this.told(one), id: item.id, ...this.verdict(one, found.old, this.now(), item.kind === "anyway") };
  }

  verdict(one, old, now, anyway) {
    if (one.state === "cancelled") return { verdict: "cancelled" };
    if (one.state === "replaced" || old) return { verdict: "replaced" };
    if (!this.belongs(one)) return { verdict: "wrong run", free_places: this.places };
    if (now < this.opensAt) return { verdict: "not yet", opens_at: new Date(this.opensAt).toISOString() };
    if (one.in_since) return { verdict: "already in", since: one.in_since, gate: one.gate, note: one.note };
    if (anyway) return { verdict: "admitted" };
    if (one.why_not) return { verdict: "not expected", sentence: one.why_not };
    if (now >= this.closesAt) return { verdict: "not expected", sentence: this.closed() };
    return { verdict: "admitted" };
  }

  /** A move to today as far as this phone can know: the server makes sure of the place. */
  async moved(item) {
    const guess = await this.decide(item);
    if (guess.verdict !== "wrong run" || !this.places) return guess;
    this.places -= 1;
    return { ...guess, verdict: "admitted", run: this.run, unsettled: true };
  }

  /** Who of a company may still be replaced by a colleague. */
  toCome(company) {
    return this.listed().filter((one) => one.company === company && this.belongs(one) && !one.in_since);
  }

  told(one) {
    const { name, title, company, run, facts, room } = one;
    return { attendee: one.id, name, title, company, run, facts, room };
  }

  /** Note an admission or its end at once; item: the scan that says so, until the server has answered for it. */
  note(attendee, inSince, { gate = "", note = "" } = {}, item = null) {
    const one = this.people.get(attendee);
    const word = { in_since: inSince, gate, note };
    if (!one) return;
    if (item) this.own.set(item, { attendee, ...word });
    this.people.set(attendee, { ...one, ...word });
    this.onChange();
  }
}
