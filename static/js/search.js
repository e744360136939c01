// The search of the header: opens, shows what the server finds while one types, goes by keyboard.
// Without this script its link leads to a page of its own.

const opener = document.querySelector("[data-search-open]");
const panel = document.getElementById("cari-cepat");

if (opener && panel) {
  const input = panel.querySelector("[role=combobox]");
  const results = document.getElementById(input.getAttribute("aria-controls"));
  const status = panel.querySelector("[role=status]");
  const options = () => [...results.querySelectorAll("[role=option]")];
  let cameFrom = null;

  opener.setAttribute("role", "button");
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", panel.id);

  function open() {
    const here = document.querySelector("[data-search-here]");
    if (here) {
      here.focus();
      here.select();
      return;
    }
    if (panel.hidden) {
      cameFrom = document.activeElement === document.body ? opener : document.activeElement;
      panel.hidden = false;
      opener.setAttribute("aria-expanded", "true");
      input.dispatchEvent(new Event("cari"));
    }
    input.focus();
    input.select();
  }

  function close(isBack) {
    if (panel.hidden) {
      return;
    }
    panel.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    choose(null);
    if (isBack) {
      (cameFrom?.isConnected ? cameFrom : opener).focus();
    }
  }

  function choose(option) {
    for (const one of options()) {
      one.setAttribute("aria-selected", String(one === option));
    }
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function chosen() {
    return results.querySelector("[aria-selected=true]");
  }

  function say(words) {
    input.setAttribute("aria-expanded", String(options().length > 0));
    status.textContent = words;
  }

  opener.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      panel.hidden ? open() : close(true);
    }
  });

  opener.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      open();
    }
  });

  panel.querySelector("[data-search-close]").addEventListener("click", () => close(true));

  document.addEventListener("click", (event) => {
    if (!panel.contains(event.target) && !opener.contains(event.target)) {
      close(false);
    }
  });

  panel.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !panel.contains(event.relatedTarget) && event.relatedTarget !== opener) {
      close(false);
    }
  });

  // "/" where nobody types; a person may turn it off (data-key is missing then).
  document.addEventListener("keydown", (event) => {
    const types = event.target.closest?.("input, textarea, select, [contenteditable]");
    const isBare = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (event.key === opener.dataset.key && isBare && !types && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      open();
    }
  });

  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    }
  });

  input.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown" && all.length) {
      event.preventDefault();
      choose(all[(at + 1) % all.length]);
    } else if (event.key === "ArrowUp" && all.length) {
      event.preventDefault();
      choose(all[(at <= 0 ? all.length : at) - 1]);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      all[at].click();
    }
  });

  panel.addEventListener("htmx:afterSwap", () => {
    choose(null);
    say(results.querySelector("[data-status]")?.dataset.status ?? "");
  });

  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    panel.addEventListener(failure, (event) => {
      event.stopPropagation(); // else failures.js tells it once more
      const words = document.createElement("p");
      words.className = "search-nothing";
      words.textContent = "Pencarian belum berhasil. Periksa jaringan, lalu ketik lagi atau tekan Cari.";
      results.replaceChildren(words);
      say(words.textContent);
    });
  }

  // Coming back with the browser's button finds the search closed.
  window.addEventListener("pageshow", () => close(false));
}
