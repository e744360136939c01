"""Compares a workbook with what is stored: every row is new, changed, unchanged or refused, and why.

Three values meet in a cell: the sheet's, the base (what the cell held when it was exported, known by
its fingerprint) and the one stored now. Nothing is written here.
"""

from collections.abc import Callable

from django.core.exceptions import ValidationError

from workbooks import cells, fingerprints, reading
from workbooks.plan import Change, Outcome, Plan, Problem, RowPlan, SheetPlan
from workbooks.reading import ReadSheet
from workbooks.sheets import Filled, Kind, Sheet

STEP = 500  # rows between two reports of progress


def analyse(
    kind: Kind, book: list[ReadSheet], user, directory, *, progress=None, choices=None
) -> Plan:
    """`progress(done, total)` may raise to stop. `choices` says for each conflict, by "sheet!cell",
    whether the sheet's value ("sheet") or the stored one ("now") is taken."""
    plan = Plan(kind)
    total, done = sum(len(sheet.rows) for sheet in book), 0
    for sheet_class in kind.sheets:
        sheet = sheet_class()
        read = _sheet_for(sheet, kind, book)
        if read is None:
            continue
        reader = SheetReader(sheet, read, user, directory, choices or {})
        plan.sheets.append(reader.plan(progress=progress, done=done, total=total))
        done += len(read.rows)
    plan.problems += _of_the_file(kind, book, plan)
    return plan


def _sheet_for(sheet, kind, book):
    wanted = reading.folded_label(sheet.title)
    for read in book:
        if reading.folded_label(read.name) == wanted:
            return read
    visible = [read for read in book if not read.is_hidden and read.rows]
    return visible[0] if len(kind.sheets) == 1 and len(visible) == 1 else None


def _of_the_file(kind, book, plan):
    names = {part.name for part in plan.sheets}
    for read in book:
        if read.rows and read.name not in names and read.name not in HELPER_SHEETS:
            state = "tersembunyi " if read.is_hidden else ""
            yield Problem(
                read.name,
                "",
                "",
                "",
                f"Lembar {state}“{read.name}” tidak dikenal dan dilewati.",
                is_warning=True,
            )
    if not plan.sheets:
        titles = ", ".join(f"“{sheet.title}”" for sheet in kind.sheets)
        yield Problem(
            "",
            "",
            "",
            "",
            f"Tidak ada lembar yang dikenal. Lembar yang dicari: {titles}. Unduh templatnya.",
        )


HELPER_SHEETS = frozenset({"Petunjuk", "Pilihan", reading.META_SHEET})


