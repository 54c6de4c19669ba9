// What the phone keeps: the list, and every scan until the server has answered for it.

import { openDB } from "/static/vendor/idb-8.0.4/index.js";

const NAME = "door";
const DAY = 36 * 60 * 60 * 1000;
let opened = null;

function database() {
  opened ??= openDB(NAME, 1, {
    upgrade(db) {
      db.createObjectStore("items", { keyPath: "id" });
      db.createObjectStore("lists");
    },
  });
  return opened;
}

/** Write durably: the promise is kept when the disk has it, not before. */
async function write(store, work) {
  const db = await database();
  const transaction = db.transaction(store, "readwrite", { durability: "strict" });
  const done = work(transaction.store);
  await Promise.all([done, transaction.done]);
}

/** A phone whose storage is full or shut goes on with what the page remembers; only a scan may not be kept so. */
const ifPossible = (promise, otherwise) => promise.catch(() => otherwise);
const read = async (store, key) => (key === undefined ? (await database()).getAll(store) : (await database()).get(store, key));

export const putItem = (item) => write("items", (store) => store.put(item));
export const items = () => ifPossible(read("items"), []);
export const readList = (name) => ifPossible(read("lists", name));
export const writeList = (name, list) => ifPossible(write("lists", (store) => store.put(list, name)));

export function putItems(changed) {
  return ifPossible(write("items", (store) => Promise.all(changed.map((item) => store.put(item)))));
}

/** Scans that were answered are kept for the day alone, in case the server comes back from a backup. */
export async function forgetOld(now) {
  const old = (await items()).filter((item) => item.state !== "waiting" && now - item.kept_at > DAY);
  if (old.length) await write("items", (store) => Promise.all(old.map((item) => store.delete(item.id))));
}

/** The phone was given back or shut out: the list goes, and every scan that has been answered. */
export async function wipe() {
  const waiting = (await items()).filter((item) => item.state === "waiting");
  await ifPossible(write("lists", (store) => store.clear()));
  await ifPossible(write("items", (store) => Promise.all([store.clear(), ...waiting.map((item) => store.put(item))])));
}
