// A request of htmx that failed says so where it was made: a sentence, the server's own where it gave one,
// and a button that tries again. Forms whose words are kept speak for themselves (draft.js).

const WORDS = {
  0: "Tidak ada sambungan ke server.",
  403: "Anda tidak berhak melakukan ini, atau sudah masuk lagi di tab lain. Muat ulang halaman ini.",
  404: "Yang diminta sudah tidak ada, atau bukan lagi bagian Anda. Muat ulang halaman ini.",
  409: "Keadaannya sudah berubah. Muat ulang halaman ini.",
  413: "Yang dikirim terlalu besar.",
  429: "Terlalu banyak permintaan. Tunggu sebentar.",
  timeout: "Server terlalu lama menjawab.",
  other: "Server sedang terganggu.",
};
const notes = new WeakMap();

// The sentence in the answer: that of a refusal, or the first one of a whole page.
function sentenceOf(xhr) {
  if (!xhr?.responseText || !(xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/html")) {
    return "";
  }
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const found = page.querySelector("[role=alert] p, [role=alert], main .lead");
  return found ? found.textContent.trim().replace(/\s+/g, " ") : "";
}

function forget(element) {
  notes.get(element)?.remove();
  notes.delete(element);
  element.classList.remove("is-unsaved");
  if (element.matches("input, select, textarea")) {
    element.removeAttribute("aria-invalid");
  }
}

function again(element, { verb, triggeringEvent }) {
  if (element.matches("form") && verb !== "get") {
    element.requestSubmit(triggeringEvent?.submitter);
  } else {
    window.htmx.trigger(element, triggeringEvent?.type || "click");
  }
}

function say(element, words, config) {
  const isPoll = "X-Poll" in (config.headers ?? {});
  forget(element);
  const note = document.createElement("p");
  note.className = "failed-note";
  note.setAttribute("role", isPoll ? "status" : "alert");
  note.append(isPoll ? `${words} Dicoba lagi sebentar lagi.` : words);
  if (!isPoll) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-outline-secondary";
    button.textContent = "Coba lagi";
    button.addEventListener("click", () => again(element, config));
    note.append(" ", button);
  }
  notes.set(element, note);
  element.classList.add("is-unsaved");
  if (element.matches("input, select, textarea")) {
    element.setAttribute("aria-invalid", "true");
  }
  const isHolder = element.matches("form, div, section, ul, td, li, article");
  isHolder ? element.append(note) : (element.closest("td") ?? element.parentElement).append(note);
}

function failed({ type, detail }) {
  const { elt: element, xhr, requestConfig } = detail;
  if (element.matches("output.echo")) {
    return; // nothing is lost
  }
  if (!element.isConnected || element.matches("[data-draft]") || element.querySelector("[data-draft]")) {
    return;
  }
  const status = type === "htmx:timeout" ? "timeout" : (xhr?.status ?? 0);
  const why = sentenceOf(xhr) || WORDS[status] || WORDS.other;
  const lead = requestConfig.verb === "get" ? "Belum dimuat." : "Belum tersimpan.";
  say(element, `${lead} ${why}`, requestConfig);
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, failed);
}
document.addEventListener("htmx:beforeRequest", ({ detail }) => forget(detail.elt));
