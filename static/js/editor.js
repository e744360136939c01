// Turns <textarea data-rich-text="address of the editor's module"> into an editor for italic, bold, lists and
// tables; data-word-paste is the module that reads what Word copies, data-editor-tables that of the tables.
// Without this file the textarea stays and shows the HTML itself.
//
// The module is heavier than the rest of the page, and most texts of a page are only read. So a text first
// stands in a plain place, in which one can already write; whoever points at it, comes to it by keys or
// writes in it fetches the module, and the editor takes over text and cursor.
const BUTTONS = [
  { label: "Miring", className: "fst-italic", name: "italic", run: (chain) => chain.toggleItalic() },
  { label: "Tebal", className: "fw-bold", name: "bold", run: (chain) => chain.toggleBold() },
  { label: "Daftar berbutir", name: "bulletList", run: (chain) => chain.toggleBulletList() },
  { label: "Daftar bernomor", name: "orderedList", run: (chain) => chain.toggleOrderedList() },
  { label: "Tabel", opens: true },
  { label: "Urungkan", run: (chain) => chain.undo() },
];

function makeButtons(load) {
  const bar = document.createElement("div");
  bar.className = "editor-buttons";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Bentuk teks");
  for (const { label, className, name, run, opens } of BUTTONS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.className = className || "";
    button.dataset.name = name || "";
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
    if (opens) {
      button.setAttribute("aria-expanded", "false");
      button.addEventListener("click", async () => (await load()).tools.toggle());
    } else {
      button.addEventListener("click", async () => run((await load()).editor.chain().focus()).run());
    }
    bar.append(button);
  }
  return bar;
}

function showPressed(bar, editor) {
  for (const button of bar.children) {
    if (button.dataset.name) {
      button.setAttribute("aria-pressed", String(editor.isActive(button.dataset.name)));
    }
  }
}

function attributesOf(textarea) {
  const label = textarea.labels[0];
  const attributes = { role: "textbox", "aria-multiline": "true" };
  attributes["aria-label"] = label ? label.textContent.trim() : "Teks";
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) {
      attributes[name] = textarea.getAttribute(name);
    }
  }
  if (textarea.classList.contains("is-invalid")) {
    attributes.class = "is-invalid";
  }
  return attributes;
}

// The text as the server keeps it: no other element, and of a numbered list how it counts.
const KEPT = ["P", "EM", "STRONG", "I", "B", "UL", "OL", "LI", "BR", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD"];
const ATTRIBUTES = { OL: ["type", "start"], TH: ["colspan", "rowspan"], TD: ["colspan", "rowspan"] };

function copy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.append(node.data.trim() || to.closest("p, li") ? node.data.replace(/\s+/g, " ") : "");
    } else if (KEPT.includes(node.tagName)) {
      const made = to.appendChild(document.createElement(node.tagName));
      for (const name of ATTRIBUTES[node.tagName] ?? []) {
        if (node.hasAttribute(name)) {
          made.setAttribute(name, node.getAttribute(name));
        }
      }
      copy(node, made);
      if (/^T[HD]$/.test(made.tagName) && !made.firstElementChild) {
        made.append(document.createElement("p")); // as the editor counts it
        made.firstElementChild.append(document.createElement("br"));
      }
    } else {
      copy(node, to);
    }
  }
}

function makePlain(textarea) {
  const plain = document.createElement("div");
  plain.className = "ProseMirror";
  for (const [name, value] of Object.entries(attributesOf(textarea))) {
    plain.setAttribute(name, name === "class" ? `ProseMirror ${value}` : value);
  }
  copy(new DOMParser().parseFromString(textarea.value, "text/html").body, plain);
  if (!plain.firstElementChild) {
    const paragraph = document.createElement("p");
    paragraph.append(plain.textContent || document.createElement("br"));
    plain.replaceChildren(paragraph);
  }
  const takesText = !textarea.disabled && !textarea.readOnly;
  plain.contentEditable = String(takesText);
  return plain;
}

// A cursor as the number of its block and of the signs before it there: so it is found in the editor again.
function cursorIn(plain, node, offset) {
  const blocks = [...plain.querySelectorAll("p, li")].filter((block) => !block.querySelector("p, li"));
  const number = blocks.findIndex((block) => block.contains(node));
  if (number < 0) {
    return null;
  }
  const before = document.createRange();
  before.setStart(blocks[number], 0);
  before.setEnd(node, offset);
  const breaks = before.cloneContents().querySelectorAll("br").length;
  return { number, signs: before.toString().length + breaks };
}

function selectionIn(plain) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection();
  const ends = [[anchorNode, anchorOffset], [focusNode, focusOffset]];
  return ends.map(([node, offset]) => plain.contains(node) && cursorIn(plain, node, offset));
}

function select(editor, ends) {
  const blocks = [];
  editor.state.doc.descendants((node, position) => {
    if (node.isTextblock) {
      blocks.push({ start: position + 1, end: position + 1 + node.content.size });
    }
  });
  const places = ends.map((end) => end && blocks[end.number] && Math.min(blocks[end.number].start + end.signs, blocks[end.number].end));
  const last = editor.state.doc.content.size;
  const [from, to] = places.every(Boolean) ? [Math.min(...places), Math.max(...places)] : [last, last];
  editor.commands.setTextSelection({ from, to });
  editor.view.focus(); // at once: the command of the same name waits a frame, and a key between is lost
}

