"""Yields the rows of a sheet for an export: only filtered and permitted rows, in small batches."""

from array import array
from collections.abc import Collection, Iterator

from django.db.models import QuerySet

from workbooks.columns import fingerprints, shelves
from workbooks.columns.sheets import Sheet, SheetColumn, WorkbookKind

CHUNK = 500  # SQLite refuses to fetch the parents of a thousand rows at once


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
        columns = [
            (column.label, column.now, column.widget.text, column.widget.cell)
            for column in self.columns
        ]
        directory = self.directory
        for record in self._records():
            values, texts = [], {}
            for label, now, text_of, cell in columns:
                value = now(record)
                texts[label] = text = text_of(value, directory)
                values.append(cell(value, text))
            yield values, fingerprints.seal(record.pk, texts)

    def _records(self):
        """A database sorts the keys alone: whole rows would all lie in its memory at once."""
        keys = array("Q", self._rows.values_list("pk", flat=True).iterator(chunk_size=CHUNK))
        for start in range(0, len(keys), CHUNK):
            some = self._rows.filter(pk__in=keys[start : start + CHUNK])
            yield from self.sheet.loaded(some, self.directory)
