"""Guesses what the columns of a table are: from the words of its head, and from what stands below.

A table is read where its head says what is a recommendation and what was done about it. Where no head
of the file does, the cells are looked at; such a guess is not certain, and a person is asked.
"""

import re
from itertools import chain

from workbooks.readers.workbook import folded_label
from workbooks.word import marks
from workbooks.word.document import WordRow, WordTable
from workbooks.word.mapping import (
    COMPONENT,
    DUE,
    EVIDENCE,
    FOLLOW_UP,
    IGNORED,
    MARK,
    MARK_DONE,
    MARK_NOT_YET,
    MARKS,
    NUMBER,
    PLAN,
    STEPS,
    TEXT,
    UNIT,
    WORK,
    ColumnShape,
    Mapping,
    TableShape,
)

HEAD_SEARCH = 10  # rows
LONGEST_LABEL, LONGEST_KEY = 80, 300  # characters
LONGEST_ABBREVIATION = 12  # as “Ket.”
SHORT_LABEL = 20
SAMPLES, LONGEST_SAMPLE = 3, 120
LOOKED_AT = 40  # rows below the head
MOSTLY, HALF = 0.6, 0.5
LONG = 25  # characters: what a recommendation has at least, on average
COUNTED = re.compile(r"\(?[0-9]{1,3}[.)]?")
# What a label is, by its words. The first that fits counts.
RULES = [
    (kind, re.compile(pattern))
    for kind, pattern in (
        (NUMBER, r"(?:no|nomor|nomer)(?: urut| rekomendasi| rek)?$"),
        (MARK, r".*\b(?:sudah|telah|selesai|tuntas)\b.*\bbelum\b|.*\bdone\b.*\bnot\b"),
        (
            TEXT,
            r"(?:isi |uraian |butir )?(?:rekomendasi|recommendations?)\b"
            r"(?!.*\b(?:tindak ?lanjut|rencana|renaksi|status)\b)",
        ),
        (EVIDENCE, r".*\b(?:bukti|eviden\w*|evidence|data dukung|dokumen|lampiran)\b"),
        (DUE, r".*\b(?:waktu|jadwal|tenggat|tanggal|batas|deadline|target penyelesaian)\b"),
        (
            UNIT,
            r".*\b(?:penanggung ?jawab|pic|unit|pelaksana|perangkat daerah|opd|biro|bidang|bagian)\b",
        ),
        (MARK_DONE, r"(?:sudah|selesai|tuntas)(?: ditindak ?lanjuti| dilaksanakan)?$"),
        (MARK_NOT_YET, r"belum(?: ditindak ?lanjuti| dilaksanakan| selesai)?$"),
        (MARK, r".*\bstatus\b"),
        (COMPONENT, r".*\b(?:sub ?)?komponen\b"),
        (FOLLOW_UP, r".*\b(?:tindak ?lanjut|realisasi|pelaksanaan) (?:atas|terhadap|dari)\b"),
        (FOLLOW_UP, r".*\b(?:realisasi|pelaksanaan) (?:rencana|renaksi)\b"),
        (WORK, r".*\btindak ?lanjut\b.*\b(?:rencana aksi|renaksi)\b"),
        (WORK, r".*\b(?:rencana aksi|renaksi)\b.*\btindak ?lanjut\b"),
        (WORK, r".*\bfollow ?ups?\b.*\baction plans?\b"),
        (PLAN, r".*\b(?:rencana|renaksi|langkah|action plans?)\b"),
        (FOLLOW_UP, r".*\b(?:tindak ?lanjut|follow ?ups?|actions? taken)\b"),
        (TEXT, r".*\b(?:rekomendasi|saran)\b"),
    )
]
MAY_BE_MARK = re.compile(
    r".*\b(?:keterangan|ket|capaian|progres+|kemajuan|hasil|realisasi|kondisi)\b"
)
MAY_BE_TEXT = re.compile(r".*\b(?:uraian|catatan|temuan|permasalahan|kelemahan|hasil evaluasi)\b")


def shapes(tables: list[WordTable], said: Mapping | None) -> list[tuple[WordTable, TableShape]]:
    """Every part of every table with how it is read. `said` is what a person said before."""
    found = [(part, _shape(part, said)) for part in chain.from_iterable(map(parts, tables))]
    is_known = any(shape.is_read for _, shape in found)
    read, last = {part.number for part, shape in found if shape.is_read}, None
    for part, shape in found:
        if part.inside in read:  # its words stand in the cell of the outer table
            shape.is_read = False
        elif not (shape.is_read or shape.is_given):
            if last and part.inside is None and _goes_on(part, shape, last):
                _take_over(shape, last)
            elif not is_known:
                _look_at_cells(part, shape)
        last = shape if shape.is_read else last
    return found


