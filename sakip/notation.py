r"""The small rich text as lines that people can type: _miring_, *tebal*, “- ” and “1. ” before list items.

As in WhatsApp. One line is one paragraph; a backslash keeps a star or an underscore what it is. A row of a table
is a line between bars, | satu | dua |, and below the heads of the columns stands |---|---|.
"""

import re
from html import escape
from html.parser import HTMLParser
from itertools import groupby

from sakip.text_tables import tidied

MARKS = {"em": "_", "i": "_", "strong": "*", "b": "*"}
BREAKING = {"p", "li", "br", "ul", "ol"}
ROW = re.compile(r"\|.*(?<!\\)\|")
BAR = re.compile(r"(?<!\\)\|")
BELOW_HEADS = re.compile(r"\|(?:[ :]*-{3,}[ :]*\|)+")
BULLET = re.compile(r"[-–•]\s+")
COUNTED = re.compile(r"([0-9]{1,3})\.\s+")
ITALIC = re.compile(r"(?<!\\)_(?=\S)((?:\\.|[^_\\])*?(?:\\.|[^_\\\s]))_")
BOLD = re.compile(r"(?<!\\)\*(?=\S)((?:\\.|[^*\\])*?(?:\\.|[^*\\\s]))\*")


def from_html(text: str) -> str:
    reader = _NotationReader()
    reader.feed(text or "")
    reader.close()
    return reader.text()


def to_html(text: str) -> str:
    """Only p, em, strong, ul, ol, li and regular tables; everything else is escaped."""
    groups = groupby(map(_kind, lines_of(text)), key=lambda line: line[0])
    found = (_group(kind, [content for _, content in lines]) for kind, lines in groups)
    return tidied("".join(found))


def _group(kind, lines):
    if kind == "table":
        return _table(lines)
    paragraphs = [f"<p>{_inline(line)}</p>" for line in lines]
    if not kind:
        return "".join(paragraphs)
    return f"<{kind}>{''.join(f'<li>{one}</li>' for one in paragraphs)}</{kind}>"


def _table(lines):
    rules = [at for at, line in enumerate(lines) if BELOW_HEADS.fullmatch(line)]
    heads = rules[0] if rules else 0
    rows = [
        "".join(f"<{name}>{_inline(cell)}</{name}>" for cell in cells_of(line))
        for at, line in enumerate(lines)
        if at not in rules
        for name in ["th" if at < heads else "td"]
    ]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def cells_of(line: str) -> list[str]:
    """The cells of a row of a table, still in the notation."""
    return [cell.strip() for cell in BAR.split(line)[1:-1]]


def row_of(cells: list[str]) -> str:
    """A row of a table of such cells. A bar in a cell is no edge."""
    cells = [BAR.sub(r"\\|", cell) for cell in cells]
    return " ".join(f"| {' | '.join(cells)} |".split())


def lines_of(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return [line for line in lines if line]


def normal(text: str) -> str:
    """The one spelling of this text, to be compared."""
    return from_html(to_html(text))


def plain(text: str) -> str:
    """Without marks, on one line."""
    text = BOLD.sub(r"\1", ITALIC.sub(r"\1", " ".join(lines_of(text))))
    return re.sub(r"\\([*_|\\])", r"\1", text)


def mark(pieces) -> str:
    """A line of (text, italic, bold) pieces; spaces at the edges of a piece stay outside its marks."""
    merged = []  # each with its text in pieces
    for text, italic, bold in pieces:
        if merged and (not text.strip() or merged[-1][1:] == [italic, bold]):
            merged[-1][0].append(text)
        elif text:
            merged.append([[text], italic and bool(text.strip()), bold and bool(text.strip())])
    merged = [["".join(texts), *flags] for texts, *flags in merged]
    counts = {
        sign: sum(text.count(sign) + 2 * flags[place] for text, *flags in merged)
        for place, sign in enumerate("_*")
    }
    return "".join(_marked(*piece, counts) for piece in merged)


def _marked(text, italic, bold, counts):
    text = text.replace("\\", "\\\\")
    for sign, count in counts.items():
        if count > 1:
            text = text.replace(sign, f"\\{sign}")
    body = text.strip()
    left, right = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    body = f"_{body}_" if italic else body
    body = f"*{body}*" if bold else body
    return f"{left}{body}{right}"


def _kind(line):
    if ROW.fullmatch(line):
        return "table", line
    if match := BULLET.match(line):
        return "ul", line[match.end() :]
    if match := COUNTED.match(line):
        return "ol", line[match.end() :]
    return "", line


def _inline(text):
    text = escape(text, quote=False)
    text = BOLD.sub(r"<strong>\1</strong>", text)
    text = ITALIC.sub(r"<em>\1</em>", text)
    return re.sub(r"\\([*_|\\])", r"\1", text)


class _NotationReader(HTMLParser):
    """A merged cell is written where it begins; its other places in the table are empty."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.pieces = [], []
        self.open, self.lists, self.prefix = [], [], ""
        self.row, self.width, self.spans = None, 0, (1, 1)  # the open row, and the last one's cells
        self.below = {}  # the columns of cells that go on below, and how many rows

    def handle_starttag(self, tag, attrs):
        if tag in MARKS:
            self.open.append(MARKS[tag])
        elif self.row is not None:
            self._in_row(tag, dict(attrs))
        elif tag == "tr":
            self._end_line()
            self.row = []
        elif tag == "table":
            self._end_line()
            self.below = {}
        elif tag in BREAKING:
            self._begin(tag)

    def _begin(self, tag):
        self._end_line()
        if tag in ("ul", "ol"):
            self.lists.append([tag, 0])
        elif tag == "li" and self.lists:
            self.lists[-1][1] += 1
            self.prefix = "- " if self.lists[-1][0] == "ul" else f"{self.lists[-1][1]}. "

    def _in_row(self, tag, attributes):
        if tag in ("td", "th"):
            self._go_on_below()
            self.spans = [int(attributes.get(name) or 1) for name in ("colspan", "rowspan")]
        elif tag in BREAKING:
            self.pieces.append((" ", False, False))

    def _go_on_below(self):
        while self.below.get(len(self.row)):
            self.below[len(self.row)] -= 1
            self.row.append("")

    def handle_endtag(self, tag):
        if MARKS.get(tag) in self.open:
            self.open.remove(MARKS[tag])
        elif tag in ("td", "th") and self.row is not None:
            self._end_cell()
        elif tag == "tr" and self.row is not None:
            self._go_on_below()
            self.lines.append(row_of(self.row))
            self.width, self.row = len(self.row), None
        elif tag == "thead" and self.lines:
            self.lines.append(f"|{'---|' * self.width}")
        elif tag in BREAKING and self.row is None:
            self._end_line()
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()

    def _end_cell(self):
        columns, rows = self.spans
        for column in range(len(self.row), len(self.row) + columns):
            self.below[column] = rows - 1
        self.row += [mark(self.pieces), *[""] * (columns - 1)]
        self.pieces = []

    def handle_data(self, data):
        self.pieces.append((data, "_" in self.open, "*" in self.open))

    def _end_line(self):
        if line := " ".join(mark(self.pieces).split()):
            line = self.prefix + line
            self.lines.append(f"\\{line}" if ROW.fullmatch(line) else line)
            self.prefix = ""
        self.pieces = []

    def text(self):
        self._end_line()
        return "\n".join(self.lines)
