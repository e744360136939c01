"""What a person typed into the search of the header: words, or the number of an item. Pure."""

import re
from dataclasses import dataclass
from functools import cached_property

from sakip.numbers import position
from sakip.spelling import bare, words_of

LONGEST = 200  # characters that are read
MOST_WORDS = 12
SHORTEST = 2  # letters of the only word; a shorter one begins nearly every text
NOUNS = frozenset(
    ["renaksi", "rencana", "aksi", "rekomendasi", "rek", "lhe", "nomor", "no", "tahun", "evaluasi"]
)  # said before a number or a year
NUMBER = re.compile(r"([1-9]\d{0,2})[.\-]?([a-z]{1,2})?")
YEAR = re.compile(r"(?:19|20)\d\d")
BEFORE_YEAR = re.compile(rf"/(?={YEAR.pattern}\b)")


@dataclass(frozen=True)
class ItemNumber:
    """“3a 2023 pariwisata”: a recommendation by its number, a renaksi by its letter, a year, words of a body.

    `position` None means that no letter was typed, `year` None no year.
    """

    number: int
    position: int | None
    year: int | None
    body: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words as all texts are compared, each once; a text has to have a word that begins with each."""
        return tuple(words_of(self.text[:LONGEST])[:MOST_WORDS])

    @property
    def is_empty(self) -> bool:
        return not self.words

    @property
    def is_too_short(self) -> bool:
        """Whether it is less than a word to look for, and no number either."""
        return all(len(word) < SHORTEST for word in self.words) and self.item is None

    @cached_property
    def item(self) -> ItemNumber | None:
        return read_item(self.text[:LONGEST])


def read_item(text: str) -> ItemNumber | None:
    """“2.b”, “2 b”, “renaksi 3a 2023”, “Rekomendasi 4 dinas pariwisata”; None for other texts."""
    parts = [part.strip(".,;:()") for part in BEFORE_YEAR.sub(" ", bare(text)).split()]
    years = [part for part in parts if YEAR.fullmatch(part)]
    parts = [part for part in parts if part and part not in NOUNS and part not in years]
    found = NUMBER.fullmatch(parts[0]) if parts else None
    if not found or len(years) > 1:
        return None
    letter, rest = found[2], parts[1:]
    if letter is None and rest and re.fullmatch("[a-z]", rest[0]):
        letter, rest = rest[0], rest[1:]
    return ItemNumber(
        number=int(found[1]),
        position=position(letter) if letter else None,
        year=int(years[0]) if years else None,
        body=tuple(words_of(" ".join(rest))),
    )


def spelled(text: str) -> str:
    """The words of a text, each behind a blank: what `has` looks at."""
    return f" {' '.join(words_of(text))}"


def has(own: str, asked) -> bool:
    """Whether each word asked for is the beginning of a word of a `spelled` text."""
    return all(f" {word}" in own for word in asked)


def says(text: str, asked) -> bool:
    """The same for a text as it is."""
    return has(spelled(text), asked)
