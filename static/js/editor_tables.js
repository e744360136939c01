// Tables in the editor (editor.js): what they may hold, their keys, and their buttons. sakip/text_tables.py has
// the same limits.

const MOST_COLUMNS = 12;
const MOST_ROWS = 200;
const MOST_AT_ONCE = 20; // rows of a new table
const HINT = "Tab: sel berikutnya; dari sel terakhir keluar dari tabel. Alt+F10: tombol-tombol ini.";
const TOOLS = [
  { label: "Tambah baris", run: (chain) => chain.addRowAfter(), isFull: ({ rows }) => rows >= MOST_ROWS },
  { label: "Tambah kolom", run: (chain) => chain.addColumnAfter(), isFull: ({ columns }) => columns >= MOST_COLUMNS },
  { label: "Hapus baris", run: (chain) => chain.deleteRow(), isFull: ({ rows }) => rows === 1 },
  { label: "Hapus kolom", run: (chain) => chain.deleteColumn(), isFull: ({ columns }) => columns === 1 },
  { label: "Baris judul", run: (chain) => chain.toggleHeaderRow() },
  { label: "Hapus tabel", run: (chain) => chain.deleteTable() },
];

// The innermost table around the cursor with its place, or null.
function tableAt({ $from }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name === "table") {
      return { node, start: $from.before(depth), end: $from.after(depth) };
    }
  }
  return null;
}

function sizeOf({ node }) {
  let columns = 0;
  node.firstChild.forEach((cell) => (columns += cell.attrs.colspan));
  return { rows: node.childCount, columns };
}

// Puts the cursor before (-1) or behind (1) the table, where a paragraph is made if nothing stands there.
function leave(editor, side) {
  const found = tableAt(editor.state.selection);
  if (!found) {
    return false;
  }
  return editor.commands.command(({ tr, state }) => {
    const edge = side > 0 ? found.end : found.start;
    const place = tr.doc.resolve(edge);
    if (!(side > 0 ? place.nodeAfter : place.nodeBefore)) {
      tr.insert(edge, state.schema.nodes.paragraph.create());
    }
    const target = side > 0 || place.nodeBefore ? edge : edge + 1;
    tr.setSelection(state.selection.constructor.near(tr.doc.resolve(target), side)).scrollIntoView();
    return true;
  });
}

// A cell holds paragraphs and lists. The security policy forbids the styles by which the package would align.
export function tableExtensions({ Table, TableRow, TableHeader, TableCell }, toTools) {
  const cell = {
    content: "(paragraph | bulletList | orderedList)+",
    addAttributes: () => ({ colspan: { default: 1 }, rowspan: { default: 1 } }),
  };
  const table = Table.extend({
    addKeyboardShortcuts() {
      return {
        ...this.parent?.(),
        Tab: () => this.editor.commands.goToNextCell() || leave(this.editor, 1),
        "Shift-Tab": () => this.editor.commands.goToPreviousCell() || leave(this.editor, -1),
        "Alt-F10": () => toTools(),
      };
    },
  });
  return [table, TableRow, TableHeader.extend(cell), TableCell.extend(cell)];
}

function makeButton(label, run) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
  button.addEventListener("click", run);
  return button;
}

function makeNumber(label, most) {
  const frame = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "number", min: 1, max: most, value: 3 });
  input.setAttribute("form", ""); // it belongs to no form, and is never sent
  frame.append(label, " ", input);
  return { frame, value: () => Math.min(Math.max(Number.parseInt(input.value, 10) || 1, 1), most) };
}

// The place where the size of a new table is asked for.
function makeSize(editor, opener) {
  const size = document.createElement("div");
  const columns = makeNumber("Kolom", MOST_COLUMNS);
  const rows = makeNumber("Baris", MOST_AT_ONCE);
  const close = () => {
    size.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  };
  const insert = () => {
    close();
    editor.chain().focus().insertTable({ rows: rows.value(), cols: columns.value(), withHeaderRow: rows.value() > 1 }).run();
  };
  size.className = "editor-buttons editor-table";
  size.setAttribute("role", "group");
  size.setAttribute("aria-label", "Ukuran tabel baru");
  size.hidden = true;
  size.append(columns.frame, rows.frame, makeButton("Sisipkan tabel", insert));
  size.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      insert();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
      opener.focus();
    }
  });
  return size;
}

function makeTools(editor) {
  const tools = document.createElement("div");
  tools.className = "editor-buttons editor-table";
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", "Tabel");
  tools.hidden = true;
  const buttons = TOOLS.map(({ label, run }) => makeButton(label, () => run(editor.chain().focus()).run()));
  const hint = document.createElement("span");
  hint.className = "editor-hint";
  hint.textContent = HINT;
  tools.append(...buttons, hint);
  tools.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      editor.commands.focus();
    }
  });
  return tools;
}

// `opener` is the button “Tabel”. Shows what can be done where the cursor stands.
export class TableTools {
  constructor(editor, bar, opener) {
    this.editor = editor;
    this.opener = opener;
    this.size = makeSize(editor, opener);
    this.tools = makeTools(editor);
    bar.after(this.size, this.tools);
  }

  toggle() {
    this.size.hidden = !this.size.hidden;
    this.opener.setAttribute("aria-expanded", String(!this.size.hidden));
    if (!this.size.hidden) {
      this.size.querySelector("input").focus();
    }
  }

  show() {
    const found = tableAt(this.editor.state.selection);
    this.tools.hidden = !found;
    this.opener.disabled = Boolean(found);
    if (found) {
      this.size.hidden = true;
      const size = sizeOf(found);
      const buttons = this.tools.querySelectorAll("button");
      TOOLS.forEach(({ isFull }, at) => (buttons[at].disabled = Boolean(isFull?.(size))));
    }
  }

  focus() {
    if (this.tools.hidden) {
      return false;
    }
    this.tools.querySelector("button:enabled").focus();
    return true;
  }
}
