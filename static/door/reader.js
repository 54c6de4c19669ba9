// A USB reader is a keyboard that types fast and ends with Enter. Its keys are read by where they lie on the
// keyboard: under a Korean input method the letters themselves would be Hangul.

import { normalise } from "./code.js";

const FAST = 60;
const SHORTEST = 11;
const SIGNS = { Minus: "-", Slash: "/", Period: ".", Semicolon: ":", NumpadDivide: "/", NumpadSubtract: "-", NumpadDecimal: "." };

/** Calls onCode(text) for what a reader typed; what it left in a field is taken out again. */
export function listen(onCode) {
  let [typed, last, field, before] = ["", 0, null, ""];
  addEventListener(
    "keydown",
    (event) => {
      const time = performance.now();
      const fast = time - last < FAST;
      if (event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Tab") {
        if (fast && typed.length >= SHORTEST && normalise(typed)) {
          event.preventDefault();
          event.stopImmediatePropagation();
          if (field) field.value = before;
          onCode(typed);
        }
        typed = "";
        return;
      }
      const letter = letterOf(event.code);
      if (letter === null) return;
      if (!fast) {
        typed = "";
        field = event.target instanceof HTMLInputElement ? event.target : null;
        before = field?.value ?? "";
      }
      typed += letter;
      last = time;
    },
    { capture: true },
  );
}

function letterOf(code) {
  const found = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(code);
  return found ? (found[1] ?? found[2]) : (SIGNS[code] ?? null);
}
