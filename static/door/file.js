// The queue as a file: for the day on which no network comes back. It leaves nothing out and takes nothing away.

import { items } from "./store.js";

/** What no server of ours has taken yet. */
export async function untaken() {
  return (await items().catch(() => [])).filter((item) => item.state !== "answered");
}

/** Hand the items to the browser's downloads; they stay on the phone until the server has answered for them. */
export async function save() {
  const found = (await untaken()).sort((a, b) => a.kept_at - b.kept_at);
  const asWritten = found.map(({ state, kept_at, sentence, who, changed, ...item }) => item);
  const at = new Date().toISOString();
  const text = JSON.stringify({ door_queue: 1, saved_at: at, items: asWritten }, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `door-queue-${at.slice(0, 19).replace(/[-:]/g, "")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
