"""The entry grid: targets and realisations of several years side by side, each cell saved by itself.

A cell carries the text that was stored when the page was made (`lama-…`): what nobody touched is left
alone, what somebody else changed meanwhile is shown beside what was typed.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from performance import figures, services
from performance.models import Indicator, LockedYear
from performance.permissions import indicator_policy
from performance.presentation import IndicatorRow, ObjectiveTable
from sakip.errors import WrongState

TARGET, REALISATION = "target", "realisasi"


@dataclass
class Cell:
    """`stored` is the text in the database, `typed` what stands in the field; `is_open` when it may be written."""

    indicator: Indicator
    year: int
    what: str
    stored: str
    is_open: bool
    typed: str = ""
    error: str = ""
    is_saved: bool = False

    @property
    def name(self) -> str:
        return f"{self.what}-{self.indicator.pk}-{self.year}"

    @property
    def label(self) -> str:
        return f"{self.what.capitalize()} {self.year} {self.indicator.name}"


@dataclass
class GridRow:
    row: IndicatorRow
    cells: list[Cell]


@dataclass
class Grid:
    """One objective's part; `locked` are the years that nobody may write."""

    table: ObjectiveTable
    locked: set[int]
    rows: list[GridRow] = field(default_factory=list)

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def is_open(self) -> bool:
        return any(cell.is_open for cell in self.cells)


def grids(tables: list[ObjectiveTable], user) -> list[Grid]:
    """No query beside one for the locks: the tables hold what is stored."""
    units = {table.objective.unit_id for table in tables}
    locks = LockedYear.objects.filter(unit__in=units).values_list("unit", "year")
    found = []
    for table in tables:
        locked = {year for unit, year in locks if unit == table.objective.unit_id}
        rows = [GridRow(row, _cells(row, table.years, locked, user)) for row in table.rows]
        found.append(Grid(table, locked, rows))
    return found


def _cells(row, years, locked, user):
    indicator = row.indicator
    rights = {
        TARGET: bool(indicator_policy.check(user, "edit", indicator)),
        REALISATION: bool(indicator_policy.check(user, "realise", indicator)),
    }
    stored = {(TARGET, one.year): str(figures.Plan.of(one)) for one in indicator.targets.all()}
    stored |= {
        (REALISATION, one.year): str(figures.Figure.of(one)) for one in indicator.realisations.all()
    }
    cells = []
    for year in years:
        is_open = year not in locked and services.is_alive(indicator, year)
        for what in (TARGET, REALISATION):
            text = stored.get((what, year), "")
            cells.append(Cell(indicator, year, what, text, is_open and rights[what], typed=text))
    return cells


def save(grid: Grid, data, *, actor, at) -> None:
    """Writes what changed in `data` cell by cell; a cell that cannot be saved keeps its text and says why."""
    values = {
        (row.row.indicator.pk, one.year): one.value
        for row in grid.rows
        for one in row.row.indicator.realisations.all()
    }
    for cell in grid.cells:
        typed, seen = data.get(cell.name), data.get(f"lama-{cell.name}", "")
        if typed is None or not cell.is_open or typed.strip() in (seen, cell.stored):
            continue
        cell.typed = typed.strip()
        if cell.stored != seen:
            words = f"“{cell.stored}”" if cell.stored else "kosong"
            cell.error = (
                f"Orang lain menyimpan {words} lebih dahulu. Simpan lagi untuk menggantinya, "
                "atau tekan Esc untuk menerimanya."
            )
            continue
        try:
            _write(cell, values, actor, at)
        except ValidationError as error:
            cell.error = " ".join(error.messages)
        except (ValueError, WrongState) as error:
            cell.error = str(error)


def _write(cell, values, actor, at):
    indicator, year = cell.indicator, cell.year
    current = next((row for row in indicator.realisations.all() if row.year == year), None)
    given = _target(cell) if cell.what == TARGET else _realisation(cell, values)
    version = current.version if current else 0
    services.write_year(
        indicator=indicator, year=year, actor=actor, at=at, version=version, **given
    )
    if cell.what == REALISATION:
        values[indicator.pk, year] = given["realisation"]["value"]
    cell.is_saved = True


def _target(cell):
    plan = figures.read_plan(cell.typed) or (None, None)
    stored = next((row for row in cell.indicator.targets.all() if row.year == cell.year), None)
    seen = services.digest_of_target(stored)
    return {"target": services.PlannedTarget(*plan), "target_seen": seen}


def _realisation(cell, values):
    """A figure typed here is the year's own, whatever was carried over before."""
    figure = figures.read_figure(cell.typed)
    if figure is None:
        raise ValueError("Realisasi tidak dikosongkan. Tulis alasannya, misalnya Belum rilis.")
    if problem := figures.scale_problem(figure, cell.indicator.scale_values):
        raise ValueError(problem)
    base = values.get((cell.indicator.pk, cell.year - 1))
    if problem := figures.tenfold_problem(figure.value, base, cell.indicator.decimals):
        raise ValueError(f"{problem} Bila memang benar, simpan lewat formulir.")
    return {"realisation": figure.fields | {"is_carried_over": False}}
