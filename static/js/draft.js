// Keeps what is typed into <form data-draft="address"> on the server, and the words on the page when
// the session has ended, the server fails or nobody can be reached. Nothing is kept in the browser.

const DELAY = 3000; // from the first unsaved key to the draft
const RETRY = 5000;
const UNREACHABLE = "Server tidak dapat dihubungi. Tulisan Anda tetap di sini; dicoba lagi sebentar lagi.";
const GONE = "Belum disimpan: yang Anda ubah sudah tidak ada, atau bukan lagi urusan Anda. Salin tulisan Anda bila masih diperlukan.";
const LOCKED = "Belum disimpan: isinya tidak dapat diubah lagi. Salin tulisan Anda bila masih diperlukan.";
const FAILED = "Belum disimpan: server tidak menjawab semestinya. Tulisan Anda tetap di sini; coba simpan lagi.";
const SIGNED_OUT = "Sesi berakhir. Masuk lagi di tab lain, tulisan Anda tetap di sini.";

class SignedOut extends Error {}
class Refused extends Error {}

const drafts = new WeakMap();

class Draft {
  constructor(form) {
    this.form = form;
    this.kept = this.text();
    this.timer = null;
    this.queue = Promise.resolve();
    form.addEventListener("input", () => this.later(DELAY));
    form.addEventListener("change", () => this.later(DELAY));
  }

  text() {
    const fields = [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(fields.filter(([name]) => name !== "csrfmiddlewaretoken")).toString();
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
    if (!response || response.status >= 500) {
      throw new Error(UNREACHABLE);
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
    return fetch(this.form.dataset.draft, {
      method: "POST",
      body: text,
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token },
      redirect: "manual",
      ...options,
    });
  }

  async renewToken() {
    const response = await fetch(this.form.action, { redirect: "manual" }).catch(() => null);
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
  for (const form of root.querySelectorAll("form[data-draft]")) {
    if (!drafts.has(form)) {
      drafts.set(form, new Draft(form));
    }
  }
}

function open() {
  return [...document.querySelectorAll("form[data-draft]")].map((form) => drafts.get(form)).filter(Boolean);
}

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
  const element = event.detail.elt;
  const draft = drafts.get(element);
  if (draft) {
    draft.say({ 404: GONE, 409: LOCKED }[event.detail.xhr?.status] ?? FAILED, true);
  } else if (element.href) {
    location.assign(element.href); // the page itself tells why
  } else if (event.type === "htmx:responseError" && element.matches("form")) {
    element.submit(); // likewise
  }
}
document.addEventListener("htmx:responseError", failed);
document.addEventListener("htmx:sendError", failed);

// A closed row gives the focus back to where it was opened.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement === document.body && event.target.matches(".work-item")) {
    event.target.querySelector(".item-actions a")?.focus();
  }
});
document.addEventListener("htmx:load", (event) => watch(event.target));

window.addEventListener("pagehide", () => {
  for (const draft of open().filter((one) => one.isDirty())) {
    draft.post(draft.text(), { keepalive: true }).catch(() => {});
  }
});
window.addEventListener("beforeunload", (event) => {
  if (open().some((draft) => draft.isDirty() && draft.form.querySelector(".draft-status.is-failing"))) {
    event.preventDefault(); // the browser asks before it throws the words away
  }
});

watch(document);
