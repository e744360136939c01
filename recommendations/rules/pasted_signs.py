"""Shared by the readers of pasted text: the signs of lists, and characters that nobody sees."""

import re
from dataclasses import dataclass, field

from django.db.models import TextChoices

from recommendations.rules.evaluation_table import EntryLine
from sakip import notation


class Shape(TextChoices):
    GUESS = "", "Kenali sendiri"
    LIST = "daftar", "Daftar bernomor dan berhuruf"
    TABLE = "tabel", "Tabel berkolom"


@dataclass
class Pasted:
    """The lines that were made, and remarks about what is not among them."""

    lines: list[EntryLine] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    shape: Shape = Shape.LIST


INVISIBLE = re.compile(
    "[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffc\x00-\x08\x0b\x0e-\x1f\x7f]"
)
BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
SOFT_HYPHEN = "\u00ad"
# Signs that Word puts before an item: of Symbol and Wingdings (private use), and the letter o of Courier New.
BULLET = re.compile(
    "(?:[•·●○◦▪▫■□►▶➢➤✓✔‣⁃∙\uf000-\uf0ff]|[–—-](?=\\s)|[o§](?=\t|\\s{2,}|\\s[A-Z]))\\s*"
)
NUMBER = re.compile(r"(\(?)([0-9]{1,3})([.)])(?:\s+|$)")
LETTER = re.compile(r"(\(?)([a-z]{1,2})([.)])(?:\s+|$)")
CAPITAL = re.compile(r"(\(?)([A-Z])([.)])(?:\s+|$)")
HEADING = re.compile(r"(?:[A-Z]|[IVX]{1,5})[.)]\s+")
SENTENCE_END = tuple(".:;?!")


def cleaned(text: str) -> str:
    """Without characters that nobody sees; hard blanks become blanks. Tabs and ends of lines stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    text = text.replace(f"{SOFT_HYPHEN}\n", "").replace(SOFT_HYPHEN, "")
    return BLANKS.sub(" ", INVISIBLE.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n")))


def words_of(text) -> str:
    """The words as the notation of rich text writes them: a star or an underscore stays what it is."""
    return notation.mark([(" ".join(text.split()), False, False)])


def folded(text) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())
