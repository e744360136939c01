"""Indicator tables as rows, the same for screen, paper and spreadsheet (DESIGN §2.5). Raw values."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max

from performance import calculations
from performance.models import Indicator, Objective, Realisation, Target
from sakip.models import Unit
from sakip.numbers import round_half_up

EARLIER_YEARS = 3  # the table shows the chosen year and the three before it
SCALE_WORDS = {1: "naik", 0: "tetap", -1: "turun"}


@dataclass(frozen=True)
class RealisationCell:
    """One year of one indicator; `realisation` is None when nothing was entered."""

    year: int
    realisation: Realisation | None
    places: int

    @property
    def value(self) -> Decimal | None:
        return self.realisation.value if self.realisation else None

    @property
    def text_value(self) -> str:
        return self.realisation.text_value if self.realisation else ""

    @property
    def mark(self) -> str:
        return self.realisation.mark if self.realisation else ""

    @property
    def annotation(self) -> str:
        return self.realisation.annotation if self.realisation else ""

    @property
    def missing(self) -> str:
        """Why there is no figure, in words; empty when there is one or nothing was entered."""
        return self.realisation.get_missing_display() if self.realisation else ""


@dataclass(frozen=True)
class IndicatorRow:
    """`cells` are the years in order, the chosen one last. None is undefined or not known.

    `change` is the relative change in percent, `difference` that in the value's own unit, `scale_step`
    the steps risen on a scale of texts, `direction` "better", "worse", "same" or None.
    """

    number: int
    indicator: Indicator
    cells: tuple[RealisationCell, ...]
    target: Target | None
    change: Decimal | None
    difference: Decimal | None
    scale_step: int | None
    direction: str | None
    achievement: Decimal | None

    @property
    def realisation(self) -> Realisation | None:
        return self.cells[-1].realisation

    @property
    def reported_change(self) -> Decimal | None:
        return self.realisation.reported_change if self.realisation else None

    @property
    def change_differs(self) -> bool:
        """A source document printed another change than the formula gives."""
        if self.reported_change is None:
            return False
        return self.change is None or round_half_up(self.change) != self.reported_change

    @property
    def is_carried_over(self) -> bool:
        return bool(self.realisation and self.realisation.is_carried_over)

    @property
    def scale_word(self) -> str:
        """naik, tetap or turun for a text on an ordered scale, else empty."""
        if self.scale_step is None:
            return ""
        return SCALE_WORDS[(self.scale_step > 0) - (self.scale_step < 0)]


@dataclass(frozen=True)
class ObjectiveTable:
    """`source` is the line below the table, `footnotes` explain its marks: "*) Skor EKPPD tahun 2022"."""

    objective: Objective
    years: tuple[int, ...]
    rows: tuple[IndicatorRow, ...]
    source: str
    footnotes: tuple[str, ...]

    @property
    def year(self) -> int:
        return self.years[-1]


def latest_year(user) -> int | None:
    """The last year with a figure that `user` may see; None when there is none. One query."""
    figures = Realisation.objects.visible_to(user).filter(missing="")
    return figures.aggregate(year=Max("year"))["year"]


def indicator_tables(user, year: int, unit: Unit | None = None) -> list[ObjectiveTable]:
    """A table per objective with an indicator alive in `year`. Five queries however many rows."""
    first = year - EARLIER_YEARS
    indicators = (
        Indicator.objects.visible_to(user)
        .alive_between(year, year)
        .with_years(first, year)
        .select_related("objective__unit", "owner_unit")
        .prefetch_related("objective__sources")
        .order_by("objective__unit", "objective__number", "number")
    )
    if unit:
        indicators = indicators.filter(objective__unit=unit)
    by_objective = {}
    for indicator in indicators:
        by_objective.setdefault(indicator.objective, []).append(indicator)
    years = tuple(range(first, year + 1))
    return [_table(objective, rows, years) for objective, rows in by_objective.items()]


def _table(objective, indicators, years):
    rows = tuple(indicator_row(indicator, years) for indicator in indicators)
    sources = {source.year: source.text for source in objective.sources.all()}
    notes = [
        f"{cell.mark}) {cell.realisation.footnote}"
        for row in rows
        for cell in row.cells
        if cell.realisation and cell.realisation.footnote
    ]
    source = sources.get(years[-1], "")
    return ObjectiveTable(objective, years, rows, source, tuple(dict.fromkeys(notes)))


def indicator_row(indicator: Indicator, years: Sequence[int]) -> IndicatorRow:
    """No query when realisations and targets of the years are loaded."""
    found = {row.year: row for row in indicator.realisations.all()}
    cells = tuple(
        RealisationCell(year, found.get(year), _places(indicator, found.get(year)))
        for year in years
    )
    target = next((row for row in indicator.targets.all() if row.year == years[-1]), None)
    now, before = cells[-1], _cell_before(cells)
    return IndicatorRow(
        number=indicator.number,
        indicator=indicator,
        cells=cells,
        target=target,
        change=calculations.year_on_year(now.value, before.value if before else None),
        difference=calculations.difference(now.value, before.value if before else None),
        scale_step=_scale_step(indicator, now, before),
        direction=_direction(indicator, now, before),
        achievement=_achievement(indicator, now.value, target),
    )


def _cell_before(cells):
    return cells[-2] if len(cells) > 1 else None


def _places(indicator, realisation):
    if realisation is None or realisation.decimals is None:
        return indicator.decimals
    return realisation.decimals


def _scale_step(indicator, now, before):
    if before is None or not indicator.scale_values:
        return None
    return calculations.compare_scale(now.text_value, before.text_value, indicator.scale_values)


def _direction(indicator, now, before):
    if before is None or (now.realisation and now.realisation.is_carried_over):
        return None
    if (step := _scale_step(indicator, now, before)) is not None:
        return calculations.direction(Decimal(step), Decimal(0))
    return calculations.direction(now.value, before.value, indicator.polarity)


def _achievement(indicator, value, target):
    if target is None:
        return None
    return calculations.achievement(
        value, target.value, high=target.high, lower_is_better=indicator.lower_is_better
    )
