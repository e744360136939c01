"""Yields the rows of a sheet for an export: only filtered and permitted rows, in small batches."""

from array import array
from collections.abc import Callable, Collection, Iterator

from django.db.models import QuerySet

from workbooks.columns import fingerprints, shelves
from workbooks.columns.sheets import Sheet, SheetColumn, WorkbookKind

CHUNK = 900  # SQLite refuses to fetch the parents of a thousand rows at once
MOST_KNOWN = 5_000  # values of a column that are remembered with what they look like


def exports(
    kind: WorkbookKind,
    user,
    *,
    chosen: Collection[str] | None = None,
    among: QuerySet | None = None,
) -> list["SheetExport"]:
    """The sheets of `kind` with what `user` may see.

    `chosen` names columns as "sheet!column", None takes all; a sheet of which none is chosen is left
    out. `among` narrows to these records and to what belongs to them.
    """
    directory = shelves.directory_for(user)
    found = []
    for sheet in (sheet() for sheet in kind.sheets):
        start = f"{sheet.title}!"
        labels = chosen and {name.removeprefix(start) for name in chosen if name.startswith(start)}
        if labels or not chosen:
            rows = None if among is None else _among(sheet, among)
            found.append(SheetExport(sheet, user, directory, labels=labels, rows=rows))
    return found


def _among(sheet, records) -> QuerySet | None:
    """Of the sheet's records those that are, or belong to, `records`; None when they are unrelated."""
    if sheet.model is records.model:
        return records
    keys = records.order_by().values("pk")
    for field in sheet.model._meta.get_fields():
        if field.many_to_one and field.related_model is records.model:
            return sheet.model._base_manager.filter(**{f"{field.name}__in": keys})
    return None


class SheetExport:
    """One sheet on its way out. `labels` chooses columns (keys always go along); None takes all.

    `rows` narrows to some of the readable rows, None takes them all.
    """

    def __init__(self, sheet: Sheet, user, directory, *, labels=None, rows: QuerySet | None = None):
        self.sheet, self.directory = sheet, directory
        self._rows = sheet.readable(user)
        if rows is not None:
            self._rows = self._rows.filter(pk__in=rows.order_by().values("pk"))
        self.columns: list[SheetColumn] = [
            column
            for column in sheet.export_columns(user, directory)
            if labels is None or column.key or column.label in labels
        ]

    def count(self) -> int:
        return self._rows.count()

    def __iter__(self) -> Iterator[tuple[list, str]]:
        """Pairs of cell values, one for each column, and the row's fingerprint."""
        columns = [_reader(column, self.directory) for column in self.columns]
        for record in self._records():
            values, parts = [], []
            for read in columns:
                value, part = read(record)
                values.append(value)
                parts.append(part)
            yield values, fingerprints.seal(record.pk, parts)

    def _records(self):
        """A database sorts the keys alone: whole rows would all lie in its memory at once."""
        keys = array("Q", self._rows.values_list("pk", flat=True).iterator(chunk_size=CHUNK))
        for start in range(0, len(keys), CHUNK):
            some = self._rows.filter(pk__in=keys[start : start + CHUNK])
            yield from self.sheet.loaded(some, self.directory)


def _reader(column: SheetColumn, directory) -> Callable[[object], tuple[object, tuple]]:
    """Answers of a record what its cell holds, and its part of the fingerprint.

    A unit, a day or a status stands in many rows: what it looks like is asked once.
    """
    label, widget, attribute = column.label, column.widget, column.attribute
    text_of, cell_of, part = widget.text, widget.cell, fingerprints.part

    def read(record):
        value = column.now(record)
        text = text_of(value, directory)
        return cell_of(value, text), part(label, text)

    if not (column.is_plain and widget.is_shared and type(column).now is SheetColumn.now):
        return read
    known: dict[object, tuple] = {}

    def read_once(record):
        stored = getattr(record, attribute, None)
        found = known.get(stored)
        if found is None:
            if len(known) >= MOST_KNOWN:
                known.clear()
            found = known[stored] = read(record)
        return found

    return read_once
