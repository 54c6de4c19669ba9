// Says once that a person, not a robot, has the page before them: at the first touch or key.
const form = document.querySelector("[data-first-touch]");
const signs = ["pointerdown", "keydown"];

function report() {
  for (const sign of signs) removeEventListener(sign, report, true);
  fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
}

if (form) for (const sign of signs) addEventListener(sign, report, true);
