// What Word puts on the clipboard, as our rich text. Word writes no lists: each item is a paragraph that names
// its list and level (mso-list), with its number or letter as text. Raised or
// lowered figures become signs of their own (m², CO₂), which every document, workbook and search knows. Tables,
// from wherever they come, are made regular as sakip/text_tables.py does it.

const WORD = /mso-list|class=["']?Mso|urn:schemas-microsoft-com:office/i;
const MARK = /mso-list:\s*ignore/i;
const PLACE = /mso-list:\s*(l\d+)\s+level(\d+)/i;
const FORMATS = {
  bullet: "ul", image: "ul", "alpha-lower": "a", "alpha-upper": "A", "roman-lower": "i", "roman-upper": "I",
};
const BLOCKS = /^(P|DIV|H[1-6]|LI|UL|OL|TABLE|BLOCKQUOTE|PRE|SECTION|ARTICLE)$/;
const RAISED = { SUP: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", SUB: "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ" };
const LEVEL = "0123456789+-=()n";
const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100 };
const styleOf = (node) => node.dataset.style ?? "";
const MOST_COLUMNS = 12;
const MOST_ROWS = 200;
const TOO_LARGE = "Tabel lebih dari 12 kolom atau 200 baris ditempel sebagai baris teks.";
const NESTED = "Tabel di dalam tabel ditempel sebagai baris teks.";
const PICTURES = "Gambar tidak ikut ditempel.";
const SKIPPED = /^(STYLE|SCRIPT|META|LINK|TITLE|XML|DEL|HEAD)$/;

// ── Words ───────────────────────────────────────────────────────────────────────────────────────
function raised(text, name) {
  const signs = [...text.trim().replaceAll("−", "-")].map((sign) => RAISED[name][LEVEL.indexOf(sign)]);
  return signs.length && signs.every(Boolean) ? signs.join("") : text;
}

function wrapped(node, name, test) {
    return new RegExp(`^(${name})$`).test(node.tagName) || test.test(styleOf(node));
}

// The words of a paragraph with what is bold and italic, and nothing else.
function inline(node, to) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      to.append(child.data.replace(/[\s\u00a0]+/g, " "));
    } else if (child.nodeType !== Node.ELEMENT_NODE || SKIPPED.test(child.tagName) || MARK.test(styleOf(child))) {
      continue;
    } else if (child.tagName in RAISED) {
      to.append(raised(child.textContent, child.tagName));
    } else if (child.tagName === "BR") {
      to.append(document.createElement("br"));
    } else {
      let place = to;
      if (wrapped(child, "B|STRONG", /font-weight:\s*(bold|[6-9]00)/i)) {
        place = place.appendChild(document.createElement("strong"));
      }
      if (wrapped(child, "I|EM", /font-style:\s*italic/i)) {
        place = place.appendChild(document.createElement("em"));
      }
      inline(child, place);
    }
  }
}

function paragraph(node) {
  const made = document.createElement("p");
  inline(node, made);
  for (const empty of [...made.querySelectorAll("strong, em")].reverse()) {
    if (!empty.textContent) {
      empty.remove();
    }
  }
  const [first, last] = [made.firstChild, made.lastChild];
  if (first?.nodeType === Node.TEXT_NODE) {
    first.data = first.data.trimStart();
  }
  if (last?.nodeType === Node.TEXT_NODE) {
    last.data = last.data.trimEnd();
  }
  return made.textContent.trim() ? made : null;
}

// ── Lists ───────────────────────────────────────────────────────────────────────────────────────
// The formats that the style sheet of the copied text gives the levels of its lists: "l0:2" → "a".
function formatsOf(html) {
  const found = new Map();
  for (const [, list, level, rules] of html.matchAll(/@list\s+(l\d+):level(\d+)[^{]*\{([^}]*)\}/g)) {
    const format = /mso-level-number-format:\s*([\w-]+)/.exec(rules);
    if (format) {
      found.set(`${list}:${level}`, FORMATS[format[1]] ?? "1");
    }
  }
  return found;
}

function romanNumber(text) {
  const values = [...text.toLowerCase()].map((letter) => ROMAN[letter] ?? NaN);
  return values.reduce((sum, value, at) => (value < values[at + 1] ? sum - value : sum + value), 0);
}

