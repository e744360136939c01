"""Pasted text whose columns are separated by tabs, as Excel and a table of Word give them: renaksi."""

import csv
import io
import re
from difflib import get_close_matches

from recommendations.rules.evaluation_table import RECOMMENDATION, RENAKSI, EntryLine
from recommendations.rules.pasted_signs import (
    BULLET,
    LETTER,
    NUMBER,
    Pasted,
    Shape,
    folded,
    words_of,
)

ORDER = ("number", "text", "units", "person", "due_date")
COLUMNS = {
    "number": ("no", "nomor", "no rekomendasi", "nomor rekomendasi", "no rek", "rekomendasi ke"),
    "recommendation": ("rekomendasi", "isi rekomendasi", "uraian rekomendasi", "rekomendasi lhe"),
    "point": ("butir", "butir rekomendasi", "huruf", "menjawab butir"),
    "text": (
        "rencana aksi", "renaksi", "tindak lanjut rencana aksi", "rencana tindak lanjut",
        "uraian rencana aksi", "kegiatan", "aksi", "rencana", "tindak lanjut",
    ),
    "units": (
        "penanggung jawab", "unit", "unit kerja", "unit penanggung jawab", "pj", "biro", "bidang",
        "pelaksana", "unit pelaksana", "penanggungjawab",
    ),
    "supporting": ("unit pendukung", "pendukung"),
    "person": ("petugas", "pic", "person in charge", "nama", "nama petugas", "orang"),
    "due_date": (
        "batas waktu", "tenggat", "waktu", "target waktu", "tanggal", "jadwal", "waktu pelaksanaan",
        "batas waktu penyelesaian", "target penyelesaian", "target selesai",
    ),
    "component": ("komponen",),
}  # fmt: skip
WORDS = {word: name for name, words in COLUMNS.items() for word in words}
NUMBERED = re.compile(r"\(?([0-9]{1,4})[.)]?\s*(?:[./-]?\s*\(?([a-z]{1,2})[.)]?)?")
NO_NUMBER = "Tidak ada nomor rekomendasi. Letakkan baris ini di bawah rekomendasinya."
MERGED = {"", "-", '"', "〃", "sda", "idem"}  # the cell says the same as the one above


class TableReader:
    """Reads rows. `key` is the recommendation of the row above: merged cells have it only once.

    `groups` are the lines below each recommendation, so that one that comes back takes them together.
    """

    def __init__(self, text):
        self.pasted = Pasted(shape=Shape.TABLE)
        self.rows = _cells(text)
        self.number = self.key = ""
        self.groups: dict[str, list[EntryLine]] = {}

    def read(self) -> Pasted:
        columns, start = self._columns()
        for count, cells in _joined(self.rows[start:], columns):
            self._row(count, cells, columns)
        self.pasted.lines = [line for lines in self.groups.values() for line in lines]
        return self.pasted

    def _columns(self):
        """The meaning of each column, from the head row or in the usual order; and the first row after it."""
        for place, (_, cells) in enumerate(self.rows[:1]):
            named = [_column(cell) for cell in cells]
            if _is_head(cells) and len({name for name in named if name}) >= 2:
                columns = self._told_apart(named, self.rows[place + 1 :])
                for cell, name in zip(cells, columns, strict=True):
                    if not name and cell.strip():
                        self.pasted.remarks.append(
                            f"Kolom “{cell.strip()[:40]}” tidak dikenal, jadi tidak dipakai."
                        )
                return columns, place + 1 + self._counts_columns(place + 1)
        return list(ORDER), 0

    def _counts_columns(self, place) -> bool:
        """Whether the row only numbers the columns, as “(1) (2) (3)” below the head of an official table."""
        cells = self.rows[place][1] if place < len(self.rows) else []
        numbers = [cell.strip().strip("().") for cell in cells]
        return len(numbers) > 1 and numbers == [str(count) for count in range(1, len(numbers) + 1)]

    @staticmethod
    def _told_apart(named, rows):
        """“Rekomendasi” holds the number where no other column does and most of its cells are numbers."""
        if "recommendation" in named and "number" not in named:
            at = named.index("recommendation")
            values = [
                cells[at].strip() for _, cells in rows if len(cells) > at and cells[at].strip()
            ]
            if sum(bool(NUMBERED.fullmatch(value)) for value in values) * 2 > len(values):
                named[at] = "number"
        return ["" if name in named[:at] else name for at, name in enumerate(named)]

    def _row(self, count, cells, columns):
        texts = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
        if not any(cell.strip() for cell in cells):
            return
        remarks = self._remarks(count, cells, columns)
        number, letter = self._numbered(count, texts.get("number", ""), remarks)
        self._recommendation(count, number, texts, remarks)
        units = "; ".join(_list(texts.get("units", "")) + _list(texts.get("supporting", "")))
        line = EntryLine(
            RENAKSI,
            number=texts.get("point", "").strip("(). ").lower() or letter,
            text=_paragraphs(texts.get("text", "")),
            units=units,
            person=" ".join(texts.get("person", "").split()),
            due_date=" ".join(texts.get("due_date", "").split()),
            remarks=remarks,
        )
        group = self.groups.setdefault(self.key, [])
        if not line.is_empty:
            group.append(line)
        elif group:
            group[-1].remarks += remarks
        else:
            self.pasted.remarks += remarks

    def _remarks(self, count, cells, columns):
        remarks = []
        if len(cells) < len(columns):
            remarks.append(
                f"Baris {count} hanya {len(cells)} kolom, padahal seharusnya {len(columns)}. "
                "Isi yang kurang."
            )
        extra = [cell.strip() for cell in cells[len(columns) :] if cell.strip()]
        if extra:
            remarks.append(f"Baris {count}: kolom lebih, “{extra[0][:60]}”, tidak dipakai.")
        return remarks

    def _numbered(self, count, text, remarks):
        """Number and letter that the cell holds, such as “2”, “2.” or “2.a”."""
        if text.casefold() in MERGED:
            return self.number, ""
        if match := NUMBERED.fullmatch(text.casefold()):
            self.number = str(int(match[1]))
            return self.number, match[2] or ""
        remarks.append(
            f"Baris {count}: “{text[:40]}” bukan nomor rekomendasi. Periksa apakah baris ini sudah di "
            "bawah rekomendasinya."
        )
        return self.number, ""

    def _recommendation(self, count, number, texts, remarks):
        """A line for the recommendation, once for each number; without numbers once for each text."""
        text = _paragraphs(texts.get("recommendation", ""))
        text = "" if text.casefold() in MERGED else text
        if not number and not text:
            if not self.key:
                remarks.append(NO_NUMBER)
            return
        self.key = number or text
        if self.key not in self.groups:
            component = " ".join(texts.get("component", "").split())
            head = EntryLine(RECOMMENDATION, number=number, text=text, component=component)
            self.groups[self.key] = [head]
        elif text and text != self.groups[self.key][0].text:
            remarks.append(
                f"Baris {count}: nomor {number} sudah dipakai untuk rekomendasi lain. "
                f"Teksnya, “{text[:80]}”, tidak dipakai."
            )


