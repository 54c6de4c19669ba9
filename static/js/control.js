// Copies a link or a text; sends a wish as soon as its box is ticked, "whole": and shows the page anew. Without it, buttons do the same.
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
  const button = form.querySelector("button");
  button.closest(".form-actions").hidden = true;
  form.addEventListener("change", () => {
    if (form.dataset.sentWhenChanged === "whole") {
      form.submit();
      return;
    }
    fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => form.submit());
  });
}
