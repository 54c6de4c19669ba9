// The public agenda: what is on now by the place's clock, and one kind of items at once instead of by a new page.
const runs = document.querySelector("[data-moment]");
const items = [...runs.querySelectorAll(".day-item")];
const kinds = [...document.querySelectorAll(".kinds a")];
const ahead = Number(runs.dataset.moment) - Date.now();

function markNow() {
  const moment = Date.now() + ahead;
  for (const item of items) {
    const isOn = Date.parse(item.dataset.from) <= moment && moment < Date.parse(item.dataset.until);
    item.classList.toggle("is-on", isOn);
    item.querySelector(".state-now").hidden = !isOn;
  }
}

function show(kind) {
  for (const item of items) item.hidden = kind !== "" && item.dataset.kind !== kind;
  for (const day of runs.querySelectorAll(".day-list")) day.hidden = !day.querySelector(".day-item:not([hidden])");
  for (const link of kinds) {
    if (link.dataset.kind === kind) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const link of document.querySelectorAll(".segments a, .top-links a[hreflang]")) {
    const address = new URL(link.href);
    if (kind) address.searchParams.set("kind", kind);
    else address.searchParams.delete("kind");
    link.href = address.href;
  }
}

for (const link of kinds) {
  link.addEventListener("click", (press) => {
    if (press.metaKey || press.ctrlKey || press.shiftKey) return;
    press.preventDefault();
    show(link.dataset.kind);
    history.replaceState(null, "", link.href);
  });
}
setInterval(markNow, 10_000);
