// Ticks of a list: all of the page at once, and how many there are.
const boxes = () => [...document.querySelectorAll("#daftar tbody .tick input")];

function tell() {
  const ticked = boxes().filter((box) => box.checked).length;
  const all = document.querySelector("[data-tick-all]");
  const words = document.querySelector("[data-ticked]");
  if (all && words) {
    all.parentElement.hidden = false;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
    words.textContent = ticked ? `${ticked} dicentang` : "";
  }
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick-all]")) {
    for (const box of boxes()) {
      box.checked = event.target.checked;
    }
  }
  tell();
});
document.addEventListener("htmx:afterSettle", tell);
window.addEventListener("pageshow", tell);
tell();
