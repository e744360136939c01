"""The plan of an import: what would happen to each row. It is the data of the preview."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256

from django.utils.functional import cached_property

from workbooks.columns.cells import ReferencesWidget
from workbooks.columns.sheets import Sheet, SheetColumn, WorkbookKind
from workbooks.readers.workbook import Head


class RowOutcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Question:
    """An unknown sheet (`cell` is "") or heading: a person says which of `options` it is, or none.

    `key` names it among the answers. `proposed` is the most similar option, "" when none is similar.
    """

    key: str
    sheet: str
    cell: str
    found: str
    proposed: str
    options: tuple[str, ...]

    @property
    def message(self) -> str:
        what = "Judul kolom" if self.cell else "Lembar"
        perhaps = f" Mungkin maksudnya “{self.proposed}”." if self.proposed else ""
        return f"{what} “{self.found}” tidak dikenal.{perhaps}"

    def as_json(self) -> dict:
        return asdict(self) | {"options": list(self.options), "message": self.message}


@dataclass(frozen=True)
class Problem:
    """One thing to mend or to know. `cell` is an address such as C7, "" for the sheet as a whole.

    `is_loss`: something of the file is left out although the rest is written.
    """

    sheet: str
    cell: str
    column: str
    value: str
    message: str
    row: int | None = None
    is_warning: bool = False
    is_loss: bool = False

    def as_json(self) -> dict:
        return {
            name: getattr(self, name) for name in ("sheet", "cell", "column", "value", "message")
        }


@dataclass(eq=False)  # frozen ones are made at half the speed, and there are many
class CellChange:
    """One cell: `before` and `after` in words. `conflict` is True when both sides changed it."""

    column: SheetColumn
    cell: str
    before: str
    after: str
    value: object
    conflict: bool = False

    @cached_property
    def fields(self) -> dict[str, object]:
        """What is written, by attribute of the column's holder."""
        return self.column.fields(self.value)


@dataclass
class RowPlan:
    """What is to become of one row. `instance` is the stored record, or a new one not yet saved."""

    number: int
    outcome: RowOutcome
    label: str = ""
    instance: object = None
    changes: list[CellChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.outcome is RowOutcome.NEW

    def fill(self):
        """Gives a new record its values, so that others can name it before it is saved."""
        for change in self.changes:
            column = change.column
            if column.part is None and not isinstance(column.widget, ReferencesWidget):
                for name, value in change.fields.items():
                    setattr(self.instance, name, value)

    @property
    def conflicts(self) -> list[CellChange]:
        """Returns the conflicts to decide; none for a refused row."""
        if self.outcome is RowOutcome.REFUSED:
            return []
        return [change for change in self.changes if change.conflict]


@dataclass
class SheetPlan:
    sheet: Sheet
    name: str
    head: Head | None
    rows: list[RowPlan] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)  # of the sheet as a whole
    questions: list[Question] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """What is wrong with the sheet as a whole."""
        return [problem for problem in self.problems if not problem.is_warning]

    def count(self, outcome: RowOutcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)


@dataclass
class ImportPlan:
    """The whole workbook. `problems` concern the file, `sheet_questions` its sheets."""

    kind: WorkbookKind
    sheets: list[SheetPlan] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sheet_questions: list[Question] = field(default_factory=list)

    def count(self, outcome: RowOutcome) -> int:
        return sum(sheet.count(outcome) for sheet in self.sheets)

    @property
    def all_problems(self) -> list[Problem]:
        found = list(self.problems)
        for sheet in self.sheets:
            found += sheet.problems
            for row in sheet.rows:
                found += row.problems
        return found

    @property
    def questions(self) -> list[Question]:
        """What must be answered before anything is written."""
        return [*self.sheet_questions, *(one for sheet in self.sheets for one in sheet.questions)]

    @property
    def losses(self) -> list[Problem]:
        return [problem for problem in self.all_problems if problem.is_loss]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.all_problems if not problem.is_warning]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.all_problems if problem.is_warning]

    @property
    def conflicts(self) -> list[tuple[SheetPlan, RowPlan, CellChange]]:
        return [
            (sheet, row, change)
            for sheet in self.sheets
            for row in sheet.rows
            for change in row.conflicts
        ]

    def digest(self) -> str:
        """Equal for two plans that would write the same."""
        content = sha256()
        for sheet in self.sheets:
            for row in sheet.rows:
                key = row.instance.pk if row.instance is not None else None
                changes = [(c.cell, c.before, c.after, c.conflict) for c in row.changes]
                content.update(
                    repr((sheet.name, row.number, str(row.outcome), key, changes)).encode()
                )
        return content.hexdigest()
