"""How wide a text is and how many lines it takes, for files whose rows must be as high as their text.

The widths are those of Arial, which Liberation Sans and Arimo share; they are facts of the typeface, and
a server needs no font file to know them. They are in thousandths of the size of the type.
"""

import unicodedata
from math import ceil

REGULAR = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r“”",
    350: "•",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu–",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
BOLD = {
    238: "'",
    278: " ,./I[\\]ijl‘’",
    280: "|",
    333: "!()-:;`ft",
    350: "•",
    389: "*r{}",
    474: '"',
    500: "z“”",
    556: "#$0123456789J_aceksvxy–",
    584: "+<=>^~",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
    1000: "—…",
}
WIDE, MARK, OTHER = 1000, 0, 750  # East Asian; combining, or not drawn; whatever is in no table
ADVANCES = [
    {letter: width for width, letters in table.items() for letter in letters}
    for table in (REGULAR, BOLD)
]


class Widths(dict):
    """The width of each text that was asked for; a word is asked for again and again."""

    def __init__(self, advances):
        self.advances = advances

    def __missing__(self, text):
        advances = self.advances
        width = sum(advances.get(letter) or _unlisted(letter, advances) for letter in text)
        if len(self) >= MOST_WORDS:
            self.clear()
        if len(text) <= LONGEST_WORD:
            self[text] = width
        return width


MOST_WORDS, LONGEST_WORD = 20_000, 100
WIDTHS = [Widths(advances) for advances in ADVANCES]
WIDEST = 1015


def width_of(text: str, *, bold: bool = False) -> int:
    """Returns the width of the text in one line."""
    return WIDTHS[bold][text]


def _unlisted(letter, advances):
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return MARK
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return WIDE
    return advances.get(unicodedata.normalize("NFD", letter)[0], OTHER)


def is_short(text: str, room: float) -> bool:
    """Says at a glance, before anything is measured, that the text is one line that surely fits."""
    return len(text) * WIDEST <= room and "\n" not in text


def line_count(text: str, room: float, *, bold: bool = False) -> int:
    """Returns how many lines the text takes in this width. A word that is wider is broken."""
    room = max(room, WIDE)
    if "\n" not in text:
        return _lines(text, room, bold)
    return sum(_lines(line, room, bold) for line in text.split("\n"))


def _lines(line: str, room: float, bold: bool) -> int:
    space = WIDTHS[False][" "]
    bare = line.lstrip(" ")
    indent = (len(line) - len(bare)) * space
    words = bare.split(" ")
    widths = list(map(WIDTHS[bold].__getitem__, words))
    if "  " in line or indent + max(widths) > room:
        return _lines_with_broken_words(words, widths, indent, room, space)
    used, count = indent - space, 1
    for width in widths:
        used += space + width
        if used > room:
            used = width
            count += 1
    return count


def _lines_with_broken_words(words, widths, used, room, space) -> int:
    count = 1
    for number, (word, width) in enumerate(zip(words, widths, strict=True)):
        if number and used + space + width > room:
            used, count = 0, count + 1
        used += width + (space if used and number else 0)
        if used > room:
            # A line also ends at the hyphen of such a word, which may cost one more.
            count += ceil(used / room) - 1 + ("-" in word)
            used %= room
    return count
