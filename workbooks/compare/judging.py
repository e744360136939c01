"""Checks one row of a sheet: finds its record, its changes and its problems."""

from collections import defaultdict
from itertools import chain

from django.core.exceptions import FieldDoesNotExist, ValidationError

from sakip.richtext import RichTextField
from sakip.spreadsheets import fitting
from workbooks.columns import cells
from workbooks.columns.sheets import NEVER_WRITTEN, Filled, SheetColumn
from workbooks.compare.plan import CellChange, RowOutcome, RowPlan
from workbooks.readers import workbook


class Judge:
    """`reader` is the rows.SheetReader; `stored` the records that its rows may be about."""

    def __init__(self, reader, stored):
        self.reader, self.sheet, self.user = reader, reader.sheet, reader.user
        self.directory, self.by_label = reader.directory, reader.by_label
        self.keys = [column for column in reader.columns if column.key]
        self.asked = [column for column in reader.columns if column.required and not column.key]
        stored = list(stored)
        self.by_pk = {record.pk: record for record in stored}
        self.by_key = {_folded(self._key_of(record)): record for record in stored}
        self.by_identity = self._identified(stored)
        self.seen = {}
        self.fields = {
            label: _field(self.sheet.model, column) for label, column in self.by_label.items()
        }
        self.taken = self._taken(stored)

    def _key_of(self, record):
        return tuple(column.widget.text(column.now(record), self.directory) for column in self.keys)

    def _identified(self, stored):
        """The only record with an identity (Sheet.identity), by that identity."""
        found = defaultdict(list)
        columns = self.by_label.items()
        for record in stored:
            values = {
                label: column.now(record)
                for label, column in columns
                if label in self.sheet.identified_by
            }
            found[self.sheet.identity(values)].append(record)
        return {key: some[0] for key, some in found.items() if key and len(some) == 1}

    def _taken(self, stored):
        """Values of unique columns held by stored records, by labels → words → record."""
        return {
            labels: {
                tuple(
                    self._word(label, self.by_label[label].now(record)) for label in labels
                ): record
                for record in stored
            }
            for labels in self.sheet.unique_columns()
        }

    def row(self, parsed) -> RowPlan:
        row = RowPlan(parsed.number, RowOutcome.REFUSED, problems=parsed.problems)
        for column in self.keys:
            if parsed.found.get(column.label, "") in ("", None) and not _named(row, column):
                row.problems.append(self._at(column, row, "Kolom ini wajib diisi."))
        if any(column.label not in parsed.found for column in self.keys) or _stops(row):
            return row
        key = self._words_of(parsed.found)
        row.label = " · ".join(key)
        stored = self._stored(row, parsed, key)
        if not _stops(row):
            self._compare(row, stored, parsed)
        return row

    def _words_of(self, found):
        return tuple(
            column.widget.text(found[column.label], self.directory) for column in self.keys
        )

    def _stored(self, row, parsed, key):
        """Returns the stored record for the row; None for a new one."""
        folded, mark = _folded(key), parsed.mark
        identity = self.sheet.identity(parsed.found)
        stored = self.by_identity.get(identity) or self.by_key.get(folded)
        if mark is not None:
            marked = self.by_pk.get(mark.pk)
            is_same = marked is not None and marked is self.by_identity.get(identity)
            if marked is None or not (is_same or _folded(self._key_of(marked)) == folded):
                message = (
                    "Kolom kunci berubah sejak diekspor, atau barisnya sudah tidak ada. Kembalikan isinya, "
                    "atau kosongkan kolom Sidik untuk membuat baris baru."
                )
                row.problems.append(self._at(self.keys[-1], row, message))
                return None
            stored = marked
        same = folded if stored is None or stored.pk is None else stored.pk
        if same in self.seen:
            message = f"Sama dengan baris {self.seen[same]}. Hapus salah satunya."
            row.problems.append(self._at(self.keys[-1], row, message))
        self.seen.setdefault(same, row.number)
        return stored

    def _compare(self, row, stored, parsed):
        found = parsed.found
        values = self.reader.by_attribute(found)
        row.instance = stored if stored is not None else self.sheet.begin(values, self.user)
        by_key = stored is not None and _folded(self._key_of(stored)) == _folded(
            self._words_of(found)
        )
        for position, column in self.reader.head.columns.items():
            if column.label in found and not (by_key and column.key):
                self._compare_cell(row, stored, column, position, found[column.label], parsed.mark)
        self._require(row, stored, found)
        self._check_rules(row, found)
        if _stops(row):
            return
        if stored is not None:
            row.outcome = RowOutcome.CHANGED if row.changes else RowOutcome.UNCHANGED
        else:
            row.outcome = RowOutcome.NEW
            self._shelve(row)
        if row.changes:
            self.sheet.accepted(row.instance)

    def _compare_cell(self, row, stored, column, position, value, mark):
        if column.aside:
            return
        if stored is None:
            before = _blank(column)
        else:
            before = column.widget.text(column.now(stored), self.directory)
        after = column.widget.text(value, self.directory)
        if after in (before, fitting(before)) or (stored and column.holds(stored, value)):
            return
        if mark and mark.had(column.label, after):
            return  # nobody changed it in the sheet; what is stored is newer
        if column.locked:
            if stored is not None or after not in (
                "",
                column.widget.text(column.widget.value(None)),
            ):
                self._complain(row, column, position, after, NEVER_WRITTEN, warning=True)
            return
        conflict = mark is not None and mark.had(column.label, before) is False
        address = workbook.address(position, row.number)
        chosen = self.reader.choices.get(f"{self.reader.read.name}!{address}")
        if conflict and chosen == "now":
            return
        self._check_cell(row, stored, column, position, before, value)
        row.changes.append(
            CellChange(column, address, before or "-", after or "-", value, conflict and not chosen)
        )

    def _check_cell(self, row, stored, column, position, before, value):
        """Adds problems that the model field finds, and a warning when plain text would lose formatting."""
        if fitting(before) != before:
            message = "Teks yang tersimpan lebih panjang daripada satu sel. Ubah di halamannya."
            self._complain(row, column, position, value, message)
        field = self.fields[column.label]
        if field and value in (None, ""):
            if not (field.null if value is None else field.blank) and not column.required:
                self._complain(row, column, position, "", "Kolom ini tidak boleh dikosongkan.")
        elif field:
            for validate in field.validators:
                try:
                    validate(value)
                except ValidationError as error:
                    self._complain(row, column, position, value, " ".join(error.messages))
        if stored is not None and isinstance(column.widget, cells.RichTextWidget):
            holder = column.holder(stored)
            if column.widget.loses(getattr(holder, column.attribute, "")):
                message = (
                    "Huruf miring, tebal, daftar, atau tabel pada teks ini hilang bila diganti."
                )
                self._complain(row, column, position, value, message, warning=True)

    def _complain(self, row, column, position, value, message, warning=False):
        problem = self.reader.cell_problem(column, position, row.number, value, message, warning)
        row.problems.append(problem)

    def _require(self, row, stored, found):
        """A new row needs every required column; a stored one may not lose it."""
        changed = {change.column.label for change in row.changes}
        for column in self.asked:
            if stored is not None and column.label not in changed:
                continue
            if found.get(column.label) in (None, "") and not _named(row, column):
                row.problems.append(self._at(column, row, self._missing(column)))

    def _missing(self, column):
        if any(found.label == column.label for found in self.reader.head.columns.values()):
            return "Kolom ini wajib diisi."
        return f"Kolom “{column.label}” tidak ada, padahal wajib untuk baris baru."

    def _check_rules(self, row, found):
        """Checks only rows that would be written; stored values that do not change are accepted."""
        if not row.changes or _stops(row):
            return
        changed = {change.column.label for change in row.changes}
        filled = Filled(row.instance, found, self.by_label, changed)
        if reason := self.sheet.refusal(filled, self.user):
            row.problems.append(self._at(row.changes[0].column, row, reason))
            return
        for label, message in chain(
            self.sheet.closed(filled), self.sheet.problems(filled, self.user)
        ):
            row.problems.append(self._at(self.by_label[label], row, message))
        for label, message in self.sheet.warnings(filled):
            row.problems.append(self._at(self.by_label[label], row, message, warning=True))
        self._check_unique(row, filled)

    def _check_unique(self, row, filled):
        for labels, taken in self.taken.items():
            value = tuple(self._word(label, filled[label]) for label in labels)
            if not filled.changed & set(labels) or not all(value):
                continue
            other = taken.setdefault(value, row.instance)
            if other is not row.instance:
                message = f"Sudah dipakai oleh {other}. Tulis yang lain."
                row.problems.append(self._at(self.by_label[labels[-1]], row, message))

    def _word(self, label, value):
        return self.by_label[label].widget.text(value, self.directory) if value is not None else ""

    def _shelve(self, row):
        """A new record is filled at once, so that later rows and sheets can name it."""
        row.fill()
        if self.sheet.shelf:
            self.directory.add(self.sheet.shelf, row.instance)

    def _at(self, column, row, message, warning=False):
        problem = self.reader.at(column, row.number, message, warning)
        change = next((one for one in row.changes if one.column.label == column.label), None)
        if change is None:
            return problem
        return self.reader.cell_problem(
            column, workbook.position(change.cell), row.number, change.after, message, warning
        )


def _field(model, column):
    """The model's field where it asks more than the widget; relations and rich text are judged elsewhere."""
    if type(column).fields is not SheetColumn.fields:
        return None
    if column.part:
        model = getattr(model, column.part.relation).rel.related_model
    try:
        field = model._meta.get_field(column.attribute)
    except FieldDoesNotExist:
        return None
    return None if field.is_relation or isinstance(field, RichTextField) else field


def _blank(column):
    """Returns the value of an empty cell in a new row. A part with only such values is not created."""
    return column.widget.text(column.widget.value(None)) if column.part else ""


def _folded(key):
    return tuple(word.casefold() for word in key)


def _named(row, column):
    return any(problem.column == column.label for problem in row.problems)


def _stops(row):
    return any(not problem.is_warning for problem in row.problems)
