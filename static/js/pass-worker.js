// Keeps an opened pass with its styles and fonts, and shows it again where there is no network.
// The server has the last word: any answer of its own that is no pass takes the copy away.
const KEPT = "pass";
const PASS = /^\/pass\/\d+$/;
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep, parts } = event.data ?? {};
  if (PASS.test(keep ?? "")) event.waitUntil(keepAll(keep, parts, event.source));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && PASS.test(address.pathname)) event.respondWith(showPass(request, address));
  else if (address.pathname.startsWith("/static/")) event.respondWith(showPart(request));
});

async function showPass(request, address) {
  let answer;
  try {
    answer = await inTime(fetch(request));
  } catch {
    const stored = await (await caches.open(KEPT)).match(address.pathname);
    return stored ?? Response.error();
  }
  await keepOrForget(address.pathname, answer);
  return answer;
}

async function showPart(request) {
  const stored = await (await caches.open(KEPT)).match(request.url);
  return stored ?? fetch(request);
}

async function keepAll(path, parts, page) {
  const answer = await fetch(path, { redirect: "manual", credentials: "same-origin", cache: "no-store" });
  const stays = await keepOrForget(path, answer);
  if (!stays) return;
  const kept = await caches.open(KEPT);
  await Promise.all(parts.map(async (part) => (await kept.match(part)) ?? kept.add(part)));
  await dropOldParts(kept, parts);
  page?.postMessage({ kept: path });
}

async function keepOrForget(path, answer) {
  const kept = await caches.open(KEPT);
  if (answer.ok && answer.headers.get("X-Offline-Copy") === "yes") {
    await kept.put(path, answer.clone());
    return true;
  }
  if (answer.status < 500) await kept.delete(path);
  return false;
}

async function dropOldParts(kept, parts) {
  for (const request of await kept.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/static/-") && !parts.includes(request.url) && !sameRelease(pathname, parts)) {
      await kept.delete(request);
    }
  }
}

function sameRelease(pathname, parts) {
  const release = pathname.split("/")[2];
  return parts.some((part) => new URL(part).pathname.split("/")[2] === release);
}

function inTime(answer) {
  return Promise.race([answer, new Promise((_, refuse) => setTimeout(refuse, PATIENCE))]);
}
