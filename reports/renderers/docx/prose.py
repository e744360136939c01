"""Writes the small rich text as Word paragraphs; `reports.renderers.richtext` lists the known tags."""

import re
from copy import deepcopy
from html.parser import HTMLParser

from docx.oxml.ns import qn

from reports.renderers.docx.numbering import INDENTS, LEVELS, Numbering, in_list, is_written
from reports.renderers.docx.xml import run, w
from sakip.richtext import clean


def paragraphs(html: str, *, look, numbering: Numbering, place: str, **text_look) -> list:
    """Returns at least one paragraph. `look` is the w:pPr of all of them, `text_look` is for `xml.run`.

    `place` is a key of INDENTS.
    """
    writer = _ProseWriter(look, numbering, place, text_look)
    writer.feed(clean(html))
    writer.close()
    writer.close_paragraph()
    return writer.paragraphs or [w("p", deepcopy(look))]


class _ProseList:
    def __init__(self, style: str, start: int):
        self.style = style
        self.expected = start  # the number that Word would give to the next item
        self.number = None  # of the list in Word; None before its first item


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

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in ("strong", "b"):
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
        if tag in ("strong", "b"):
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
