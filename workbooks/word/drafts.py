"""What was read from a Word file, as people correct it: one entry for each recommendation.

The texts of an entry are cells as they were typed, with their letters; `lettered.parse` reads them
again after every correction.
"""

from dataclasses import asdict, dataclass, field
from itertools import chain

from sakip import notation
from sakip.numbers import list_letter
from workbooks.readers.guard import WorkbookRefused
from workbooks.readers.workbook import folded_label
from workbooks.word import document, lettered, tables
from workbooks.word.extras import Extras
from workbooks.word.mapping import Mapping
from workbooks.word.tables import DONE, LONGEST_HEADING, LOOKED_FOR, NumberedBlock

ALIKE = 0.6  # of the words of two texts, so that both are taken for one
MAX_ENTRIES = 300


@dataclass
class DraftEntry:
    """`place` names table and rows; `component` is the one of its own column, of the row above the
    group or of its heading; `plan` the cell of its own column, empty where one column holds both.

    By the position as text ("1" is a) the file says for each renaksi: `said` the words of its mark,
    `marks` what they mean, `percents`, `units`, `evidence` and `due`. `statuses` and `leads` are what
    the coordinator chose.
    """

    place: str
    number: int | None
    heading: str
    text: str
    follow_up: str
    marks: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    leads: dict[str, int] = field(default_factory=dict)
    is_included: bool = True
    remarks: list[str] = field(default_factory=list)
    component: str = ""
    plan: str = ""
    said: dict[str, str] = field(default_factory=dict)
    percents: dict[str, int] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    due: dict[str, str] = field(default_factory=dict)

    @property
    def points(self) -> lettered.Lettered:
        return lettered.parse(self.text)

    @property
    def renaksi(self) -> list[lettered.LetteredItem]:
        """A cell without letters is one renaksi; an empty one is none. One that has only a plan has
        no lines of its own."""
        found = {part.position: part for part in _items(self.follow_up)}
        for part in _items(self.plan):
            item = lettered.LetteredItem(part.position, part.mark, [])
            found.setdefault(part.position, item)
        return [found[position] for position in sorted(found)]

    @property
    def plans(self) -> dict[str, str]:
        """The text of its own column for plans; one without letters is the plan of every renaksi."""
        found = lettered.parse(self.plan)
        if found.parts:
            return {str(part.position): "\n".join([part.text, *part.steps]) for part in found.parts}
        return {str(part.position): self.plan for part in self.renaksi} if self.plan else {}

    @property
    def lead(self) -> str:
        """What opens the follow-up cell before the letters."""
        found = lettered.parse(self.follow_up)
        return found.lead_text if found.parts else ""


def _items(cell):
    found = lettered.parse(cell)
    if found.parts or not found.lead:
        return found.parts
    before, steps = lettered.steps_of(found.lead)
    return [lettered.LetteredItem(1, "", before, steps)]


@dataclass
class TableDraft:
    """`remarks` concern the file; `text` is what stands outside its tables.

    Where no table was understood there are no entries: `mapping` shows the tables, and a person says
    what their columns are.
    """

    entries: list[DraftEntry]
    remarks: list[str] = field(default_factory=list)
    text: str = ""
    mapping: Mapping = field(default_factory=Mapping)
    extras: Extras = field(default_factory=Extras)

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict) -> "TableDraft":
        entries = [DraftEntry(**entry) for entry in content["entries"]]
        mapping = Mapping.from_json(content.get("mapping", {}))
        extras = Extras.from_json(content.get("extras", {}))
        return cls(entries, content["remarks"], content["text"], mapping, extras)


def read(file, name: str, headings: list[str], mapping: Mapping | None = None) -> TableDraft:
    """`mapping` is what a person said about this file or about one like it; the draft carries how
    every table was read. Raises WorkbookRefused where the file has no table or cannot be read.
    """
    found = document.read(file, name)
    draft, heads = TableDraft([], text=found.text[:20_000]), 0
    for table in chain.from_iterable(map(tables.parts, found.tables)):
        columns = tables.find_head(table)
        if columns is None:
            continue
        heads += 1
        blocks = tables.read_blocks(table, columns, headings)
        draft.entries += [_entry(block, headings) for block in blocks]
        if columns.unknown:
            labels = ", ".join(f"“{label[:40]}”" for label in columns.unknown)
            draft.remarks.append(
                f"Tabel {table.number}: kolom {labels} tidak dikenal dan dilewati."
            )
        if not set(columns.places) & set(tables.MARKS):
            draft.remarks.append(
                f"Tabel {table.number} tidak mempunyai kolom Sudah/Belum; semuanya dibaca Belum."
            )
    if not draft.entries:
        raise WorkbookRefused(_nothing(name, len(found.tables), heads))
    if len(draft.entries) > MAX_ENTRIES:
        raise WorkbookRefused(
            f"{name} berisi {len(draft.entries)} rekomendasi. Paling banyak {MAX_ENTRIES}; "
            "bagi menjadi beberapa berkas."
        )
    _leave_copies_out(draft.entries)
    return draft


