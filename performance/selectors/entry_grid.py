"""The entry grid: targets and realisations of several years side by side. Each cell is saved separately.

Each cell also posts the text that was stored when the page was made (`lama-…`). A cell that the person did
not change is not saved. When somebody else changed the cell in between, the page shows both texts.
"""

from dataclasses import dataclass, field

from performance.models import Indicator, LockedYear
from performance.permissions import indicator_policy
from performance.rules import typed_figures
from performance.rules.lifetime import is_alive
from performance.selectors.indicator_tables import IndicatorRow, ObjectiveTable

TARGET, REALISATION = "target", "realisasi"


@dataclass
class GridCell:
    """`stored` is the text in the database, `typed` the text in the field. `is_open`: the user may write it."""

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
    cells: list[GridCell]


@dataclass
class Grid:
    """The part of the grid for one objective. `locked` are the years that nobody may change."""

    table: ObjectiveTable
    locked: set[int]
    rows: list[GridRow] = field(default_factory=list)

    @property
    def cells(self) -> list[GridCell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def is_open(self) -> bool:
        return any(cell.is_open for cell in self.cells)


def grids_of(tables: list[ObjectiveTable], user) -> list[Grid]:
    """The grid of each table. One query, for the locked years; the tables already have the figures."""
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
    stored = {
        (TARGET, one.year): str(typed_figures.PlannedTarget.of(one))
        for one in indicator.targets.all()
    }
    stored |= {
        (REALISATION, one.year): str(typed_figures.TypedFigure.of(one))
        for one in indicator.realisations.all()
    }
    cells = []
    for year in years:
        is_open = year not in locked and is_alive(indicator, year)
        for what in (TARGET, REALISATION):
            text = stored.get((what, year), "")
            cells.append(
                GridCell(indicator, year, what, text, is_open and rights[what], typed=text)
            )
    return cells
