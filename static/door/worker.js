// Keeps the door's opened pages with all they need, and shows them again where there is no network.
// The server has the last word: where it no longer knows this phone, every copy goes.
const KEPT = "door";
const PAGE = /^\/door\/(checkpoints\/\d+)?$/;
const COPY = "X-Offline-Copy"; // the phone it was made for, and the release of its files
const PATIENCE = 3000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep, copy, parts } = event.data ?? {};
  if (PAGE.test(keep ?? "")) event.waitUntil(keepWhole(keep, copy, parts));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && PAGE.test(pathname)) event.respondWith(showPage(event, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(showPart(request));
});

/** The server's page; the copy where no server of ours answers in time. What comes late is obeyed all the same. */
async function showPage(event, path) {
  const stored = await (await caches.open(KEPT)).match(path);
  const asked = fetch(event.request).then((answer) => obey(answer, path));
  event.waitUntil(asked.catch(() => {}));
  if (!stored) return asked;
  const answer = await Promise.race([asked, after(PATIENCE)]).catch(() => null);
  return answer && answer.status < 500 ? answer : stored;
}

/** Files are kept with their page; the letters of a name, when the name is first shown. */
async function showPart(request) {
  const kept = await caches.open(KEPT);
  const stored = await kept.match(request.url);
  if (stored) return stored;
  const answer = await fetch(request);
  if (answer.ok && request.destination === "font") await kept.put(request.url, answer.clone());
  return answer;
}

/** Keep a page once all its parts are here, so that no page stands beside files of another release. */
async function keepWhole(path, copy, parts) {
  const kept = await caches.open(KEPT); // before the server is asked: what it takes away meanwhile takes this along
  const answer = await fetch(path, { redirect: "manual", credentials: "same-origin", cache: "no-store" });
  await obey(answer, path);
  if (!answer.ok || answer.headers.get(COPY) !== copy) return;
  await Promise.all(parts.map(async (part) => (await kept.match(part)) ?? kept.add(part)));
  await kept.put(path, answer);
  await dropOldParts();
}

/** What the server's answer means for the copies: shut out, or another phone now: all go; no such page: this one goes. */
async function obey(answer, path) {
  const copy = answer.headers.get(COPY);
  const isOut = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
  if (isOut) await caches.delete(KEPT);
  else if (copy) await drop(({ mark }) => mark && phoneOf(mark) !== phoneOf(copy));
  else if (answer.status === 404 || answer.status === 410) await drop((one) => one.path === path);
  return answer;
}

/** Files of a release that no kept page speaks of. */
async function dropOldParts() {
  const releases = (await everything()).map(({ mark }) => mark && `/static/-${releaseOf(mark)}/`).filter(Boolean);
  await drop(({ path }) => path.startsWith("/static/-") && !releases.some((one) => path.startsWith(one)));
}

async function drop(isOld) {
  const kept = await caches.open(KEPT);
  const old = (await everything()).filter(isOld);
  await Promise.all(old.map(({ request }) => kept.delete(request)));
}

/** What is kept; pages alone have a mark. */
async function everything() {
  const kept = await caches.open(KEPT);
  const marked = async (request) => ({
    request,
    path: new URL(request.url).pathname,
    mark: (await kept.match(request))?.headers.get(COPY),
  });
  return Promise.all((await kept.keys()).map(marked));
}

const phoneOf = (mark) => mark.split(" ")[0];
const releaseOf = (mark) => mark.split(" ")[1];
const after = (time) => new Promise((done) => setTimeout(done, time, null));
