"""The lines of the page on which the recommendations of an LHE are entered like a table.

A line is a recommendation, one of its points, or one of its renaksi; the lines below a recommendation
belong to it. All cells hold texts as typed. `key` tells which record a line shows, and the digest of
what it showed; so a line that nobody touched never overwrites what somebody else saved.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sakip.editing import digest
from sakip.numbers import list_letter, position

RECOMMENDATION, POINT, RENAKSI = "rekomendasi", "butir", "renaksi"
KINDS = {RECOMMENDATION: "Rekomendasi", POINT: "Butir", RENAKSI: "Rencana aksi"}
# The cells of each kind. The cell `number` of a renaksi holds the letter of the point that it answers.
CELLS = {
    RECOMMENDATION: ("number", "text", "component"),
    POINT: ("text",),
    RENAKSI: ("number", "text", "units", "person", "due_date"),
}
TYPED = ("number", "text", "component", "units", "person", "due_date")
POSTED = ("kind", "key", *TYPED)
MOST_LINES = 1_500
REMOVED = "dihapus"


@dataclass
class EntryLine:
    """`letter` is the letter of a point or a renaksi, `head` the line of its recommendation. `locked` says
    why a stored renaksi may not be changed.

    `remarks` are about the pasted text, `errors` sentences by cell ("": the whole line). `index` is
    the place on the page.
    """

    kind: str
    key: str = ""
    number: str = ""
    text: str = ""
    component: str = ""
    units: str = ""
    person: str = ""
    due_date: str = ""
    letter: str = ""
    head: "EntryLine | None" = None
    address: str = ""
    locked: str = ""
    remarks: list[str] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)
    index: int = 0
    is_focused: bool = False  # it was just added or moved

    @property
    def pk(self) -> int | None:
        """The key of the record that the line shows; None for a new line."""
        number = self.key.partition(":")[0]
        return int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None

    @property
    def seen(self) -> str:
        return self.key.partition(":")[2]

    @property
    def is_new(self) -> bool:
        return self.pk is None

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name).strip() for name in TYPED)

    @property
    def line_errors(self) -> list[str]:
        return self.errors.get("", [])

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]

    @property
    def place_words(self) -> str:
        """Its name in a sentence about the whole page, for example “Rekomendasi 2, rencana aksi a”."""
        if self.kind == RECOMMENDATION:
            return f"{self.kind_label} {self.number}".strip()
        own = f"{self.kind_label} {self.letter}"
        if self.head is None or not self.head.number:
            return own
        return f"{self.head.place_words}, {own.lower()}"

    def words(self) -> list[str]:
        """The texts of its cells, with the same blanks however a browser sends the ends of lines."""
        return [_plain(getattr(self, name)) for name in CELLS[self.kind]]

    def digest(self, parts: Iterable = ()) -> str:
        """A hash of the cells and of `parts`: the keys of the points of a recommendation in their order,
        of a renaksi the key of the point that it answers, whose letter may change."""
        words = self.words()[1:] if self.kind == RENAKSI else self.words()
        return digest([*words, *parts])

    def stamped(self, pk: int, parts: Iterable = ()):
        self.key = f"{pk}:{self.digest(parts)}"
        return self

    def refuse(self, cell: str, sentence: str):
        self.errors.setdefault(cell, []).append(sentence)


@dataclass
class Block:
    """A recommendation with its lines; `head` None: lines above the first recommendation."""

    head: EntryLine | None
    points: list[EntryLine] = field(default_factory=list)
    renaksi: list[EntryLine] = field(default_factory=list)

    @property
    def lines(self) -> list[EntryLine]:
        return [*([self.head] if self.head else []), *self.points, *self.renaksi]

    @property
    def is_empty(self) -> bool:
        return all(line.is_new and line.is_empty for line in self.lines)


def _plain(text):
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def blocks_of(lines: Iterable[EntryLine]) -> list[Block]:
    """The lines by recommendation, without empty new ones; within each the order of the lines is kept."""
    found: list[Block] = []
    for line in lines:
        if line.kind == RECOMMENDATION:
            found.append(Block(line))
        elif not (line.is_new and line.is_empty):
            if not found:
                found.append(Block(None))
            (found[-1].points if line.kind == POINT else found[-1].renaksi).append(line)
    return [block for block in found if not block.is_empty]


def lettered(lines: list[EntryLine]) -> list[EntryLine]:
    """Gives points and renaksi their recommendation and the letters of their places below it."""
    counts, head = dict.fromkeys(KINDS, 0), None
    for line in lines:
        if line.kind == RECOMMENDATION:
            counts, head = dict.fromkeys(KINDS, 0), line
            continue
        line.head = head
        counts[line.kind] += 1
        line.letter = list_letter(counts[line.kind])
    return lines


def place_of(letter: str) -> int | None:
    """Which point the cell of a renaksi means, counted from 1; None when it is not a letter."""
    letter = letter.strip().strip("().").lower()
    if letter.isascii() and letter.isalpha() and len(letter) <= 2:
        return position(letter)
    return None


# ── Adding, moving and removing lines without saving ────────────────────────────────────────────
def added(lines: list[EntryLine], kind: str, at: int) -> list[EntryLine]:
    """A new line of this kind below line `at`; a new recommendation below all lines of that one."""
    end = at + 1
    if kind == RECOMMENDATION:
        while end < len(lines) and lines[end].kind != RECOMMENDATION:
            end += 1
    return [*lines[:end], EntryLine(kind, is_focused=True), *lines[end:]]


def removed(lines: list[EntryLine], at: int) -> list[EntryLine]:
    """Without the line `at`, if it is a new one or a point; a recommendation goes with its new lines.

    Renaksi that named a removed point keep a mark in its place.
    """
    line = lines[at]
    if not line.is_new and line.kind != POINT:
        return lines
    start, end = at, at + 1
    if line.kind == RECOMMENDATION:
        start, end = next(span for span in _spans(lines, at) if span[0] == at)
    kept = [one for one in lines[start + 1 : end] if not one.is_new]
    return _renumbered(lines, [*lines[:start], *kept, *lines[end:]])


def moved(lines: list[EntryLine], at: int, step: int) -> list[EntryLine]:
    """The line moves up (-1) or down (1), past the next line of its kind; a recommendation with its lines.

    A stored recommendation stays: its number is its place.
    """
    spans = _spans(lines, at)
    here = next(index for index, (start, end) in enumerate(spans) if start <= at < end)
    there = here + step
    if (
        not 0 <= there < len(spans)
        or _is_fixed(lines, spans[here])
        or _is_fixed(lines, spans[there])
    ):
        return lines
    (start, middle), (other, end) = sorted([spans[here], spans[there]])
    between = lines[middle:other]
    swapped = [*lines[other:end], *between, *lines[start:middle]]
    return _renumbered(lines, [*lines[:start], *swapped, *lines[end:]])


def _is_fixed(lines, span):
    line = lines[span[0]]
    return line.kind == RECOMMENDATION and not line.is_new or bool(line.locked)


def _spans(lines, at):
    """Start and end of each thing that line `at` may change places with."""
    heads = [index for index, line in enumerate(lines) if line.kind == RECOMMENDATION]
    if lines[at].kind == RECOMMENDATION:
        return list(zip(heads, [*heads[1:], len(lines)], strict=True))
    start = max((head for head in heads if head < at), default=0)
    end = min((head for head in heads if head > at), default=len(lines))
    return [
        (index, index + 1) for index in range(start, end) if lines[index].kind == lines[at].kind
    ]


def _renumbered(before, after):
    """The new lines; the letters by which renaksi name the points follow the points."""
    olds, news = _letters(before), _letters(after)
    head = None
    for line in after:
        if line.kind == RECOMMENDATION:
            head = id(line)
        elif line.kind == RENAKSI and (place := place_of(line.number)):
            point = olds.get((head, place))
            if point is not None and news.get(point) != place:
                old = list_letter(place)
                line.number = list_letter(news[point]) if point in news else f"{old} ({REMOVED})"
    return after


def _letters(lines):
    """(recommendation, place) → point and point → place."""
    found: dict[Any, int] = {}
    head, count = None, 0
    for line in lines:
        if line.kind == RECOMMENDATION:
            head, count = id(line), 0
        elif line.kind == POINT:
            count += 1
            found[head, count] = id(line)
            found[id(line)] = count
    return found


# ── Pasted lines among those of the page ────────────────────────────────────────────────────────
def merged(lines: list[EntryLine], pasted: Iterable[EntryLine]) -> list[EntryLine]:
    """Pasted lines below the recommendation of their number; new recommendations at the end.

    A recommendation or a point that is there already, word for word, is not added once more.
    """
    found = blocks_of(lines)
    by_number = {block.head.number: block for block in found if block.head and block.head.number}
    for new in blocks_of(pasted):
        known = by_number.get(new.head.number) if new.head and new.head.number else None
        if known and _is_same(known.head, new.head):
            texts = {_bare(point.text) for point in known.points}
            known.points += [point for point in new.points if _bare(point.text) not in texts]
            plans = {_bare(line.text) for line in known.renaksi}
            known.renaksi += [line for line in new.renaksi if _bare(line.text) not in plans]
        else:
            found.append(new)
    return lettered([replace(line) for block in found for line in block.lines])


def _is_same(known, new):
    return not _bare(new.text) or _bare(new.text) == _bare(known.text)


def _bare(text):
    return " ".join(text.casefold().split())
