// The script of every page. Collected, it holds what it imports (sakip/static_files.py).

import "./choices.js";
import "./echo.js";
import "./failures.js";
import "./files.js";
import "./search.js";
import "./session.js";

// htmx sends the CSRF token of the page with every request that is not a form's own.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf-token]");
  if (token && token.content) {
    event.detail.headers["X-CSRFToken"] = token.content;
  }
});

// One click, one request: a second press on a form that is being sent does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") {
    return;
  }
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
});

// Coming back with the browser's button finds the forms ready again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) {
    delete form.dataset.sending;
  }
});

// Whoever has no connection is told so in our words; the worker keeps no page (templates/sakip/service_worker.js).
const worker = document.querySelector("link[rel=manifest]")?.dataset.worker;
if (worker && "serviceWorker" in navigator) {
  window.addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => {}));
}

// The two menus of the head: on a narrow screen all of it folds, and the name of the person opens the other.
(() => {
  const person = () => document.querySelector(".user-button");

  function open(button, isOpen) {
    button.setAttribute("aria-expanded", String(isOpen));
    document.getElementById(button.getAttribute("aria-controls")).classList.toggle("show", isOpen);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".site-header button[aria-controls]");
    if (button) {
      open(button, button.getAttribute("aria-expanded") !== "true");
    }
    if (person() && !event.target.closest(".user-menu")) {
      open(person(), false);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && person()?.getAttribute("aria-expanded") === "true") {
      open(person(), false);
      person().focus();
    }
  });
})();

// A fragment with errors that htmx puts into the page changes the title too, as a whole page would.
document.addEventListener("htmx:afterSettle", () => {
  const word = "Kesalahan: ";
  const bare = document.title.startsWith(word) ? document.title.slice(word.length) : document.title;
  document.title = document.querySelector(".error-summary") ? word + bare : bare;
});