def parts(table: WordTable) -> list[WordTable]:
    """Tables with nothing between them become one in a word processor: each head begins another."""
    found, head = [[]], None
    for row in table.rows:
        key = key_of(row)
        if _begins(row, key) and key != head:
            if head is not None or not all(map(is_title, found[-1])):
                found.append([])
            head = key
        found[-1].append(row)
    return [WordTable(table.number, rows, table.inside) for rows in found if rows]


def key_of(row: WordRow) -> tuple[str, ...]:
    return tuple(cell.label for cell in row.cells)


def is_title(row: WordRow) -> bool:
    """Whether one cell says all that the row says."""
    return sum(bool(cell.text) for cell in row.cells) <= 1


def _begins(row, key):
    is_other = bool(key) and kind_of(key[0]) == NUMBER and sum(map(bool, key)) > 2
    return is_other or _is_head(row)


def kind_of(label: str) -> str | None:
    """`label` is folded."""
    if not label or len(label) > LONGEST_LABEL:
        return None
    return next((kind for kind, pattern in RULES if pattern.match(label)), None)


def _is_head(row):
    if any(COUNTED.fullmatch(cell.text) for cell in row.cells):
        return False
    kinds = {kind_of(label) for label in key_of(row)}
    return TEXT in kinds and bool(kinds & set(STEPS))


def _shape(part, said):
    place = next((at for at, row in enumerate(part.rows[:HEAD_SEARCH]) if _is_head(row)), None)
    full = (row for row in part.rows if not is_title(row))
    key = " | ".join(key_of(part.rows[place] if place is not None else next(full, part.rows[0])))
    shape = TableShape(part.number, part.rows[0].number, key[:LONGEST_KEY], 0)
    given = said.of(part.number, shape.first_row, shape.key) if said else None
    if given:
        return _as_given(part, shape, given)
    if place is not None:
        shape.head_rows = place + 1 + _is_second(part.rows, place)
    elif is_labels(part.rows[0]):
        shape.head_rows = 1
    shape.columns = _columns(part, shape.head_rows)
    if place is not None:
        _agree(part, shape)
        shape.is_read = shape.is_complete
    return shape


def is_labels(row: WordRow) -> bool:
    """Whether the row looks like the head of any table: short words, no figure, no mark, no sentence."""
    texts = [cell.text for cell in row.cells if cell.text]
    return len(texts) > 1 and all(map(_is_label, texts)) and not any(map(marks.is_mark, texts))


def _is_label(text):
    is_sentence = text[-1] in ".;" and len(text) > LONGEST_ABBREVIATION
    return len(text) <= LONGEST_LABEL and not COUNTED.fullmatch(text) and not is_sentence


def _as_given(part, shape, given):
    shape.head_rows, shape.is_given = min(given.head_rows, len(part.rows)), True
    shape.columns = _columns(part, shape.head_rows)
    is_same = len(given.columns) == len(shape.columns)
    for place, column in enumerate(shape.columns):
        own = given.columns[place] if is_same else _nearest(given.columns, column)
        column.kind = own.kind if own else IGNORED
    shape.goes_on = given.goes_on and not shape.head_rows
    shape.is_read = shape.is_complete
    return shape


def _nearest(columns, wanted):
    shared = [(min(one.end, wanted.end) - max(one.start, wanted.start), one) for one in columns]
    width, best = max(shared, key=lambda pair: pair[0], default=(0, None))
    return best if width > 0 else None


def _is_second(rows, place):
    """Whether the head goes on in the row below: its words stand under a wider cell, or they are marks."""
    if place + 1 >= len(rows):
        return False
    filled = [cell for cell in rows[place + 1].cells if cell.text]
    kinds = {kind_of(cell.label) for cell in filled}
    if filled and kinds <= set(MARKS):
        return True
    above = rows[place].cells
    if _names_marks(rows[place + 1]) and not {kind_of(cell.label) for cell in above} & set(MARKS):
        return True
    return bool(filled) and all(
        any(
            one.start <= cell.start
            and cell.end <= one.end
            and cell.end - cell.start < one.end - one.start
            for one in above
        )
        and len(cell.text) <= LONGEST_LABEL
        and not COUNTED.fullmatch(cell.text)
        for cell in filled
    )


def _names_marks(row):
    """Whether the row has no number and names a column of marks, as in “Uraian | Status”."""
    named = any(
        kind_of(cell.label) in MARKS and len(cell.text) <= SHORT_LABEL for cell in row.cells
    )
    return named and not row.cells[0].text and is_labels(row)


def _columns(part, head_rows):
    """A column for each cell of the lowest row of the head, named by it and by those above."""
    heads = [row for row in part.rows[:head_rows] if not is_title(row)]
    rows = part.rows[head_rows : head_rows + LOOKED_AT]
    widest = max(rows or part.rows, key=lambda row: len(row.cells))
    found = []
    for cell in (heads[-1] if heads else widest).cells:
        over = [_over(row, cell) for row in heads]
        labels = list(dict.fromkeys(one.text for one in over if one and one.text))
        column = ColumnShape(cell.start, cell.end, " ".join(labels))
        kinds = map(kind_of, map(folded_label, [*labels[-1:], column.heading, *labels[:1]]))
        column.kind = next(filter(None, kinds), IGNORED)
        texts = (text for row in rows if (text := " ".join(_lines(row, column))))
        column.samples = [
            text[:LONGEST_SAMPLE] for text, _ in zip(texts, range(SAMPLES), strict=False)
        ]
        found.append(column)
    return found


