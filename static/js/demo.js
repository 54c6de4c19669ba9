// Says that another moment of the demo takes some seconds, and keeps a second press from starting it again.
for (const form of document.querySelectorAll("[data-demo]")) {
  const told = form.querySelector("[data-told]");
  const buttons = form.querySelectorAll("button");
  form.addEventListener("submit", () => {
    told.textContent = told.dataset.told;
    setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
  });
  addEventListener("pageshow", () => {
    told.textContent = "";
    buttons.forEach((button) => (button.disabled = false));
  });
}
