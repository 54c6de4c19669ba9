// A page renews itself: the part #live is fetched every few seconds (data-every) and put in where it changed; the
// server says in a word where nothing has.

const live = document.getElementById("live");
const EVERY = 1000 * (live.dataset.every || 5);
const asOf = document.getElementById("as-of");
let mark = "";

async function renew() {
  if (document.hidden) return;
  try {
    const headers = mark ? { "If-None-Match": mark } : {};
    const answer = await fetch(live.dataset.url, { headers, signal: AbortSignal.timeout(EVERY), cache: "no-store" });
    if (answer.status === 304) asOf.textContent = decodeURIComponent(answer.headers.get("X-As-Of") ?? "") || asOf.textContent;
    if (!answer.ok || answer.redirected) return;
    mark = put(await answer.text()) ? (answer.headers.get("ETag") ?? "") : "";
  } catch {
    // no connection: the page says when it was last renewed, and tries again
  }
}

function put(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-as-of]");
  if (!fresh) return false;
  asOf.textContent = fresh.dataset.asOf;
  const open = [...live.querySelectorAll("details")].map((one) => one.open);
  fresh.querySelectorAll("details").forEach((one, place) => (one.open = open[place] ?? false));
  const now = live.querySelector("[data-as-of]");
  const same = bare(now) === bare(fresh);
  if (same) return true;
  if (live.contains(document.activeElement)) return false;
  now.replaceWith(fresh);
  return true;
}

/** What a reader would notice: the same page but for its time and its form tokens. */
function bare(part) {
  const copy = part.cloneNode(true);
  copy.removeAttribute("data-as-of");
  copy.querySelectorAll("[name=csrf_token]").forEach((one) => one.remove());
  return copy.innerHTML;
}

setInterval(renew, EVERY);
document.addEventListener("visibilitychange", renew);
