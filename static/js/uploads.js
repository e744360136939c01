// Files of a form. Large photos are made smaller before they are sent; a large file is sent in parts, so that a
// break in the line costs one part only; on a phone a picture can be taken in place. Without this script, and
// where the server refuses parts, the form is sent with its files as they are.

const LONGEST = 2560; // pixels of the longer side of a photo
const LARGE_PHOTO = 1.5 * 2 ** 20; // bytes
const QUALITY = 0.85;
const PHOTOS = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"];
const ONE_PART = 512 * 1024; // bytes; a smaller file goes with the form
const RETRY = 5_000;
const STALLED = 60_000; // without a byte
const KEY = "unggahan"; // the field that holds the key of a file which came in parts
const ENDED = "Sesi berakhir. Masuk lagi di tab lain, lalu simpan lagi di sini: unggahannya dilanjutkan.";
const BROKEN = "Sambungan terputus. Unggahan dilanjutkan dari yang sudah sampai begitu tersambung lagi.";
const TROUBLED = "Server sedang terganggu. Unggahan dicoba lagi sebentar lagi.";

class Stopped extends Error {} // the form stays as it is; the message says why
class Unreachable extends Error {}

const choices = new WeakMap(); // an input → Choice
const busy = new Set();
const passed = new WeakSet();

function sizeInWords(bytes) {
  const [unit, step] = bytes < 2 ** 20 ? ["KB", 2 ** 10] : ["MB", 2 ** 20];
  const number = Math.max(bytes / step, 0.1);
  return `${number.toLocaleString("id-ID", { minimumFractionDigits: 1, maximumFractionDigits: 1 })} ${unit}`;
}

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function button(words, act) {
  const made = make("button", { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: words });
  made.addEventListener("click", act);
  return made;
}

// ── Photos ───────────────────────────────────────────────────────────────────────────────────────
function isSeenThrough(pen, width, height) {
  const { data } = pen.getImageData(0, 0, width, height);
  for (let place = 3; place < data.length; place += 4) {
    if (data[place] < 255) {
      return true;
    }
  }
  return false;
}

// The photo upright and smaller; null when it is small, no photo, or would not become smaller.
async function smaller(file) {
  if (!PHOTOS.includes(file.type)) {
    return null;
  }
  const photo = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!photo) {
    return null;
  }
  const longest = Math.max(photo.width, photo.height);
  if (longest <= LONGEST && file.size <= LARGE_PHOTO) {
    return null;
  }
  const part = Math.min(1, LONGEST / longest);
  const [width, height] = [Math.round(photo.width * part), Math.round(photo.height * part)];
  const canvas = make("canvas", { width, height });
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(photo, 0, 0, width, height);
  photo.close();
  if (file.type !== "image/jpeg" && isSeenThrough(pen, width, height)) {
    return null;
  }
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) {
    return null;
  }
  const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
  return new File([blob], name, { type: "image/jpeg", lastModified: file.lastModified });
}

// ── What was chosen in one field ─────────────────────────────────────────────────────────────────
class Choice {
  constructor(input) {
    this.input = input;
    this.files = []; // { original, small, sent, key }
    this.ready = Promise.resolve();
    this.isOrdinary = false; // the server wants no parts
  }

  // The elements beside the input; htmx may have put the input into a new page without them.
  draw() {
    if (this.list?.isConnected) {
      return;
    }
    this.files = this.files.filter((one) => !one.key); // the new page says itself what the server still has
    this.list = make("ul", { className: "chosen-files" });
    this.list.setAttribute("aria-live", "polite");
    this.status = make("p", { className: "upload-status" });
    this.status.setAttribute("role", "status");
    this.frame = this.input.closest(".file-choice") ?? this.input;
    this.frame.after(this.list, this.status);
    if (matchMedia("(pointer: coarse)").matches && this.input.accept.includes("jpg")) {
      this.frame.after(this.camera());
    }
    this.show();
  }

  // Besides the input, which on a phone offers files and the gallery: `capture` there would take those away.
  camera() {
    const lens = make("input", { type: "file", accept: "image/*", hidden: true });
    lens.setAttribute("capture", "environment");
    lens.addEventListener("change", () => {
      const kept = this.input.multiple ? this.files.filter((one) => !one.key).map((one) => one.original) : [];
      this.take([...kept, ...lens.files]);
      lens.value = "";
    });
    return make("p", { className: "take-photo" }, lens, button("Ambil foto", () => lens.click()));
  }

