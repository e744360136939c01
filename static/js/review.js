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

// Single keys, for whoever chose them: they point at a button or a field, and Enter presses it.
(() => {
  const form = document.querySelector("form[data-keys]");
  const help = document.getElementById("tombol-cepat");
  if (!form || !help) {
    return;
  }

  function nextProof() {
    const proofs = [...document.querySelectorAll(".proof")];
    const next = proofs[proofs.indexOf(document.activeElement) + 1] || proofs[0];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  function follow(key) {
    const reasons = form.elements.reason;
    if (key === "?") {
      help.togglePopover();
    } else if (key === "c") {
      form.elements.note.focus();
    } else if (key === "b") {
      nextProof();
    } else if (reasons[Number(key) - 1]) {
      reasons[Number(key) - 1].click();
      reasons[Number(key) - 1].focus();
    } else {
      const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
      target?.focus();
      return Boolean(target);
    }
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
    const isOther = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (isTyping && event.key === "Escape") {
      event.target.blur();
    } else if (!isTyping && !isOther && event.key.length === 1 && follow(event.key)) {
      event.preventDefault();
    }
  });
})();
