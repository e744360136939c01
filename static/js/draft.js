// Keeps what is typed into a form on the server, and the words on the page when the session has ended, the
// server fails or nobody can be reached. Nothing is kept in the browser. The form, or a line within it, names
// the address that keeps it: data-draft. Where that address serves every form, it is told which one.

const DELAY = 3000; // from the first unsaved key to the draft
const RETRY = 5000;
const MOST_ON_LEAVING = 60_000; // bytes: browsers send no more when a page goes
const UNREACHABLE = "Belum tersimpan: tidak ada sambungan. Tulisan tetap ada di halaman ini.";
const BROKEN = "Belum tersimpan: server sedang terganggu. Tulisan tetap ada di halaman ini.";
const GONE = "Belum disimpan: yang Anda ubah sudah tidak ada, atau bukan lagi urusan Anda. Salin tulisan Anda bila masih diperlukan.";
const LOCKED = "Belum disimpan: isinya tidak dapat diubah lagi. Salin tulisan Anda bila masih diperlukan.";
const FAILED = "Belum disimpan: server tidak menjawab semestinya. Tulisan Anda tetap di sini; coba simpan lagi.";
const CUT_OFF = "Belum disimpan: tidak ada sambungan ke server. Tulisan Anda tetap di sini; coba simpan lagi.";
const SIGNED_OUT = "Sesi berakhir. Masuk lagi di tab lain, tulisan Anda tetap di sini.";

class SignedOut extends Error {}
class Refused extends Error {}
class Unreachable extends Error {}

const FORM = "alamat-formulir";
const NOT_TYPED = ["csrfmiddlewaretoken", "unggahan"];
const drafts = new WeakMap();

class Draft {
  constructor(form, address, servesAll) {
    this.form = form;
    this.address = address;
    this.servesAll = servesAll;
    this.read = this.text();
    this.kept = this.read;
    this.isRestored = Boolean(document.querySelector(".draft-notice"));
    this.timer = null;
    this.queue = Promise.resolve();
    form.addEventListener("input", () => this.later(DELAY));
    form.addEventListener("input", () => going.delete(form)); // what was sent came back, or was not sent
    form.addEventListener("change", () => this.later(DELAY));
  }

  text() {
    const fields = [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(fields.filter(([name]) => !NOT_TYPED.includes(name))).toString();
  }

  // What is sent: of a form as it was read, nothing, and what was kept of it is forgotten.
  body(text) {
    if (!this.servesAll) {
      return text;
    }
    const fields = new URLSearchParams(text === this.read && !this.isRestored ? "" : text);
    const { pathname, search } = new URL(this.form.getAttribute("action") || "", location.href);
    fields.set(this.servesAll, pathname + search);
    return fields;
  }

  isDirty() {
    return this.form.isConnected && this.text() !== this.kept;
  }

  later(delay) {
    this.timer ??= setTimeout(() => this.keep(), delay);
  }

  // One request after the other, so that an older text never overwrites a newer one.
  keep() {
    clearTimeout(this.timer);
    this.timer = null;
    this.queue = this.queue.then(() => this.attempt());
    return this.queue;
  }

  // What went wrong, or null.
  async attempt() {
    if (!this.isDirty()) {
      return null;
    }
    const text = this.text();
    try {
      this.say(await this.send(text));
      this.kept = text;
      return null;
    } catch (error) {
      this.say(error.message, error);
      if (!(error instanceof Refused)) {
        this.later(RETRY);
      }
      return error;
    }
  }

  async send(text, isSecond = false) {
    const response = await this.post(text).catch(() => null);
    if (response?.type === "opaqueredirect") {
      throw new SignedOut(SIGNED_OUT);
    }
    // Signing in again in another tab makes the token of this page worthless.
    if (response?.status === 403 && !isSecond && (await this.renewToken())) {
      return this.send(text, true);
    }
    if (!response || response.status === 502 || response.status === 504) {
      throw new Unreachable(UNREACHABLE);
    }
    if (response.status >= 500) {
      throw new Unreachable(BROKEN);
    }
    const plain = response.headers.get("Content-Type").startsWith("text/plain");
    const words = plain ? await response.text() : "Draf tidak dapat disimpan. Salin tulisan Anda.";
    if (!response.ok) {
      throw new Refused(words);
    }
    return words;
  }

  post(text, options) {
    const token = this.form.elements.csrfmiddlewaretoken.value;
    return fetch(this.address, {
      method: "POST",
      body: this.body(text),
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token },
      redirect: "manual",
      ...options,
    });
  }