  take(files) {
    const sent = this.input.multiple ? this.files.filter((one) => one.key) : [];
    const before = this.files;
    const taken = files.map((file) => before.find((one) => one.original === file || one.small === file));
    this.files = [...sent, ...files.map((original, place) => taken[place] ?? { original, small: null, sent: original })];
    this.ready = this.shrink();
  }

  async shrink() {
    this.put();
    for (const one of this.files.filter((one) => !one.key && one.small === null)) {
      one.small = (await smaller(one.original)) ?? false;
      one.sent = one.small || one.original;
    }
    this.put();
  }

  // The browser sends what is in the input.
  put() {
    const holder = new DataTransfer();
    for (const one of this.files.filter((one) => !one.key)) {
      holder.items.add(one.sent);
    }
    this.input.files = holder.files;
    this.show();
  }

  show() {
    this.list?.replaceChildren(...this.files.map((one) => this.line(one)));
    const nothing = this.frame?.querySelector?.(".file-chosen");
    if (nothing) {
      nothing.hidden = this.files.length > 0; // the list says more
    }
  }

  line(one) {
    const { original, small, sent, key } = one;
    const line = make("li", {}, `${sent.name} (${sizeInWords(sent.size)})`);
    if (key) {
      line.append(" sudah terunggah", make("input", { type: "hidden", name: KEY, value: `${this.input.name}:${key}` }));
    } else if (small) {
      const isSmall = sent === small;
      const words = `${original.name}: ${sizeInWords(original.size)} → ${sizeInWords(small.size)}`;
      line.textContent = isSmall ? words : `${original.name} (${sizeInWords(original.size)})`;
      const other = button(isSmall ? "Kirim aslinya" : "Kirim yang kecil", () => {
        one.sent = isSmall ? original : small;
        this.put();
      });
      line.append(" ", other);
    }
    const away = button("Hapus", () => {
      this.files = this.files.filter((other) => other !== one);
      this.put();
    });
    away.setAttribute("aria-label", `Hapus ${sent.name}`);
    line.append(" ", away);
    return line;
  }

  large() {
    return this.isOrdinary ? [] : this.files.filter((one) => !one.key && one.sent.size > ONE_PART);
  }
}

// ── Sending in parts ─────────────────────────────────────────────────────────────────────────────
function token() {
  return document.querySelector("meta[name=csrf-token]").content;
}

// Signing in again in another tab makes the token of this page worthless.
async function renewToken() {
  const { state } = document.querySelector("meta[name=session-left]").dataset;
  const answer = await fetch(state, { redirect: "manual" }).catch(() => null);
  if (answer?.status !== 200) {
    throw new Stopped(ENDED);
  }
  const { token: content } = await answer.json();
  document.querySelector("meta[name=csrf-token]").content = content;
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
    input.value = content;
  }
}

// Status and content of the answer. Raises Unreachable where trying again may help.
function send(address, body, progress = () => {}) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    let clock = null;
    const wait = () => {
      clearTimeout(clock);
      clock = setTimeout(() => request.abort(), STALLED);
    };
    const broken = () => fail(new Unreachable(BROKEN));
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", token());
    if (body instanceof Blob) {
      request.setRequestHeader("Content-Type", "application/octet-stream");
    }
    request.upload.addEventListener("progress", (event) => {
      wait();
      progress(event.loaded);
    });
    request.addEventListener("error", broken);
    request.addEventListener("abort", broken);
    request.addEventListener("loadend", () => clearTimeout(clock));
    request.addEventListener("load", () => {
      const isOurs = new URL(request.responseURL).pathname === new URL(address, location.href).pathname;
      if (!isOurs) {
        fail(new Stopped(ENDED)); // it led to the page to sign in
      } else if (request.status >= 500) {
        fail(new Unreachable(TROUBLED));
      } else {
        const isJson = (request.getResponseHeader("Content-Type") ?? "").startsWith("application/json");
        done({ status: request.status, told: isJson ? JSON.parse(request.responseText) : {} });
      }
    });
    wait();
    request.send(body);
  });
}

async function sendOnce(address, body, progress) {
  const answer = await send(address, body, progress);
  if (answer.status !== 403) {
    return answer;
  }
  await renewToken();
  return send(address, body, progress);
}

