"""Reads the rows of one sheet: finds the head, cleans every cell, and has each row judged."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import ValidationError

from sakip.models import Unit
from workbooks.columns import fingerprints
from workbooks.columns.cells import ReferenceWidget, shown
from workbooks.columns.sheets import NEVER_WRITTEN, Sheet
from workbooks.compare.judging import Judge
from workbooks.compare.plan import Problem, SheetPlan
from workbooks.readers import guesses, merged, workbook
from workbooks.readers.workbook import ReadSheet

STEP = 500  # rows between two reports of progress
EXAMPLE = "contoh:"
LONGEST_ECHO = 60  # characters of a value in a sentence
FIRST_HEAD = (
    "Baris {0} adalah judul tabel lain; baris {0} sampai {1} tidak dibaca, karena tabel di bawahnya lebih lengkap. "
    "Samakan kolom keduanya, atau unggah tabel ini sebagai berkas sendiri."
)
SECOND_HEAD = (
    "Baris {} adalah judul tabel lain dengan susunan kolom lain; dari sini lembar ini tidak dibaca. "
    "Samakan kolomnya dengan tabel pertama, atau unggah sebagai berkas sendiri."
)
NUMBERING = re.compile(r"\(?([0-9]{1,2})\)?")


@dataclass
class Parsed:
    """One row: its clean values by label, and what is wrong with single cells.

    `late` are cells that may name a row of the same sheet: they are cleaned when the row is judged.
    `body` is the body that the key of the row names, None when it names none.
    """

    number: int
    found: dict[str, object] = field(default_factory=dict)
    body: Unit | None = None
    mark: fingerprints.Fingerprint | None = None
    problems: list[Problem] = field(default_factory=list)
    late: list[tuple] = field(default_factory=list)


class SheetReader:
    """Turns the rows of one sheet into a plan."""

    def __init__(self, sheet: Sheet, read: ReadSheet, user, directory, choices):
        self.sheet, self.read, self.user = sheet, read, user
        self.directory, self.choices = directory, choices
        self.columns = sheet.columns()

    def plan(self, *, progress: Callable | None, done: int, total: int) -> SheetPlan:
        head = self.head = self._find_head()
        plan = SheetPlan(self.sheet, self.read.name, head)
        absent = self._absent(head)
        plan.questions = guesses.about_headings(
            self.read, head, absent, lambda label: self.sheet.likely_columns(label, self.directory)
        )
        plan.problems += self._head_problems(head, absent, plan.questions)
        if head is None or plan.errors or any(column.key for column in absent):
            return plan
        plan.problems += [
            self._about(message, cell, warning=True)
            for cell, message in merged.fill_down(self.read, head)
        ]
        self.by_label = {column.label: column for column in self.columns}
        self.by_label |= {column.label: column for column in head.columns.values()}
        parsed = []
        for count, (number, values) in enumerate(self._body(plan), 1):
            parsed.append(self._parse(number, values))
            if progress and count % STEP == 0:
                progress(done + count // 2, total)
        values = [self.by_attribute(row.found) for row in parsed]
        self.judge = Judge(self, self.sheet.matching(values, self.user))
        for count, row in enumerate(self._in_order(parsed), 1):
            plan.rows.append(self.judge.row(row))
            if progress and count % STEP == 0:
                progress(done + len(parsed) // 2 + count // 2, total)
        return plan

    def _find_head(self):
        def more(labels):
            return self.sheet.more_columns(labels, self.directory)

        return workbook.find_head(self.read, self.columns, more) or workbook.find_head(
            self.read, self.columns, more, guesses.is_like
        )

    def _absent(self, head):
        found = set(head.labels.values()) if head else set()
        return [column for column in self.columns if column.label not in found]

    def _in_order(self, parsed):
        """Sorts the rows so that a row comes after the row of this sheet that it refers to."""
        waiting = []
        for row in parsed:
            if self._clean_late(row):
                yield row
            else:
                waiting.append(row)
        while waiting:
            ready = [row for row in waiting if self._clean_late(row)]
            if not ready:
                break
            for row in ready:
                yield row
            waiting = [row for row in waiting if row not in ready]
        for row in waiting:
            self._clean_late(row, complain=True)
            yield row

    def _clean_late(self, row, complain=False):
        for column, position, raw in row.late:
            try:
                row.found[column.label] = self._cleaned(row, column, raw)
            except ValueError as error:
                if not complain:
                    return False
                self._complain(row, column, position, raw, str(error))
        return True

    def _complain(self, parsed, column, position, raw, message):
        """Adds an error; only a warning for columns that are never written."""
        if column.locked:
            message = NEVER_WRITTEN
        parsed.problems.append(
            self.cell_problem(column, position, parsed.number, raw, message, column.locked)
        )

    def _head_problems(self, head, absent, questions):
        """What is not asked about is said."""
        if head is None:
            keys = ", ".join(f"“{column.label}”" for column in self.columns if column.key)
            return [
                self._about(
                    f"Baris judul tidak ditemukan. Lembar ini memerlukan kolom {keys}. Unduh templatnya."
                )
            ]
        problems = [
            self._about(f"Kolom “{column.label}” tidak ada. Tambahkan, atau unduh templatnya.")
            for column in absent
            if column.key and not questions
        ]
        problems += [
            self._about(f"Kolom “{label}” ada dua kali. Hapus salah satunya.")
            for label in head.doubled
        ]
        problems += self._left_out(absent, {question.proposed for question in questions})
        problems += self._unknown(head, {question.found for question in questions})
        return problems + list(self._untitled(head))

    def _left_out(self, absent, proposed):
        left = [
            column.label
            for column in absent
            if not (column.key or column.locked or column.aside or column.label in proposed)
        ]
        if left and not self.read.is_partial:
            names = ", ".join(f"“{label}”" for label in left)
            yield self._about(f"Kolom yang tidak ada, jadi tidak diubah: {names}.", warning=True)

    def _unknown(self, head, asked):
        return [
            self._about(
                f"Kolom “{label}” {'' if label in self.read.named else 'tidak dikenal dan '}dilewati.",
                workbook.address(position, head.row),
                warning=True,
                loss=label not in self.read.named,
            )
            for position, label in head.unknown.items()
            if label not in asked
        ]

    def _untitled(self, head):
        """Values in a column without a heading: somebody may have deleted it by mistake."""
        titled = {*head.columns, *head.unknown, head.fingerprint}
        first = {}
        for number, values in self.read.rows if not head.doubled else ():
            for position, value in enumerate(values) if number > head.row else ():
                if position not in titled and value not in ("", None):
                    first.setdefault(position, (number, value))
        for position, (number, value) in sorted(first.items()):
            yield self._about(
                f"Kolom ini berisi “{shown(value)[:LONGEST_ECHO]}”, tetapi tidak mempunyai judul; dilewati. "
                f"Tulis judulnya di baris {head.row} bila isinya perlu dibaca.",
                workbook.address(position, number),
                warning=True,
                loss=True,
            )

    def _about(self, message, cell="", warning=False, loss=False):
        return Problem(self.read.name, cell, "", "", message, is_warning=warning, is_loss=loss)

    def _body(self, plan):
        """Yields the rows below the head, without examples, column numbers and repeated heads.

        A head with other places ends the table: what stands below it would be read in wrong columns.
        """
        first = min(self.head.columns)
        above = [row for row in self.read.rows if row[0] < self.head.row]
        for number, values in above[:-1]:  # the last one may belong to the head
            if labels := self._head_in(values):
                cell = workbook.address(min(labels), number)
                message = FIRST_HEAD.format(number, self.head.row - 1)
                plan.problems.append(self._about(message, cell, loss=True))
        heads = [values for number, values in self.read.rows if number <= self.head.row]
        for number, values in self.read.rows:
            if number <= self.head.row or values in heads:
                continue
            if labels := self._head_in(values):
                if all(label == self.head.labels.get(at) for at, label in labels.items()):
                    continue
                cell = workbook.address(min(labels), number)
                plan.problems.append(self._about(SECOND_HEAD.format(number), cell, loss=True))
                return
            start = values[first] if first < len(values) else ""
            if isinstance(start, str) and start.strip().casefold().startswith(EXAMPLE):
                message = f"Baris {number} adalah baris contoh dan dilewati."
                address = workbook.address(first, number)
                plan.problems.append(self._about(message, address, warning=True))
            elif number > self.head.row + 1 or not _is_numbering(values):
                yield number, values

    def _head_in(self, values) -> dict[int, str | None]:
        """The columns that a head names, by place, None for an unknown one; {} for a row that is no head."""
        first = next((value for value in values if value not in ("", None)), "")
        if not isinstance(first, str) or workbook.folded_label(first) not in self.spellings:
            return {}
        filled = ((at, value) for at, value in enumerate(values) if value not in ("", None))
        found = {at: self.spellings.get(workbook.folded_label(value)) for at, value in filled}
        named = {label for label in found.values() if label}
        keys = {column.label for column in self.columns if column.key}
        return found if len(named) > 1 and keys <= named else {}

    @cached_property
    def spellings(self):
        """Labels by all their spellings."""
        columns = [*self.columns, *self.head.columns.values()]
        named = self.read.named.items()
        return {workbook.folded_label(found): known for found, known in named if known} | {
            workbook.folded_label(spelling): column.label
            for column in columns
            for spelling in (column.label, *column.aliases)
        }

    def _parse(self, number, values) -> Parsed:
        parsed = Parsed(number)
        if self.head.fingerprint is not None and self.head.fingerprint < len(values):
            self._read_mark(parsed, values[self.head.fingerprint])
        for position, column in self.keys_first:
            raw = values[position] if position < len(values) else None
            raw = None if raw == "" else raw
            if raw is None and (message := self._empty_but(position, number)):
                self._complain(parsed, column, position, raw, message)
            elif _is_untouched(column, raw, parsed.mark):
                continue
            elif column.refers_to(self.sheet.shelf):
                parsed.late.append((column, position, raw))
            else:
                self._clean(parsed, column, position, raw)
        return parsed

    @cached_property
    def keys_first(self):
        """Pairs of position and column: the key tells the body within which names are looked up."""
        return sorted(self.head.columns.items(), key=lambda pair: not pair[1].key)

    def _clean(self, parsed, column, position, raw):
        try:
            value = self._cleaned(parsed, column, raw)
        except (ValueError, ValidationError) as error:
            self._complain(parsed, column, position, raw, str(error))
            return
        parsed.found[column.label] = value
        if column.key and parsed.body is None and isinstance(column.widget, ReferenceWidget):
            parsed.body = value and self.directory.unit_of(column.widget.directory, value)

    def _cleaned(self, parsed, column, raw):
        return column.widget.clean(raw, directory=self.directory, body=parsed.body)

    def _empty_but(self, position, number) -> str:
        """Says what is wrong with a formula that has no value; empty for a cell without a formula."""
        address = workbook.address(position, number)
        if address in self.read.errors:
            return "Rumus di sel ini gagal. Perbaiki rumusnya, atau tulis nilainya."
        if address in self.read.formulas:
            return "Rumus belum dihitung. Simpan sekali di Excel, atau tulis nilainya."
        return ""

    def _read_mark(self, parsed, raw):
        try:
            parsed.mark = fingerprints.read(raw)
        except ValueError as error:
            cell = workbook.address(self.head.fingerprint, parsed.number)
            parsed.problems.append(
                Problem(self.read.name, cell, fingerprints.LABEL, "", str(error), parsed.number)
            )

    def cell_problem(self, column, position, number, raw, message, warning=False):
        value = shown(raw)[:200]
        cell = workbook.address(position, number)
        loss = message == NEVER_WRITTEN
        return Problem(self.read.name, cell, column.label, value, message, number, warning, loss)

    def at(self, column, number, message, warning=False):
        """A problem of that column's cell, or of the row's first cell where the column is absent."""
        position = next(
            (at for at, found in self.head.columns.items() if found.label == column.label),
            min(self.head.columns),
        )
        return self.cell_problem(column, position, number, None, message, warning)

    def by_attribute(self, found):
        return {
            column.attribute: found[column.label]
            for column in self.head.columns.values()
            if column.label in found and column.part is None
        }


def _is_untouched(column, raw, mark):
    """Says whether the cell still has the name that was exported: then nothing is looked up, because
    a record that came later may have the same name."""
    is_name = mark is not None and not column.key and isinstance(column.widget, ReferenceWidget)
    return is_name and mark.had(column.label, "" if raw is None else str(raw)) is True


def _is_numbering(values):
    """The row (1) (2) (3) that some tables have below their head."""
    texts = [
        str(int(v) if isinstance(v, float) else v).strip() for v in values if v not in ("", None)
    ]
    found = [NUMBERING.fullmatch(text) for text in texts]
    return (
        len(texts) > 2
        and all(found)
        and [int(m[1]) for m in found] == list(range(1, len(texts) + 1))
    )
