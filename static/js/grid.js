// The entry grid as in a spreadsheet: arrows and Enter move, Esc restores, a copied block is pasted at once.
// Each cell is saved by itself. What could not be saved stays in its cell and says so; it is kept on the server, as
// is what is still being typed, so that it stands there again when the page is opened anew.

const BATCH = 50; // cells in one request
const OFFLINE = "tidak ada sambungan ke server.";
const FAILED = "server gagal menyimpannya.";
const SIGNED_OUT = "sesi berakhir. Masuk lagi di tab lain, lalu coba lagi.";
const FORBIDDEN = "server menolak permintaan ini. Muat ulang halaman; tulisan Anda dikembalikan.";
const GONE = "indikator ini sudah tidak ada, atau bukan lagi bagian Anda.";
const CELL = "[data-grid] td input[type=text]";

const grids = document.querySelector("[data-grids]");
const statusBar = document.querySelector("[data-grid-status]");
const field = (cell) => cell && cell.querySelector("input[type=text]");
const seen = (cell) => cell.querySelector("input[type=hidden]");
const cellOf = (name) => document.getElementById(`sel-${name}`);
const isChanged = (cell) => field(cell).value.trim() !== seen(cell).value;

for (const buttons of document.querySelectorAll(".entry-buttons")) {
  buttons.hidden = true; // for browsers without scripts: here every cell saves itself
}

// ── What is kept on the server ────────────────────────────────────────────────────────────────────
const DELAY = 3000; // from the first key to the draft, and until it is tried again
const untold = new Map(); // cells of which the server does not know the latest text, by name
let toldAt = ""; // the sentence of the server
let isFailing = false;
let telling = null; // the next time

function keep(cell) {
  untold.set(field(cell).name, cell);
  telling ??= setTimeout(tell, DELAY);
}

function draftOf(cells) {
  const body = new URLSearchParams();
  for (const cell of cells) {
    body.append(field(cell).name, field(cell).value);
    body.append(seen(cell).name, seen(cell).value);
  }
  return body;
}

async function tell() {
  telling = null;
  const told = new Map([...untold].filter(([, cell]) => !waiting.has(cell) && !sending.has(cell)).slice(0, BATCH));
  if (!told.size) {
    telling = untold.size ? setTimeout(tell, DELAY) : null;
    return;
  }
  told.forEach((_, name) => untold.delete(name));
  try {
    toldAt = await (await request(grids.dataset.keep, draftOf(told.values()), "text/plain")).text();
    isFailing = false;
  } catch (problem) {
    toldAt = `Draf belum tersimpan: ${problem.message}`;
    told.forEach((cell, name) => untold.has(name) || untold.set(name, cell));
    isFailing = true;
  }
  if (untold.size) {
    telling ??= setTimeout(tell, DELAY);
  }
  summarise();
}

window.addEventListener("pagehide", () => {
  if (untold.size) {
    request(grids.dataset.keep, draftOf(untold.values()), "text/plain").catch(() => {});
  }
});

// ── What a cell says ──────────────────────────────────────────────────────────────────────────────
function mark(cell, state, words = "", link = null) {
  cell.classList.remove("is-wrong", "is-saved", "is-saving", "is-unsaved");
  cell.querySelector(".entry-note")?.remove();
  field(cell).removeAttribute("aria-invalid");
  field(cell).removeAttribute("aria-describedby");
  if (!state) {
    return;
  }
  cell.classList.add(state);
  const note = document.createElement("span");
  note.className = "entry-note";
  note.id = `salah-${field(cell).name}`;
  note.textContent = words;
  if (cell.matches(".is-unsaved, .is-wrong")) {
    field(cell).setAttribute("aria-invalid", "true");
    field(cell).setAttribute("aria-describedby", note.id);
  }
  if (link) {
    note.append(" ", link);
  }
  field(cell).parentElement.querySelector("input[type=hidden]").after(note);
}

function button(words, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm btn-outline-secondary";
  made.textContent = words;
  made.addEventListener("click", action);
  return made;
}

function unsaved(cell, why) {
  mark(cell, "is-unsaved", `Belum tersimpan: ${why}`, button("Coba lagi", () => save([cell])));
}

function refused(cell, answer) {
  let link = null;
  if (answer.form) {
    link = document.createElement("a");
    link.href = answer.form;
    link.textContent = "Formulir";
  }
  mark(cell, "is-wrong", `Belum tersimpan. ${answer.error}`, link);
}

