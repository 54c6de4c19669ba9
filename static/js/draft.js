// What is half typed stays on this phone until it was sent: a browser that closes loses nothing.
// data-draft says which state of the page the words belong to; once sent, another state means they arrived.

const DAYS = 30;
const DAY = 86400000;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `draft ${new URL(form.action, location.href).pathname}`;
  const state = form.dataset.draft;

  const kept = (field) => field.name && !["hidden", "file", "submit"].includes(field.type);
  const fields = () => [...form.elements].filter(kept);
  const keep = (sent) => {
    const entries = fields()
      .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
      .map((field) => [field.name, field.value]);
    localStorage.setItem(key, JSON.stringify({ state, sent, at: Date.now(), entries }));
  };

  const draft = JSON.parse(localStorage.getItem(key) ?? "null");
  const arrived = draft?.sent && (state === "" || draft.state !== state);
  if (draft && (arrived || Date.now() - draft.at > DAYS * DAY)) localStorage.removeItem(key);
  else if (draft) {
    const has = (field) => draft.entries.some(([name, value]) => name === field.name && value === field.value);
    const values = new Map(draft.entries);
    for (const field of fields()) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = has(field);
      else if (values.has(field.name)) field.value = values.get(field.name);
    }
  }

  form.addEventListener("input", () => keep(false));
  form.addEventListener("change", () => keep(false));
  form.addEventListener("submit", () => keep(true));
}
