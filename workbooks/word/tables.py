"""Reads the rows of a follow-up table into recommendations, whatever the pages did to them."""

import re
from dataclasses import dataclass, field

from recommendations.rules.repetition import is_sentence
from sakip import notation
from sakip.spelling import bare
from workbooks.readers.workbook import folded_label
from workbooks.word import lettered, marks
from workbooks.word.document import WordCell, WordRow, WordTable
from workbooks.word.heads import is_title, key_of
from workbooks.word.losses import Loss
from workbooks.word.mapping import (
    COMPONENT,
    DUE,
    EVIDENCE,
    FOLLOW_UP,
    IGNORED,
    MARKS,
    NUMBER,
    PLAN,
    STEPS,
    TEXT,
    UNIT,
    WORK,
    TableShape,
)

LONGEST_HEADING, LONGEST_SUM = 120, 40  # characters
OUTSIDE = "outside"
# A cell over several columns belongs to the first of them in this order.
ORDER = (TEXT, WORK, FOLLOW_UP, PLAN, *MARKS, UNIT, COMPONENT, EVIDENCE, DUE, NUMBER, IGNORED)
NAMED = {NUMBER, TEXT, COMPONENT}  # where the name of a group may stand
BARE_NUMBER = re.compile(
    r"(?:(?:no|nomor)\.? ?|rekomendasi )?\(?([0-9]{1,3}) ?[.)]?(?: ?\(?lanjutan\)?)?"
)
CAPITALS = re.compile(r"\(?([A-Z]|[IVX]{1,5})[.)]?")
SMALL_LETTER = re.compile(r"\(?[a-z][.)]")
LEADING_NUMBER = re.compile(r"([*_]{0,2})\(?([0-9]{1,3})[.)]\s*((?=\D)\S.*)")
SUM = re.compile(r"(?:sub ?)?(?:jumlah|total|rata rata)\b")
GROUP_MARK = re.compile(
    r"(?:\(?(?:[A-Z]|[IVX]{1,5}|[0-9]{1,2})[.)]\s*)?(?:komponen\s+)?", re.IGNORECASE
)
REST = re.compile(r"(?: (?:bobot|nilai|lanjutan|[0-9]{1,3}))*")