function remark(cell, answer) {
  cell.querySelector(".entry-remark")?.remove();
  if (answer.note) {
    const words = document.createElement("span");
    words.className = answer.amiss ? "entry-remark is-amiss" : "entry-remark";
    words.textContent = answer.note;
    cell.append(words);
  }
}

const failing = () => [...document.querySelectorAll("[data-grid] .is-unsaved")];
const troubled = () => document.querySelectorAll("[data-grid] .is-unsaved, [data-grid] .is-wrong");

let leftOver = "";
function summarise() {
  const count = troubled().length;
  const parts = [];
  if (count) {
    parts.push(`${count} sel belum tersimpan.`);
  }
  if (count || typing.size) {
    parts.push(toldAt);
  }
  if (leftOver) {
    parts.push(leftOver);
  }
  statusBar.textContent = parts.filter(Boolean).join(" ");
  if (failing().length > 1) {
    statusBar.append(" ", button("Simpan lagi semuanya", () => save(failing())));
  }
  statusBar.classList.toggle("is-failing", Boolean(count || leftOver));
  statusBar.hidden = !statusBar.textContent;
}

// ── Saving ────────────────────────────────────────────────────────────────────────────────────────
const waiting = new Set();
const sending = new Set();
const typing = new Set(); // typed and not yet left
let isSending = false;

function save(cells) {
  for (const cell of cells) {
    typing.delete(cell);
    keep(cell); // or the server forgets it
    if (isChanged(cell)) {
      waiting.add(cell);
      mark(cell, "is-saving", "menyimpan…");
    } else if (!waiting.has(cell)) {
      mark(cell, "");
    }
  }
  summarise();
  return sendAll();
}

async function sendAll() {
  if (isSending) {
    return;
  }
  isSending = true;
  while (waiting.size) {
    const batch = [...waiting].slice(0, BATCH);
    batch.forEach((cell) => waiting.delete(cell));
    await send(batch);
  }
  isSending = false;
  summarise();
}

async function send(batch) {
  const sent = new Map(batch.map((cell) => [cell, field(cell).value.trim()]));
  const body = new URLSearchParams();
  for (const [cell, words] of sent) {
    body.append(field(cell).name, words);
    body.append(seen(cell).name, seen(cell).value);
  }
  let answer;
  batch.forEach((cell) => sending.add(cell));
  try {
    answer = await post(body);
  } catch (problem) {
    batch.forEach((cell) => unsaved(cell, problem.message));
    return;
  } finally {
    sending.clear();
  }
  for (const [cell, words] of sent) {
    const found = answer.cells[field(cell).name];
    untold.delete(field(cell).name); // the server has kept what it did not save
    if (!found) {
      unsaved(cell, GONE);
      continue;
    }
    seen(cell).value = found.stored;
    const isNewer = field(cell).value.trim() !== words; // typed again while this was on its way
    if (isNewer) {
      waiting.add(cell);
      keep(cell);
    } else if (found.error) {
      refused(cell, found);
    } else {
      field(cell).value = found.stored;
      mark(cell, "is-saved", "tersimpan");
    }
  }
  showAnswer(answer, sent);
}

function showAnswer(answer, sent) {
  for (const [name, found] of Object.entries(answer.cells)) {
    const cell = cellOf(name);
    if (!cell || !field(cell)) {
      continue;
    }
    if (!sent.has(cell) && !isChanged(cell) && !typing.has(cell)) {
      seen(cell).value = field(cell).value = found.stored;
    }
    remark(cell, found);
  }
  for (const [key, words] of Object.entries(answer.changes)) {
    document.getElementById(`ubah-${key}`).innerHTML = words;
  }
}

const token = () => document.querySelector("meta[name=csrf-token]");

async function post(body) {
  const response = await request(grids.dataset.address, body, "application/json");
  return response.json().catch(() => {
    throw new Error(FAILED);
  });
}

async function request(address, body, accepted, isSecond = false) {
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: accepted, "X-CSRFToken": token().content },
      redirect: "manual",
      keepalive: true,
    });
  } catch {
    throw new Error(OFFLINE);
  }
  if (response.type === "opaqueredirect") {
    throw new Error(SIGNED_OUT);
  }
  if (response.status === 403 && !isSecond && (await renewToken())) {
    return request(address, body, accepted, true); // signing in again in another tab made the token of this page worthless
  }
  if (response.status === 403 || response.status === 404) {
    throw new Error(FORBIDDEN);
  }
  if (!response.ok) {
    throw new Error(FAILED);
  }
  return response;
}

