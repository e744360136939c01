"""A cell as lead text and lettered parts, read from its lines: “a. …”, within it “(1) …”."""

import re
from dataclasses import dataclass, field
from itertools import count

from sakip.numbers import LAST_ROMAN, list_letter, position, roman

# A letter or number is also one where the word follows without a blank, as in “a.Kata”.
AFTER = r"(?:\s+|$|(?=[A-Z(*_“\"]))"
LETTER = re.compile(rf"\(?([a-z]{{1,2}})[.)]{AFTER}")
CAPITAL = re.compile(rf"\(?([A-Z])[.)]{AFTER}")
DIGITS = [
    re.compile(rf"{opening}([0-9]{{1,2}}){closing}{AFTER}")
    for opening, closing in ((r"\(", r"\)"), ("", r"\)"), ("", r"\."))
]
ROMANS = [re.compile(rf"\(?([{letters}]{{1,5}})[.)]{AFTER}") for letters in ("ivx", "IVX")]
BULLET = re.compile(r"[-–•▪●○➢➤✔*]\s+")
ANY_DIGIT = re.compile(rf"\(?([0-9]{{1,2}})[.)]{AFTER}")
FIRST, LATER = r"(?:^|(?<=:)\s+)", r"(?<=[;:.,])\s+(?:dan\s+)?"
LOOK_BACK = 50  # lines: how far above stands the letter before
STEP = re.compile(r"\(([0-9]{1,2})\)\s*")
ROMAN_NUMBERS = {roman(number): number for number in range(1, min(LAST_ROMAN, 39) + 1)}


@dataclass
class LetteredItem:
    """`position` is the place that its letter says, counted from 1; `mark` the letter as written."""

    position: int
    mark: str
    lines: list[str]
    steps: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def letter(self) -> str:
        return list_letter(self.position)


@dataclass
class Lettered:
    lead: list[str]
    parts: list[LetteredItem]
    remarks: list[str]

    @property
    def lead_text(self) -> str:
        return "\n".join(self.lead)


def parse(text: str) -> Lettered:
    """Parts by letters; by capitals or numbers where at least two count from the first on.

    Where several would do, the outer list is the one that begins first.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    lists = [found for pattern in PATTERNS if (found := _list(lines, pattern))]
    if not lists:
        return Lettered(lines, [], [])
    lead, parts = min(lists, key=lambda found: len(found[0]))
    return _placed(lead, parts)


def _list(lines, pattern):
    lead, parts = _split(lines, pattern)
    marks = [mark for mark, *_ in parts]
    is_list = _is_list(marks) if pattern is LETTER else _counts(parts)
    return (lead, parts) if is_list else None


def without_gaps(found: Lettered) -> str:
    """The text again, with letters that count on without a gap."""
    lines = list(found.lead)
    for place, part in enumerate(found.parts, 1):
        steps = [f"({number}) {text}" for number, text in enumerate(part.steps, 1)]
        first, *others = [*part.lines, *steps]
        lines += [f"{list_letter(place)}. {first}", *others]
    return "\n".join(lines)


def bullets_of(text: str) -> int:
    """How many lines a bullet opens; 0 where letters or numbers order the text already."""
    if parse(text).parts:
        return 0
    return sum(bool(BULLET.match(line)) for line in text.split("\n"))


def from_bullets(text: str) -> str:
    """The text again, with a letter for each bullet."""
    lines, place = [], 0
    for line in text.split("\n"):
        if match := BULLET.match(line):
            place += 1
            line = f"{list_letter(place)}. {line[match.end() :]}"
        lines.append(line)
    return "\n".join(lines)


def from_one_paragraph(text: str, letters: list[str] | None = None) -> str | None:
    """The text again, with a line for each of the letters that run on in a paragraph.

    `letters` are those that must be there. Without them each follows a stop, as in “dalam: a. Satu;
    b. Dua”. None where they do not stand in the text, one after the other.
    """
    cuts, start = [], 0
    for place, letter in enumerate(letters or map(list_letter, count(1)), 1):
        before = r"(?:^|(?<=\s))" if letters else FIRST if place == 1 else LATER
        wanted = re.compile(rf"{before}(\(?{letter}[.)]){AFTER}", re.MULTILINE)
        found = wanted.search(text, start)
        if not found:
            break
        cuts.append(found.start(1))
        start = found.end()
    if len(cuts) < 2 or (letters and len(cuts) != len(letters)):
        return None
    pieces = [text[: cuts[0]], *map(text.__getitem__, map(slice, cuts, [*cuts[1:], None]))]
    return "\n".join(piece.strip() for piece in pieces if piece.strip())


def opened(line: str) -> tuple[str, str]:
    """The letter, number or bullet that opens a mark such as “aa. Sudah”, and the rest; a word alone
    is no letter."""
    if match := BULLET.match(line):
        return "", line[match.end() :]
    for pattern in (LETTER, CAPITAL, ANY_DIGIT, *ROMANS):
        match = pattern.match(line)
        rest = line[match.end() :] if match else ""
        if match and len(line) > 1 and (rest or len(match[1]) == 1):
            return match[1], rest
    return "", line


def place_of(mark: str) -> int:
    """What a letter or a number counts."""
    return int(mark) if mark.isdecimal() else _place(mark.lower())


def is_marked(line: str, before=()) -> bool:
    """Whether a letter, number, bullet or step opens the line that stands after the lines `before`."""
    patterns = (CAPITAL, ANY_DIGIT, STEP, BULLET)
    return is_lettered(line, before) or any(pattern.match(line) for pattern in patterns)


def is_lettered(line: str, before=()) -> bool:
    """Two letters count only where they go on from the lines `before`: “no. 5” is text."""
    match = LETTER.match(line)
    if not match or len(match[1]) == 1:
        return bool(match)
    above = map(LETTER.match, reversed(before[-LOOK_BACK:]))
    last = next((found[1] for found in above if found), "")
    return any(_may_follow(match[1], place) for place in _readings(last) if place)


def steps_of(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines before the first (1), and the steps; a step may follow the one before on its line."""
    before, steps = [], []  # each step as its pieces
    for line in lines:
        rest = line
        match = STEP.match(rest)
        if not steps and not (match and match[1] == "1"):
            before.append(line)
            continue
        while rest:
            match = STEP.match(rest)
            is_next = bool(match) and int(match[1]) == len(steps) + 1
            rest = rest[match.end() :] if is_next else rest
            following = re.search(rf"\s\({len(steps) + 1 + is_next}\)\s", rest)
            piece = rest[: following.start()] if following else rest
            if is_next:
                steps.append([piece.strip()])
            else:
                steps[-1].append(piece.strip())
            rest = rest[following.start() :].strip() if following else ""
    return before, ["\n".join(pieces) for pieces in steps]


