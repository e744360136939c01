// A long list of choices (<select data-searchable="unit">, or ticks with that attribute) gets a box in
// which a part of the name is typed. What is chosen stays, and so do the units above a match.

const LONG = 15;

function searchBox(what) {
  const box = document.createElement("input");
  box.type = "search";
  box.className = "form-control form-control-sm choices-search";
  box.placeholder = `Cari ${what}`;
  box.setAttribute("aria-label", `Cari ${what}`);
  box.autocomplete = "off";
  // The box has no name and is no input of its form: neither filters nor drafts follow it.
  for (const kind of ["input", "change"]) {
    box.addEventListener(kind, (event) => event.stopPropagation());
  }
  return box;
}

function depth(label) {
  return label.length - label.trimStart().length;
}

// Which of the labels contain the words, with the labels above them by their indent.
function found(labels, words) {
  const wanted = words.toLowerCase().trim();
  const kept = labels.map((label) => label.toLowerCase().includes(wanted));
  let above = -1;
  for (let at = labels.length - 1; at >= 0; at -= 1) {
    const here = depth(labels[at]);
    if (kept[at]) {
      above = here;
    } else if (above > here) {
      kept[at] = true;
      above = here;
    }
  }
  return kept;
}

function searchList(select) {
  const options = [...select.options];
  if (options.length <= LONG) {
    return;
  }
  const box = searchBox(select.dataset.searchable);
  box.addEventListener("input", () => {
    const chosen = select.value; // a browser chooses anew when options leave
    const kept = found(options.map((option) => option.textContent), box.value);
    select.replaceChildren(...options.filter((option, at) => kept[at] || option.value === chosen || !option.value));
    select.value = chosen;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      select.focus();
    }
  });
  select.before(box);
}

function searchTicks(ticks) {
  if (ticks.length <= LONG) {
    return;
  }
  const rows = ticks.map((tick) => tick.closest(".form-check") ?? tick.parentElement);
  const box = searchBox(ticks[0].dataset.searchable);
  box.addEventListener("input", () => {
    const kept = found(rows.map((row) => row.textContent.trim()), box.value);
    rows.forEach((row, at) => {
      row.hidden = !kept[at] && !ticks[at].checked;
    });
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
    }
  });
  rows[0].before(box);
}

document.querySelectorAll("select[data-searchable]").forEach(searchList);

const groups = new Map();
for (const tick of document.querySelectorAll("input[type=checkbox][data-searchable]")) {
  const group = groups.get(tick.name) ?? [];
  group.push(tick);
  groups.set(tick.name, group);
}
groups.forEach(searchTicks);
