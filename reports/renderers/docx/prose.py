"""Writes the small rich text as Word paragraphs and tables; `reports.renderers.richtext` lists the known tags."""

import re
from copy import deepcopy
from html.parser import HTMLParser

from docx.oxml.ns import qn

from reports.renderers.docx.numbering import INDENTS, LEVELS, Numbering, in_list, is_written
from reports.renderers.docx.text_table import STYLES, WordTextCell
from reports.renderers.docx.text_table import element as table_element
from reports.renderers.docx.xml import paragraph, run, w
from sakip.richtext import clean
from sakip.text_tables import TAGS

NARROWEST = 600  # twips of a table


def paragraphs(
    html: str, *, look, numbering: Numbering, place: str, width: int, **text_look
) -> list:
    """Returns at least one paragraph, and ends with one: Word wants it at the end of a cell, and joins tables
    without a gap.

    `look` is the w:pPr of all of them, `text_look` is for `xml.run`, `place` is a key of INDENTS, `width` the
    room in twips.
    """
    writer = _ProseWriter(look, numbering, place, text_look)
    writer.width = width
    writer.feed(clean(html))
    writer.close()
    writer.close_paragraph()
    if writer.tables and writer.paragraphs[-1].tag == qn("w:tbl"):
        writer.paragraphs.append(_gap())
    return writer.paragraphs or [w("p", deepcopy(look))]


def _gap():
    return paragraph(style="CatatanTabel")


class _ProseList:
    def __init__(self, style: str, start: int):
        self.style = style
        self.expected = start  # the number that Word would give to the next item
        self.number = None  # of the list in Word; None before its first item


class _ProseTable:
    """A table that is open, and what stands around it."""

    def __init__(self, around, look, lists):
        self.around, self.look, self.lists = around, look, lists
        self.rows, self.heads, self.is_head, self.cell = [], 0, False, None


class _ProseWriter(HTMLParser):
    """Reads HTML from `clean`: balanced, lower case, only known tags."""

    def __init__(self, look, numbering, place, text_look):
        super().__init__(convert_charrefs=True)
        self.paragraphs = []
        self._look, self._numbering, self._place, self._text_look = (
            look,
            numbering,
            place,
            text_look,
        )
        self._lists: list[_ProseList] = []
        self._bold = self._italic = 0
        self._open = None  # the paragraph that receives the text
        self._mark = None  # w:numPr of an item that has no text yet
        self.width = 0
        self.tables = 0
        self._table = None  # the one that is open

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in TAGS:
            self._begin_part(tag, attributes)
        elif tag in ("strong", "b"):
            self._bold += 1
        elif tag in ("em", "i"):
            self._italic += 1
        elif tag == "br":
            self._paragraph().append(w("r", w("br")))
        else:
            self.close_paragraph()
        if tag in ("ol", "ul"):
            style = attributes.get("class") or attributes.get("type", "1")
            start = int(attributes.get("start", 1))
            self._lists.append(_ProseList(style if tag == "ol" else "bullet", start))
        elif tag == "li":
            self._begin_item(attributes.get("value"))

    def handle_endtag(self, tag):
        if tag in TAGS:
            self._end_part(tag)
        elif tag in ("strong", "b"):
            self._bold -= 1
        elif tag in ("em", "i"):
            self._italic -= 1
        elif tag != "br":
            if tag == "li" and self._mark is not None:
                self._paragraph()
            self.close_paragraph()
        if tag in ("ol", "ul"):
            self._lists.pop()

    def handle_data(self, data):
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        if self._open is None:
            text = text.lstrip(" ")
        if text:
            look = {"bold": self._bold > 0, "italic": self._italic > 0}
            stretch = run(text, **look, **self._text_look)
            self._paragraph().append(stretch)

    def close_paragraph(self):
        self._open = None

    def _begin_part(self, tag, attributes):
        if tag == "table":
            if self._mark is not None:  # an item that begins with a table
                self._paragraph()
            self.close_paragraph()
            self._table = _ProseTable(self.paragraphs, self._look, self._lists)
        elif tag == "thead":
            self._table.is_head = True
        elif tag == "tr":
            self._table.rows.append([])
            self._table.heads += self._table.is_head
        elif tag in ("td", "th"):
            spans = [int(attributes.get(name, 1)) for name in ("colspan", "rowspan")]
            self._table.cell = [tag == "th", *spans]
            (self._look,) = paragraph(style=STYLES[tag == "th"])
            self.paragraphs, self._lists = [], []

    def _end_part(self, tag):
        self.close_paragraph()
        table = self._table
        if tag == "thead":
            table.is_head = False
        elif tag in ("td", "th"):
            cell = WordTextCell(*table.cell, self.paragraphs)
            table.rows[-1].append(cell)
        elif tag == "table":
            self.paragraphs, self._look, self._lists = table.around, table.look, table.lists
            if self.tables and self.paragraphs and self.paragraphs[-1].tag == qn("w:tbl"):
                self.paragraphs.append(_gap())
            indent = INDENTS[self._place] * min(len(self._lists), LEVELS)
            room = max(self.width - indent, NARROWEST)
            self.paragraphs.append(table_element(table.rows, table.heads, room, indent))
            self.tables += 1
            self._table = None

    def _begin_item(self, value):
        if self._mark is not None:  # an item that contains only another list
            self._paragraph()
            self.close_paragraph()
        self._lists = self._lists or [_ProseList("bullet", 1)]
        items, level = self._lists[-1], min(len(self._lists), LEVELS) - 1
        number = int(value) if value else items.expected
        if items.number is None or number != items.expected or is_written(items.style, number):
            items.number = self._numbering.begin(items.style, level, number, self._place)
        items.expected = number + 1
        self._mark = in_list(items.number, level)

    def _paragraph(self):
        if self._open is None:
            self._open = w("p", self._paragraph_look())
            self.paragraphs.append(self._open)
            self._mark = None
        return self._open

    def _paragraph_look(self):
        """Returns the shared look; adds the list mark to the first paragraph of an item, an indent to the
        others.
        """
        look = deepcopy(self._look)
        if self._mark is not None:
            remove(look, "w:ind")
            look.insert_element_before(self._mark, *AFTER_NUMBER)
        elif self._lists:
            remove(look, "w:ind")
            indent = w("ind", left=INDENTS[self._place] * min(len(self._lists), LEVELS))
            look.insert_element_before(indent, *AFTER_INDENT)
        return look


def remove(look, tag):
    for found in look.findall(qn(tag)):
        look.remove(found)


# Elements that the schema puts after w:ind and w:numPr in a w:pPr.
AFTER_INDENT = tuple(
    f"w:{name}"
    for name in [
        "contextualSpacing",
        "mirrorIndents",
        "suppressOverlap",
        "jc",
        "textDirection",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "cnfStyle",
        "rPr",
        "sectPr",
        "pPrChange",
    ]
)
AFTER_NUMBER = (
    *(
        f"w:{name}"
        for name in [
            "suppressLineNumbers",
            "pBdr",
            "shd",
            "tabs",
            "suppressAutoHyphens",
            "kinsoku",
            "wordWrap",
            "overflowPunct",
            "topLinePunct",
            "autoSpaceDE",
            "autoSpaceDN",
            "bidi",
            "adjustRightInd",
            "snapToGrid",
            "spacing",
            "ind",
        ]
    ),
    *AFTER_INDENT,
)
