// A button with data-copy copies the text of the field with that id.
// The clipboard needs a secure address; without one the text is selected, ready for Ctrl+C.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = "Tersalin.";
    } catch {
      status.textContent = "Teks sudah dipilih. Tekan Ctrl+C untuk menyalin.";
    }
  });
}
