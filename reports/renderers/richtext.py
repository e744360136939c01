"""The small rich text on paper: sanitised HTML, Excel rich text, plain text.

Known are p, br, em/i, strong/b, ul, ol with `type` and `start`, li with `value`; an `ol` of class
"steps" numbers (1), (2). Nothing else survives, whatever the database holds.
"""

import re
from html.parser import HTMLParser
from typing import NamedTuple

import nh3
from django.utils.safestring import SafeString, mark_safe
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from sakip.numbers import letter, roman
from sakip.richtext import LISTS as TYPED_LISTS
from sakip.richtext import flattened

TAGS = {"p", "br", "em", "i", "strong", "b", "ul", "ol", "li"}
ATTRIBUTES = {"ol": {"type", "start"}, "li": {"value"}}
CLASSES = {"ol": {"steps"}}
# What XML 1.0 cannot hold: a workbook with one of these does not open.
ILLEGAL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ORDINAL = re.compile(r"[1-9]\d{0,2}")
MAX_CELL_LENGTH = 32_767  # of Excel
INDENT = "    "
# Levels that are printed as such: those that may be typed within the lists of a table. Neither a page
# nor Python's stack has room for a hundred.
LISTS = TYPED_LISTS + 2
LAST_ROMAN = 3999


class Run(NamedTuple):
    text: str
    bold: bool
    italic: bool


def printable(text: object) -> str:
    """`text` without the control characters that neither XML nor paper can hold."""
    return ILLEGAL_CHARACTERS.sub("", str(text))


def clean(html: str) -> SafeString:
    cleaned = nh3.clean(
        flattened(printable(html), LISTS),
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        attribute_filter=_keep_known_value,
    )
    return mark_safe(cleaned)  # noqa: S308  the one gate: nh3 has just cleaned it


def plain(html: str) -> str:
    return "".join(run.text for run in runs(html))


def excel(html: str, *, font: str, size: float) -> CellRichText | str:
    """Rich text for one cell; text without italics, or too long for a cell, comes as plain text."""
    stretches = runs(html)
    text = "".join(run.text for run in stretches)
    if len(text) > MAX_CELL_LENGTH or not any(run.bold or run.italic for run in stretches):
        return text
    return CellRichText(
        [
            TextBlock(InlineFont(rFont=font, sz=size, b=bold or None, i=italic or None), text)
            for text, bold, italic in stretches
        ]
    )


def runs(html: str) -> list[Run]:
    """Stretches of equal look, with line breaks, indents and list marks written out."""
    writer = _Writer()
    writer.feed(clean(html))
    writer.close()
    return writer.runs


def _keep_known_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute in ("start", "value"):
        return value if ORDINAL.fullmatch(value) else None
    if attribute == "type":
        return value if value in ("1", "a", "A", "i", "I") else None
    return value


class _List:
    MARKS = {
        "a": letter,
        "A": lambda number: letter(number).upper(),
        "i": lambda number: roman(number).lower(),
        "I": roman,
    }

    def __init__(self, tag: str, attributes: dict[str, str]):
        self.style = attributes.get("class") or attributes.get("type", "1")
        self.is_numbered = tag == "ol"
        self.number = int(attributes.get("start", 1)) - 1

    def next_mark(self, value: str | None) -> str:
        self.number = int(value) if value else self.number + 1
        if not self.is_numbered:
            return "• "
        if self.style == "steps":
            return f"({self.number}) "
        mark = self.MARKS.get(self.style, str) if self.number <= LAST_ROMAN else str
        return f"{mark(self.number)}. "


class _Writer(HTMLParser):
    """Reads what `clean` returns: balanced, lower case, nothing unknown."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self._lists: list[_List] = []
        self._bold = self._italic = 0
        self._at_line_start = True
        self._mark = ""  # of an item whose text has not come yet

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in ("strong", "b"):
            self._bold += 1
        elif tag in ("em", "i"):
            self._italic += 1
        else:
            self._at_line_start = True
        if tag in ("ol", "ul"):
            self._lists.append(_List(tag, attributes))
        elif tag == "li":
            self._lists = self._lists or [_List("ul", {})]
            indent = self._mark or INDENT * (len(self._lists) - 1)
            self._mark = indent + self._lists[-1].next_mark(attributes.get("value"))

    def handle_endtag(self, tag):
        if tag in ("strong", "b"):
            self._bold -= 1
        elif tag in ("em", "i"):
            self._italic -= 1
        else:
            if tag == "li" and self._mark:
                self._open_line()
            self._at_line_start = True
        if tag in ("ol", "ul"):
            self._lists.pop()

    def handle_data(self, data):
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        if self._at_line_start:
            text = text.lstrip(" ")
            if not text:
                return
            self._open_line()
        self._append(text, bold=self._bold > 0, italic=self._italic > 0)

    def _open_line(self):
        lead = self._mark or INDENT * len(self._lists)
        self._append("\n" + lead if self.runs else lead, bold=False, italic=False)
        self._at_line_start, self._mark = False, ""

    def _append(self, text: str, *, bold: bool, italic: bool):
        if self.runs and self.runs[-1][1:] == (bold, italic):
            text = self.runs.pop().text + text
        if text:
            self.runs.append(Run(text, bold, italic))
