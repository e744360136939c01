"""A cell as lead text and lettered parts, read from its lines: “a. …”, within it “(1) …”."""

import re
from dataclasses import dataclass, field

from sakip.numbers import list_letter, position

LETTER = re.compile(r"\(?([a-z]{1,2})[.)](?:\s+|$)")
DIGIT = re.compile(r"\(?([0-9]{1,2})[.)](?:\s+|$)")
LOOK_BACK = 50  # lines: how far above stands the letter before
STEP = re.compile(r"\(([0-9]{1,2})\)\s*")


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
    """Parts by letters; by numbers where there are no letters and at least two numbers from 1 on."""
    lines = [line for line in text.split("\n") if line.strip()]
    for pattern in (LETTER, DIGIT):
        found = _split(lines, pattern)
        marks = [mark for mark, *_ in found[1]]
        if pattern is LETTER and _is_list(marks) or pattern is DIGIT and _counts(marks):
            return _placed(found[0], found[1])
    return Lettered(lines, [], [])


def without_gaps(found: Lettered) -> str:
    """The text again, with letters that count on without a gap."""
    lines = list(found.lead)
    for place, part in enumerate(found.parts, 1):
        steps = [f"({number}) {text}" for number, text in enumerate(part.steps, 1)]
        first, *others = [*part.lines, *steps]
        lines += [f"{list_letter(place)}. {first}", *others]
    return "\n".join(lines)


def opened(line: str) -> tuple[str, str]:
    """The letters that open a mark such as “aa. Sudah”, and the rest; a word alone is no letter."""
    match = LETTER.match(line)
    rest = line[match.end() :] if match else ""
    is_letter = bool(match) and len(line) > 1 and (bool(rest) or len(match[1]) == 1)
    return (match[1], rest) if is_letter else ("", line)


def is_marked(line: str, before=()) -> bool:
    """Whether a letter, a number or a step opens the line that stands after the lines `before`."""
    return is_lettered(line, before) or bool(DIGIT.match(line) or STEP.match(line))


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
    for line, match in zip(lines, found, strict=True):
        mark, following = next(pairs) if match else ("", "")
        if match and (_may_follow(mark, last) if parts else _opens(mark, following)):
            last = _place(mark, last)
            parts.append((mark, last, [line[match.end() :]]))
        elif parts:
            parts[-1][2].append(line)
        else:
            lead.append(line)
    return lead, parts


def _opens(mark, following):
    """A list whose first letters lie beyond z goes on from another cell: the next mark tells."""
    return len(mark) == 1 or mark.isdecimal() or _place(following, _place(mark)) == _place(mark) + 1


def _place(mark, last=0):
    """What the mark counts: where it has two readings, that nearest to what follows `last`.

    After z some write aa, ab, ac, and a word processor aa, bb, cc.
    """
    if mark.isdecimal() or not mark:
        return int(mark or 0)
    return min(_readings(mark), key=lambda place: abs(place - last - 1))


def _readings(mark):
    if len(set(mark)) == 1:
        return {position(mark), 26 * (len(mark) - 1) + position(mark[0])}
    return {position(mark)}


def _may_follow(mark, last):
    """Letters that only look like a list, as in “p. 5”, are text; so are numbers out of turn."""
    step = _place(mark, last) - last
    return step == 1 if mark.isdecimal() else mark == "a" or 0 <= step <= 3


def _is_list(marks):
    return bool(marks) and (marks[0] == "a" or len(marks) > 1)


def _counts(marks):
    return len(marks) > 1 and marks[0] == "1"


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
