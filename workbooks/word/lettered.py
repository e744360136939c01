"""A cell as lead text and lettered parts, read from its lines: “a. …”, within it “(1) …”."""

import re
from dataclasses import dataclass, field

from sakip.numbers import letter

LETTER = re.compile(r"\(?([a-z])[.)](?:\s+|$)")
DIGIT = re.compile(r"\(?([0-9]{1,2})[.)](?:\s+|$)")
STEP = re.compile(r"\(([0-9]{1,2})\)\s*")


@dataclass
class Part:
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
        return letter(self.position)


@dataclass
class Lettered:
    lead: list[str]
    parts: list[Part]
    remarks: list[str]

    @property
    def lead_text(self) -> str:
        return "\n".join(self.lead)


def parse(text: str) -> Lettered:
    """Parts by letters; by numbers where there are no letters and at least two numbers from 1 on."""
    lines = [line for line in text.split("\n") if line.strip()]
    for pattern in (LETTER, DIGIT):
        found = _split(lines, pattern)
        marks = [mark for mark, _ in found[1]]
        if pattern is LETTER and _is_list(marks) or pattern is DIGIT and _counts(marks):
            return _placed(found[0], found[1])
    return Lettered(lines, [], [])


def without_gaps(found: Lettered) -> str:
    """The text again, with letters that count on without a gap."""
    lines = list(found.lead)
    for place, part in enumerate(found.parts, 1):
        steps = [f"({number}) {text}" for number, text in enumerate(part.steps, 1)]
        first, *others = [*part.lines, *steps]
        lines += [f"{letter(place)}. {first}", *others]
    return "\n".join(lines)


def is_marked(line: str) -> bool:
    return bool(LETTER.match(line) or DIGIT.match(line) or STEP.match(line))


def steps_of(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines before the first (1), and the steps; a step may follow the one before on its line."""
    before, steps = [], []
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
                steps.append(piece.strip())
            else:
                steps[-1] += f"\n{piece.strip()}"
            rest = rest[following.start() :].strip() if following else ""
    return before, steps


def _split(lines, pattern):
    lead, parts = [], []
    for line in lines:
        match = pattern.match(line)
        if match and _may_follow(match[1], parts):
            parts.append((match[1], [line[match.end() :]]))
        elif parts:
            parts[-1][1].append(line)
        else:
            lead.append(line)
    return lead, parts


def _may_follow(mark, parts):
    """Letters that only look like a list, as in “p. 5”, are text; so are numbers out of turn."""
    if not parts:
        return True
    if mark.isdigit():
        return int(mark) == int(parts[-1][0]) + 1
    return mark == "a" or 0 <= ord(mark) - ord(parts[-1][0]) <= 3


def _is_list(marks):
    return bool(marks) and (marks[0] == "a" or len(marks) > 1)


def _counts(marks):
    return len(marks) > 1 and marks[0] == "1"


def _placed(lead, found):
    found = [(mark, [line for line in lines if line]) for mark, lines in found]
    found = [(mark, lines) for mark, lines in found if lines]
    marks = [mark for mark, _ in found]
    places = [int(mark) if mark.isdigit() else ord(mark) - 96 for mark in marks]
    rises = all(later > earlier for earlier, later in zip(places, places[1:], strict=False))
    remarks = []
    if not rises or places[:1] != [1]:
        places = list(range(1, len(found) + 1))
        letters = ", ".join(letter(place) for place in places)
        remarks.append(f"Huruf {', '.join(marks)} dibaca sebagai {letters}.")
    parts = []
    for place, (mark, lines) in zip(places, found, strict=True):
        before, steps = steps_of(lines)
        parts.append(Part(place, mark, before, steps))
    return Lettered(lead, parts, remarks if found else [])
