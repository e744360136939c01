// The desk of the Telaah Staf. Alt with an arrow moves the part that has the focus, like its buttons.
const BUTTONS = { ArrowUp: "naik", ArrowDown: "turun" };

document.addEventListener("keydown", (event) => {
  const part = event.target.closest("[data-movable]");
  if (!event.altKey || !BUTTONS[event.key] || !part || event.target.closest("form.desk-form, input, select")) {
    return;
  }
  const button = document.getElementById(`${BUTTONS[event.key]}-${part.dataset.movable}`);
  if (button) {
    event.preventDefault();
    button.focus();
    button.click();
  }
});

// The focus stays where the person works: on what was opened, saved, moved, or may be put back.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (!target.matches(".desk, .letter-part")) {
    return;
  }
  if (document.activeElement === document.body) {
    const next = target.querySelector(target.matches(".desk") ? ".desk-removed button" : "[id^=ubah-]");
    (next ?? target).focus({ preventScroll: true });
  }
  if (target.matches(".letter-part") || document.activeElement.closest(".letter-part")) {
    document.activeElement.scrollIntoView({ block: "nearest" });
  }
});
