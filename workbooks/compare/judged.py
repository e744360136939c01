"""Puts the judged rows of a plan into its preview, and makes the plan again from there.

Rows in words stand in a preview anyhow; here they get what words do not say: the key of the record, and
the value of a cell. Only sheets that say so (`Sheet.is_recalled`) are made again; others are judged again.
"""

from datetime import date
from decimal import Decimal

from django.db.models import Model

from workbooks.columns import shelves
from workbooks.compare.plan import CellChange, ImportPlan, RowOutcome, RowPlan, SheetPlan

WRITTEN = (RowOutcome.NEW, RowOutcome.CHANGED)
NOTHING = "-"  # the word for an empty cell


def is_recallable(plan: ImportPlan) -> bool:
    """Whether every row to be written can be made again, and nothing waits for an answer."""
    sheets = [
        part.sheet for part in plan.sheets if any(row.outcome in WRITTEN for row in part.rows)
    ]
    return (
        bool(sheets)
        and all(sheet.is_recalled for sheet in sheets)
        and not plan.questions
        and not plan.conflicts
    )


def bodies_of(plan: ImportPlan) -> list[int] | None:
    """The keys of the bodies that the rows belong to; None when one is new.

    A new row that is refused belongs to none: its record is empty, and nothing of it is written.
    """
    found = {
        part.sheet.body_of(row.instance)
        for part in plan.sheets
        for row in part.rows
        if row.instance and (row.instance.pk or row.outcome in WRITTEN)
    }
    return None if None in found else sorted(found)


class Coder:
    """Values of cells as JSON. A record of the same workbook is named by its sheet and row."""

    def __init__(self, plan: ImportPlan):
        self.new = {
            id(row.instance): [part.name, row.number]
            for part in plan.sheets
            for row in part.rows
            if row.is_new
        }

    def row(self, row) -> dict:
        return {"pk": row.instance.pk} if row.outcome in WRITTEN else {}

    def change(self, change) -> dict:
        """What the preview does not say of this change already."""
        if isinstance(change.value, str):
            return {} if change.value == change.after else {"value": change.value}
        return {"value": self.code(change.value)}

    def code(self, value):
        if isinstance(value, Model):
            return {"new": self.new[id(value)]} if value.pk is None else {"pk": value.pk}
        if isinstance(value, tuple):
            return [self.code(one) for one in value]
        if isinstance(value, Decimal):
            return {"number": str(value)}
        return {"day": value.isoformat()} if isinstance(value, date) else value


class Lost(LookupError):
    """A record is no longer there, or no longer for this person."""


def recalled(kind, preview, user) -> ImportPlan:
    """The plan of a preview with the rows that are to be written. Raises Lost."""
    return _Recall(kind, preview, user).plan()


class _Recall:
    def __init__(self, kind, preview, user):
        self.kind, self.preview, self.user = kind, preview, user
        self.directory = shelves.directory_for(user)
        self.known: dict[str, dict] = {}
        self.made: dict[tuple, Model] = {}

    def plan(self):
        plan = ImportPlan(self.kind)
        by_title = {sheet.title: sheet for sheet in self.kind.sheets}
        rows: dict[tuple, list] = {}
        for row in self.preview.rows:
            if row["outcome"] in WRITTEN:
                rows.setdefault((row["sheet"], row["title"]), []).append(row)
        order = [sheet.title for sheet in self.kind.sheets]
        for (name, title), some in sorted(rows.items(), key=lambda item: order.index(item[0][1])):
            sheet = by_title[title]()
            plan.sheets.append(SheetPlan(sheet, name, None, self._rows(sheet, name, some)))
        return plan

    def _rows(self, sheet, name, rows):
        columns = {column.label: column for column in sheet.columns()}
        values = [
            [
                (change, columns[change["column"]], self._value(columns[change["column"]], change))
                for change in row["changes"]
            ]
            for row in rows
        ]
        parents = [
            value
            for some in values
            for _, column, value in some
            if column.key and isinstance(value, Model)
        ]
        stored = sheet.recall([row["pk"] for row in rows if row["pk"]], parents, self.user)
        return [
            self._row(sheet, name, row, some, stored)
            for row, some in zip(rows, values, strict=True)
        ]

    def _row(self, sheet, name, row, values, stored):
        changes = [
            CellChange(column, change["cell"], change["before"], change["after"], value)
            for change, column, value in values
        ]
        plan = RowPlan(row["number"], RowOutcome(row["outcome"]), row["label"], changes=changes)
        if row["pk"]:
            plan.instance = stored.get(row["pk"])
            record = plan.instance
            if record is None or not all(self._is_as_shown(one, record) for one in changes):
                raise Lost
            return plan
        plan.instance = sheet.model()
        plan.fill()
        self.made[name, row["number"]] = plan.instance
        return plan

    def _is_as_shown(self, change, record):
        """Even what left no history must not be overwritten unseen."""
        column = change.column
        return change.before == (column.widget.text(column.now(record), self.directory) or NOTHING)

    def _value(self, column, change):
        if "value" not in change:
            return change["after"]
        return self._decoded(column, change["value"])

    def _decoded(self, column, value):
        if isinstance(value, list):
            return tuple(self._decoded(column, one) for one in value)
        if not isinstance(value, dict):
            return value
        if "number" in value:
            return Decimal(value["number"])
        if "day" in value:
            return date.fromisoformat(value["day"])
        if "new" in value:
            return self.made[tuple(value["new"])]
        return self._record(column.widget.directory, value["pk"])

    def _record(self, shelf, pk):
        """From the directory: nothing that the person may not see."""
        if shelf not in self.known:
            self.known[shelf] = {record.pk: record for record in self.directory.records(shelf)}
        if pk not in self.known[shelf]:
            raise Lost
        return self.known[shelf][pk]
