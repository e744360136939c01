"""The numbers and letters that Word prints before paragraphs without storing them."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from sakip.numbers import LAST_ROMAN, list_letter, roman

BULLET = "-"
LEVELS = 9  # of a list, as the file format knows them
HIGHEST = 32_767  # number in a list
LONGEST_MARK = 40  # characters


@dataclass
class Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    style: str = ""


@dataclass
class Instance:
    """One list of the document: the abstract it follows, and where it starts anew, by level."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    is_begun: bool = False


class ParagraphNumbering:
    """Ask for the marker of each paragraph once, in the order of the document."""

    def __init__(self, document):
        self.styles = {style.get(qn("w:styleId")): style for style in document.styles.element}
        self.levels, self.instances, self.asked = {}, {}, {}
        self.counts = defaultdict(dict)
        try:
            part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        except KeyError:
            return
        self._read(parse_xml(part.blob))

    def _read(self, root):
        for abstract in root.iterchildren(qn("w:abstractNum")):
            levels = {_int(level, "w:ilvl"): _level(level) for level in abstract.iter(qn("w:lvl"))}
            levels = {depth: level for depth, level in levels.items() if 0 <= depth < LEVELS}
            self.levels[abstract.get(qn("w:abstractNumId"))] = levels
        for num in root.iterchildren(qn("w:num")):
            instance = Instance(_child(num, "w:abstractNumId"))
            for override in num.iterchildren(qn("w:lvlOverride")):
                depth = _int(override, "w:ilvl")
                if (start := _child(override, "w:startOverride")) and 0 <= depth < LEVELS:
                    instance.starts[depth] = _number(start)
            self.instances[num.get(qn("w:numId"))] = instance

    def marker(self, paragraph) -> tuple[str, int]:
        """What Word prints before this paragraph, "" for nothing, "-" for a bullet; and its level."""
        number, depth = self._asked(paragraph)
        instance = self.instances.get(number)
        levels = self.levels.get(instance.abstract, {}) if instance else {}
        if depth not in levels:
            return "", 0
        counts = self._count(instance, levels, depth)
        if levels[depth].format == "bullet":
            return BULLET, depth
        return _printed(levels, counts, depth), depth

    def _asked(self, paragraph):
        """The list and the level of a paragraph, by itself or by its style."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None, 0
        own = properties.find(qn("w:numPr"))
        if own is not None and (number := _child(own, "w:numId")):
            return number, int(_child(own, "w:ilvl") or 0)
        return self._asked_by(_child(properties, "w:pStyle"))

    def _asked_by(self, style):
        """Remembered for every style on the way: a thousand of them may follow each other."""
        seen, answer = set(), (None, 0)
        while style in self.styles and style not in self.asked and style not in seen:
            seen.add(style)
            found = self.styles[style].find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None and (number := _child(found, "w:numId")):
                answer = number, self._level_of_style(number, style, found)
                break
            style = _child(self.styles[style], "w:basedOn")
        else:
            answer = self.asked.get(style, answer)
        self.asked |= dict.fromkeys(seen, answer)
        return answer

    def _level_of_style(self, number, style, found):
        instance = self.instances.get(number)
        levels = self.levels.get(instance.abstract, {}) if instance else {}
        named = [depth for depth, level in levels.items() if level.style == style]
        return named[0] if named else int(_child(found, "w:ilvl") or 0)

    def _count(self, instance, levels, depth):
        counts = self.counts[instance.abstract]
        if not instance.is_begun:
            instance.is_begun = True
            for level, start in instance.starts.items():
                counts[level] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return counts


def _printed(levels, counts, depth):
    def one(match):
        level = int(match[1]) - 1
        known = levels.get(level, Level())
        return formatted(counts.get(level, known.start), known.format)

    return re.sub(r"%([1-9])", one, levels[depth].text).strip()


def formatted(number: int, kind: str) -> str:
    """After z our letters, aa and ab, where Word prints aa and bb: those could be read two ways."""
    if kind in ("lowerLetter", "upperLetter"):
        text = list_letter(number) if number > 0 else ""
    elif kind in ("lowerRoman", "upperRoman"):
        text = roman(number).lower() if 0 < number <= LAST_ROMAN else str(number or "")
    else:
        return "" if kind == "none" else str(number)
    return text.upper() if kind.startswith("upper") else text


def _level(element):
    return Level(
        format=_child(element, "w:numFmt") or "decimal",
        text=(_child(element, "w:lvlText") or "")[:LONGEST_MARK],
        start=_number(_child(element, "w:start") or 1),
        style=_child(element, "w:pStyle") or "",
    )


def _number(text):
    return min(max(int(text), 0), HIGHEST)


def _child(element, name):
    found = element.find(qn(name))
    return found.get(qn("w:val")) if found is not None else None


def _int(element, name):
    return int(element.get(qn(name)) or 0)
