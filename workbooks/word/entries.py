"""From the rows under one number to an entry of the draft: heading, texts, marks, and what is unclear."""

import re
from dataclasses import dataclass

from sakip import notation
from sakip.numbers import list_letter
from workbooks.word import lettered, marks, tables
from workbooks.word.content import DraftEntry
from workbooks.word.losses import Loss
from workbooks.word.mapping import (
    DONE,
    DUE,
    EVIDENCE,
    FOLLOW_UP,
    IN_PROGRESS,
    MARK_MEANINGS,
    MARKS,
    PLAN,
    UNIT,
    UNKNOWN,
    WORK,
)
from workbooks.word.tables import LONGEST_HEADING, NumberedBlock

WORKS = (WORK, FOLLOW_UP)
# A name in capitals at the head of a text, as in “Laporan Kinerja: Dalam penyusunan …”.
NAME = re.compile(r"((?:[A-Z][\w/&-]*)(?: (?:[A-Z][\w/&-]*|dan|atas|dari|&)){1,7}) ?:\s+(?=[A-Z])")


def entry_of(block: NumberedBlock, headings: list[str], known: dict[str, str]) -> DraftEntry:
    """`headings` are the names of components, `known` what a person said about words of marks."""
    heading, text = _heading(block.text, headings)
    component = block.component or tables.component_of(heading, headings)
    entry = DraftEntry(
        block.place, block.number, heading, "\n".join(text), "", component=component,
        remarks=[*block.remarks],
    )  # fmt: skip
    said = _said(block, known)
    entry.follow_up = "\n".join(_cell(block, *WORKS))
    entry.plan = "\n".join(_cell(block, PLAN))
    _order(entry, said)
    texts = (entry.text, entry.follow_up, entry.plan)
    entry.remarks += dict.fromkeys(one for text in texts for one in lettered.parse(text).remarks)
    _put_marks(entry, said, has_column=any(row.keys() & set(MARKS) for row in block.cells))
    for name, kind in (("units", UNIT), ("evidence", EVIDENCE), ("due", DUE)):
        _put_words(entry, getattr(entry, name), block.column(kind))
    return entry


@dataclass
class Said:
    """One line of a column of marks. `letter` is that which opens it, or that of its own row."""

    letter: str
    text: str
    column: str
    meaning: marks.Meaning


def _heading(lines, headings):
    """A short first line without a stop; or a name that opens the first line."""
    if not lines:
        return "", []
    first = notation.plain(lines[0])
    is_name = bool(tables.component_of(first, headings))
    is_short = len(first) <= LONGEST_HEADING and (first[-1:] not in ".;:," or is_name)
    if len(lines) > 1 and is_short and not lettered.is_marked(lines[0]):
        return first.rstrip(" .;:,"), lines[1:]
    name, rest = _opening_name(lines[0], headings)
    return (name, [rest, *lines[1:]]) if name else ("", lines)


def _opening_name(line, headings):
    """The name at the head of a line and the rest. A component may stand there without a colon."""
    for name in sorted(headings, key=len, reverse=True):
        match = re.match(rf"([*_]{{0,2}})({re.escape(name)})", line, re.IGNORECASE)
        if not match:
            continue
        after = line[match.end() :]
        after = after.removeprefix(match[1][::-1]) if match[1] else after
        rest = after.lstrip(" .:–-")
        is_set_off = after.lstrip()[:1] in tuple(":–")
        if rest and (is_set_off or (after[:1] == " " and notation.plain(rest)[:1].isupper())):
            return match[2], rest.removeprefix(match[1]) if is_set_off and match[1] else rest
    match = NAME.match(line)
    return (match[1], line[match.end() :]) if match else ("", line)


def _own_rows(block):
    """The letter of each row, where every row with work has a mark of its own; else nothing."""
    work = [
        [line for kind in WORKS for line in row.get(kind, ())] or row.get(PLAN, [])
        for row in block.cells
    ]
    filled = [place for place, lines in enumerate(work) if lines]
    is_own = all(
        sum(len(block.cells[place].get(kind, ())) for kind in MARKS) == 1
        and not lettered.parse("\n".join(work[place])).parts
        and lettered.bullets_of("\n".join(work[place])) < 2
        for place in filled
    )
    if len(filled) < 2 or not is_own:
        return {}
    return {place: list_letter(number) for number, place in enumerate(filled, 1)}


def _cell(block, *kinds):
    """The cells of all rows in one; rows that each carry a mark of their own get letters."""
    own = _own_rows(block)
    rows = [[line for kind in kinds for line in row.get(kind, ())] for row in block.cells]
    filled = {place for place, lines in enumerate(rows) if lines}
    if own and len(filled) > 1:
        return [
            line
            for place, (first, *others) in ((place, rows[place]) for place in sorted(filled))
            for line in ([f"{own[place]}. {first}", *others] if place in own else [first, *others])
        ]
    lines = []
    for row in rows:
        lines = tables.join(lines, row)
    return lines


def _said(block, known):
    own = _own_rows(block)
    found = []
    for place, row in enumerate(block.cells):
        for column in MARKS:
            for line in row.get(column, ()):
                if marks.is_choice_left(line):
                    continue
                letter = lettered.opened(line)[0] or own.get(place, "")
                text = notation.plain(lettered.opened(line)[1])
                found.append(Said(letter, text, column, marks.meaning(line, column, known)))
    return found


