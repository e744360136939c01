// The scripts of the form of a follow-up. Collected, this file holds what it imports (sakip/static_files.py).

import "./uploads.js";
import "./draft.js";

// Ctrl+Enter saves it, Esc closes it. The draft keeps what is not saved.
document.addEventListener(
  "keydown",
  (event) => {
    const form = event.target.closest?.("form.work-form");
    if (!form || event.isComposing || event.defaultPrevented) {
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation(); // the editor would begin a new line
      form.requestSubmit(form.querySelector(".form-buttons [type=submit]"));
    } else if (event.key === "Escape") {
      form.querySelector("[data-close]")?.click();
    }
  },
  true,
);
