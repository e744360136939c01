"""How wide a text is and how many lines it takes, for files whose rows must be as high as their text.

The widths are those of Arial, which Liberation Sans and Arimo share; they are facts of the typeface, and
a server needs no font file to know them. They are in thousandths of the size of the type.
"""

import unicodedata
from functools import lru_cache
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


@lru_cache(maxsize=20_000)
def width_of(text: str, *, bold: bool = False) -> int:
    """Returns the width of the text in one line."""
    advances = ADVANCES[bold]
    return sum(advances.get(letter) or _unlisted(letter, advances) for letter in text)


def _unlisted(letter, advances):
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return MARK
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return WIDE
    return advances.get(unicodedata.normalize("NFD", letter)[0], OTHER)


def line_count(text: str, room: float, *, bold: bool = False) -> int:
    """Returns how many lines the text takes in this width. A word that is wider is broken."""
    room = max(room, WIDE)
    return sum(_lines(line, room, bold) for line in text.split("\n"))


def _lines(line: str, room: float, bold: bool) -> int:
    space = width_of(" ")
    words = line.lstrip(" ").split(" ")
    used, count = (len(line) - len(line.lstrip(" "))) * space, 1
    for number, word in enumerate(words):
        width = width_of(word, bold=bold)
        if number and used + space + width > room:
            used, count = 0, count + 1
        used += width + (space if used and number else 0)
        if used > room:
            # A line also ends at the hyphen of such a word, which may cost one more.
            count += ceil(used / room) - 1 + ("-" in word)
            used %= room
    return count
