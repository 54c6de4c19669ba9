// A form that saves itself: each change is sent; without a network it is kept on this phone and sent later.

const form = document.querySelector("form[data-saves]");
const word = form.querySelector("[data-saves-word]");
const KEY = `saves ${location.pathname}`;
const AGAIN = 10000;
let unsent = false;
let sending = false;
let changed = false;

/** What is typed, without the page's own token: that one may be another tomorrow. Files go with a press. */
function typed() {
  return [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && !(value instanceof File));
}

function withoutFiles() {
  const body = new FormData(form);
  for (const field of form.querySelectorAll("[type=file]")) body.delete(field.name);
  return body;
}

function put(entries) {
  const values = new Map(entries);
  const has = (field) => entries.some(([name, value]) => name === field.name && value === field.value);
  for (const field of form.elements) {
    if (!field.name || field.name === "csrf_token" || ["file", "submit"].includes(field.type)) continue;
    if (field.type === "checkbox") field.checked = has(field);
    else if (field.type === "radio") field.checked = values.get(field.name) === field.value;
    else field.value = values.get(field.name) ?? "";
  }
}

/** One after the other: "saved" is said when the last change is. */
async function save() {
  changed = true;
  if (sending) return;
  sending = true;
  while (changed) {
    changed = false;
    await send();
  }
  sending = false;
}

async function send() {
  word.textContent = form.dataset.saving;
  const sent = JSON.stringify(typed());
  try {
    const headers = { "X-Saves": "1" };
    const answer = await fetch(form.action, { method: "POST", body: withoutFiles(), headers, redirect: "error" });
    unsent = false;
    localStorage.removeItem(KEY);
    if (answer.status !== 204) return form.submit(); // the page says what to put right, nothing typed is lost
    if (!changed) word.textContent = form.dataset.saved;
  } catch {
    unsent = true;
    localStorage.setItem(KEY, sent);
    word.textContent = form.dataset.unsent;
  }
}

form.addEventListener("change", (event) => (event.target.type === "file" ? form.requestSubmit() : save()));
addEventListener("online", () => unsent && save());
setInterval(() => unsent && save(), AGAIN);

const kept = localStorage.getItem(KEY);
if (kept) {
  put(JSON.parse(kept));
  save();
}
