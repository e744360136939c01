"""Indicator tables per objective: the chosen year and the three years before it (docs/design.md §2.5)."""

from performance.selectors.indicator_tables import indicator_tables, latest_year
from reports.tables.table import Cell, CellKind, Column, Report, Table, Tone

TONES = {"better": Tone.BETTER, "worse": Tone.WORSE}


def build(user, scope) -> Report:
    year = scope.year or latest_year(user, scope.unit) or scope.today.year
    return Report(
        name="indicator-table",
        title=title(year),
        sections=[table(found) for found in indicator_tables(user, year, scope.unit) if found.rows],
        filename=f"indikator-kinerja-{year}",
    )


def title(year) -> str:
    return f"Perbandingan Realisasi Tahun {year - 3} s.d. {year - 1} dengan Tahun {year}"


def table(objective_table) -> Table:
    years = objective_table.years
    realised = [
        Column(
            str(year),
            lambda row, at=position: figure(row.cells[at]),
            CellKind.NUMBER,
            12,
            "Realisasi",
        )
        for position, year in enumerate(years)
    ]
    return Table(
        title=str(objective_table.objective),
        columns=[
            Column("No.", number, CellKind.ORDINAL, width=6),
            Column("Indikator Kinerja", lambda row: str(row.indicator), width=24.5),
            Column("Satuan", lambda row: row.indicator.measure or None, width=12.5),
            *realised,
            Column(
                f"% Peningkatan/ Penurunan Tahun {years[-1]}", change, CellKind.NUMBER, width=15
            ),
        ],
        rows=objective_table.rows,
        key=f"sasaran:{objective_table.objective.pk}",
        row_key="indicator.pk",
        column_numbers=objective_table.column_numbers,
        notes=notes(objective_table),
    )


def number(row):
    """Returns the number of the row. An indicator that is part of another one gets a letter instead."""
    return row.label if row.is_part else row.number


def figure(cell):
    annotation = f"({cell.remark})" if cell.remark else ""
    value = cell.value if cell.value is not None else cell.text_value or None
    return Cell(value=value, places=cell.places, mark=cell.mark, annotation=annotation)


def change(row):
    remarks = []
    if row.is_carried_over:
        remarks.append("tidak bermakna: nilai tahun sebelumnya")
    if row.change_differs:
        remarks.append(row.printed_change)
    tone = Tone.WARNING if remarks else TONES.get(row.direction)
    value = row.movement if row.steps is not None else row.change
    return Cell(value=value, note="; ".join(remarks), tone=tone)


def notes(objective_table):
    source = [f"Sumber: {objective_table.source}"] if objective_table.source else []
    return source + list(objective_table.footnotes)