class SheetReader:
    """Turns the rows of one sheet into a plan."""

    def __init__(self, sheet: Sheet, read: ReadSheet, user, directory, choices):
        self.sheet, self.read, self.user, self.directory, self.choices = (
            sheet,
            read,
            user,
            directory,
            choices,
        )
        self.columns = sheet.columns()

    def plan(self, *, progress: Callable | None, done: int, total: int) -> SheetPlan:
        head = reading.find_head(
            self.read, self.columns, lambda labels: self.sheet.more_columns(labels, self.directory)
        )
        plan = SheetPlan(self.sheet, self.read.name, head)
        plan.problems += self._head_problems(head)
        if head is None or any(not problem.is_warning for problem in plan.problems):
            return plan
        self.head = head
        self.by_label = {column.label: column for column in self.columns}
        self.by_label |= {column.label: column for column in head.columns.values()}
        parsed = []
        for count, (number, values) in enumerate(self._body(), 1):
            parsed.append(self._parse(number, values))
            if progress and count % STEP == 0:
                progress(done + count // 2, total)
        self.stored = self._stored(parsed)
        self.seen, self.taken = {}, self._taken()
        for count, row in enumerate(parsed, 1):
            plan.rows.append(self._row(*row))
            if progress and count % STEP == 0:
                progress(done + len(parsed) // 2 + count // 2, total)
        return plan

    def _head_problems(self, head):
        if head is None:
            keys = ", ".join(f"“{column.label}”" for column in self.columns if column.key)
            return [
                self._about(
                    f"Baris judul tidak ditemukan. Lembar ini memerlukan kolom {keys}. Unduh templatnya."
                )
            ]
        found = {column.label for column in head.columns.values()}
        problems = [
            self._about(f"Kolom “{column.label}” tidak ada. Tambahkan, atau unduh templatnya.")
            for column in self.columns
            if column.key and column.label not in found
        ]
        problems += [
            self._about(f"Kolom “{label}” ada dua kali. Hapus salah satunya.")
            for label in head.doubled
        ]
        problems += [
            self._about(
                f"Kolom “{label}” tidak dikenal dan dilewati.",
                reading.address(position, head.row),
                warning=True,
            )
            for position, label in head.unknown.items()
        ]
        return problems

    def _about(self, message, cell="", warning=False):
        return Problem(self.read.name, cell, "", "", message, is_warning=warning)

    def _body(self):
        return ((number, values) for number, values in self.read.rows if number > self.head.row)

    def _parse(self, number, values):
        """The row's values by column label, its fingerprint, and the problems of single cells."""
        found, problems, mark = {}, [], None
        for position, column in self.head.columns.items():
            raw = values[position] if position < len(values) else None
            raw = None if raw == "" else raw
            address = reading.address(position, number)
            if address in self.read.formulas and raw is None:
                problems.append(
                    self._cell_problem(
                        column,
                        position,
                        number,
                        raw,
                        "Rumus belum dihitung. Simpan sekali di Excel, atau tulis nilainya.",
                    )
                )
                continue
            try:
                found[column.label] = column.widget.clean(raw, directory=self.directory)
            except (ValueError, ValidationError) as error:
                problems.append(self._cell_problem(column, position, number, raw, str(error)))
        if self.head.fingerprint is not None and self.head.fingerprint < len(values):
            try:
                mark = fingerprints.read(values[self.head.fingerprint])
            except ValueError as error:
                problems.append(
                    Problem(
                        self.read.name,
                        reading.address(self.head.fingerprint, number),
                        fingerprints.LABEL,
                        "",
                        str(error),
                        number,
                    )
                )
        return number, found, mark, problems

    def _cell_problem(self, column, position, number, raw, message, warning=False):
        value = "" if raw is None else str(raw)[:200]
        return Problem(
            self.read.name,
            reading.address(position, number),
            column.label,
            value,
            message,
            number,
            warning,
        )

    def _stored(self, parsed):
        values = [self._by_attribute(found) for _, found, _, _ in parsed]
        return {self._key_of(record): record for record in self.sheet.matching(values, self.user)}

    def _by_attribute(self, found):
        return {
            column.attribute: found[column.label]
            for column in self.head.columns.values()
            if column.label in found and column.part is None
        }

    def _key_of(self, record):
        return tuple(
            column.widget.text(column.now(record), self.directory)
            for column in self.columns
            if column.key
        )

    def _taken(self):
        """Values of unique columns held by stored records, by labels → words → record."""
        return {
            labels: {
                tuple(
                    self._word(label, self.by_label[label].now(record)) for label in labels
                ): record
                for record in self.stored.values()
            }
            for labels in self.sheet.unique_columns()
        }

    def _row(self, number, found, mark, problems):
        row = RowPlan(number, Outcome.REFUSED, problems=problems)
        keys = [column for column in self.columns if column.key]
        for column in keys:
            if found.get(column.label, "") in ("", None) and not self._has_problem(
                problems, column
            ):
                problems.append(self._at(column, number, "Kolom ini wajib diisi."))
        if any(column.label not in found for column in keys) or self._stops(problems):
            return row
        key = tuple(column.widget.text(found[column.label], self.directory) for column in keys)
        row.label = " · ".join(key)
        if key in self.seen:
            problems.append(
                self._at(
                    keys[-1], number, f"Sama dengan baris {self.seen[key]}. Hapus salah satunya."
                )
            )
            return row
        self.seen[key] = number
        stored = self.stored.get(key)
        if mark is not None and (stored is None or stored.pk != mark.pk):
            problems.append(
                self._at(
                    keys[-1],
                    number,
                    "Kolom kunci berubah sejak diekspor. Kembalikan isinya, atau kosongkan kolom Sidik untuk membuat baris baru.",
                )
            )
            return row
        self._compare(row, stored, found, mark)
        return row

    def _compare(self, row, stored, found, mark):
        values = self._by_attribute(found)
        row.instance = stored if stored is not None else self.sheet.begin(values, self.user)
        for position, column in self.head.columns.items():
            if column.label in found:
                self._compare_cell(row, stored, column, position, found[column.label], mark)
        if stored is None:
            self._require(row, found)
        self._check_rules(row, found)
        if self._stops(row.problems):
            row.outcome = Outcome.REFUSED
        elif stored is None:
            row.outcome = Outcome.NEW
            if self.sheet.shelf:
                self._shelve(row)
        else:
            row.outcome = Outcome.CHANGED if row.changes else Outcome.UNCHANGED

    def _compare_cell(self, row, stored, column, position, value, mark):
        if column.key and stored is not None:
            return
        now = column.now(stored) if stored is not None else None
        before = column.widget.text(now, self.directory) if stored is not None else ""
        after = column.widget.text(value, self.directory)
        if before == after:
            return
        had_now = mark.had(column.label, before) if mark else None
        if mark and mark.had(column.label, after):
            return  # nobody changed it in the sheet; what is stored is newer
        address = reading.address(position, row.number)
        if column.locked:
            if stored is None and not after:
                return
            message = "Kolom ini tidak pernah berubah lewat impor; isinya dilewati."
            row.problems.append(
                self._cell_problem(column, position, row.number, after, message, warning=True)
            )
            return
        conflict = had_now is False
        chosen = self.choices.get(f"{self.read.name}!{address}")
        if conflict and chosen == "now":
            return
        if (
            isinstance(column.widget, cells.Rich)
            and stored is not None
            and column.widget.loses(getattr(column.holder(stored), column.attribute, ""))
        ):
            message = "Huruf miring, tebal, atau daftar pada teks ini hilang bila diganti."
            row.problems.append(
                self._cell_problem(column, position, row.number, after[:60], message, warning=True)
            )
        row.changes.append(
            Change(column, address, before or "-", after or "-", value, conflict and not chosen)
        )

    def _require(self, row, found):
        for column in self.columns:
            missing = column.required and not column.key and found.get(column.label) in (None, "")
            if missing and not self._has_problem(row.problems, column):
                row.problems.append(self._at(column, row.number, "Kolom ini wajib diisi."))

    def _check_rules(self, row, found):
        """Only rows that would be written are judged; what is stored already may stay as it is."""
        if not row.changes:
            return
        changed = {change.column.label for change in row.changes}
        filled = Filled(row.instance, found, self.by_label, changed)
        if reason := self.sheet.refusal(filled, self.user):
            row.problems.append(self._at(row.changes[0].column, row.number, reason))
        for label, message in self.sheet.problems(filled, self.user):
            row.problems.append(self._at(self.by_label[label], row.number, message))
        for label, message in self.sheet.warnings(filled):
            row.problems.append(self._at(self.by_label[label], row.number, message, warning=True))
        self._check_unique(row, filled)

    def _check_unique(self, row, filled):
        for labels, taken in self.taken.items():
            value = tuple(self._word(label, filled[label]) for label in labels)
            if not filled.changed & set(labels) or not all(value):
                continue
            other = taken.setdefault(value, row.instance)
            if other is not row.instance:
                message = f"Sudah dipakai oleh {other}. Tulis yang lain."
                row.problems.append(self._at(self.by_label[labels[-1]], row.number, message))

    def _word(self, label, value):
        return self.by_label[label].widget.text(value, self.directory) if value is not None else ""

    def _shelve(self, row):
        for change in row.changes:
            if change.column.part is None and not isinstance(
                change.column.widget, cells.References
            ):
                setattr(
                    row.instance, change.column.attribute, change.column.widget.stored(change.value)
                )
        self.directory.add(self.sheet.shelf, row.instance)

    def _at(self, column, number, message, warning=False):
        position = next(
            (at for at, found in self.head.columns.items() if found.label == column.label), None
        )
        cell = reading.address(position, number) if position is not None else ""
        return Problem(self.read.name, cell, column.label, "", message, number, warning)

    @staticmethod
    def _has_problem(problems, column):
        return any(problem.column == column.label for problem in problems)

    @staticmethod
    def _stops(problems):
        return any(not problem.is_warning for problem in problems)
