"""Reads the tables of a .docx as people see them: lines of text with the numbers that Word prints."""

import re
from dataclasses import dataclass, field
from functools import cached_property

import docx
from docx.oxml.ns import nsmap, qn
from lxml.etree import LxmlError

from recommendations.rules import pasted_signs
from sakip import notation
from workbooks.readers.guard import WorkbookRefused
from workbooks.readers.workbook import folded_label
from workbooks.word import guard, inner_tables
from workbooks.word.leftovers import Leftovers
from workbooks.word.losses import Loss
from workbooks.word.numbering import BULLET, ParagraphNumbering

MAX_TABLES, MAX_ROWS, MAX_COLUMNS = 200, 5_000, 60
# What was taken out of the text, or is no text of the reader.
SKIPPED = {qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText")}
WRITTEN = (qn("w:t"), qn("w:delText"))
LONGEST_ECHO = 120  # characters of a row that is not read
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TICK = "✓"
TICKS = {0xFC: TICK, 0xFE: TICK, 0x50: TICK, 0x52: TICK}  # of Wingdings and Wingdings 2
SIGNS = TICKS | {0xFB: "✗", 0xFD: "☒", 0xA8: "☐", 0x20: " "}
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
NUMBER = re.compile(r"\(?([0-9]{1,3})[.)]?")


@dataclass
class WordCell:
    """`lines` in the notation; `start` and `end` are columns of the table's grid.

    `continues` is True where the cell goes on from the row above (merged downwards). `dropped` says in
    sentences what in it is no text of its lines; `pictures` are parts of the file.
    """

    lines: list[str]
    start: int
    end: int
    continues: bool = False
    dropped: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """On one line; ask when the lines are complete."""
        return notation.plain("\n".join(self.lines))

    @cached_property
    def label(self) -> str:
        """As the heads of columns are compared."""
        return folded_label(self.text)


@dataclass
class WordRow:
    number: int  # as a person counts, from 1
    cells: list[WordCell]


@dataclass
class WordTable:
    """`inside` is the number of the table in a cell of which it stands."""

    number: int
    rows: list[WordRow] = field(default_factory=list)
    inside: int | None = None


@dataclass
class Outside:
    """A paragraph outside tables: `after` is the number of the last table above it, or 0."""

    lines: list[str]
    after: int
    style: str = ""
    pictures: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return notation.plain("\n".join(self.lines))


@dataclass
class Document:
    """`dropped` says in sentences which rows are not read."""

    tables: list[WordTable]
    outside: list[Outside] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything outside tables, on one line."""
        return notation.plain("\n".join(line for one in self.outside for line in one.lines))


def read(file, name: str) -> Document:
    """Raises WorkbookRefused with a sentence that says what to do."""
    guard.check(file, name)
    try:
        found = docx.Document(file)
        return _DocumentReader(found).read(name)
    except WorkbookRefused:
        raise
    except (LxmlError, KeyError, ValueError, AttributeError, TypeError, OSError) as error:
        raise WorkbookRefused(guard.DAMAGED.format(name=name)) from error


class _DocumentReader:
    def __init__(self, document):
        self.body = document.element.body
        self.numbering = ParagraphNumbering(document)
        self.leftovers = Leftovers(document)
        self.dropped = []
        self.italic_styles = self._styles("w:i")
        self.bold_styles = self._styles("w:b")

    def _styles(self, tag):
        """Character styles that are italic (or bold) by themselves."""
        return {
            key
            for key, style in self.numbering.styles.items()
            if style.get(qn("w:type")) == "character" and _is_on(style.find(qn("w:rPr")), tag)
        }

    def read(self, name):
        elements = list(self.body.iter(qn("w:tbl")))
        if len(elements) > MAX_TABLES or sum(1 for _ in self.body.iter(qn("w:tr"))) > MAX_ROWS:
            raise WorkbookRefused(
                f"{name} berisi terlalu banyak tabel. Paling banyak {MAX_TABLES} tabel dan "
                f"{MAX_ROWS} baris; salin tabel tindak lanjutnya ke dokumen baru."
            )
        self.lines = {p: self._lines(p) for p in self.body.iter(qn("w:p")) if not _is_twin(p)}
        self.places = {element: place for place, element in enumerate(elements, 1)}
        tables = [self._table(element, place) for element, place in self.places.items()]
        return Document(tables, list(self._outside()), self.dropped)

    def _outside(self):
        after = 0
        for element in self.body.iter(qn("w:p"), qn("w:tbl")):
            after = self.places.get(element, after)
            if element.tag == qn("w:tbl") or _owner(element) is not None or _is_twin(element):
                continue
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = style.get(qn("w:val")) if style is not None else ""
            pictures = self.leftovers.pictures(element)
            yield Outside(self.lines[element], after, name or "", pictures)

    def _table(self, element, place):
        rows = [row for row in element.iter(qn("w:tr")) if _owner(row) is element]
        gone = [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None]
        self.dropped += [
            Loss(
                f"Tabel {place}: baris yang dihapus dengan Lacak Perubahan “{_words(row)}” tidak dibaca."
            )
            for row in gone
        ]
        rows = [row for row in rows if row not in gone]
        return WordTable(
            place,
            [WordRow(number, self._cells(row)) for number, row in enumerate(rows, 1)],
            self.places.get(_owner(element)),
        )

    def _cells(self, row):
        cells, column = [], _whole(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        for element in row.iter(qn("w:tc")):
            if _owner(element, qn("w:tr")) is not row:
                continue
            properties = element.find(qn("w:tcPr"))
            span = down = None
            if properties is not None:
                span, down = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
            end = min(column + max(1, _whole(span, 1)), MAX_COLUMNS)
            lines = list(self._lines_of(element, _owner(row)))
            continues = down is not None and down.get(qn("w:val"), "continue") == "continue"
            cell = WordCell([] if continues else lines, column, end, continues)
            if not continues:
                cell.dropped = self.leftovers.sentences(element)
                cell.pictures = self.leftovers.pictures(element)
            cells.append(cell)
            column = end
        return cells

    def _lines_of(self, cell, table):
        """The lines of a cell of this table. A table in the cell is written as one in the notation."""
        for element in cell.iter(qn("w:p"), qn("w:tbl")):
            if _owner(element) is not table:
                continue
            if element.tag == qn("w:tbl"):
                yield from inner_tables.lines(element, self.lines)
            else:
                yield from self.lines.get(element, ())

    def _lines(self, paragraph):
        """A paragraph as one line, or several where it has line breaks; its own number before it."""
        marker, depth = self.numbering.marker(paragraph)
        lines = [[]]
        for text, italic, bold in self._pieces(paragraph):
            first, *more = text.split("\n")
            lines[-1].append((first, italic, bold))
            lines += [[(piece, italic, bold)] for piece in more]
        found = [" ".join(notation.mark(pieces).split()) for pieces in lines]
        found = [line for line in found if line]
        if not marker or (marker == BULLET and not found):
            return found
        counted = NUMBER.fullmatch(marker)
        if depth and counted:
            marker = f"({counted[1]})"
        return [f"{marker} {found[0] if found else ''}".strip(), *found[1:]]

    def _pieces(self, element, italic=False, bold=False):
        for child in element.iterchildren():
            if not isinstance(child.tag, str) or child.tag in SKIPPED or child.tag == FALLBACK:
                continue
            if child.tag == qn("w:p"):  # a text box: read as a paragraph of its own
                continue
            if child.tag == MATH:
                yield child.text or "", False, False
            elif child.tag == qn("w:r"):
                yield from self._run(child)
            else:
                yield from self._pieces(child)

    def _run(self, run):
        look = run.find(qn("w:rPr"))
        if _is_on(look, "w:strike") or _is_on(look, "w:dstrike") or _is_on(look, "w:vanish"):
            return
        style = look.find(qn("w:rStyle")) if look is not None else None
        style = style.get(qn("w:val")) if style is not None else None
        italic = _is_on(look, "w:i", style in self.italic_styles)
        bold = _is_on(look, "w:b", style in self.bold_styles)
        fonts = look.find(qn("w:rFonts")) if look is not None else None
        is_symbols = fonts is not None and "Wingdings" in (fonts.get(qn("w:ascii")) or "")
        for child in run.iterchildren():
            if text := _text(child, is_symbols):
                yield text, italic, bold


def _text(child, is_symbols):
    if child.tag == qn("w:t"):
        text = pasted_signs.cleaned(child.text or "").replace("\n", " ")
        return "".join(_symbol(ord(sign)) for sign in text) if is_symbols else text
    if child.tag == qn("w:sym"):
        return _symbol(int(child.get(qn("w:char"), "0"), 16))
    if child.tag == qn("w:br"):
        return " " if child.get(qn("w:type")) in ("page", "column") else "\n"
    return {qn("w:tab"): " ", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}.get(child.tag, "")


def _symbol(code):
    return SIGNS.get(code & 0xFF, "•")


def _is_on(properties, tag, inherited=False):
    found = properties.find(qn(tag)) if properties is not None else None
    if found is None:
        return inherited
    return found.get(qn("w:val"), "true") not in ("0", "false", "off")


def _owner(element, tag=f"{{{nsmap['w']}}}tbl"):
    return next(element.iterancestors(tag), None)


def _words(row):
    texts = ("".join(one.text or "" for one in p.iter(*WRITTEN)) for p in row.iter(qn("w:p")))
    return " ".join(" ".join(texts).split())[:LONGEST_ECHO]


def _is_twin(paragraph):
    """Whether it says again, for an older Word, what a text box says."""
    return next(paragraph.iterancestors(FALLBACK), None) is not None


def _whole(element, default):
    value = element.get(qn("w:val")) if element is not None else None
    return int(value) if value and value.isdecimal() else default
