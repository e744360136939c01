"""The small rich text on paper: as Excel rich text, or as plain text with written list marks.

Known tags are p, br, em/i, strong/b, ul, ol with `type` and `start`, li with `value`. An `ol` of class
"steps" numbers (1), (2). A row of a table is a line.
"""

import re
from html.parser import HTMLParser
from typing import NamedTuple

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from sakip.numbers import LAST_ROMAN, list_letter, roman
from sakip.richtext import clean
from sakip.spreadsheets import CELL_LIMIT
from sakip.text_tables import as_lines

INDENT = "    "


class Run(NamedTuple):
    text: str
    bold: bool
    italic: bool


def plain(html: str) -> str:
    return "".join(run.text for run in runs(html))


def excel(html: str, *, font: str, size: float) -> CellRichText | str:
    """Returns rich text for one cell; plain text when it has no italics or is too long for a cell."""
    stretches = runs(html)
    text = "".join(run.text for run in stretches)
    if len(text) > CELL_LIMIT or not any(run.bold or run.italic for run in stretches):
        return text
    return CellRichText(
        [
            TextBlock(InlineFont(rFont=font, sz=size, b=bold or None, i=italic or None), text)
            for text, bold, italic in stretches
        ]
    )


def runs(html: str) -> list[Run]:
    """Returns pieces of text with the same style; line breaks, indents and list marks are written as text."""
    writer = _RunWriter()
    writer.feed(as_lines(clean(html)))
    writer.close()
    return writer.runs


class _List:
    MARKS = {
        "a": list_letter,
        "A": lambda number: list_letter(number).upper(),
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


class _RunWriter(HTMLParser):
    """Reads HTML from `clean`: balanced, lower case, only known tags."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self._lists: list[_List] = []
        self._bold = self._italic = 0
        self._at_line_start = True
        self._mark = ""  # of an item that has no text yet

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