def _over(row, cell):
    width, best = max(
        ((min(one.end, cell.end) - max(one.start, cell.start), one) for one in row.cells),
        key=lambda pair: pair[0],
        default=(0, None),
    )
    return best if width > 0 else None


def _lines(row, column):
    cell = _over(row, column)
    return cell.lines if cell else []


def _cells(part, shape, column, *, titles=False):
    """The lines of the filled cells of a column; with `titles` also of rows that fill no other."""
    rows = part.rows[shape.head_rows : shape.head_rows + LOOKED_AT]
    rows = [row for row in rows if titles or not is_title(row)]
    return [lines for row in rows if (lines := _lines(row, column))]


def _share_of_marks(cells):
    return sum(map(marks.are_marks, cells)) / len(cells) if cells else 0


def _agree(part, shape):
    """One column of a kind; a column that holds marks under another name is the one of marks."""
    if not shape.kinds & set(MARKS):
        for column in shape.columns:
            label = folded_label(column.heading)
            is_open = column.kind in (IGNORED, FOLLOW_UP, DUE) and (
                column.kind == IGNORED or len(shape.kinds & set(STEPS)) > 1
            )
            if is_open and _share_of_marks(_cells(part, shape, column)) >= MOSTLY:
                column.kind, column.is_certain = MARK, bool(MAY_BE_MARK.match(label))
                break
    taken = set()
    for column in shape.columns:
        if column.kind in taken:
            column.kind, column.is_certain = IGNORED, False
        taken |= {column.kind} - {IGNORED}
    steps = [column for column in shape.columns if column.kind in STEPS]
    if len(steps) == 1:
        steps[0].kind = WORK
    shape.is_certain = all(column.is_certain for column in shape.columns)


def _look_at_cells(part, shape):
    """A guess from the cells alone: marks, and at least two columns of long text."""
    cells = [_cells(part, shape, column) for column in shape.columns]
    marked = [at for at, one in enumerate(cells) if _share_of_marks(one) >= MOSTLY]
    long = [
        at
        for at, column in enumerate(shape.columns)
        if _is_long(cells[at]) or column.kind in (TEXT, *STEPS) or _may_be_text(column)
    ]
    if shape.is_given or not marked or len(long) < 2:
        return
    known = {shape.columns[at].kind: at for at in long}
    work = next((known[kind] for kind in STEPS if kind in known), None)
    text = known.get(TEXT, next((at for at in long if at != work), None))
    if work is None:
        work = next((at for at in long if at > text), None)
    if work is None:
        return
    guesses = {text: TEXT, work: WORK, marked[-1]: MARK}
    counted = [at for at, one in enumerate(cells) if _is_counted(one) and at < text]
    guesses |= dict.fromkeys(counted[:1], NUMBER)
    for at, column in enumerate(shape.columns):
        guess = guesses.get(at, IGNORED if column.kind in (TEXT, *STEPS, *MARKS) else column.kind)
        column.kind, column.is_certain = guess, column.kind == guess
    shape.is_certain, shape.is_read = False, True


def _may_be_text(column):
    return column.kind == IGNORED and bool(MAY_BE_TEXT.match(folded_label(column.heading)))


def _is_long(cells):
    return bool(cells) and sum(len(" ".join(lines)) for lines in cells) >= LONG * len(cells)


def _is_counted(cells):
    return bool(cells) and all(COUNTED.fullmatch(" ".join(lines)) for lines in cells)


def _goes_on(part, shape, last):
    """Whether a table without a head is the rest of the one before: as many cells, and its marks."""
    width = len(last.columns)
    alike = sum(len(row.cells) == width for row in part.rows)
    if shape.head_rows or len(shape.columns) != width or alike * 2 < len(part.rows):
        return False
    places = {column.kind: shape.columns[at] for at, column in enumerate(last.columns)}
    marked = (_cells(part, shape, places[kind]) for kind in MARKS if kind in places)
    if cells := next(filter(None, marked), None):
        return _share_of_marks(cells) >= HALF
    counts = NUMBER not in places or all(
        COUNTED.fullmatch(" ".join(lines)) for lines in _cells(part, shape, places[NUMBER])
    )
    texts = [places[kind] for kind in (TEXT, *STEPS) if kind in places]
    return counts and any(_is_long(_cells(part, shape, column, titles=True)) for column in texts)


def _take_over(shape, last):
    for own, column in zip(shape.columns, last.columns, strict=True):
        own.heading, own.kind, own.is_certain = column.heading, column.kind, column.is_certain
    shape.goes_on = shape.is_read = True
    shape.is_certain = last.is_certain