// Without the line break with which the browser keeps an empty block open.
function htmlOf(plain) {
  if (!plain.textContent.trim()) {
    return "";
  }
  const copied = plain.cloneNode(true);
  for (const end of copied.querySelectorAll("br:last-child")) {
    if (!end.nextSibling) {
      end.remove();
    }
  }
  return copied.innerHTML;
}

// The package tells how a list counts by a style, which the security policy forbids, and makes a list of
// plain text too, even when it was pasted as plain text (Ctrl+Shift+V).
function counted(OrderedList) {
  return OrderedList.extend({
    addAttributes: () => ({
      start: { default: 1, parseHTML: (list) => Number.parseInt(list.getAttribute("start"), 10) || 1 },
      type: { default: null, parseHTML: (list) => list.getAttribute("type") },
    }),
    addNodeView: null,
    addProseMirrorPlugins: () => [],
  });
}

function makeEditor(textarea, place, bar, content, modules) {
  let tools = null;
  const say = makeRemark(bar);
  const show = ({ editor }) => {
    showPressed(bar, editor);
    tools?.show();
  };
  const { Editor, Document, Paragraph, Text, Bold, Italic, BulletList, OrderedList, ListItem, HardBreak, History } = modules;
  const editor = new Editor({
    element: place,
    injectCSS: false,
    editable: !textarea.disabled && !textarea.readOnly,
    extensions: [
      ...modules.tableExtensions(modules, () => tools.focus()),
      ...[Document, Paragraph, Text, Bold, Italic, BulletList, counted(OrderedList), ListItem, HardBreak, History],
    ],
    editorProps: {
      attributes: attributesOf(textarea),
      transformPastedHTML(html) {
        const said = new Set();
        const made = modules.fromWord(html, said);
        say([...said].join(" "));
        return made;
      },
    },
    content,
    parseOptions: { preserveWhitespace: true }, // a word may follow the blank that was typed last
    onCreate: show,
    onUpdate: ({ editor }) => tell(textarea, editor.isEmpty ? "" : editor.getHTML()),
    onTransaction: show,
  });
  tools = new modules.TableTools(editor, bar, bar.querySelector("[aria-expanded]"));
  return { editor, tools };
}

// Says what of a pasted text was left out, or became something else.
function makeRemark(bar) {
  const remark = document.createElement("p");
  remark.className = "editor-remark";
  remark.setAttribute("role", "status");
  bar.after(remark);
  return (words) => (remark.textContent = words);
}

function tell(textarea, html) {
  textarea.value = html;
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}

function dress(textarea) {
  const active = document.activeElement;
  const takesFocus = active === textarea || (textarea.autofocus && active === document.body);
  const place = document.createElement("div");
  place.className = "prose-editor";
  textarea.before(place);
  const plain = makePlain(textarea);
  const bar = makeButtons(load);
  place.append(bar, textarea, plain);
  let editor = null;
  let loading = null;
  let isComposing = false;
  plain.addEventListener("compositionstart", () => (isComposing = true));
  plain.addEventListener("compositionend", () => (isComposing = false));

  function load() {
    const { richText, wordPaste, editorTables } = textarea.dataset;
    loading ??= Promise.all([richText, wordPaste, editorTables].map((address) => import(address))).then(
      (modules) => takeOver(Object.assign({}, ...modules)),
      (error) => {
        loading = null; // the next touch tries again; the plain place goes on
        throw error;
      },
    );
    return loading;
  }

  // A telephone's keyboard puts words together letter by letter; it is not interrupted.
  async function takeOver(modules) {
    while (isComposing) {
      await new Promise((resolve) => plain.addEventListener("compositionend", resolve, { once: true }));
    }
    const ends = document.activeElement === plain ? selectionIn(plain) : null;
    plain.remove();
    const made = makeEditor(textarea, place, bar, htmlOf(plain), modules);
    editor = made.editor;
    if (ends) {
      select(editor, ends);
    }
    return made;
  }

  const comeNear = () => load().catch(() => {});
  const focus = () => (editor ? editor.commands.focus() : plain.focus());
  plain.addEventListener("input", () => tell(textarea, htmlOf(plain)));
  plain.addEventListener("paste", async (event) => {
    const [html, text] = ["text/html", "text/plain"].map((type) => event.clipboardData.getData(type));
    event.preventDefault();
    const { view } = (await load()).editor;
    html ? view.pasteHTML(html) : view.pasteText(text);
  });
  const listen = () => {
    for (const touch of ["pointerenter", "pointerdown", "focus", "keydown", "beforeinput"]) {
      plain.addEventListener(touch, comeNear);
    }
  };
  if (takesFocus) {
    requestAnimationFrame(() => { // the browser looks for the autofocus of the page before that
      plain.focus();
      document.getSelection().selectAllChildren(plain);
      document.getSelection().collapseToEnd();
      listen(); // who only opened the page has touched nothing yet
    });
  } else {
    listen();
  }
  for (const label of textarea.labels) {
    label.addEventListener("click", focus);
  }
  // A link of the error summary leads to the textarea, which is hidden now.
  window.addEventListener("hashchange", () => {
    if (location.hash === `#${textarea.id}`) {
      focus();
    }
  });
}

function start(root) {
  for (const textarea of root.querySelectorAll("textarea[data-rich-text]")) {
    if (!textarea.closest(".prose-editor") && !textarea.name.includes("__prefix__")) {
      dress(textarea);
    }
  }
}

document.execCommand("defaultParagraphSeparator", false, "p");
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