// The kind of a list from the mark of its first item; “i” is a Roman one only where a list begins with it.
function guessed(mark) {
  const [, text] = /^\(?(\d+|[a-z]+)[.)]?$/i.exec(mark) ?? [];
  if (!text || (text === "o" && mark === "o")) {
    return "ul";
  }
  if (/\d/.test(text)) {
    return "1";
  }
  const isRoman = text.toLowerCase() === "i" || (text.length > 1 && !Number.isNaN(romanNumber(text)));
  const kind = isRoman ? "i" : "a";
  return text === text.toUpperCase() ? kind.toUpperCase() : kind;
}

function numberOf(mark, kind) {
  const text = mark.replace(/[^\da-z]/gi, "");
  if (kind === "1") {
    return Number.parseInt(text, 10) || 1;
  }
  if (kind.toLowerCase() === "i") {
    return romanNumber(text) || 1;
  }
  return [...text.toLowerCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0) || 1;
}

function itemOf(node, formats) {
  const place = PLACE.exec(styleOf(node));
  if (!place) {
    return null;
  }
  const [, list, level] = place;
  const marks = [...node.querySelectorAll("span")].find((span) => MARK.test(styleOf(span)));
  const mark = (marks?.textContent ?? "").replace(/[\s\u00a0]+/g, "");
  const kind = formats.get(`${list}:${level}`) ?? guessed(mark);
  return { list, level: Math.min(9, Number(level)), kind, number: kind === "ul" ? 1 : numberOf(mark, kind) };
}

class Lists {
  constructor(to) {
    this.to = to;
    this.open = []; // the lists that the last item is in, each with its level, its name and its element
  }

  end() {
    this.open = [];
  }

  add(item, words) {
    while (this.open.length && this.open.at(-1).level > item.level) {
      this.open.pop();
    }
    const last = this.open.at(-1);
    if (last?.level === item.level && (last.list !== item.list || last.kind !== item.kind)) {
      this.open.pop();
    }
    if (this.open.at(-1)?.level !== item.level) {
      this.begin(item);
    }
    const entry = document.createElement("li");
    entry.append(words);
    this.open.at(-1).element.append(entry);
  }

  begin({ level, list, kind, number }) {
    const element = document.createElement(kind === "ul" ? "ul" : "ol");
    if (kind !== "ul" && kind !== "1") {
      element.setAttribute("type", kind);
    }
    if (number > 1) {
      element.setAttribute("start", number); // it goes on after a paragraph
    }
    (this.open.at(-1)?.element.lastElementChild ?? this.to).append(element);
    this.open.push({ level, list, kind, element });
  }
}

// ── Tables ──────────────────────────────────────────────────────────────────────────────────────
function line(row) {
  const made = document.createElement("p");
  [...row.cells].map((cell) => paragraph(cell)).forEach((cell, at) => made.append(at ? " | " : "", ...(cell?.childNodes ?? [])));
  return made.textContent.replaceAll("|", "").trim() ? made : null;
}

// The cells with their true spans: one ends where another cell begins, and a column in which no cell begins does
// not count. So a span that lies makes nothing larger.
function placed(rows) {
  const taken = rows.map(() => new Map());
  const begun = new Set();
  const cells = rows.flatMap((row, at) => [...row.cells].map((cell) => {
    let column = 0;
    while (taken[at].has(column)) {
      column += 1;
    }
    begun.add(column);
    let end = column + 1;
    while (end < column + Math.min(cell.colSpan, MOST_COLUMNS) && !taken[at].has(end)) {
      end += 1;
    }
    const columns = Array.from({ length: end - column }, (_, step) => column + step);
    let down = at;
    do {
      columns.forEach((one) => taken[down].set(one, cell));
      down += 1;
    } while (down < Math.min(at + (cell.rowSpan || rows.length), rows.length) && !columns.some((one) => taken[down].has(one)));
    return { cell, at, columns, rowspan: down - at };
  }));
  for (const one of cells) {
    one.colspan = one.columns.filter((column) => begun.has(column)).length;
  }
  return { cells, width: begun.size };
}

function cellOf({ cell, colspan, rowspan }, about) {
  const isHead = cell.tagName === "TH" || cell.closest("thead, tbody, tfoot, table").tagName === "THEAD";
  const made = document.createElement(isHead ? "th" : "td");
  for (const [name, count] of [["colspan", colspan], ["rowspan", rowspan]]) {
    if (count > 1) {
      made.setAttribute(name, count);
    }
  }
  walk(cell, made, new Lists(made), { ...about, isInTable: true });
  if (!made.firstChild) {
    made.append(document.createElement("p"));
  }
  return made;
}

