// What the phone keeps: the list, and every scan until the server has answered for it.

import { openDB } from "/static/vendor/idb-8.0.4/index.js";

const NAME = "door";
const DAY = 36 * 60 * 60 * 1000;
const PATIENCE = 3000;
const TRIAL = "trial";
let opened = null;

function database() {
  opened ??= openDB(NAME, 1, {
    upgrade(db) {
      db.createObjectStore("items", { keyPath: "id" });
      db.createObjectStore("lists");
    },
    terminated: forget,
  });
  return opened;
}

/** What failed is opened anew the next time: a full phone may have been tidied up meanwhile. */
function forget() {
  opened = null;
}

/** A storage that does not answer is one that refuses. */
function inTime(promise) {
  let timer = 0;
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error("the storage does not answer")), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Write durably: the promise is kept when the disk has it, not before. */
async function write(store, work) {
  try {
    await inTime(written(store, work));
  } catch (refusal) {
    forget();
    throw refusal;
  }
}

async function written(store, work) {
  const db = await database();
  const transaction = db.transaction(store, "readwrite", { durability: "strict" });
  await Promise.all([work(transaction.store), transaction.done]);
}

/** A phone whose storage is full or shut goes on with what the page remembers; only a scan may not be kept so. */
const ifPossible = (promise, otherwise) => promise.catch(() => otherwise);

async function read(store, key) {
  try {
    const db = await inTime(database());
    return await inTime(key === undefined ? db.getAll(store) : db.get(store, key));
  } catch (refusal) {
    forget();
    throw refusal;
  }
}

export const putItem = (item) => write("items", (store) => store.put(item));
export const items = () => read("items");
export const readList = (name) => ifPossible(read("lists", name));
export const writeList = (name, list) => ifPossible(write("lists", (store) => store.put(list, name)));

/** Change the kept items of these ids in one transaction, each as it stands there now. */
export function changeItems(ids, change) {
  const one = async (store, id) => {
    const kept = await store.get(id);
    if (kept) await store.put(change(kept));
  };
  return write("items", (store) => Promise.all(ids.map((id) => one(store, id))));
}

/** Scans that were answered are kept for the day alone, in case the server comes back from a backup. */
export async function forgetOld(now) {
  const old = (await ifPossible(items(), [])).filter((item) => isDone(item) && now - item.kept_at > DAY);
  if (old.length) await ifPossible(write("items", (store) => Promise.all(old.map((item) => store.delete(item.id)))));
}

/** Whether the day of a list on this phone has ended, by this phone's own clock. */
export async function dayIsOver() {
  return (await ifPossible(read("lists"), [])).some((list) => Date.now() >= list.until);
}

/** The phone was given back or shut out: the list goes with the stored pages, and every scan that the server has taken. */
export async function wipe() {
  await ifPossible(globalThis.caches?.delete("door") ?? Promise.resolve());
  await ifPossible(write("lists", (store) => store.clear()));
  await ifPossible(write("items", dropDone));
}

/** One by one as they stand in this transaction: what is stored meanwhile is never touched. */
async function dropDone(store) {
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
    if (isDone(cursor.value)) await cursor.delete();
  }
}

/** What waits or was set aside has no other place than this phone: it never leaves by itself. */
const isDone = (item) => item.state === "answered";

/** Whether this phone can keep anything: one line written, read back, taken away. */
export async function tryOut() {
  try {
    await write("lists", (store) => store.put(TRIAL, TRIAL));
    const found = await read("lists", TRIAL);
    await write("lists", (store) => store.delete(TRIAL));
    return found === TRIAL;
  } catch {
    return false;
  }
}

/** Ask the browser not to tidy away what is kept; whether it has promised. */
export async function persisted() {
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist());
  } catch {
    return false;
  }
}
