// The copy of this page for places without a network, and its end with the day.

import { dayIsOver, wipe } from "./store.js";

const MINUTE = 60000;
const { copy, parts } = document.querySelector("script[data-copy]").dataset;

/** The worker keeps the page as it came, with every file it has loaded and those it will need. */
async function keep() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/door/worker.js");
  const { active } = await navigator.serviceWorker.ready;
  await document.fonts.ready;
  const wanted = JSON.parse(parts).map((part) => new URL(part, location.href).href);
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const ours = loaded.filter((name) => name.startsWith(`${location.origin}/static/`));
  active.postMessage({ keep: location.pathname, copy, parts: [...new Set([...ours, ...wanted])] });
}

async function mindTheDay() {
  if (!(await dayIsOver())) return;
  await wipe();
  dispatchEvent(new Event("dayover"));
}

if (document.readyState === "complete") keep().catch(() => {});
else addEventListener("load", () => keep().catch(() => {}));
setInterval(mindTheDay, MINUTE);
mindTheDay();
