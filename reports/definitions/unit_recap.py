"""Recapitulation per unit: renaksi in each status, and late renaksi grouped by days of delay."""

from recommendations.models import Renaksi
from recommendations.querysets import AGES
from reports.definitions import units
from reports.definitions.items import as_of, source
from reports.selectors.letterheads import letterhead_of
from reports.tables.table import Cell, CellKind, Column, Orientation, Report, Table

LATE = (1, None)


def build(user, scope) -> Report:
    evaluation = scope.evaluation
    return Report(
        name="unit-recap",
        title=f"Rekapitulasi per Unit Kerja Tindak Lanjut LHE SAKIP {evaluation.in_years}",
        subtitle=evaluation.unit.name,
        letterhead=letterhead_of(evaluation.unit),
        sections=tables([evaluation], user, scope.today),
        orientation=Orientation.LANDSCAPE,
        filename=f"rekap-unit-kerja-{evaluation.evaluation_year}",
    )


def tables(evaluations, user, today) -> list[Table]:
    """Returns one table for each evaluation. The number of queries does not depend on how many there are."""
    rows = units.unit_rows_of(evaluations, user)
    counts = units.counts_of([one.pk for one in evaluations])
    return [_table(one, rows[one.pk], counts.get(one.pk, 0), today) for one in evaluations]


def _table(evaluation, rows, everything, today):
    figures = _figures(today)
    return Table(
        key="rekap",
        name="Rekap unit kerja",
        subtitle=as_of(today),
        columns=[
            Column("No.", lambda row: row[0], CellKind.ORDINAL, width=4),
            Column("Unit Kerja", lambda row: row[1].unit.name, width=20),
            *figures,
        ],
        rows=list(enumerate(rows, start=1)),
        row_key=lambda row: row[1].unit.pk,
        footer_rows=[_footer(figures, units.total(rows))],
        notes=[
            *source(evaluation),
            *units.notes_on(rows, everything),
            "Terlambat: masih pada unit setelah batas waktunya; yang menunggu reviu tidak dihitung.",
            "Persentase terhadap tindak lanjut yang dapat ditindaklanjuti.",
        ],
    )


def _figures(today):
    return [
        *(_status(value, label) for value, label in Renaksi.Status.choices),
        Column("Jumlah", lambda row: len(row[1].renaksi), CellKind.INTEGER, width=7),
        _percent("Sudah (%)", "claimed_percent"),
        _percent("Diverifikasi (%)", "verified_percent"),
        *(_age(age.label, age.first, age.last, today) for age in AGES),
        _age("Jumlah", *LATE, today),
    ]


def _status(status, label):
    return Column(
        label,
        lambda row: row[1].count(status),
        CellKind.INTEGER,
        width=9.5,
        group="Status Tindak Lanjut",
    )


def _percent(label, name):
    def read(row):
        progress = row[1].progress
        return Cell(value=getattr(progress, name), places=progress.places)

    return Column(label, read, CellKind.NUMBER, width=9, group="Progres")


def _age(label, first, last, today):
    return Column(
        label,
        lambda row: sum(_is_late(renaksi, first, last, today) for renaksi in row[1].renaksi),
        CellKind.INTEGER,
        width=7,
        group="Terlambat",
    )


def _is_late(renaksi, first, last, today):
    if not renaksi.is_overdue(today):
        return False
    days = (today - renaksi.due_date).days
    return days >= first and (last is None or days <= last)


def _footer(figures, row):
    return [Cell(value="Jumlah", span=2), *(column.value((0, row)) for column in figures)]
