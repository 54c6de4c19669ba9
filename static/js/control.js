// Copies a link or a text; sends a wish as soon as its box is ticked, "whole": and shows the page anew.
// Without it, buttons do the same; they also do for the keyboard, where arrows pass over choices that nobody means.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.querySelector(`[data-text="${button.dataset.copy}"]`);
  const told = document.querySelector(`[data-copied="${button.dataset.copy}"]`);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    told.textContent = told.dataset.word;
  });
}

for (const form of document.querySelectorAll("[data-sent-when-changed]")) {
  const actions = form.querySelector("button").closest(".form-actions");
  actions.hidden = true;
  form.addEventListener("keydown", () => (actions.hidden = false));
  form.addEventListener("pointerdown", (event) => (actions.hidden ||= !actions.contains(event.target)));
  form.addEventListener("change", () => {
    if (!actions.hidden) return;
    if (form.dataset.sentWhenChanged === "whole") {
      form.submit();
      return;
    }
    fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => form.submit());
  });
}
