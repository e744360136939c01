"""Real Word lists. Each list has its own definition, so that it starts at the right letter and continues
correctly when somebody adds an item.
"""

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart

from reports.renderers.docx.xml import w
from sakip.numbers import list_letter

# List style in the small rich text, and Word's format and text of the mark.
STYLES = {
    "1": ("decimal", "%{}."),
    "a": ("lowerLetter", "%{}."),
    "A": ("upperLetter", "%{}."),
    "i": ("lowerRoman", "%{}."),
    "I": ("upperRoman", "%{}."),
    "steps": ("decimal", "(%{})"),
    "bullet": ("bullet", "•"),
}
LETTERS = {"a": list_letter, "A": lambda number: list_letter(number).upper()}
LAST_ALIKE = 27  # up to aa both count alike; then Word continues with bb, this program with ab
LEVELS = 9
# Indent of the text in twips for each level: in a paragraph, in a cell, in a heading.
INDENTS = {"text": 425, "cell": 300, "heading": 0}


class Numbering:
    """The numbering part of one document."""

    def __init__(self, document):
        self._root = _numbering_part(document.part).element
        self._abstract = {}
        self._next_abstract = 1 + max(self._ids("w:abstractNum", "w:abstractNumId"), default=-1)
        self._next = 1 + max(self._ids("w:num", "w:numId"), default=0)

    def begin(self, style: str, level: int = 0, start: int = 1, place: str = "text") -> int:
        """Returns the number of a new list. Its items of this level begin at `start`."""
        kind, text = STYLES.get(style, STYLES["1"])
        if is_written(style, start):
            text = f"{LETTERS[style](start)}."
        key = (kind, text, place)
        if key not in self._abstract:
            self._abstract[key] = self._define(*key)
        override = w("lvlOverride", w("startOverride", val=start), ilvl=level)
        reference = w("abstractNumId", val=self._abstract[key])
        self._root.append(w("num", reference, override, numId=self._next))
        self._next += 1
        return self._next - 1

    def _ids(self, tag, attribute):
        return [int(found.get(qn(attribute))) for found in self._root.findall(qn(tag))]

    def _define(self, kind, text, place):
        levels = [_level(number, kind, text, INDENTS[place]) for number in range(LEVELS)]
        number = self._next_abstract
        abstract = w(
            "abstractNum", w("multiLevelType", val="multilevel"), *levels, abstractNumId=number
        )
        lists = self._root.findall(qn("w:num"))
        if lists:  # the schema requires all definitions before the first list
            lists[0].addprevious(abstract)
        else:
            self._root.append(abstract)
        self._next_abstract += 1
        return number


def is_written(style: str, number: int) -> bool:
    """Returns whether the item needs its own list, because Word would give it another letter."""
    return style in LETTERS and number > LAST_ALIKE


def _numbering_part(part):
    """Returns the numbering part of the document; creates it when python-docx did not."""
    try:
        return part.part_related_by(RT.NUMBERING)
    except KeyError:
        new = NumberingPart(
            PackURI("/word/numbering.xml"), CT.WML_NUMBERING, w("numbering"), part.package
        )
        part.relate_to(new, RT.NUMBERING)
        return new


def _level(number, kind, text, indent):
    look = w("ind", left=indent * (number + 1), hanging=indent) if indent else w("ind", left=0)
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=kind),
        None if indent else w("suff", val="space"),
        w("lvlText", val=text.format(number + 1)),
        w("lvlJc", val="left"),
        w("pPr", look),
        ilvl=number,
    )


def in_list(number: int, level: int):
    return w("numPr", w("ilvl", val=level), w("numId", val=number))