def _cells(text) -> list[tuple[int, list[str]]]:
    """The rows with the number of their first line. Excel puts a cell with ends of lines into quotes."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=quoting)
        rows, before = [], 0
        try:
            for cells in reader:
                rows.append((before + 1, cells))
                before = reader.line_num
        except csv.Error:
            continue
        if quoting == csv.QUOTE_NONE or not any(
            "\t" in cell for _, cells in rows for cell in cells
        ):
            break
    return [(count, cells) for count, cells in rows if any(cell.strip() for cell in cells)]


def _joined(rows, columns):
    """Rows that Word has broken at the paragraphs of a cell are put together again."""
    found: list[tuple[int, list[str]]] = []
    width, starts = len(columns), columns[0] == "number"
    for count, cells in rows:
        before = found[-1][1] if found else None
        if (
            before is not None
            and starts
            and len(before) < width
            and len(before) + len(cells) - 1 <= width
            and not NUMBERED.fullmatch(cells[0].strip().casefold())
            and cells[0].strip()
        ):
            before[-1] = f"{before[-1]}\n{cells[0]}"
            before += cells[1:]
        else:
            found.append((count, list(cells)))
    return found


def _is_head(cells) -> bool:
    """False for a first row of work, whose plan or unit begins like a title: “Rencana …”, “Bidang …”."""
    holds_number = any(NUMBERED.fullmatch(cell.strip().casefold()) for cell in cells)
    return not holds_number and any(_known(folded(cell)) for cell in cells)


def _known(words) -> str:
    if not words:
        return ""
    near = [words] if words in WORDS else get_close_matches(words, WORDS, n=1, cutoff=0.8)
    return WORDS[near[0]] if near else ""


def _column(text) -> str:
    """Which column the head means; empty when it means none."""
    words = folded(text)
    if found := _known(words):
        return found
    starts = [word for word in WORDS if len(word) > 3 and words.startswith(f"{word} ")]
    return WORDS[max(starts, key=len)] if starts else ""


def _list(text) -> list[str]:
    """The names in a cell: one a line, or separated by semicolons; marks of a list are dropped."""
    names = []
    for line in re.split(r"[\n;]", text):
        for pattern in (BULLET, NUMBER, LETTER):
            line = pattern.sub("", line.strip(), count=1) if pattern.match(line.strip()) else line
        if name := " ".join(line.split()).strip(" ,"):
            names.append(name)
    return names


def _paragraphs(text) -> str:
    """The lines of a cell; a bullet becomes a list item."""
    lines = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        match = BULLET.match(line)
        lines.append(f"- {words_of(line[match.end() :])}" if match else words_of(line))
    return "\n".join(lines)
