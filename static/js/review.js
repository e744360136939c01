"use strict";

// An earlier note goes into the form at once; without scripts its button asks the server to do the same.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-note]");
  if (!button) {
    return;
  }
  event.preventDefault();
  const note = button.form.elements.note;
  note.value = [note.value.trimEnd(), button.dataset.note].filter(Boolean).join("\n");
  if (!button.form.querySelector("[name=reason]:checked")) {
    const reason = button.form.querySelector(`[name=reason][value="${button.dataset.reason}"]`);
    if (reason) {
      reason.checked = true;
    }
  }
  note.focus();
});