async function renewToken() {
  const response = await fetch(grids.dataset.renew, { redirect: "manual" }).catch(() => null);
  if (!response?.ok) {
    return false;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const { content } = page.querySelector("meta[name=csrf-token]");
  token().content = content;
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
    input.value = content;
  }
  return true;
}

document.addEventListener("input", (event) => {
  if (event.target.matches(CELL)) {
    const cell = event.target.closest("td");
    typing.add(cell);
    keep(cell);
  }
});
document.addEventListener("change", (event) => {
  if (event.target.matches(CELL)) {
    save([event.target.closest("td")]);
  }
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  isDiscarding = form.matches(".draft-notice");
  if (form.matches("[data-grid-form]")) {
    event.preventDefault();
    delete form.dataset.sending;
    const inputs = [...form.elements].filter((input) => input.matches(CELL));
    save(inputs.map((input) => input.closest("td")).filter(isChanged));
  }
});
window.addEventListener("online", () => save(failing()));
let isDiscarding = false;
window.addEventListener("beforeunload", (event) => {
  const isAtRisk = isFailing || untold.size > BATCH;
  if (isAtRisk && !isDiscarding && untold.size) {
    event.preventDefault(); // the browser asks before it throws the figures away
  }
});

// ── Moving and pasting ────────────────────────────────────────────────────────────────────────────
const rowsOf = (cell) => [...cell.closest("table").querySelectorAll("tr[data-row]")];

function neighbour(cell, down, right) {
  const rows = rowsOf(cell);
  let row = rows.indexOf(cell.parentElement);
  let at = cell.cellIndex;
  for (;;) {
    row += down;
    at += right;
    const found = rows[row]?.cells[at];
    if (!found || field(found)) {
      return field(found);
    }
  }
}

function move(event, down, right) {
  const cell = event.target.closest("td");
  const next = neighbour(cell, down, right);
  event.preventDefault();
  if (next) {
    next.focus();
    next.select();
  } else if (isChanged(cell)) {
    save([cell]); // nowhere to go, so the browser does not say that the cell was left
  }
}

function isAtEdge(input, right) {
  const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  return all || (right > 0 ? input.selectionStart === input.value.length : input.selectionEnd === 0);
}

document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches(CELL) || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  if (event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey)) {
    move(event, 1, 0);
  } else if (event.key === "ArrowUp" || event.key === "Enter") {
    move(event, -1, 0);
  } else if (event.key === "ArrowRight" && isAtEdge(input, 1)) {
    move(event, 0, 1);
  } else if (event.key === "ArrowLeft" && isAtEdge(input, -1)) {
    move(event, 0, -1);
  } else if (event.key === "Escape") {
    const cell = input.closest("td");
    input.value = seen(cell).value;
    input.select();
    save([cell]);
  }
});

// Returns the words that found no open cell.
function fill(start, lines) {
  const rows = rowsOf(start);
  const first = rows.indexOf(start.parentElement);
  const filled = [];
  const lost = [];
  lines.forEach((line, down) => {
    line.split("\t").forEach((text, right) => {
      const words = text.trim();
      const cell = rows[first + down]?.cells[start.cellIndex + right];
      const input = field(cell);
      if (input && words) {
        input.value = words;
        filled.push(cell);
      } else if (words && cell?.textContent.trim() !== words) {
        lost.push(words);
      }
    });
  });
  save(filled.filter(isChanged));
  return lost;
}

document.addEventListener("paste", (event) => {
  const input = event.target;
  const text = (event.clipboardData.getData("text") || "").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!input.matches(CELL) || !/[\t\n]/.test(text)) {
    return;
  }
  event.preventDefault();
  const lost = fill(input.closest("td"), text.split("\n"));
  const shown = lost.slice(0, 5).map((words) => `“${words.slice(0, 30)}”`).join(", ");
  const more = lost.length > 5 ? ", …" : "";
  leftOver = lost.length ? `${lost.length} nilai tidak ditempel karena di luar tabel atau selnya terkunci: ${shown}${more}.` : "";
  summarise();
});

// ── What was typed before ────────────────────────────────────────────────────────────────────────
for (const cell of failing()) {
  unsaved(cell, "tulisan tadi.");
}
summarise();

// A reminder leads to the first figure that is missing in its quarter.
const ending = `-${grids.dataset.quarter}`;
const isOfQuarter = (input) => input.name.startsWith("realisasi-") && input.name.endsWith(ending);
if (/^[1-4]$/.test(grids.dataset.quarter) && !location.hash) {
  const inputs = [...document.querySelectorAll("[data-quarterly] td input[type=text]")].filter(isOfQuarter);
  inputs.find((input) => !input.value)?.focus();
}
