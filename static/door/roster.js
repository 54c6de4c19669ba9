// The run's list on the phone: fetched once, then its changes; decides where the server cannot be asked.

import { isRoster } from "./answers.js";
import * as store from "./store.js";
import { hashed } from "./code.js";

export class Roster {
  constructor({ url, run, opensAt, checkpoint, onChange }) {
    Object.assign(this, { url, run, opensAt: Date.parse(opensAt), onChange });
    this.name = `roster ${checkpoint}`;
    this.clear();
  }

  clear() {
    Object.assign(this, { people: new Map(), codes: new Map(), companies: [], version: 0, history: "", at: null, places: 0 });
  }

  async start() {
    const kept = await store.readList(this.name);
    if (kept) this.learn(kept.people, kept);
    await this.fetch();
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
    Object.assign(this, { version, history, at, places, companies });
    people.forEach((one) => this.people.set(one.id, one));
    this.codes.clear();
    for (const one of this.people.values()) {
      (one.old_code_hashes ?? []).forEach((hash) => this.codes.set(hash, { one, old: true }));
      if (one.code_hash) this.codes.set(one.code_hash, { one, old: false });
    }
    this.onChange();
  }

  keep() {
    const { people, version, history, at, places, companies } = this;
    return store.writeList(this.name, { people: [...people.values()], version, history, at, places, companies });
  }

  /** Everybody on the list who may still be looked for, by name. */
  listed() {
    return [...this.people.values()]
      .filter((one) => one.state !== "replaced")
      .sort((a, b) => a.name.localeCompare(b.name, "ko") || a.id - b.id);
  }

  expected(one) {
    return one.run === this.run && (one.state === "registered" || one.state === "pending");
  }

  counts() {
    const here = [...this.people.values()].filter((one) => this.expected(one));
    return { in: here.filter((one) => one.in_since).length, expected: here.length };
  }

  /** The verdict by this list, in the shape of the server's answer. */
  async decide(item, now) {
    const found = item.attendee ? { one: this.people.get(item.attendee), old: false } : this.codes.get(await hashed(item.code));
    if (!found?.one) return { id: item.id, verdict: "unknown", facts: [] };
    const { one, old } = found;
    return { ...this.told(one), id: item.id, ...this.verdict(one, old, now) };
  }

  verdict(one, old, now) {
    if (one.state === "cancelled") return { verdict: "cancelled" };
    if (one.state === "replaced" || old) return { verdict: "replaced" };
    if (!this.expected(one)) return { verdict: "wrong run", free_places: this.places };
    if (now < this.opensAt) return { verdict: "not yet", opens_at: new Date(this.opensAt).toISOString() };
    if (one.in_since) return { verdict: "already in", since: one.in_since, gate: one.gate };
    return { verdict: "admitted" };
  }

  told(one) {
    const { name, title, company, run, facts } = one;
    return { attendee: one.id, name, title, company, run, facts };
  }

  /** Note an admission or its end at once; the server's list confirms it soon. */
  note(attendee, inSince, gate = "") {
    const one = this.people.get(attendee);
    if (!one) return;
    this.people.set(attendee, { ...one, in_since: inSince, gate });
    this.learn([], this);
  }
}
