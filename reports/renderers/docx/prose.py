"""The small rich text as paragraphs of a word processor; see `reports.renderers.richtext` for what it knows."""

import re
from copy import deepcopy
from html.parser import HTMLParser

from docx.oxml.ns import qn

from reports.renderers.docx.numbering import INDENTS, LEVELS, Numbering, in_list, is_written
from reports.renderers.docx.xml import run, w
from sakip.richtext import clean


def paragraphs(html: str, *, look, numbering: Numbering, place: str, **text_look) -> list:
    """At least one paragraph. `look` is the w:pPr that all share, `text_look` is for `xml.run`;
    `place` is a key of INDENTS."""
    writer = _ProseWriter(look, numbering, place, text_look)
    writer.feed(clean(html))
    writer.close()
    writer.close_paragraph()
    return writer.paragraphs or [w("p", deepcopy(look))]


class _ProseList:
    def __init__(self, style: str, start: int):
        self.style = style
        self.expected = start  # the number that the next item gets by itself
        self.number = None  # of the list in the document, once it has an item


class _ProseWriter(HTMLParser):
    """Reads what `clean` returns: balanced, lower case, nothing unknown."""

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
        self._open = None  # the paragraph that text goes to
        self._mark = None  # w:numPr of an item whose text has not come yet

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
        if self._mark is not None:  # a letter with nothing but a list inside
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
        """The shared look, with the mark of an item or, further down in it, its indent."""
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


# What follows w:ind and w:numPr in a w:pPr, by the schema.
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
