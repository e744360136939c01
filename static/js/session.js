// Warns two minutes before the session ends, and says so when it has ended. Words stay on the page.

const meta = document.querySelector("meta[name=session-left]");
const { state, login, person } = meta?.dataset ?? {}; // none: nobody is signed in
const WARN = 120; // seconds
const ASK = 10; // seconds between two questions while the warning stands: another tab may have been used

let ends = Date.now() + Number(meta?.content) * 1000;
let timer = null;

const dialog = document.createElement("dialog");
dialog.className = "session-end";
dialog.setAttribute("role", "alertdialog");
dialog.setAttribute("aria-labelledby", "session-end-title");
dialog.setAttribute("aria-describedby", "session-end-words");
const title = add("h2", { id: "session-end-title" });
const words = add("p", { id: "session-end-words" });
const clock = add("p", { className: "session-clock" });
const stay = add("button", { className: "btn btn-primary", type: "button", textContent: "Tetap masuk" });
const again = add("a", { className: "btn btn-primary", href: login, target: "_blank", textContent: "Masuk lagi di tab baru" });
const close = add("button", { className: "btn btn-link", type: "button", textContent: "Tutup" });

function add(name, properties) {
  const element = Object.assign(document.createElement(name), properties);
  dialog.append(element);
  return element;
}

// What the server says, null when it cannot be reached. Without `isUse` the question keeps nothing alive.
async function ask(isUse) {
  const headers = isUse ? {} : { "X-Poll": "1" };
  const response = await fetch(state, { headers, redirect: "manual" }).catch(() => null);
  if (!response || response.status >= 500) {
    return null;
  }
  return response.status === 200 ? response.json() : { left: 0 };
}

function left() {
  return Math.round((ends - Date.now()) / 1000);
}

function plan() {
  clearTimeout(timer);
  timer = setTimeout(check, Math.max(1, left() - WARN) * 1000);
}

async function check(isUse = false) {
  const answer = await ask(isUse === true);
  if (!answer) {
    timer = setTimeout(check, ASK * 1000);
    return;
  }
  if (String(answer.person ?? person) !== person) {
    ended("Akun lain sudah masuk pada peramban ini. Salin tulisan Anda bila masih diperlukan.");
    return;
  }
  ends = Date.now() + answer.left * 1000;
  if (answer.left <= 0) {
    ended("Yang sudah Anda ketik tetap ada di halaman ini. Masuk lagi di tab baru, lalu kembali ke sini dan simpan.");
  } else if (answer.left > WARN) {
    renewToken(answer.token);
    dialog.close();
    plan();
  } else {
    warn(isUse === true);
  }
}

function warn(wasExtended) {
  title.textContent = "Anda masih di sini?";
  words.textContent = wasExtended
    ? "Waktu masuk hari ini sudah habis dan tidak dapat diperpanjang. Simpan pekerjaan Anda, lalu masuk lagi."
    : "Demi keamanan, Anda dikeluarkan bila program lama tidak dipakai.";
  stay.hidden = wasExtended;
  close.hidden = !wasExtended;
  again.hidden = true;
  show();
  tick();
}

function tick() {
  clearTimeout(timer);
  const seconds = left();
  clock.textContent = `Sisa waktu ${Math.floor(Math.max(0, seconds) / 60)} menit ${Math.max(0, seconds) % 60} detik.`;
  timer = setTimeout(seconds <= 0 || seconds % ASK === 0 ? check : tick, 1000);
}

function ended(reason) {
  clearTimeout(timer);
  title.textContent = "Sesi berakhir";
  words.textContent = reason;
  clock.textContent = "";
  stay.hidden = true;
  again.hidden = close.hidden = false;
  show();
}

function show() {
  if (!dialog.open) {
    dialog.showModal();
    (stay.hidden ? close : stay).focus();
  }
}

// Signing in again in another tab makes the token of this page worthless.
function renewToken(token) {
  const own = document.querySelector("meta[name=csrf-token]");
  if (own) {
    own.content = token;
  }
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
    input.value = token;
  }
}

stay.addEventListener("click", () => check(true));
close.addEventListener("click", () => dialog.close());
dialog.addEventListener("cancel", (event) => {
  if (!stay.hidden) {
    event.preventDefault(); // Esc means: I am here
    check(true);
  }
});
// A sleeping computer stops the clock; whoever comes back from another tab may have signed in there.
document.addEventListener("visibilitychange", () => {
  if (meta && !document.hidden && left() < WARN) {
    check();
  }
});

if (meta) {
  document.body.append(dialog);
  plan();
}