def _split(lines, pattern):
    """The lines before the first mark, and (mark, place, lines) of each part."""
    lead, parts, last = [], [], 0
    found = [pattern.match(line) for line in lines]
    marks = [match[1] for match in found if match]
    pairs = iter(zip(marks, [*marks[1:], ""], strict=True))
    place_of_mark = _roman_place if pattern in ROMANS else _place
    for line, match in zip(lines, found, strict=True):
        mark, following = next(pairs) if match else ("", "")
        if match and (_may_follow(mark, last, pattern) if parts else _opens(mark, following)):
            last = place_of_mark(mark, last)
            parts.append((mark, last, [line[match.end() :]]))
        elif parts:
            parts[-1][2].append(line)
        else:
            lead.append(line)
    return lead, parts


def _opens(mark, following):
    """A list whose first letters lie beyond z goes on from another cell: the next mark tells."""
    is_first = len(mark) == 1 or mark.isdecimal()
    return is_first or _place(following, _place(mark)) == _place(mark) + 1


def _place(mark, last=0):
    """What the mark counts: where it has two readings, that nearest to what follows `last`.

    After z some write aa, ab, ac, and a word processor aa, bb, cc.
    """
    if mark.isdecimal() or not mark:
        return int(mark or 0)
    return min(_readings(mark.lower()), key=lambda place: abs(place - last - 1))


def _roman_place(mark, last=0):
    return ROMAN_NUMBERS.get(mark.upper(), 0)


def _readings(mark):
    if len(set(mark)) == 1:
        return {position(mark), 26 * (len(mark) - 1) + position(mark[0])}
    return {position(mark)}


def _may_follow(mark, last, pattern=LETTER):
    """Letters that only look like a list, as in “p. 5”, are text; so are numbers out of turn."""
    if pattern is not LETTER:
        place = _roman_place(mark) if pattern in ROMANS else _place(mark, last)
        return place == last + 1
    return mark == "a" or 0 <= _place(mark, last) - last <= 3


def _is_list(marks):
    return bool(marks) and (marks[0] == "a" or len(marks) > 1)


def _counts(parts):
    return len(parts) > 1 and parts[0][1] == 1


def _placed(lead, found):
    found = [(mark, place, [line for line in lines if line]) for mark, place, lines in found]
    found = [part for part in found if part[2]]
    marks, places = [mark for mark, *_ in found], [place for _, place, _ in found]
    rises = all(later > earlier for earlier, later in zip(places, places[1:], strict=False))
    remarks = []
    if not rises or places[:1] != [1]:
        places = list(range(1, len(found) + 1))
        letters = ", ".join(list_letter(place) for place in places)
        remarks.append(f"Huruf {', '.join(marks)} dibaca sebagai {letters}.")
    parts = []
    for place, (mark, _, lines) in zip(places, found, strict=True):
        before, steps = steps_of(lines)
        parts.append(LetteredItem(place, mark, before, steps))
    return Lettered(lead, parts, remarks if found else [])


PATTERNS = (LETTER, CAPITAL, *DIGITS, *ROMANS)
