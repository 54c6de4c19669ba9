// The pass: what is on now, the copy for places without a network, the picture to keep.
import { drawPass } from "./pass-picture.js";

const kept = document.querySelector("[data-kept]");
const programme = document.querySelector("[data-programme]");
const picture = document.querySelector("[data-picture]");

// The server's clock wins over a phone's that is far off; a stored copy remembers by how much.
const SHIFT = "clock-shift";
const NEAR = 120_000;

function shift() {
  const fresh = performance.getEntriesByType("navigation")[0]?.transferSize > 0;
  if (fresh) {
    const off = Number(programme.dataset.moment) - Date.now();
    localStorage.setItem(SHIFT, Math.abs(off) > NEAR ? String(off) : "0");
  }
  return Number(localStorage.getItem(SHIFT) ?? 0);
}

function dayOf(moment, zone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(moment);
}

function showNow(off) {
  const moment = Date.now() + off;
  const rows = [...programme.querySelectorAll(".pass-row")];
  const now = rows.filter((row) => Date.parse(row.dataset.from) <= moment && moment < Date.parse(row.dataset.to)).at(-1);
  const next = rows.find((row) => Date.parse(row.dataset.from) > moment);
  const late = programme.querySelector("[data-late]");
  if (late) late.hidden = late.dataset.late !== dayOf(moment, programme.dataset.zone);
  for (const row of rows) {
    const when = row.querySelector(".when");
    const day = row.querySelector("[data-day]");
    row.hidden = row !== now && row !== next;
    row.classList.toggle("now", row === now);
    when.textContent = row === now ? when.dataset.now : when.dataset.next;
    day.hidden = day.dataset.day === dayOf(moment, programme.dataset.zone);
    row.querySelector("[data-until]").hidden = row !== now;
  }
}

async function keepOffline() {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  navigator.serviceWorker.addEventListener("message", (message) => {
    if (message.data?.kept === location.pathname) kept.hidden = false;
  });
  const registration = await navigator.serviceWorker.register("/pass-worker.js", { scope: "/pass/" });
  if (await caches.match(location.pathname)) kept.hidden = false;
  if (!navigator.onLine) return;
  const worker = registration.active ?? (await navigator.serviceWorker.ready).active;
  await document.fonts.ready;
  const parts = performance
    .getEntriesByType("resource")
    .map((entry) => entry.name)
    .filter((name) => name.startsWith(`${location.origin}/static/`));
  worker.postMessage({ keep: location.pathname, parts: [...new Set(parts)] });
}

if (programme) {
  const off = shift();
  showNow(off);
  setInterval(() => showNow(off), 20_000);
}
if (picture) {
  picture.addEventListener("click", async (press) => {
    press.preventDefault();
    const file = await drawPass(document, picture.dataset);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "pass.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
}
keepOffline().catch(() => {});
