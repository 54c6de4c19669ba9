// A question that waits for another one's answer comes and goes with it; without this file it comes after saving.

const form = document.querySelector("form[data-saves]");
const waiting = [...form.querySelectorAll("[data-after]")];

function answered(name, wanted) {
  const holder = form.querySelector(`[data-question="${name}"]`);
  if (!holder || holder.hidden) return false;
  return new FormData(form).getAll(`answer_${name}`).includes(wanted);
}

/** Until nothing moves any more: one may wait for another that waits itself. */
function show() {
  for (let moved = true; moved; ) {
    moved = false;
    for (const one of waiting) {
      const hidden = !answered(one.dataset.after, one.dataset.wanted);
      moved ||= hidden !== one.hidden;
      one.hidden = hidden;
    }
  }
}

form.addEventListener("change", show);
show();
