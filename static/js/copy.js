// Copies the text of a `data-copy` form and tells the journal that its link left the desk.
for (const form of document.querySelectorAll("form[data-copy]")) {
  const text = form.querySelector("textarea");
  const button = form.querySelector("button[data-copied]");
  const answer = form.querySelector("[role=status]");
  button.addEventListener("click", async () => {
    text.select();
    let copied = true;
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      copied = document.execCommand("copy");
    }
    answer.hidden = false;
    answer.textContent = copied ? button.dataset.copied : button.dataset.byHand;
    note(form);
  });
  text.addEventListener("copy", () => note(form));
}

function note(form) {
  if (form.dataset.noted) return;
  form.dataset.noted = "yes";
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  fetch(form.dataset.copy, { method: "POST", body, keepalive: true }).catch(() => delete form.dataset.noted);
}
