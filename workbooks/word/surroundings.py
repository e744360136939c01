"""Reads what stands beside the follow-up table of a Word file: notes, captions, pictures, scores."""

import re

from sakip import notation
from workbooks.readers.workbook import folded_label
from workbooks.word.document import Document
from workbooks.word.extras import Extras, Picture, ScoreRow, ScoreTable, WordNote
from workbooks.word.mapping import COMPONENT
from workbooks.word.tables import component_of

TITLE = re.compile(r"\W*(?:catatan|keterangan)\b", re.IGNORECASE)
NAMES_NUMBER = re.compile(
    r"\b(?:rekomendasi|catatan)(?: (?:nomor|no\.?|ke))?[ -]*([0-9]{1,3})\b(?!%)", re.IGNORECASE
)
COUNTED = re.compile(r"\(?([0-9]{1,3})[.)]\s+(?=\S)")
CAPTION = re.compile(r"\(?\s*(?:gambar|foto|grafik|dokumentasi)\b", re.IGNORECASE)
CAPTION_STYLES = {"Caption", "Keterangan"}
LONGEST_CAPTION, LONGEST_TITLE = 300, 120  # characters
YEAR = re.compile(r"\b(20[0-9]{2})\b")
FIGURE = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,4})?%?")


def read(found: Document, read_as, blocks, headings: list[str]) -> Extras:
    """`read_as` are the tables with their shapes, `blocks` the recommendations that were read."""
    extras = Extras()
    used = _put_notes(extras, found, read_as, {block.number for block in blocks} - {None})
    for block in blocks:
        extras.pictures += [
            Picture(block.place, part, number=block.number) for part in block.pictures
        ]
    _put_pictures(extras, found, used)
    for table, shape in read_as:
        if shape.is_read:
            continue
        _put_pictures_of(extras, table)
        if scores := _scores(table, shape, headings):
            extras.scores.append(scores)
    return extras


def _put_notes(extras, found, read_as, numbers):
    """Paragraphs below a title such as “Catatan atas rekomendasi”, up to the next title or table.

    A note belongs to the recommendation that it or the title names, or whose number it carries. Gives
    back for each of its paragraphs, by place, the number.
    """
    last = max((shape.table for _, shape in read_as if shape.is_read), default=None)
    used, title, after, number = {}, None, 0, None
    for place, one in enumerate(found.outside):
        text = one.text
        if not text or is_caption(one):
            if title is not None and one.after == after:
                used[place] = number
            continue
        is_title = _is_title(text)
        if TITLE.match(text) and (is_title or text.rstrip()[-1] == ":"):
            title, after, number = text.strip(" :"), one.after, _named(text, numbers)
            used[place] = number
            continue
        if title is None and TITLE.match(text) and last is not None:
            rest = one.lines
            extras.notes.append(WordNote(_place(one), "\n".join(rest), _named(text, numbers)))
            used[place] = extras.notes[-1].number
            continue
        if title is None or one.after != after or _ends(one, text):
            title = None
            continue
        own, lines = _own_number(one.lines, number, numbers)
        number = own or number
        extras.notes.append(WordNote(f"{_place(one)}, “{title}”", "\n".join(lines), number))
        used[place] = number
    return used


def _place(one):
    return f"Di bawah tabel {one.after}" if one.after else "Di atas tabel pertama"


def _is_title(text):
    return len(text) <= LONGEST_TITLE and text[-1] not in ".;"


def _ends(one, text):
    """Whether another chapter begins: a heading, or a short line in capitals."""
    return one.style.startswith(("Heading", "Judul", "Title")) or (
        len(text) <= LONGEST_TITLE and text.isupper() and len(text) > 3
    )


def _named(text, numbers):
    match = NAMES_NUMBER.search(text)
    return int(match[1]) if match and int(match[1]) in numbers else None


def _own_number(lines, last, numbers):
    """The number that opens a note, where it goes on from the note before; else the one it names."""
    match = COUNTED.match(lines[0])
    if match and int(match[1]) in numbers and int(match[1]) > (last or 0):
        return int(match[1]), [lines[0][match.end() :], *lines[1:]]
    return _named(notation.plain("\n".join(lines)), numbers), lines


def is_caption(one) -> bool:
    text = one.text
    is_styled = one.style in CAPTION_STYLES and not folded_label(text).startswith("tabel ")
    return bool(text) and len(text) <= LONGEST_CAPTION and (is_styled or bool(CAPTION.match(text)))


def _put_pictures(extras, found, used):
    """Each picture with the caption in its paragraph, else the one below it, else the one above."""
    taken, rows = set(), found.outside
    for place, one in enumerate(rows):
        if not one.pictures:
            continue
        near = [at for at in (place, place + 1, place - 1) if 0 <= at < len(rows)]
        is_free = (at for at in near if at not in taken and (at == place or is_caption(rows[at])))
        at = next((at for at in is_free if rows[at].text), None)
        taken |= {at} - {None}
        caption = rows[at].text[:LONGEST_CAPTION] if at is not None else ""
        number = used.get(place) or used.get(at)
        extras.pictures += [Picture(_place(one), part, caption, number) for part in one.pictures]
    for place, one in enumerate(rows):
        if place not in taken and is_caption(one):
            extras.captions.append(WordNote(_place(one), one.text, used.get(place)))


def _put_pictures_of(extras, table):
    """Pictures in a table that only arranges them: the caption stands in their cell or in that below."""
    for place, row in enumerate(table.rows):
        below = table.rows[place + 1].cells if place + 1 < len(table.rows) else []
        for cell in row.cells:
            under = next(
                (one for one in below if one.start == cell.start and not one.pictures), None
            )
            caption = cell.text or (under.text if under else "")
            where = f"Tabel {table.number} baris {row.number}"
            extras.pictures += [
                Picture(where, part, caption[:LONGEST_CAPTION]) for part in cell.pictures
            ]


def _scores(table, shape, headings):
    """A table with a column of components and columns of figures: weight, and scores by year."""
    components = next((one for one in shape.columns if one.kind == COMPONENT), None)
    rows = table.rows[shape.head_rows :]
    if components is None or not rows:
        return None
    figures = {}
    for column in shape.columns:
        label, year = folded_label(column.heading), YEAR.search(column.heading)
        if column is components or not (label.startswith("bobot") or year or "nilai" in label):
            continue
        name = "bobot" if label.startswith("bobot") else year[1] if year else column.heading
        while name in figures:
            name += "+"
        figures[name] = column
    found = []
    for row in rows:
        said = {name: _figure(row, column) for name, column in figures.items()}
        name = _cell(row, components)
        if name and any(said.values()):
            weight = said.pop("bobot", "")
            component = component_of(name, headings) or name
            found.append(
                ScoreRow(component, weight, {key: text for key, text in said.items() if text})
            )
    return ScoreTable(f"Tabel {table.number}", found) if found else None


def _cell(row, column):
    cells = (one for one in row.cells if one.start < column.end and column.start < one.end)
    return next((one.text for one in cells), "")


def _figure(row, column):
    text = _cell(row, column).replace(" ", "")
    return text if FIGURE.fullmatch(text) else ""
