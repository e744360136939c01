"""The rows of a sheet as they leave: exactly what is filtered and permitted, a few at a time."""

from collections.abc import Iterator

from django.db.models import QuerySet

from workbooks import fingerprints
from workbooks.sheets import Column, Sheet

CHUNK = 1000


class SheetExport:
    """One sheet on its way out. `labels` chooses columns (keys always go along); None takes all.

    `rows` narrows to some of the readable rows, None takes them all.
    """

    def __init__(self, sheet: Sheet, user, directory, *, labels=None, rows: QuerySet | None = None):
        self.sheet, self.directory = sheet, directory
        self._rows = sheet.readable(user)
        if rows is not None:
            self._rows = self._rows.filter(pk__in=rows.order_by().values("pk"))
        self.columns: list[Column] = [
            column
            for column in sheet.export_columns(user, directory)
            if labels is None or column.key or column.label in labels
        ]

    def count(self) -> int:
        return self._rows.count()

    def __iter__(self) -> Iterator[tuple[list, str]]:
        """Pairs of cell values, one for each column, and the row's fingerprint."""
        columns = [(column, column.widget) for column in self.columns]
        for record in self._rows.iterator(chunk_size=CHUNK):
            values, texts = [], {}
            for column, widget in columns:
                value = column.now(record)
                text = widget.text(value, self.directory)
                texts[column.label] = text
                values.append(widget.cell(value, self.directory))
            yield values, fingerprints.seal(record.pk, texts)
