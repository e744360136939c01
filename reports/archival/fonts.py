"""Fonts: each is inside the file, with the widths and the letters that the text needs.

ISO 19005-3, 6.2.11, and ISO 14289-1, 7.21. Our files have only composite fonts with the encoding
Identity-H, in which the code of a letter is the number of its glyph.
"""

import re
from collections.abc import Iterator
from io import BytesIO

from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Array, Dictionary, Name

TOLERANCE = 1  # thousandths of the size of the type, between the width in the file and in the font
DEFAULT_WIDTH = 1000
FORBIDDEN = {0, 0xFEFF, 0xFFFE}
PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))
BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
WORD = re.compile(rb"<([0-9A-Fa-f]*)>")


def fonts_are_whole(reading) -> Iterator[str]:
    drawn = reading.drawn
    for key, font in drawn.fonts.items():
        name = str(font.get(Name.BaseFont, "/?"))[1:]
        yield from (f"{words} in {name}" for words in _problems(font, drawn.codes(key)))


def _problems(font, codes) -> Iterator[str]:
    if font.get(Name.Subtype) != Name.Type0 or font.get(Name.Encoding) != Name("/Identity-H"):
        yield f"a font of the kind {font.get(Name.Subtype)}, into which nobody looks,"
        return
    inner = font.DescendantFonts[0]
    descriptor = inner.get(Name.FontDescriptor, Dictionary())
    program = descriptor.get(Name.FontFile2) or descriptor.get(Name.FontFile3)
    if program is None:
        yield "a font that is not embedded"
        return
    if inner.get(Name.Subtype) == Name.CIDFontType2 and inner.get("/CIDToGIDMap") != Name.Identity:
        yield "a map of glyphs"
    if "/CIDSet" in descriptor or "/Panose" in descriptor.get("/Style", ()):
        yield "a set of characters, into which nobody looks,"
    yield from _program_problems(program.read_bytes(), widths_of(inner, codes), codes)
    yield from _letter_problems(font, codes)


def _program_problems(content, widths, codes) -> Iterator[str]:
    try:
        with TTFont(BytesIO(content), lazy=True) as found:
            order, advances = found.getGlyphOrder(), found["hmtx"].metrics
            scale = 1000 / found["head"].unitsPerEm
    except (TTLibError, KeyError, AssertionError, ValueError):
        yield "a font program that cannot be read"
        return
    if 0 in codes:
        yield "a letter without a glyph (.notdef)"
    if any(code >= len(order) for code in codes):
        yield "a letter that the font does not have"
    for code in codes:
        if code < len(order):
            own = advances[order[code]][0] * scale
            if abs(own - widths[code]) > TOLERANCE:
                yield "a width that is not that of the glyph"
                return


def widths_of(inner, codes) -> dict[int, float]:
    """Reads the array W: `first [width …]` or `first last width`; DW holds for the other codes."""
    found = dict.fromkeys(codes, float(inner.get("/DW", DEFAULT_WIDTH)))
    entries = list(inner.get(Name.W, ()))
    while entries:
        first = int(entries.pop(0))
        if isinstance(entries[0], Array):
            found.update(enumerate(map(float, entries.pop(0)), start=first))
        else:
            last, width = int(entries.pop(0)), float(entries.pop(0))
            found.update(dict.fromkeys(range(first, last + 1), width))
    return found


def _letter_problems(font, codes) -> Iterator[str]:
    if Name.ToUnicode not in font:
        yield "no letters for the glyphs (ToUnicode)"
        return
    letters = letters_of(font.ToUnicode.read_bytes())
    if codes - letters.keys():
        yield "a glyph without a letter"
    points = {ord(letter) for code in codes for letter in letters.get(code, "")}
    if points & FORBIDDEN:
        yield "a glyph that stands for no letter"
    if any(low <= point <= high for point in points for low, high in PRIVATE):
        yield "a letter of private use"


def letters_of(cmap: bytes) -> dict[int, str]:
    """Reads a ToUnicode map: the text for each code."""
    found = {}
    for kind, block in BLOCK.findall(cmap):
        words = WORD.findall(block)
        if kind == b"bfchar":
            for code, text in zip(words[::2], words[1::2], strict=True):
                found[int(code, 16)] = _text(text)
        else:
            for first, last, text in zip(words[::3], words[1::3], words[2::3], strict=True):
                start = ord(_text(text)[-1])
                codes = range(int(first, 16), int(last, 16) + 1)
                found.update({code: chr(start + at) for at, code in enumerate(codes)})
    return found


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", errors="replace")
