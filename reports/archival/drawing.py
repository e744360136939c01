"""Reads the content of all pages once: what is drawn, in which colours and letters, under which mark."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream

from reports.archival.colours import problem_of

PAINTS = {
    *["b", "B", "b*", "B*", "f", "F", "f*", "s", "S", "sh", "Do", "Tj", "TJ", "'", '"'],
    "INLINE IMAGE",
}
SHOWS = {"Tj", "TJ", "'", '"'}
CMYK = {"K", "k"}
READ = " ".join(
    (
        *PAINTS - {"INLINE IMAGE"},
        *CMYK,
        *["q", "Q", "BMC", "BDC", "EMC", "Tf", "cs", "CS", "ri", "BI", "ID", "EI"],
    )
)
HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f]*)>")
ARTIFACT, PLAIN = "Artifact", "plain"  # a mark that is no MCID


@dataclass
class Drawn:
    """What the pages use. `shown` holds for each font the texts as they are written in it."""

    marks: set[tuple[Any, int]] = field(default_factory=set)
    unmarked: set[str] = field(default_factory=set)
    mixed: set[str] = field(default_factory=set)
    colours: set[str] = field(default_factory=set)
    intents: set[str] = field(default_factory=set)
    fonts: dict[Any, Dictionary] = field(default_factory=dict)
    shown: dict[Any, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    deepest: int = 0

    def codes(self, font) -> set[int]:
        """Returns the codes of the letters, each of two bytes (Identity-H)."""
        return {
            text[at] << 8 | text[at + 1]
            for text in self.shown[font]
            for at in range(0, len(text) - 1, 2)
        }


def read(pdf: pikepdf.Pdf) -> Drawn:
    drawn, forms = Drawn(), {}
    for number, page in enumerate(pdf.pages, start=1):
        _Stream(drawn, forms, page.resources, page.objgen, f"page {number}").read(page)
    for found in pdf.objects:
        if isinstance(found, Stream) and found.get(Name.PatternType) == 1:
            resources = found.get(Name.Resources, Dictionary())
            _Stream(drawn, forms, resources, None, "a pattern", [ARTIFACT]).read(found)
    return drawn


def _texts(shown: pikepdf.Array) -> list[bytes]:
    """Returns the texts between the numbers. Most arrays hold one letter per text, written as <0041>."""
    written = shown.unparse()
    if b"(" in written:
        return [bytes(text) for text in shown if not isinstance(text, int | Decimal)]
    return [bytes.fromhex(text.decode()) for text in set(HEXADECIMAL.findall(written))]


class _Stream:
    """One content stream. `marks` are the marks around it, from the outside to the inside."""

    def __init__(self, drawn, forms, resources, page, where, marks=()):
        self.drawn, self.forms, self.resources = drawn, forms, resources
        self.page, self.where, self.marks = page, where, list(marks)
        self.depth, self.font, self.kept_fonts = 0, None, []
        self.actions = {
            "q": self._push,
            "Q": self._pop,
            "BMC": self._mark,
            "BDC": self._mark,
            "EMC": lambda _: self.marks.pop(),
            "Tf": self._set_font,
            "cs": self._set_space,
            "CS": self._set_space,
            "sh": self._shade,
            "Do": self._place,
            "ri": lambda operands: self.drawn.intents.add(str(operands[0])[1:]),
        }

    def read(self, source):
        for instruction in pikepdf.parse_content_stream(source, READ):
            name = str(instruction.operator)
            if name in PAINTS and not self.marks:
                self.drawn.unmarked.add(f"{name} on {self.where}")
            if name in SHOWS:
                self._show(instruction.operands)
            elif name in CMYK:
                self.drawn.colours.add(f"DeviceCMYK on {self.where}")
            elif action := self.actions.get(name):
                action(instruction.operands)
            elif name == "INLINE IMAGE":
                self.drawn.colours.add(f"a picture inside the content of {self.where}")

    def _push(self, _):
        self.depth += 1
        self.kept_fonts.append(self.font)
        self.drawn.deepest = max(self.drawn.deepest, self.depth)

    def _pop(self, _):
        self.depth -= 1
        self.font = self.kept_fonts.pop() if self.kept_fonts else None

    def _mark(self, operands):
        tag, properties = str(operands[0])[1:], operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = self.resources.get(Name.Properties, Dictionary()).get(properties)
        mark = PLAIN
        if tag == ARTIFACT:
            mark = ARTIFACT
        elif isinstance(properties, Dictionary) and Name.MCID in properties:
            mark = int(properties.MCID)
            self.drawn.marks.add((self.page, mark))
        around = {ARTIFACT if one == ARTIFACT else "tag" for one in self.marks if one != PLAIN}
        if around and mark != PLAIN and around != {ARTIFACT if mark == ARTIFACT else "tag"}:
            self.drawn.mixed.add(self.where)
        # Content that is only grouped is as marked as what is around it.
        self.marks.append(mark if mark != PLAIN or not self.marks else self.marks[-1])

    def _set_font(self, operands):
        font = self.resources.Font[operands[0]]
        self.font = font.objgen
        self.drawn.fonts.setdefault(self.font, font)

    def _show(self, operands):
        shown = operands[-1]
        texts = _texts(shown) if isinstance(shown, pikepdf.Array) else (bytes(shown),)
        self.drawn.shown[self.font].update(texts)

    def _set_space(self, operands):
        spaces = self.resources.get(Name.ColorSpace, Dictionary())
        if words := problem_of(spaces.get(operands[0], operands[0])):
            self.drawn.colours.add(f"{words} on {self.where}")

    def _shade(self, operands):
        shading = self.resources.Shading[operands[0]]
        if words := problem_of(shading.ColorSpace):
            self.drawn.colours.add(f"{words} on {self.where}")

    def _place(self, operands):
        placed = self.resources.XObject[operands[0]]
        if placed.get(Name.Subtype) != Name.Form:
            return
        inside = ARTIFACT if self.marks and self.marks[-1] == ARTIFACT else PLAIN
        key = placed.objgen, inside, bool(self.marks)
        if key not in self.forms:
            self.forms[key] = True
            resources = placed.get(Name.Resources, self.resources)
            marks = self.marks[-1:]
            _Stream(self.drawn, self.forms, resources, self.page, self.where, marks).read(placed)