// What becomes of a table: a regular one; paragraphs, where it is only the layout of a text; or lines.
function tableOf(table, about) {
  const rows = [...table.rows].filter((row) => row.cells.length);
  const lines = () => rows.map(line).filter(Boolean);
  if (about.isInTable) {
    about.said.add(NESTED);
    return lines();
  }
  const isTooLong = rows.length > MOST_ROWS || rows.some((row) => row.cells.length > MOST_COLUMNS);
  const { cells, width } = isTooLong ? {} : placed(rows);
  if (isTooLong || width > MOST_COLUMNS) {
    about.said.add(TOO_LARGE);
    return lines();
  }
  if (!table.textContent.trim()) {
    return [];
  }
  if (cells.length === 1) {
    const made = document.createElement("div");
    walk(cells[0].cell, made, new Lists(made), about);
    return [...made.childNodes];
  }
  const made = document.createElement("table");
  const body = made.appendChild(document.createElement("tbody"));
  rows.forEach((_, at) => {
    const own = cells.filter((one) => one.at === at);
    body.appendChild(document.createElement("tr")).append(...own.map((one) => cellOf(one, about)));
  });
  return [made];
}

// ── The whole ───────────────────────────────────────────────────────────────────────────────────
function walk(node, to, lists, about) {
  let loose = null; // words between the paragraphs
  for (const child of [...node.childNodes]) {
    if (!BLOCKS.test(child.tagName)) {
      loose ??= document.createElement("p");
      loose.append(child);
      continue;
    }
    addWords(loose, null, to, lists);
    loose = null;
    const item = itemOf(child, about.formats);
    if (child.tagName === "TABLE") {
      lists.end();
      to.append(...tableOf(child, about));
    } else if (/^(UL|OL)$/.test(child.tagName)) {
      lists.end();
      to.append(realList(child, about));
    } else if ([...child.children].some((one) => BLOCKS.test(one.tagName))) {
      walk(child, to, lists, about);
    } else {
      addWords(child, item, to, lists);
    }
  }
  addWords(loose, null, to, lists);
}

function addWords(node, item, to, lists) {
  const words = node && paragraph(node);
  if (words && item) {
    lists.add(item, words);
  } else if (words) {
    lists.end();
    to.append(words);
  }
}

// A list that is one already, as Word writes it for a page.
function realList(node, about) {
  const made = document.createElement(node.tagName.toLowerCase());
  for (const name of ["type", "start"]) {
    if (node.tagName === "OL" && node.hasAttribute(name)) {
      made.setAttribute(name, node.getAttribute(name));
    }
  }
  for (const child of node.children) {
    if (/^(UL|OL)$/.test(child.tagName)) {
      (made.lastElementChild ?? made.appendChild(document.createElement("li"))).append(realList(child, about));
      continue;
    }
    const entry = made.appendChild(document.createElement("li"));
    if ([...child.children].some((one) => BLOCKS.test(one.tagName))) {
      walk(child, entry, new Lists(entry), about);
    } else {
      entry.append(paragraph(child) ?? document.createElement("p"));
    }
  }
  return made;
}

// Of what no word processor of Microsoft copied, only the tables are made anew; the editor reads the rest.
function withTables(body, about) {
  for (const table of [...body.querySelectorAll("table")].filter((one) => !one.parentElement.closest("table"))) {
    table.replaceWith(...tableOf(table, about));
  }
  return body.innerHTML;
}

// `said` receives sentences about what is left out or changed.
export function fromWord(html, said = new Set()) {
  const isWord = WORD.test(html);
  if (/<img\b/i.test(html)) {
    said.add(PICTURES);
  }
  // What the editor itself has copied is as it should be.
  if (html.includes("data-pm-slice") || !(isWord || /<table\b/i.test(html))) {
    return html;
  }
  // Under other names: the security policy forbids styles, and the browser complains about each.
  const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle=/i, " data-style="));
  const { body } = new DOMParser().parseFromString(bare, "text/html");
  const about = { formats: formatsOf(html), said, isInTable: false };
  if (!isWord) {
    return withTables(body, about);
  }
  const made = document.createElement("div");
  const hasBlocks = [...body.children].some((one) => BLOCKS.test(one.tagName));
  if (!hasBlocks) {
    inline(body, made); // a few words within one paragraph
    return made.innerHTML.trim();
  }
  walk(body, made, new Lists(made), about);
  return made.innerHTML;
}
