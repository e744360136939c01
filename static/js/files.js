// The names and sizes of chosen files, in the words of the program. Without this script the browser shows the names.

const UNITS = ["byte", "KB", "MB", "GB"];
const number = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });

function sizeOf(file) {
  let size = file.size;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${number.format(size)} ${UNITS[unit]}`;
}

function say(input) {
  const words = input.closest(".file-choice")?.querySelector(".file-chosen");
  if (words && !input.dataset.parts) {
    const names = [...input.files].map((file) => `${file.name} (${sizeOf(file)})`);
    words.dataset.none ??= words.textContent;
    words.textContent = names.join("; ") || words.dataset.none;
    words.classList.toggle("is-chosen", names.length > 0);
  }
}

const sayAll = (place) => place.querySelectorAll(".file-choice input").forEach(say);

document.addEventListener("change", (event) => {
  if (event.target.matches(".file-choice input")) {
    say(event.target);
  }
});

document.addEventListener("reset", (event) => setTimeout(sayAll, 0, event.target));

// A browser that comes back to a page may still have the files.
window.addEventListener("pageshow", () => sayAll(document));
