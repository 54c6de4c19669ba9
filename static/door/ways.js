// The ways beside the camera: a typed code, the whole list, somebody without a badge, and this phone itself.

import { normalise } from "./code.js";
import { fill } from "./verdicts.js";

const PANELS = ["code", "walk-in", "phone"];
const byId = (id) => document.getElementById(id);

export class Ways {
  constructor({ words, onCode, onWalkIn, onAll, toCome }) {
    Object.assign(this, { words, onCode, onWalkIn, onAll, toCome, companies: [] });
    for (const name of PANELS) {
      byId(`way-${name}`).addEventListener("click", () => this.open(name, byId(`${name}-panel`).hidden));
    }
    byId("code-panel").addEventListener("submit", (event) => this.typed(event));
    byId("walk-in-panel").addEventListener("submit", (event) => this.welcomed(event));
    byId("walk-in-company").addEventListener("input", (event) => this.drawSeats(event.target.value.trim()));
    byId("way-list").addEventListener("click", (event) => this.list(event.currentTarget));
  }

  open(name, wished) {
    for (const one of PANELS) {
      const open = wished && one === name;
      byId(`${one}-panel`).hidden = !open;
      byId(`way-${one}`).setAttribute("aria-expanded", String(open));
    }
    const panel = wished ? byId(`${name}-panel`) : null;
    byId("scan").classList.toggle("with-panel", Boolean(panel));
    panel?.querySelector("input, h2").focus();
  }

  close() {
    this.open("", false);
    byId("code").value = "";
  }

  typed(event) {
    event.preventDefault();
    const field = byId("code");
    const code = normalise(field.value);
    complain(field, byId("code-error"), code ? "" : this.words.check_code);
    if (code) this.onCode(code);
  }

  welcomed(event) {
    event.preventDefault();
    const [name, company] = ["walk-in-name", "walk-in-company"].map((id) => byId(id).value.trim());
    complain(byId("walk-in-name"), byId("walk-in-error"), name ? "" : this.words.needs_name);
    if (!name) return;
    const attendee = Number(byId("instead").value);
    event.target.reset();
    this.drawSeats("");
    this.onWalkIn({ name, company, attendee });
  }

  drawCompanies(companies) {
    this.companies = companies;
    const options = companies.map(({ name }) => Object.assign(document.createElement("option"), { value: name }));
    byId("companies").replaceChildren(...options);
  }

  drawSeats(company) {
    const found = this.companies.find(({ name }) => name === company);
    byId("walk-in-seats").textContent = found ? fill(this.words.free_seats, { count: found.free_seats }) : "";
    const colleagues = found ? this.toCome(company) : [];
    const named = colleagues.map(({ id, name, title }) => new Option(`${name} ${title}`.trim(), id));
    byId("instead").replaceChildren(byId("instead").options[0], ...named);
    byId("walk-in-instead").hidden = !colleagues.length;
  }

  list(button) {
    const all = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(all));
    byId("scan").classList.toggle("with-all", all);
    this.close();
    this.onAll(all);
  }
}

function complain(field, error, sentence) {
  error.lastElementChild.textContent = sentence;
  error.hidden = !sentence;
  if (!sentence) return field.removeAttribute("aria-invalid");
  field.setAttribute("aria-invalid", "true");
  field.focus();
}
