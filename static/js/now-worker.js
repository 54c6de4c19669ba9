// Shows the wall screen again where there is no network, as now.js kept it with its styles and fonts.
const KEPT = "wall";
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(showPage(request));
  else if (pathname.startsWith("/static/")) event.respondWith(showPart(request));
});

async function showPage(request) {
  const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE));
  const answer = await Promise.race([fetch(request), late]).catch(() => null);
  if (answer && answer.status < 500) return answer;
  return (await kept(request)) ?? answer ?? Response.error();
}

async function showPart(request) {
  return (await kept(request)) ?? fetch(request);
}

async function kept(request) {
  return (await caches.open(KEPT)).match(request.url, { ignoreVary: true });
}
