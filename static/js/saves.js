// A form that saves itself: each change is sent; what is half typed, or has no network, is kept on this phone and sent later.

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

function keep() {
  localStorage.setItem(KEY, JSON.stringify(typed()));
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
  const draft = localStorage.getItem(KEY);
  try {
    const headers = { "X-Saves": "1" };
    const answer = await fetch(form.action, { method: "POST", body: withoutFiles(), headers, redirect: "error" });
    unsent = false;
    if (localStorage.getItem(KEY) === draft) localStorage.removeItem(KEY); // else more was typed meanwhile
    if (answer.status !== 204) return refused();
    if (!changed) word.textContent = form.dataset.saved;
  } catch {
    unsent = true;
    localStorage.setItem(KEY, sent);
    word.textContent = form.dataset.unsent;
  }
}

/** The page says what to put right, nothing typed is lost. A day typed part by part is tried again when it is left. */
function refused() {
  const typing = form.querySelector("[type=date]:focus, [type=datetime-local]:focus");
  if (!typing) return form.submit();
  word.textContent = "";
  keep();
  typing.addEventListener("blur", save, { once: true });
}

form.addEventListener("change", (event) => (event.target.type === "file" ? form.requestSubmit() : save()));
form.addEventListener("input", keep);
addEventListener("online", () => unsent && save());
setInterval(() => unsent && save(), AGAIN);

const kept = localStorage.getItem(KEY);
if (kept) {
  put(JSON.parse(kept));
  save();
}