def _order(entry, said):
    """Gives letters to what the file orders by bullets, or by letters within a paragraph."""
    before = entry.follow_up
    entry.follow_up = _with_letters(before, said)
    is_bulleted = entry.follow_up != before and lettered.bullets_of(before) > 1
    renaksi = len(entry.renaksi)
    for name in ("text", "plan"):
        text = getattr(entry, name)
        bullets = lettered.bullets_of(text)
        if bullets > 1 and (is_bulleted or bullets == renaksi):
            setattr(entry, name, lettered.from_bullets(text))
        elif len(lettered.parse(text).parts) < 2:
            setattr(entry, name, lettered.from_one_paragraph(text) or text)


def _with_letters(text, said):
    letters = list(dict.fromkeys(one.letter for one in said if one.letter))
    count = len(letters) or len(said)
    if not said:
        parts = lettered.parse(text).parts
        return (lettered.from_one_paragraph(text) or text) if len(parts) < 2 else text
    if count < 2 or len(lettered.parse(text).parts) >= count:
        return text
    if lettered.bullets_of(text) == count:
        return lettered.from_bullets(text)
    ours = list(map(list_letter, range(1, count + 1)))
    for tried in (letters, ours, list(map(str, range(1, count + 1)))):
        found = lettered.from_one_paragraph(text, tried) if len(tried) == count else None
        if found and len(lettered.parse(found).parts) == count:
            return found
    return text


def _put_marks(entry, said, *, has_column):
    parts = entry.renaksi
    names = ", ".join(part.letter for part in parts)
    entry.remarks += dict.fromkeys(filter(None, map(_doubt, said)))
    placed = _places(parts, said)
    for part in parts:
        position, own = str(part.position), placed.get(part.position, [])
        clear = {one.meaning.mark for one in own} - {UNKNOWN}
        entry.marks[position] = mark = clear.pop() if len(clear) == 1 else UNKNOWN
        entry.statuses[position] = "in_progress" if mark in (DONE, IN_PROGRESS) else "open"
        if own:
            entry.said[position] = "; ".join(one.text for one in own)
        percents = {one.meaning.percent for one in own} - {None}
        if mark and len(percents) == 1:
            entry.percents[position] = percents.pop()
        if clear:  # one was taken out above
            words = entry.said[position]
            entry.remarks.append(
                Loss(f"Tanda rencana aksi {part.letter} bertentangan (“{words}”); dibaca Belum.")
            )
    lost = [one for one in said if not any(one in own for own in placed.values())]
    lost = lost if parts else [one for one in lost if one.meaning.mark in (DONE, IN_PROGRESS)]
    if lost:
        words = ", ".join(
            f"“{f'{one.letter}. ' * bool(one.letter)}{one.text[:60]}”" for one in lost
        )
        where = f"pada rencana aksi {names}" if parts else "karena sel tindak lanjutnya kosong"
        entry.remarks.append(Loss(f"Tanda {words} tidak dapat ditempatkan {where}."))
    missing = [part.letter for part in parts if part.position not in placed]
    if missing and has_column:
        which = f" {', '.join(missing)}" if len(parts) > 1 else ""
        entry.remarks.append(
            f"Tanda Sudah/Belum untuk rencana aksi{which} tidak ditemukan; dibaca Belum."
        )


def _doubt(one):
    if not one.meaning.mark:
        return Loss(f"Tanda “{one.text[:60]}” tidak jelas; dibaca Belum.")
    if not one.meaning.is_certain:
        return f"Tanda “{one.text[:60]}” dibaca {MARK_MEANINGS[one.meaning.mark]}; periksa."
    return ""


def _places(parts, said):
    """The lines of marks that belong to each part, by its position.

    By their letters; without letters in the order of the parts, where there are as many. One line
    alone is meant for all of them; several never are.
    """
    if said and all(one.letter for one in said):
        by_mark = {part.mark.casefold(): part.position for part in parts if part.mark}
        known = {part.position for part in parts}
        found = {}
        for one in said:
            letter = one.letter.casefold()
            place = by_mark.get(letter) or lettered.place_of(letter)
            if place in known:
                found.setdefault(place, []).append(one)
        return found
    if any(one.letter for one in said):
        return _places(parts, [one for one in said if one.letter])
    if len(said) == 1 or len(parts) == 1:
        return {part.position: said for part in parts} if said else {}
    is_one_column = len({one.column for one in said}) == 1
    if is_one_column and len(said) == len(parts):
        return {part.position: [one] for part, one in zip(parts, said, strict=True)}
    return {}


def _put_words(entry, target, rows):
    """Words about each renaksi: by letters, else row by row, else the same for all of them."""
    filled = [lines for lines in rows if lines]
    found = lettered.parse("\n".join(line for lines in filled for line in lines))
    parts = entry.renaksi
    if found.parts:
        for one in found.parts:
            target[str(one.position)] = "\n".join([one.text, *one.steps])
        if found.lead:
            entry.remarks.append(Loss(f"“{notation.plain(found.lead_text)}” tidak dibaca."))
        return
    texts = [notation.plain("\n".join(lines)) for lines in filled]
    if len(texts) == len(parts) > 1:
        target.update({str(part.position): text for part, text in zip(parts, texts, strict=True)})
    elif texts:
        target.update({str(part.position): "\n".join(texts) for part in parts})
