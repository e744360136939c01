"""The entry grid: targets and realisations side by side, of four years or of the quarters of one year.

Each cell is saved separately. It also posts the text that was stored when the page was made (`lama-…`): a
cell that the person did not change is not saved, and when somebody else changed it in between, the page
shows both texts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Prefetch, prefetch_related_objects

from performance.models import Indicator, LockedYear, QuarterFigure
from performance.permissions import indicator_policy
from performance.rules import quarters, typed_figures
from performance.rules.lifetime import is_alive
from performance.rules.typed_figures import PlannedTarget, TypedFigure
from performance.selectors.indicator_tables import IndicatorRow, ObjectiveTable
from sakip.numbers import roman

TARGET, REALISATION = "target", "realisasi"
ALL_QUARTERS = "semua"
CHUNK = 40  # rows that a browser without scripts sends at once, within Django's limit of fields


@dataclass(frozen=True)
class Slot:
    """A year or one of its quarters: a pair of columns."""

    year: int
    quarter: int | None = None

    @property
    def label(self) -> str:
        return f"Triwulan {roman(self.quarter)}" if self.quarter else str(self.year)

    @property
    def words(self) -> str:
        """The label beside nothing that names the year."""
        return f"triwulan {roman(self.quarter)} {self.year}" if self.quarter else str(self.year)


def slots_of(years: list[int], view: str) -> list[Slot]:
    """The columns of a view: four years, or quarters of the last one (all, or one of 1 to 4) and that year."""
    if not view:
        return [Slot(year) for year in years]
    shown = quarters.QUARTERS if view == ALL_QUARTERS else [int(view)]
    return [*(Slot(years[-1], quarter) for quarter in shown), Slot(years[-1])]


@dataclass
class GridCell:
    """`stored` is the text in the database, `typed` the text in the field. `is_open`: the user may write it.

    `note` tells of a year how its figure fits to those of the quarters; `is_amiss` when it does not. `seen` is the
    text that was stored when the person began to type; `is_kept`: what was typed before is shown again.
    """

    indicator: Indicator
    slot: Slot
    what: str
    stored: str
    is_open: bool
    note: str = ""
    is_amiss: bool = False
    typed: str = ""
    error: str = ""
    is_saved: bool = False
    seen: str = ""
    is_kept: bool = False

    @property
    def year(self) -> int:
        return self.slot.year

    @property
    def quarter(self) -> int | None:
        return self.slot.quarter

    @property
    def name(self) -> str:
        quarter = f"-{self.quarter}" if self.quarter else ""
        return f"{self.what}-{self.indicator.pk}-{self.year}{quarter}"

    @property
    def label(self) -> str:
        return f"{self.what.capitalize()} {self.slot.words} {self.indicator}"


@dataclass
class GridRow:
    row: IndicatorRow
    cells: list[GridCell]

    @property
    def is_open(self) -> bool:
        return any(cell.is_open for cell in self.cells)

    @property
    def is_quarterly(self) -> bool:
        """Whether the indicator needs figures of its quarters; others may have some."""
        indicator = self.row.indicator
        return indicator.accumulation != Indicator.Accumulation.ONCE and not indicator.scale


@dataclass
class Grid:
    """The part of the grid for one objective. `locked` are the years that nobody may change."""

    table: ObjectiveTable
    slots: list[Slot]
    locked: set[int]
    rows: list[GridRow] = field(default_factory=list)

    @property
    def cells(self) -> list[GridCell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def is_open(self) -> bool:
        return any(row.is_open for row in self.rows)

    @property
    def chunks(self) -> list[list[GridRow]]:
        return [self.rows[start : start + CHUNK] for start in range(0, len(self.rows), CHUNK)]


def grids_of(
    tables: list[ObjectiveTable], user, view: str = "", *, only_open: bool = False
) -> list[Grid]:
    """The grid of each table, with `only_open` of the rows in which the user may write.

    Two queries, for locked years and quarters; the tables have the other figures.
    """
    locks = _locks(tables).values_list("unit", "year")
    _load_quarters(tables)
    found = []
    for table in tables:
        locked = {year for unit, year in locks if unit == table.objective.unit_id}
        slots = slots_of(table.years, view)
        rows = [GridRow(row, list(_cells(row, slots, locked, user))) for row in table.rows]
        rows = [row for row in rows if row.is_open or not only_open]
        found.append(Grid(table, slots, locked, rows))
    return found


def writable(tables: list[ObjectiveTable], user) -> set[int]:
    """Keys of the indicators for which the user may enter the figure of the last year. One query, for locked
    years."""
    locked = set(_locks(tables).values_list("unit", "year"))
    return {
        row.indicator.pk
        for table in tables
        if (table.objective.unit_id, table.year) not in locked
        for row in table.rows
        if indicator_policy.check(user, "realise", row.indicator)
    }


def _locks(tables):
    units = {table.objective.unit_id for table in tables}
    return LockedYear.objects.filter(unit__in=units).order_by()


def _load_quarters(tables):
    indicators = [row.indicator for table in tables for row in table.rows]
    years = {year for table in tables for year in table.years}
    rows = QuarterFigure.objects.filter(year__in=years)
    prefetch_related_objects(indicators, Prefetch("quarters", rows))


def _cells(row, slots, locked, user) -> Iterator[GridCell]:
    indicator = row.indicator
    rights = {
        TARGET: bool(indicator_policy.check(user, "edit", indicator)),
        REALISATION: bool(indicator_policy.check(user, "realise", indicator)),
    }
    stored, notes = _stored(indicator), _notes(indicator)
    for slot in slots:
        is_open = slot.year not in locked and is_alive(indicator, slot.year)
        is_planned = not (slot.quarter and indicator.scale_values)
        for what in (TARGET, REALISATION):
            text = stored.get((what, slot), "")
            note, is_amiss = notes.get((what, slot), ("", False))
            may = is_open and rights[what] and (is_planned or what == REALISATION)
            yield GridCell(indicator, slot, what, text, may, note, is_amiss, typed=text, seen=text)


def _stored(indicator) -> dict[tuple[str, Slot], str]:
    found = {}
    for one in indicator.targets.all():
        found[TARGET, Slot(one.year)] = str(PlannedTarget.of(one))
    for one in indicator.realisations.all():
        found[REALISATION, Slot(one.year)] = str(TypedFigure.of(one))
    for one in indicator.quarters.all():
        slot = Slot(one.year, one.quarter)
        found[TARGET, slot] = str(PlannedTarget(one.target))
        found[REALISATION, slot] = str(typed_figures.of_quarter(one))
    return found


def _notes(indicator) -> dict[tuple[str, Slot], tuple[str, bool]]:
    """By year with quarters: from which of them the figure is made, or that it is another one."""
    rows: dict[int, list[QuarterFigure]] = {}
    for one in indicator.quarters.all():
        rows.setdefault(one.year, []).append(one)
    years = {one.year: one for one in indicator.realisations.all()}
    targets = {one.year: PlannedTarget.of(one) for one in indicator.targets.all()}
    notes = {}
    for year, some in rows.items():
        made, own = quarters.year_of(indicator, some), years.get(year)
        if made and own:
            figure = TypedFigure.of(own)
            is_amiss = made.contradicts(figure)
            words = made.complaint(figure, year) if is_amiss else f"dari triwulan {made.span}"
            notes[REALISATION, Slot(year)] = words, is_amiss
        if words := quarters.target_complaint(indicator, some, year, targets.get(year)):
            notes[TARGET, Slot(year)] = words, True
    return notes