  async renewToken() {
    const response = await fetch(this.form.getAttribute("action") || location.href, { redirect: "manual" }).catch(() => null);
    if (!response?.ok) {
      return false;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const { content } = page.querySelector("meta[name=csrf-token]");
    document.querySelector("meta[name=csrf-token]").content = content;
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
      input.value = content;
    }
    return true;
  }

  say(words, error = null) {
    if (!this.form.isConnected) {
      return;
    }
    const status = this.form.querySelector("[data-draft-status]");
    if (status.textContent !== words) {
      status.textContent = words;
    }
    status.parentElement.classList.toggle("is-failing", Boolean(error));
    this.form.querySelector("[data-draft-login]").hidden = !(error instanceof SignedOut);
  }
}

function watch(root) {
  for (const mark of root.querySelectorAll("[data-draft]")) {
    const form = mark.closest("form");
    if (!drafts.has(form)) {
      drafts.set(form, new Draft(form, mark.dataset.draft, mark === form ? "" : FORM));
    }
  }
}

function open() {
  return [...document.forms].map((form) => drafts.get(form)).filter(Boolean);
}

// A form that leads to another page: it is left only when its words are kept, or the server refuses to keep
// them. Whoever is signed out or has no connection stays here with every word.
const going = new WeakSet();
document.addEventListener(
  "submit",
  async (event) => {
    const { target: form, submitter } = event;
    const draft = drafts.get(form);
    if (!draft?.servesAll || form.hasAttribute("hx-post") || going.has(form)) {
      return;
    }
    if (navigator.onLine && !draft.isDirty()) {
      going.add(form);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const error = navigator.onLine ? await draft.keep() : new Unreachable(UNREACHABLE);
    if (!navigator.onLine) {
      draft.say(UNREACHABLE, error);
    }
    if (error instanceof SignedOut || error instanceof Unreachable) {
      return;
    }
    going.add(form);
    form.requestSubmit(submitter);
  },
  true,
);

// Saving for good first keeps the draft: whoever is signed out stays here with every word. So does
// whatever puts a newer page in the place of other open texts.
document.addEventListener("htmx:confirm", async (event) => {
  const own = drafts.get(event.target);
  const others = open().filter((one) => one !== own && one.isDirty() && event.detail.target?.contains(one.form));
  if (!own && !others.length) {
    return;
  }
  event.preventDefault();
  const errors = await Promise.all(others.map((one) => one.keep()));
  const error = own && (await own.keep());
  if (!(error instanceof SignedOut) && !errors.some(Boolean)) {
    event.detail.issueRequest(true);
  }
});

// A conflict comes with both texts and is shown like any other answer. An answer without the part
// that was asked for is another page, such as the one to sign in: the browser opens it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, elt } = event.detail;
  const part = elt.getAttribute("hx-select");
  const holds = !part || new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector(part);
  if (xhr.status === 409 && holds) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else if (xhr.status < 300 && !holds) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});

function failed(event) {
  const draft = drafts.get(event.detail.elt);
  const words = event.type === "htmx:sendError" ? CUT_OFF : { 404: GONE, 409: LOCKED }[event.detail.xhr?.status];
  draft?.say(words ?? FAILED, true);
}
document.addEventListener("htmx:responseError", failed);
document.addEventListener("htmx:sendError", failed);
document.addEventListener("htmx:timeout", failed);

// A closed row gives the focus back to where it was opened.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement === document.body && event.target.matches(".work-item")) {
    event.target.querySelector(".item-actions a")?.focus();
  }
});
document.addEventListener("htmx:load", (event) => watch(event.target));

window.addEventListener("pagehide", () => {
  for (const draft of open().filter((one) => one.isDirty() && !going.has(one.form))) {
    draft.post(draft.text(), { keepalive: true }).catch(() => {});
  }
});
window.addEventListener("beforeunload", (event) => {
  const isAtRisk = (draft) =>
    draft.form.querySelector(".draft-status.is-failing") || draft.text().length > MOST_ON_LEAVING;
  if (open().some((draft) => draft.isDirty() && !going.has(draft.form) && isAtRisk(draft))) {
    event.preventDefault(); // the browser asks before it throws the words away
  }
});

watch(document);
