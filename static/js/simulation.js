// A slider beside every percent: moving it writes the figure, writing the figure moves it.
for (const slider of document.querySelectorAll("input[data-moves]")) {
  const field = document.getElementById(slider.dataset.moves);
  const follow = () => {
    const number = Number(field.value.replace(",", "."));
    if (field.value.trim() && !Number.isNaN(number)) {
      slider.value = number;
    }
  };
  follow();
  slider.hidden = false;
  field.addEventListener("input", follow);
  slider.addEventListener("input", () => {
    field.value = slider.value.replace(".", ",");
  });
}