// Where the server is with this file; null when it wants it with the form.
async function begin(address, file) {
  const promise = new URLSearchParams({ name: file.name, size: file.size, modified: file.lastModified });
  const { status, told } = await sendOnce(address, promise);
  if (status === 400 && told.reason) {
    throw new Stopped(told.reason);
  }
  return status === 200 ? told : null;
}

// One file, from where it stopped. Returns its key, or null when it goes with the form.
async function inParts(address, file, show) {
  for (;;) {
    try {
      const begun = await begin(address, file);
      if (!begun) {
        return null;
      }
      let { received } = begun;
      while (received < file.size) {
        show(received);
        const blob = file.slice(received, received + begun.part);
        const from = received;
        const { status, told } = await sendOnce(`${begun.address}?mulai=${from}`, blob, (loaded) => show(from + loaded));
        if (told.received === undefined || ![200, 409].includes(status)) {
          return null;
        }
        received = told.received;
      }
      return begun.key;
    } catch (error) {
      if (!(error instanceof Unreachable)) {
        throw error;
      }
      await show.wait(error.message);
    }
  }
}

// The bar with its words. `show.wait` ends when the line is back, or when the person wants to try.
function progressOf(choice, file) {
  const bar = make("progress", { max: file.size, value: 0 });
  const words = make("span", {});
  const buttons = make("span", { className: "upload-buttons" });
  const place = make("div", { className: "upload-progress" }, words, bar, buttons);
  bar.setAttribute("aria-label", `Mengunggah ${file.name}`);
  choice.status.before(place);
  place.scrollIntoView({ block: "center" }); // whoever saves is at the end of the form
  const show = (bytes) => {
    const part = Math.min(bytes, file.size);
    bar.value = part;
    const percent = Math.floor((part / file.size) * 100);
    words.textContent = `Mengunggah ${file.name}: ${percent}\u00a0% (${sizeInWords(part)} dari ${sizeInWords(file.size)})`;
  };
  show.wait = (reason) =>
    new Promise((again, stop) => {
      choice.status.textContent = reason;
      const end = (act) => () => {
        clearTimeout(clock);
        removeEventListener("online", retry);
        buttons.replaceChildren();
        choice.status.textContent = "";
        act();
      };
      const retry = end(again);
      const clock = setTimeout(retry, RETRY);
      addEventListener("online", retry);
      const leave = end(() => stop(new Stopped("Unggahan dihentikan. Yang sudah sampai tetap tersimpan sehari.")));
      buttons.replaceChildren(button("Coba lagi", retry), button("Hentikan", leave));
    });
  show.end = () => place.remove();
  return show;
}

async function sendLarge(choice) {
  await choice.ready;
  choice.status.textContent = "";
  for (const one of choice.large()) {
    const show = progressOf(choice, one.sent);
    try {
      one.key = await inParts(choice.input.dataset.parts, one.sent, show);
    } finally {
      show.end();
    }
    choice.isOrdinary = !one.key;
    choice.put();
  }
}

function choicesOf(form) {
  return [...form.querySelectorAll("input[type=file][data-parts]")].map((input) => choices.get(input)).filter(Boolean);
}

// Before everything else that listens: the form goes on when its large files are there.
addEventListener(
  "submit",
  async (event) => {
    const { target: form, submitter } = event;
    const found = choicesOf(form);
    if (passed.delete(form) || !found.some((choice) => choice.files.some((one) => one.small === null) || choice.large().length)) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (busy.has(form)) {
      return;
    }
    busy.add(form);
    try {
      for (const choice of found) {
        await sendLarge(choice);
      }
      passed.add(form);
    } catch (error) {
      const shown = found.find((choice) => choice.large().length) ?? found[0];
      shown.status.textContent = error instanceof Stopped ? error.message : TROUBLED;
    }
    busy.delete(form);
    if (passed.has(form)) {
      form.requestSubmit(submitter);
    }
  },
  true,
);

addEventListener("beforeunload", (event) => {
  if (busy.size) {
    event.preventDefault(); // the browser asks
  }
});

function watch(root) {
  for (const input of root.querySelectorAll("input[type=file][data-parts]")) {
    if (!choices.has(input)) {
      const choice = new Choice(input);
      choices.set(input, choice);
      input.addEventListener("change", () => choice.take([...input.files]));
      if (input.files.length) {
        choice.take([...input.files]); // the browser came back to this page
      }
    }
    choices.get(input).draw();
  }
}

document.addEventListener("htmx:load", (event) => watch(event.target));
watch(document);
