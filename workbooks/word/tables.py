"""Finds the follow-up table and reads its rows into recommendations, whatever the pages did to them."""

import re
from dataclasses import dataclass, field

from recommendations.rules.repetition import is_sentence
from sakip import notation
from workbooks.readers.workbook import folded_label
from workbooks.word import lettered
from workbooks.word.document import WordCell, WordRow, WordTable

NUMBER, TEXT, FOLLOW_UP, UNIT = "number", "text", "follow_up", "unit"
BOTH, DONE, NOT_YET = "both", "done", "not_yet"
MARKS = (BOTH, DONE, NOT_YET)
HEAD_SEARCH = 10  # rows
LONGEST_HEADING = 120
LOOKED_FOR = "No, Rekomendasi, Tindak Lanjut/Rencana Aksi, Sudah/Belum"
LABELS = {
    NUMBER: {"no", "nomor", "no urut"},
    TEXT: {"rekomendasi", "isi rekomendasi", "uraian rekomendasi", "rekomendasi lhe", "saran"},
    FOLLOW_UP: {
        "tindak lanjut rencana aksi",
        "rencana aksi tindak lanjut",
        "tindak lanjut",
        "rencana aksi",
        "renaksi",
        "rencana tindak lanjut",
        "tindak lanjut dan rencana aksi",
        "uraian tindak lanjut",
    },
    UNIT: {"penanggung jawab", "unit", "unit penanggung jawab", "pic", "unit kerja", "pelaksana"},
    BOTH: {"sudah belum", "status", "sudah belum ditindaklanjuti", "keterangan sudah belum"},
    DONE: {"sudah", "sudah ditindaklanjuti"},
    NOT_YET: {"belum", "belum ditindaklanjuti"},
}
BARE_NUMBER = re.compile(r"\(?([0-9]{1,3})[.)]?")
LEADING_NUMBER = re.compile(r"\(?([0-9]{1,3})[.)]\s+(.+)")


@dataclass
class Columns:
    """Where each column stands on the table's grid, and the rows of the head."""

    places: dict[str, tuple[int, int]]
    head_rows: int
    unknown: list[str] = field(default_factory=list)

    def of(self, cell: WordCell) -> str | None:
        """The column to which a cell belongs most; a cell over number and text is text."""
        shared = {
            name: min(cell.end, end) - max(cell.start, start)
            for name, (start, end) in self.places.items()
        }
        best = max(shared.values())
        named = [name for name, width in shared.items() if width == best > 0]
        if not named:
            return None
        return min(named, key=(TEXT, FOLLOW_UP, *MARKS, UNIT, NUMBER).index)


@dataclass
class NumberedBlock:
    """What stands under one number. Each list has one entry for each row of the table."""

    table: int
    rows: list[int]
    number: int | None
    text: list[str]
    follow_ups: list[list[str]] = field(default_factory=list)
    marks: list[dict[str, list[str]]] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        first, last = self.rows[0], self.rows[-1]
        return f"Tabel {self.table} baris {first}" + (f"–{last}" if last > first else "")


def parts(table: WordTable) -> list[WordTable]:
    """Tables with nothing between them become one in a word processor: each head begins another."""
    found, head = [[]], None
    for row in table.rows:
        key = _key(row)
        if key and key[0] in LABELS[NUMBER] and sum(map(bool, key)) > 2 and key != head:
            head = key
            found.append([])
        found[-1].append(row)
    return [WordTable(table.number, rows) for rows in found if rows]


def _key(row):
    return tuple(folded_label(cell.text) for cell in row.cells)


def find_head(table: WordTable) -> Columns | None:
    for place, row in enumerate(table.rows[:HEAD_SEARCH]):
        found, unknown = _labels(row)
        if TEXT in found and FOLLOW_UP in found:
            rows = place + 1
            if rows < len(table.rows):
                below, more = _labels(table.rows[rows])
                if not more and set(below) & set(MARKS) and not set(below) & {TEXT, FOLLOW_UP}:
                    found = {name: at for name, at in found.items() if name not in MARKS} | below
                    rows += 1
            return Columns(found, rows, unknown)
    return None


def _labels(row):
    found, unknown = {}, []
    for cell in row.cells:
        label = folded_label(cell.text)
        name = next((name for name, words in LABELS.items() if label in words), None)
        if name and name not in found:
            found[name] = cell.start, cell.end
        elif label:
            unknown.append(cell.text)
    return found, unknown


def read_blocks(table: WordTable, columns: Columns, headings: list[str]) -> list[NumberedBlock]:
    """`headings` are the names that components go by."""
    reader = _BlockReader(table, columns, headings)
    for row in table.rows[columns.head_rows :]:
        reader.add(row)
    return reader.blocks


