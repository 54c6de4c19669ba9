// A page renews itself: the part #live is fetched every few seconds (data-every) and put in where it changed.

const live = document.getElementById("live");
const EVERY = 1000 * (live.dataset.every || 5);
const asOf = document.getElementById("as-of");

async function renew() {
  if (document.hidden) return;
  try {
    const answer = await fetch(live.dataset.url, { signal: AbortSignal.timeout(EVERY), cache: "no-store" });
    if (answer.ok && !answer.redirected) put(await answer.text());
  } catch {
    // no connection: the page says when it was last renewed, and tries again
  }
}

function put(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-as-of]");
  if (!fresh) return;
  asOf.textContent = fresh.dataset.asOf;
  const open = [...live.querySelectorAll("details")].map((one) => one.open);
  fresh.querySelectorAll("details").forEach((one, place) => (one.open = open[place] ?? false));
  const now = live.querySelector("[data-as-of]");
  const same = bare(now) === bare(fresh);
  if (!same && !live.contains(document.activeElement)) now.replaceWith(fresh);
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
