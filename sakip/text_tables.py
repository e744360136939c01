"""Tables within the rich text: made regular when they are stored and shown, or written as lines.

A table has at most `MOST_COLUMNS` columns and `MOST_ROWS` rows, and stands in no other table. What Word, Excel
or a page of the web puts into a text may look different: merged cells that reach too far, rows of unequal
length, tables within tables, one cell around a whole text.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

MOST_COLUMNS, MOST_ROWS = 12, 200
TOO_LARGE = (
    f"Tabel dalam teks ini terlalu besar. Buat paling banyak {MOST_COLUMNS} kolom dan {MOST_ROWS} baris, "
    "atau lampirkan sebagai berkas."
)
TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}}
BETWEEN = " | "  # the cells of a row that is written as a line
INNER = {"p", "ul", "ol", "li", "br", "em", "strong", "i", "b"}
LONGEST_NAME = 80  # characters of the name of a table
DEEPEST_TABLE = 5  # tables within one another; what stands deeper is text of the cell around it
BLOCK = re.compile(r"</?(?:p|ul|ol|li|br)\b[^<>]*>")
OWN_LINE = re.compile(r"<(?:p|ul|ol|li)\b")
MARKUP = re.compile(r"<[^<>]*>|&nbsp;")


def has_table(html: str) -> bool:
    return "<table" in html or "<TABLE" in html


def tidied(html: str) -> str:
    """Clean HTML with regular tables: equal rows, spans that fit, the head apart, `scope` in its cells.

    A table of one cell becomes its text, an empty one nothing, a table within a table or a too large one
    lines. To tidy it again changes nothing.
    """
    return _read(html, lambda table: table.html()) if has_table(html) else html


def as_lines(html: str) -> str:
    """Any HTML with a paragraph for each row of its tables, and the cells of a row divided by `BETWEEN`."""
    if not has_table(html):
        return html
    return _read(nh3.clean(html, tags=TAGS | INNER), lambda table: table.lines())


def framed(html: str) -> str:
    """Clean HTML as it stands on pages and on paper: a wide table scrolls in a frame of its own, that has a name
    and can be reached by keys. `reports.typesetting.cutting` knows the tables by their class.
    """
    first, *tables = html.split("<table>")
    return first + "".join(
        f'<div class="text-table-frame" role="group" tabindex="0" aria-label="{_name(table)}">'
        f'<table class="text-table">{table.replace("</table>", "</table></div>", 1)}'
        for table in tables
    )


def _name(table):
    """From the words of its first row; they are escaped already."""
    words = " ".join(MARKUP.sub(" ", table.partition("</tr>")[0].replace("</t", ",</t")).split())
    words = words.replace(" ,", ",").strip(", ").replace('"', "&quot;")
    if len(words) > LONGEST_NAME:
        words = words[:LONGEST_NAME].rpartition(" ")[0] + " …"
    return f"Tabel: {words}" if words.strip(", …") else "Tabel"


def has_too_large(html: str) -> bool:
    if not has_table(html):
        return False
    found = []
    _read(html, lambda table: found.append(table.is_too_large) or "")
    return any(found)


def _read(html, written):
    reader = _TableReader(written)
    reader.feed(html)
    reader.close()
    return reader.end()


@dataclass
class TextCell:
    """`html` is what stands in it; "" when there is nothing to read. The spans are as they were typed."""

    is_head: bool
    colspan: int
    rowspan: int
    html: str = ""
    column: int = 0  # where it stands in the grid


@dataclass
class TextTable:
    rows: list[list[TextCell]] = field(default_factory=list)
    caption: str = ""  # words outside its cells; they come before it

    def html(self) -> str:
        if self.is_too_large:
            return self.lines()
        rows = _Grid(self.rows).rows_that_fit()
        if not any(cell.html for row in rows for cell in row):
            return self._above()
        if len(rows) == 1 and len(rows[0]) == 1:
            return self._above() + rows[0][0].html
        heads = _heads(rows)
        parts = [("thead", "col", rows[:heads]), ("tbody", "row", rows[heads:])]
        return f"{self._above()}<table>{''.join(_part(*part) for part in parts)}</table>"

    def lines(self) -> str:
        lines = "".join(f"<p>{words}</p>" for row in self.rows if (words := _line(row)))
        return self._above() + lines

    def _above(self):
        words = _words(self.caption)
        return f"<p>{words}</p>" if words else ""

    @property
    def is_too_large(self) -> bool:
        if len(self.rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in self.rows):
            return True
        return len(_Grid(self.rows).columns) > MOST_COLUMNS


def _heads(rows):
    """How many of the first rows are heads, so that below them stands something, and none reaches there."""
    count = 0
    while count < len(rows) and all(cell.is_head for cell in rows[count]):
        count += 1
    reach = max(
        (at + cell.rowspan for at, row in enumerate(rows[:count]) for cell in row), default=0
    )
    return count if reach <= count < len(rows) else 0


def _part(name, scope, rows):
    inner = "".join(f"<tr>{''.join(_cell(cell, scope) for cell in row)}</tr>" for row in rows)
    return f"<{name}>{inner}</{name}>" if rows else ""


def _cell(cell, scope):
    name = "th" if cell.is_head else "td"
    spans = [(kind, getattr(cell, kind)) for kind in ("colspan", "rowspan")]
    attributes = "".join(f' {kind}="{count}"' for kind, count in spans if count > 1)
    attributes += f' scope="{scope}"' if cell.is_head else ""
    return f"<{name}{attributes}>{cell.html}</{name}>"


def _words(html):
    """On one line, with what is bold or italic."""
    return " ".join(BLOCK.sub(" ", html).split())


def _line(cells):
    words = [_words(cell.html) for cell in cells]
    return BETWEEN.join(words).replace("|  |", "| |").strip() if any(words) else ""


class _Grid:
    """Where each cell stands. A span ends where another cell begins, and a column in which no cell begins
    is left out: so a span that lies makes nothing larger.
    """

    def __init__(self, rows: list[list[TextCell]]):
        self.rows = rows
        self.taken: list[dict[int, TextCell]] = [{} for _ in rows]
        begun = set()
        for at, row in enumerate(rows):
            column = 0
            for cell in row:
                while column in self.taken[at]:
                    column += 1
                self._place(cell, at, column)
                begun.add(column)
        self.columns = sorted(begun)

    def _place(self, cell, at, column):
        last = column + min(max(cell.colspan, 1), MOST_COLUMNS)
        free = next((one for one in range(column, last) if one in self.taken[at]), last)
        for down in range(at, min(at + max(cell.rowspan, 1), len(self.rows))):
            if any(one in self.taken[down] for one in range(column, free)):
                break
            self.taken[down].update(dict.fromkeys(range(column, free), cell))

    def rows_that_fit(self) -> list[list[TextCell]]:
        """The cells that begin in each row, with true spans; an empty one for each hole of the grid."""
        spans: dict[int, list] = {}  # of each cell the columns and rows that it has
        found = []
        for at, taken in enumerate(self.taken):
            row = []
            for column in self.columns:
                cell = taken.get(column) or TextCell(False, 1, 1)
                columns, rows = spans.setdefault(id(cell), [set(), set()])
                if not rows:
                    row.append(cell)
                columns.add(column), rows.add(at)
            found.append(row)
        for cell in (cell for row in found for cell in row):
            columns, rows = spans[id(cell)]
            cell.colspan, cell.rowspan = len(columns), len(rows)
        return found


class _TableReader(HTMLParser):
    """Reads balanced HTML; `written` says what becomes of a table that stands in no other one."""

    def __init__(self, written):
        super().__init__(convert_charrefs=False)
        self.written = written
        self.parts: list[str] = []  # of the text around the tables
        self.tables: list[TextTable] = []  # those that are open, the outer one first
        self.cells: list[list[str] | None] = []  # of each open table the pieces of its open cell
        self.is_head = False
        self.ignored = 0  # open tables that stand too deep

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self._write(self.get_starttag_text())
        elif self.ignored or (tag == "table" and len(self.tables) == DEEPEST_TABLE):
            self.ignored += tag == "table"
            self._write(" ")
        elif tag == "table":
            self.tables.append(TextTable())
            self.cells.append(None)
        elif self.tables:
            self._begin(tag, dict(attrs))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def _begin(self, tag, attributes):
        self._end_cell()
        if tag in ("thead", "tbody"):
            self.is_head = tag == "thead"
            return
        rows = self.tables[-1].rows
        if tag == "tr" or not rows:
            rows.append([])
        if tag != "tr":
            spans = (_span(attributes.get(name)) for name in ("colspan", "rowspan"))
            rows[-1].append(TextCell(tag == "th" or self.is_head, *spans))
            self.cells[-1] = []

    def handle_endtag(self, tag):
        if tag not in TAGS:
            self._write(f"</{tag}>")
        elif self.ignored:
            self.ignored -= tag == "table"
        elif tag == "table" and self.tables:
            self._end_table()
        elif self.tables:
            self._end_cell()
            self.is_head = self.is_head and tag != "thead"

    def handle_data(self, data):
        self._write(data)

    def handle_entityref(self, name):
        self._write(f"&{name};")

    def handle_charref(self, name):
        self._write(f"&#{name};")

    def _write(self, piece):
        if not self.tables:
            self.parts.append(piece)
        elif self.cells[-1] is not None:
            self.cells[-1].append(piece)
        else:
            self.tables[-1].caption += piece

    def _end_cell(self):
        pieces, self.cells[-1] = self.cells[-1], None
        if pieces is not None:
            self.tables[-1].rows[-1][-1].html = _content("".join(pieces))

    def _end_table(self):
        self._end_cell()
        table = self.tables.pop()
        self.cells.pop()
        table.rows = [row for row in table.rows if row]
        self._write(table.lines() if self.tables else self.written(table))

    def end(self) -> str:
        while self.tables:
            self._end_table()
        return "".join(self.parts)


def _span(value):
    return int(value[:4]) if value and value.isdecimal() else 1


def _content(html):
    """Of a cell: in a paragraph or a list, as the editor writes it."""
    html = html.strip()
    if not MARKUP.sub("", html).strip():
        return ""
    found = OWN_LINE.search(html)
    before = html[: found.start()].strip() if found else html
    if before and ("<" not in before or not found):
        return f"<p>{before}</p>{html[found.start() :] if found else ''}"
    return html