class _BlockReader:
    def __init__(self, table, columns, headings):
        self.table, self.columns = table, columns
        self.headings = {folded_label(heading) for heading in headings}
        self.blocks = []
        self.numbers, self.firsts = (
            set(),
            set(),
        )  # of all blocks; first lines without the last one's
        self.heads = [_key(row) for row in table.rows[: columns.head_rows]]

    def add(self, row: WordRow):
        key = _key(row)
        counted = "".join(key).isdigit() and list(key) == [str(n) for n in range(1, len(key) + 1)]
        if not any(key) or key in self.heads or (len(key) > 2 and counted):
            return  # empty, a head repeated after a page break, or the row that numbers the columns
        cells = self._by_column(row)
        number = self._number(cells)
        text = cells[TEXT].lines if TEXT in cells else []
        text = [line for line in text if not is_sentence(notation.plain(line))]
        if self._begins(number, text, cells):
            self._begin(row, number, text)
        else:
            self.blocks[-1].rows.append(row.number)
            self.blocks[-1].text = join(self.blocks[-1].text, text)
        block = self.blocks[-1]
        block.follow_ups.append(cells[FOLLOW_UP].lines if FOLLOW_UP in cells else [])
        block.marks.append({name: cells[name].lines for name in MARKS if name in cells})
        block.units.append(cells[UNIT].text if UNIT in cells else "")

    def _by_column(self, row):
        cells = {}
        for cell in row.cells:
            name = self.columns.of(cell)
            if name and name in cells:
                cells[name].lines += cell.lines
            elif name:
                cells[name] = WordCell(list(cell.lines), cell.start, cell.end, cell.continues)
        return self._shifted_back(cells)

    def _shifted_back(self, cells):
        """Where the number stands in the text, some rows have every cell one column to the left."""
        marks = next((name for name in MARKS if name in self.columns.places), None)
        first = cells.get(NUMBER)
        if not marks or first is None or not LEADING_NUMBER.match(first.text or ""):
            return cells
        third = cells.get(FOLLOW_UP)
        is_empty = marks not in cells or not cells[marks].text
        if is_empty and third is not None and third.lines and all(map(mark_of, third.lines)):
            return {TEXT: first, FOLLOW_UP: cells[TEXT], marks: third}
        return cells

    def _number(self, cells):
        """From its column, or from the first line of the text, where it is then taken away."""
        if NUMBER in cells and (match := BARE_NUMBER.fullmatch(cells[NUMBER].text)):
            return int(match[1])
        if TEXT not in cells or not cells[TEXT].lines:
            return None
        first = notation.plain(cells[TEXT].lines[0])
        match = LEADING_NUMBER.match(first)
        if not match or len(match[2]) > LONGEST_HEADING or match[2][-1] in ".;:,":
            return None
        cells[TEXT].lines[0] = match[2]
        return int(match[1])

    def _begins(self, number, text, cells):
        if not self.blocks:
            return True
        last = self.blocks[-1]
        if number is not None:
            starts_in_list = bool(text) and lettered.is_lettered(text[0], last.text)
            same = number == last.number and (not text or starts_in_list)
            return not same
        if not text or (TEXT in cells and cells[TEXT].continues):
            return False
        if lettered.is_marked(text[0], last.text):
            return False
        first = folded_label(notation.plain(text[0]))
        is_new = first not in self.firsts and first not in _first_of(last)
        begins = first in self.headings and is_new
        return begins or not (self.numbers or _goes_on(last.text, text))

    def _begin(self, row, number, text):
        block = NumberedBlock(self.table.number, [row.number], number, list(text))
        if number in self.numbers:
            block.number = max(self.numbers) + 1
            block.remarks.append(
                f"Nomor {number} tertulis dua kali; dibaca sebagai {block.number}."
            )
        if block.number is not None:
            self.numbers.add(block.number)
        if self.blocks:
            self.firsts |= _first_of(self.blocks[-1])
        self.blocks.append(block)


def _first_of(block):
    return {folded_label(block.text[0])} if block.text else set()


def _goes_on(before, after):
    """Whether text that a page break cut in two continues here."""
    if not before or not after:
        return False
    first = notation.plain(after[0])[:1]
    is_marked = lettered.is_marked(after[0], before)
    return first.islower() and not is_marked and before[-1][-1:] not in ".;:!?"


def join(before: list[str], after: list[str]) -> list[str]:
    """Lines before and after a page break; a sentence that was cut is made whole."""
    if _goes_on(before, after):
        return [*before[:-1], f"{before[-1]} {after[0]}", *after[1:]]
    return [*before, *after]


TICKS = frozenset("✓✔√☑☒🗸vx")
DONE_WORDS = frozenset({"sudah", "selesai", "tuntas", "telah", "ya"})
NOT_YET_WORDS = frozenset({"belum", "dalam", "proses", "tidak"})
NOTHING = frozenset("-–×✗☐")


def mark_of(line: str, column: str = BOTH) -> str:
    """DONE, NOT_YET, or "" when the line says neither. A tick says what its column is called."""
    word = notation.plain(lettered.opened(line)[1]).casefold().strip(" .;,:")
    if word in TICKS:
        if word == "x" and column == BOTH:
            return NOT_YET
        return NOT_YET if column == NOT_YET else DONE
    if word in NOTHING:
        return NOT_YET if column == BOTH else ""
    first = word.replace("/", " ").split()[:1]
    if not first or (first[0] == "sudah" and "belum" in word):
        return ""
    return DONE if first[0] in DONE_WORDS else NOT_YET if first[0] in NOT_YET_WORDS else ""