@dataclass
class NumberedBlock:
    """What stands under one number. `rows` (table and row) and `cells` (the lines of the cells by kind
    of column) have one entry for each row."""

    number: int | None
    text: list[str] = field(default_factory=list)
    component: str = ""
    rows: list[tuple[int, int]] = field(default_factory=list)
    cells: list[dict[str, list[str]]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        tables = {}
        for table, row in self.rows:
            tables.setdefault(table, []).append(row)
        return " dan ".join(
            f"Tabel {table} baris {rows[0]}" + (f"–{rows[-1]}" if rows[-1] > rows[0] else "")
            for table, rows in tables.items()
        )

    def column(self, kind: str) -> list[list[str]]:
        """The lines of one column, row by row."""
        return [row.get(kind, []) for row in self.cells]


@dataclass
class Blocks:
    """`titles` are rows with one text over all columns; `remarks` say what was left out."""

    blocks: list[NumberedBlock] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_blocks(parts: list[tuple[WordTable, TableShape]], headings: list[str]) -> Blocks:
    """`headings` are the names that components go by. A part that goes on may begin in mid-sentence."""
    found, reader = Blocks(), None
    for table, shape in parts:
        if not shape.is_read:
            continue
        if reader is None or not shape.goes_on:
            reader = _BlockReader(found, headings)
        reader.read(table, shape)
    return found


def component_of(text: str, headings: list[str]) -> str:
    """The component that a cell names, as it is called here; "" for any other words."""
    label = folded_label(GROUP_MARK.sub("", text, count=1))
    known = [name for name in headings if label.startswith(folded_label(name))]
    known = [name for name in known if REST.fullmatch(label[len(folded_label(name)) :])]
    return max(known, key=len, default="")


class _BlockReader:
    def __init__(self, found, names):
        self.found, self.names = found, names
        self.headings = {folded_label(name) for name in names}
        self.last = self.table = self.shape = None
        self.component, self.is_new_group = "", False
        self.numbers, self.highest = set(), 0  # of all blocks
        self.firsts = set()  # first lines of all blocks but the last
        self.heads, self.next_in_text = [], None

    def read(self, table, shape):
        self.table, self.shape = table, shape
        rows = table.rows[shape.head_rows :]
        for row in table.rows[: shape.head_rows]:
            if is_title(row):
                self.found.titles += [cell.text for cell in row.cells if cell.text]
        self.heads += [key_of(row) for row in table.rows[: shape.head_rows]]
        self.next_in_text = self._first_in_text(rows)
        for row in rows:
            self._add(row)

    def _first_in_text(self, rows):
        """The first number where no column counts the rows and their texts do, one by one; else None."""
        following = self.highest + 1
        found = []
        for row in rows:
            cells = self._by_column(row)
            if NUMBER in cells and _counted(cells[NUMBER]) is not None:
                return None
            lines = cells[TEXT].lines if TEXT in cells else []
            match = LEADING_NUMBER.match(lines[0]) if lines else None
            if match and (not found or int(match[2]) == found[-1] + 1):
                found.append(int(match[2]))
        return found[0] if found[:1] == [following] or len(found) > 1 else None

    def _add(self, row: WordRow):
        key = key_of(row)
        counted = "".join(key).isdigit() and list(key) == [str(n) for n in range(1, len(key) + 1)]
        is_empty = not any(key) and not any(cell.dropped for cell in row.cells)
        if is_empty or (any(key) and key in self.heads) or (len(key) > 2 and counted):
            return  # also a head repeated after a page break, and the row that numbers the columns
        cells = self._by_column(row)
        if self._is_group(row, cells) or self._is_sum(row, cells):
            return
        number = self._number(cells)
        text = cells[TEXT].lines if TEXT in cells else []
        text = [line for line in text if not is_sentence(notation.plain(line))]
        if self._begins(number, text, cells):
            self._begin(number)
        elif number is None and (words := _words(cells)):
            self.last.remarks.append(
                f"Baris {row.number}: “{words}” di kolom nomor dibaca sebagai teks rekomendasi ini."
            )
        self.last.text = join(self.last.text, text)
        self._keep(row, cells)

    def _by_column(self, row):
        cells = {}
        for cell in row.cells:
            kind = self._kind(cell)
            if kind in cells:
                cells[kind].lines += cell.lines
            elif kind:
                cells[kind] = WordCell(list(cell.lines), cell.start, cell.end, cell.continues)
        return self._shifted_back(cells)

    def _kind(self, cell):
        """The column to which a cell belongs most; a cell over number and text is text."""
        shared = {}
        for column in self.shape.columns:
            width = min(cell.end, column.end) - max(cell.start, column.start)
            shared[column.kind] = max(width, shared.get(column.kind, 0))
        best = max(shared.values(), default=0)
        named = [kind for kind, width in shared.items() if width == best > 0]
        return min(named, key=ORDER.index) if named else OUTSIDE

    def _shifted_back(self, cells):
        """Where the number stands in the text, some rows have every cell one column to the left."""
        column = next((kind for kind in MARKS if kind in self.shape.kinds), None)
        work = next(kind for kind in STEPS if kind in self.shape.kinds)
        first, third = cells.get(NUMBER), cells.get(work)
        if not column or not third or not first or not LEADING_NUMBER.match(first.text):
            return cells
        is_empty = column not in cells or not cells[column].text
        if is_empty and TEXT in cells and marks.are_marks(third.lines):
            return {TEXT: first, work: cells[TEXT], column: third}
        return cells

    def _is_group(self, row, cells):
        """A row with one text over all columns, or with nothing but the name of a component."""
        filled = [cell for cell in row.cells if cell.text]
        is_named = not any(cells[kind].lines for kind in cells if kind not in NAMED)
        if not filled or not (is_named or self._is_over_all(filled)):
            return False
        text = " ".join(cell.text for cell in filled)
        component = component_of(text, self.names)
        is_counted = _counted(filled[0]) is not None and len(filled) > 1
        if self._is_over_all(filled) or (component and not is_counted):
            self.component, self.is_new_group = component, True
            if not component:
                self.found.titles.append(text)
                self.found.remarks.append(
                    f"Tabel {self.table.number} baris {row.number} “{text}” dibaca sebagai judul, bukan rekomendasi."
                )
            return True
        return False

    def _is_over_all(self, filled):
        kinds = {TEXT, next(kind for kind in STEPS if kind in self.shape.kinds)}
        places = [(one.start, one.end) for one in self.shape.columns if one.kind in kinds]
        cell = filled[0]
        return len(filled) == 1 and all(
            cell.start <= start and end <= cell.end for start, end in places
        )

    def _is_sum(self, row, cells):
        first = next((cell.text for cell in row.cells if cell.text), "")
        if len(first) > LONGEST_SUM or not SUM.match(folded_label(first)):
            return False
        text = cells[TEXT].lines if TEXT in cells else []
        if self.last and _goes_on(self.last.text, text):
            return False
        said = " | ".join(cell.text for cell in row.cells if cell.text)
        self.found.remarks.append(
            f"Tabel {self.table.number} baris {row.number} “{said}” adalah jumlah, bukan rekomendasi; dilewati."
        )
        return True

    def _number(self, cells):
        """From its column, or from the first line of the text, where it is then taken away."""
        said = cells[NUMBER].text if NUMBER in cells else ""
        number = _counted(cells[NUMBER]) if said else None
        if number is not None:
            return number
        if match := CAPITALS.fullmatch(said):
            return lettered.ROMAN_NUMBERS.get(match[1]) or lettered.place_of(match[1])
        if SMALL_LETTER.fullmatch(said):
            self._put_letter(said, cells)
        elif said:  # words in the column of numbers belong to the text
            cells.setdefault(TEXT, WordCell([], 0, 0)).lines[:0] = cells[NUMBER].lines
        if TEXT not in cells or not cells[TEXT].lines:
            return None
        first = cells[TEXT].lines[0]
        match = LEADING_NUMBER.match(first)
        if not match:
            return None
        rest = notation.plain(match[3])
        is_short = len(rest) <= LONGEST_HEADING and rest[-1] not in ".;:,"
        is_next = int(match[2]) == self.next_in_text
        if not is_short and not is_next:
            return None
        self.next_in_text = int(match[2]) + 1 if is_next else self.next_in_text
        cells[TEXT].lines[0] = match[1] + match[3]
        return int(match[2])

    @staticmethod
    def _put_letter(letter, cells):
        """The letter of a part that has a row of its own, before each of its cells."""
        for kind in (TEXT, *STEPS, *MARKS):
            lines = cells[kind].lines if kind in cells else []
            if lines and not lettered.is_marked(lines[0]):
                lines[0] = f"{letter} {lines[0]}"

    def _begins(self, number, text, cells):
        last = self.last
        if last is None or (self.is_new_group and (text or number)):
            return True
        if number is not None:
            starts_in_list = bool(text) and lettered.is_lettered(text[0], last.text)
            goes_on = not text or starts_in_list or _goes_on(last.text, text)
            return number != last.number or not goes_on
        if not text or (TEXT in cells and cells[TEXT].continues):
            return False
        if lettered.is_marked(text[0], last.text):
            return False
        first = folded_label(notation.plain(text[0]))
        is_new = first not in self.firsts and first not in _first_of(last)
        begins = first in self.headings and is_new
        return begins or not (self.numbers or _goes_on(last.text, text))

    def _begin(self, number):
        block = NumberedBlock(number)
        if COMPONENT not in self.shape.kinds:
            block.component = self.component
        if number in self.numbers:
            block.number = self.highest + 1
            block.remarks.append(
                f"Nomor {number} tertulis dua kali; dibaca sebagai {block.number}."
            )
        if block.number is not None:
            self.numbers.add(block.number)
            self.highest = max(self.highest, block.number)
        if self.last:
            self.firsts |= _first_of(self.last)
        self.found.blocks.append(block)
        self.last, self.is_new_group = block, False

    def _keep(self, row, cells):
        block = self.last
        block.rows.append((self.table.number, row.number))
        block.cells.append({kind: cell.lines for kind, cell in cells.items()})
        if COMPONENT in cells and cells[COMPONENT].text:
            said = cells[COMPONENT].text
            self.component = component_of(said, self.names) or said
        if COMPONENT in self.shape.kinds and (COMPONENT in cells):
            is_own = bool(cells[COMPONENT].text) or cells[COMPONENT].continues
            block.component = block.component or (self.component if is_own else "")
        if OUTSIDE in cells and cells[OUTSIDE].text:
            said = cells[OUTSIDE].text
            block.remarks.append(Loss(f"“{said}” berdiri di luar kolom; tidak dibaca."))
        for cell in row.cells:
            block.remarks += cell.dropped
            block.pictures += cell.pictures


def _counted(cell: WordCell) -> int | None:
    """The number that is all that a cell says."""
    match = BARE_NUMBER.fullmatch(bare(cell.text))
    return int(match[1]) if match else None


def _words(cells):
    """What stands in the column of numbers and is neither a number nor a letter."""
    said = cells[NUMBER].text if NUMBER in cells else ""
    return "" if SMALL_LETTER.fullmatch(said) else said[:LONGEST_HEADING]


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
