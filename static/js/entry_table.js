// An LHE as a table: adds, moves and removes lines without asking the server, which does the same where
// there are no scripts. The order of the lines is the order of the page; nothing is counted here.

const HEAD = "rekomendasi";
const form = document.querySelector("[data-entry-table]");
const body = form.querySelector("tbody");
const said = form.querySelector("[data-said]");

const kindOf = (row) => row.dataset.kind;
const isFixed = (row) => (kindOf(row) === HEAD && !row.matches(".is-new")) || row.matches(".is-locked");

// The lines from `row` on that belong to it: itself, or all below a recommendation.
function together(row) {
  const found = [row];
  if (kindOf(row) === HEAD) {
    for (let next = row.nextElementSibling; next && kindOf(next) !== HEAD; next = next.nextElementSibling) {
      found.push(next);
    }
  }
  return found;
}

// The recommendation above each line, and the letters within it.
function places() {
  const found = new Map();
  let head = null;
  let counts = {};
  for (const row of body.rows) {
    if (kindOf(row) === HEAD) {
      head = row;
      counts = {};
    }
    counts[kindOf(row)] = (counts[kindOf(row)] || 0) + 1;
    found.set(row, { head, place: counts[kindOf(row)] });
  }
  return found;
}

function letter(number) {
  let letters = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

// Letters follow the places; a renaksi goes on naming the same point.
function rearranged(change) {
  const before = places();
  const points = new Map(); // by recommendation, then by letter
  for (const [row, { head, place }] of before) {
    if (kindOf(row) === "butir") {
      points.set(head, { ...points.get(head), [letter(place)]: row });
    }
  }
  const answered = new Map();
  for (const [row, { head }] of before) {
    const name = row.querySelector("[name=number]").value.trim().toLowerCase().replace(/[().]/g, "");
    if (kindOf(row) === "renaksi" && name) {
      answered.set(row, [name, points.get(head)?.[name]]);
    }
  }
  change();
  const now = places();
  for (const [row, { place }] of now) {
    row.querySelector(".line-letter").textContent = kindOf(row) === HEAD ? "" : letter(place);
  }
  for (const [row, [name, point]] of answered) {
    if (point && now.has(row)) {
      row.querySelector("[name=number]").value = now.has(point) ? letter(now.get(point).place) : `${name} (dihapus)`;
    }
  }
  form.dispatchEvent(new Event("change", { bubbles: true })); // draft.js keeps it
}

function add(kind, row) {
  if (body.rows.length >= Number(form.dataset.most)) {
    tell(`Paling banyak ${form.dataset.most} baris. Simpan dahulu, lalu tambahkan sisanya.`);
    return;
  }
  const line = form.querySelector("template").content.querySelector("tr").cloneNode(true);
  line.removeAttribute("id");
  line.querySelector("select").value = kind;
  showKind(line);
  rearranged(() => {
    if (kind === HEAD || !row) {
      body.append(line);
    } else {
      row.after(line);
    }
  });
  line.querySelector("textarea").focus();
}

function move(button, row, step) {
  const rows = [...body.rows];
  const at = rows.indexOf(row);
  const isPeer = (one) => kindOf(one) === kindOf(row);
  const order = step < 0 ? rows.slice(0, at).reverse() : rows.slice(at + 1);
  const end = kindOf(row) === HEAD ? -1 : order.findIndex((one) => kindOf(one) === HEAD);
  const other = order.slice(0, end < 0 ? undefined : end).find(isPeer);
  if (!other || isFixed(row) || isFixed(other)) {
    tell(other ? "Baris itu tidak dapat dipindahkan." : "Tidak ada tempat lagi ke arah itu.");
    return;
  }
  rearranged(() => {
    const [first, second] = step < 0 ? [other, row] : [row, other];
    const later = together(second);
    const mark = document.createElement("tr");
    later.at(-1).after(mark);
    first.before(...later);
    if (kindOf(row) !== HEAD) {
      mark.before(first); // lines of another kind between them stay where they are
    }
    mark.remove();
  });
  button.focus();
  tell("Baris dipindahkan.");
}

function remove(row) {
  const rows = together(row).filter((one) => one === row || one.matches(".is-new"));
  const hasWords = rows.some((one) => [...one.querySelectorAll("textarea, [type=text]")].some((field) => field.value.trim()));
  if (hasWords && !window.confirm(rows.length > 1 ? `Hapus ${rows.length} baris ini?` : "Hapus baris ini?")) {
    return;
  }
  const next = row.nextElementSibling || row.previousElementSibling;
  rearranged(() => rows.forEach((one) => one.remove()));
  next?.querySelector("textarea")?.focus();
  tell("Baris dibuang.");
}

function showKind(row) {
  row.dataset.kind = row.querySelector("[name=kind]").value;
}

function tell(words) {
  said.textContent = words;
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name]");
  const row = button?.closest("tr.line");
  const actions = {
    tambah: () => add(button.value.split(":")[0], row),
    naik: () => move(button, row, -1),
    turun: () => move(button, row, 1),
    buang: () => remove(row),
  };
  if (button && actions[button.name]) {
    event.preventDefault();
    actions[button.name]();
  }
});

form.addEventListener("change", (event) => {
  if (event.target.name === "kind") {
    rearranged(() => showKind(event.target.closest("tr")));
  }
});

// Enter goes to the same cell of the next line, as in a spreadsheet; it saves nothing by mistake.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".lhe-table input[type=text]")) {
    return;
  }
  event.preventDefault();
  const { name } = event.target;
  let row = event.target.closest("tr").nextElementSibling;
  while (row && !row.querySelector(`[name=${name}]`)?.offsetParent) {
    row = row.nextElementSibling;
  }
  row?.querySelector(`[name=${name}]`).focus();
});