def _nothing(name, count, heads):
    seen = f"Berkas ini berisi {count} tabel" if count else "Berkas ini tidak berisi tabel"
    reason = "tabelnya kosong" if heads else "tidak ada yang judul kolomnya demikian"
    return (
        f"Tabel tindak lanjut tidak ditemukan dalam {name}. Yang dicari: tabel dengan judul kolom "
        f"{LOOKED_FOR}. {seen}{f'; {reason}' if count else ''}. Periksa judul kolomnya, lalu unggah lagi."
    )


def _entry(block: NumberedBlock, headings) -> DraftEntry:
    heading, text = _heading(block.text, headings)
    follow_up = _follow_up(block)
    entry = DraftEntry(
        block.place, block.number, heading, "\n".join(text), "\n".join(follow_up),
        remarks=[*block.remarks],
    )  # fmt: skip
    entry.remarks += dict.fromkeys(entry.points.remarks + lettered.parse(entry.follow_up).remarks)
    _read_marks(entry, block)
    units = [unit for unit in block.units if unit]
    for part, unit in zip(entry.renaksi, units * (len(units) == 1) * 99 or units, strict=False):
        entry.units[str(part.position)] = unit
    return entry


def _heading(lines, headings):
    """A short first line without a stop; or the name of a component that opens the first line."""
    if not lines:
        return "", []
    first = notation.plain(lines[0])
    known = [name for name in headings if first.casefold().startswith(f"{name.casefold()} ")]
    is_short = len(first) <= LONGEST_HEADING and first[-1:] not in ".;:,"
    if len(lines) > 1 and is_short and not lettered.is_marked(lines[0]):
        return first, lines[1:]
    rest = first[len(max(known, key=len)) :].lstrip(" .:–-") if known else ""
    if rest[:1].isupper() and first == lines[0]:
        return first[: len(max(known, key=len))], [rest, *lines[1:]]
    return "", lines


def _follow_up(block):
    """The cells of all rows in one; rows that each carry a mark of their own get letters."""
    cells = [cell for cell in block.follow_ups if cell]
    own = [
        cell
        and any(lines for lines in marks.values())
        and not lettered.parse("\n".join(cell)).parts
        for cell, marks in zip(block.follow_ups, block.marks, strict=True)
    ]
    if len(cells) > 1 and sum(map(bool, own)) == len(cells):
        return [
            line
            for place, cell in enumerate(cells, 1)
            for line in (f"{list_letter(place)}. {cell[0]}", *cell[1:])
        ]
    lines = []
    for cell in cells:
        lines = tables.join(lines, cell)
    return lines


def _read_marks(entry, block):
    parts = entry.renaksi
    found = [
        (lettered.opened(line)[0], line, column)
        for row in block.marks
        for column, lines in row.items()
        for line in lines
    ]
    said = [(mark, tables.mark_of(line, column), line) for mark, line, column in found]
    entry.remarks += [
        f"Tanda “{notation.plain(line)[:60]}” tidak jelas; dibaca Belum."
        for _, mark, line in said
        if not mark
    ]
    said = [(mark, word) for mark, word, _ in said if word]
    by_letter = dict(said) if all(mark for mark, _ in said) else {}
    for place, part in enumerate(parts):
        mark = by_letter.get(part.mark) or by_letter.get(part.letter)
        if not mark and len(said) == 1 and not said[0][0]:
            mark = said[0][1]
        elif not mark and not by_letter and place < len(said) == len(parts):
            mark = said[place][1]
        entry.marks[str(part.position)] = mark or ""
        entry.statuses[str(part.position)] = "in_progress" if mark == DONE else "open"
    missing = [part.letter for part in parts if not entry.marks[str(part.position)]]
    if missing and said:
        names = f" {', '.join(missing)}" if len(parts) > 1 else ""
        entry.remarks.append(
            f"Tanda Sudah/Belum untuk renaksi{names} tidak ditemukan; dibaca Belum."
        )


def _leave_copies_out(entries):
    """A recommendation that stands in the file again is shown, but not imported twice."""
    seen = []  # each with its texts and the set of their words
    for entry in sorted(entries, key=lambda one: one.number is None):  # the numbered ones first
        texts = _texts(entry)
        words = frozenset(texts[0].split())
        found = (known for known in seen if _is_copy(entry, words, known))
        first, others, _ = next(found, (None, None, None))
        if first is None:
            seen.append((entry, texts, words))
            continue
        entry.is_included = False
        same = texts == others
        difference = "" if same else " Isinya sedikit berbeda; periksa mana yang benar."
        entry.remarks.append(f"Salinan dari {first.place}, jadi tidak diimpor.{difference}")
        entry.number = first.number


def _is_copy(entry, words, known):
    other, _, theirs = known
    if entry.number is not None and entry.number != other.number:
        return False
    return len(words & theirs) > ALIKE * len(words | theirs)


def _texts(entry):
    text = " ".join(part.text for part in entry.points.parts)
    follow_up = " ".join("\n".join([part.text, *part.steps]) for part in entry.renaksi)
    head = f"{entry.heading} {entry.points.lead_text} {text}"
    return folded_label(notation.plain(head)), folded_label(notation.plain(follow_up))
