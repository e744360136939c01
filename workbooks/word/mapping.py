"""How the tables of a Word file were understood: what each column is, and what the mark words mean.

A guess that a person may change on the page. It is given to `drafts.read` again, for this file or for
the next one of the same body: a table is known by its first full row (`TableShape.key`).
"""

from dataclasses import asdict, dataclass, field, replace

NUMBER, COMPONENT, TEXT, UNIT = "number", "component", "text", "unit"
PLAN, FOLLOW_UP, WORK = "plan", "follow_up", "work"
EVIDENCE, DUE, IGNORED = "evidence", "due", "ignored"
MARK, MARK_DONE, MARK_NOT_YET = "mark", "mark_done", "mark_not_yet"
MARKS = (MARK, MARK_DONE, MARK_NOT_YET)
STEPS = (WORK, FOLLOW_UP, PLAN)  # a table needs one of these columns beside TEXT
FIELDS = {
    NUMBER: "Nomor rekomendasi",
    COMPONENT: "Komponen",
    TEXT: "Rekomendasi",
    WORK: "Tindak lanjut/rencana aksi (satu kolom)",
    PLAN: "Rencana aksi",
    FOLLOW_UP: "Tindak lanjut",
    UNIT: "Penanggung jawab",
    DUE: "Batas waktu",
    EVIDENCE: "Bukti dukung",
    MARK: "Sudah/Belum",
    MARK_DONE: "Sudah (tanda centang)",
    MARK_NOT_YET: "Belum (tanda centang)",
    IGNORED: "Tidak dibaca",
}
DONE, IN_PROGRESS, NOT_YET, UNKNOWN = "done", "in_progress", "not_yet", ""
MARK_MEANINGS = {
    DONE: "Sudah",
    IN_PROGRESS: "Dalam proses",
    NOT_YET: "Belum",
    UNKNOWN: "Tidak berarti apa-apa",
}


@dataclass
class ColumnShape:
    """`start` and `end` on the table's grid; `kind` is one of FIELDS."""

    start: int
    end: int
    heading: str
    kind: str = IGNORED
    samples: list[str] = field(default_factory=list)
    is_certain: bool = True


@dataclass
class TableShape:
    """One table, or one part of tables that grew together.

    `first_row` is its first row as a person counts, `head_rows` how many rows from there are its head.
    `goes_on` says that it has no head and was read like the table before; `is_given` that a person
    said what its columns are. `is_read` is what came of it: a score table stays in the list with False.
    To have a table left out, all its columns are IGNORED.
    """

    table: int
    first_row: int
    key: str
    head_rows: int
    columns: list[ColumnShape] = field(default_factory=list)
    goes_on: bool = False
    is_given: bool = False
    is_read: bool = False
    is_certain: bool = True

    @property
    def kinds(self) -> set[str]:
        return {column.kind for column in self.columns}

    @property
    def is_complete(self) -> bool:
        """Whether it has the columns without which nothing can be read."""
        return TEXT in self.kinds and bool(self.kinds & set(STEPS))


@dataclass
class MarkWord:
    """`word` as it is compared: small letters, without list letter and stop."""

    word: str
    meaning: str
    is_certain: bool = True


@dataclass
class Mapping:
    """`marks` are the words that stand in the columns of marks of this file, each once."""

    tables: list[TableShape] = field(default_factory=list)
    marks: list[MarkWord] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        read = [table for table in self.tables if table.is_read]
        return (
            bool(read)
            and all(table.is_certain for table in read)
            and all(word.is_certain for word in self.marks)
        )

    @property
    def meanings(self) -> dict[str, str]:
        return {word.word: word.meaning for word in self.marks}

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict) -> "Mapping":
        tables = [
            TableShape(**{**one, "columns": [ColumnShape(**column) for column in one["columns"]]})
            for one in content.get("tables", ())
        ]
        return cls(tables, [MarkWord(**word) for word in content.get("marks", ())])

    def of(self, table: int, first_row: int, key: str) -> TableShape | None:
        """What a person said about this table, or about one with the same head."""
        alike = [shape for shape in self.tables if shape.key == key]
        own = [one for one in alike if (one.table, one.first_row) == (table, first_row)]
        found = next(iter(own or alike), None)
        return replace(found, table=table, first_row=first_row) if found else None
