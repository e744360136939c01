"""What typed text may contain: signs that nobody sees, line breaks, and how much of it."""

import re

LONGEST = 20_000  # characters of a text of several lines; some seven pages
NUL = (
    "Isian ini memuat tanda yang tidak terlihat dan tidak dapat disimpan (karakter null). "
    "Hapus isinya, lalu tulis lagi."
)

# Characters that XML 1.0 does not allow: a workbook that contains one does not open.
ILLEGAL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Of the following, NUL is left out everywhere: it is refused in words, never removed.
CONTROLS = r"\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"
# They turn the order of the letters round, so that a name or a line is read as another one.
DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
# Zero width, or a letter without a shape. Selectors of a variant are not here: an emoji needs them.
NO_WIDTH = (
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u3164\ufeff\uffa0"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
HIDDEN_IN_A_LINE = re.compile(f"[{CONTROLS}{DIRECTIONS}{NO_WIDTH}]")
# Running text keeps the places where a long word may break; pasted text has them.
HIDDEN_IN_LINES = re.compile(rf"[{CONTROLS}{DIRECTIONS}\U000e0000-\U000e0fff]")
LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
OTHER_BLANKS = re.compile(r" *[^\S ]\s*")

# White space, and signs that nobody sees: a reason of these alone is no reason.
UNSEEN = rf"[\s\u2800{CONTROLS}{DIRECTIONS}{NO_WIDTH}]+"
SELECTORS = "".join(map(chr, range(0xFE00, 0xFE10)))  # seen only behind another sign
AROUND = re.compile(rf"\A{UNSEEN}|{UNSEEN}\Z")


def trimmed(text: str) -> str:
    """`text` without what nobody sees before and after it; "" when nothing is left to read."""
    text = AROUND.sub("", text)
    return text if text.strip(SELECTORS) else ""


def printable(text: object) -> str:
    """`text` without the control characters, which XML does not allow and paper cannot show."""
    return ILLEGAL_CHARACTERS.sub("", str(text))


def one_line(text: str) -> str:
    """`text` on one line, without signs that nobody sees. A line break becomes a blank; NUL stays."""
    if text.isascii() and text.isprintable():  # nearly every text, hundred times as fast
        return text.strip()
    return trimmed(HIDDEN_IN_A_LINE.sub("", OTHER_BLANKS.sub(" ", text)))


def several_lines(text: str) -> str:
    """`text` with its lines, without control signs; "" when nothing is left to read. NUL stays."""
    if not text.isprintable():
        text = HIDDEN_IN_LINES.sub("", LINE_ENDS.sub("\n", text))
    return text if trimmed(text) else ""


def too_long(text: str, most: int) -> str:
    """What to say to whoever wrote more than `most` characters; "" when it fits."""
    if len(text) <= most:
        return ""
    return f"Teks ini {_dotted(len(text))} huruf. Tulis paling banyak {_dotted(most)} huruf."


def _dotted(number: int) -> str:
    return f"{number:_}".replace("_", ".")
