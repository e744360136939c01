"""The tables of indicators for screen, paper and spreadsheet.

Values are exact; only the code that prints them rounds them.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Max

from performance.models import Indicator, Objective, Realisation, Target
from performance.rules import change_and_achievement
from performance.rules.sentences import JUDGEMENTS
from performance.selectors import charts
from performance.selectors.loaded_tables import load
from sakip.charts import Chart
from sakip.numbers import (
    exact_number,
    format_number,
    list_letter,
    movement,
    own_places,
    roman,
)
from sakip.selectors.unit_names import FormerNames, end_of
from sakip.writing import label, words

EARLIER_YEARS = 3
KEYS = {"id", "indicator", "year"}
# Measures whose difference is given in points (poin); for others it is given in the measure itself.
POINT_MEASURES = ("persen", "%", "indeks", "skor", "nilai")


@dataclass(frozen=True)
class RealisationCell:
    """One figure. `realisation` is None when nothing is recorded; `missing` is the reason in words."""

    year: int
    realisation: Realisation | None = None
    value: Decimal | None = None
    places: int = settings.DEFAULT_DECIMALS
    mark: str = ""
    annotation: str = ""
    text_value: str = ""
    missing: str = ""

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.text_value

    @property
    def through_quarter(self) -> int | None:
        return self.realisation.through_quarter if self.realisation else None

    @property
    def remark(self) -> str:
        """What is printed beside the value: the annotation, and of an unfinished year its last quarter."""
        through = self.through_quarter
        part = f"s.d. triwulan {roman(through)}" if through and through < 4 else ""
        return ", ".join(filter(None, (self.annotation, part)))


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator over consecutive years. The figures of change compare the last two years.

    `number` is the position among the rows of the same level; parts show it as a letter. `steps` is the
    change of a text on its scale, `target_steps` its distance to the target, both upwards. `direction` is “better”, “worse”, “same” or None.
    """

    number: int
    indicator: Indicator
    cells: list[RealisationCell]
    change: Decimal | None
    difference: Decimal | None
    steps: int | None
    direction: str | None
    reported_change: Decimal | None = None
    is_carried_over: bool = False
    is_part: bool = False
    target: Target | None = None
    achievement: Decimal | None = None
    reported_achievement: Decimal | None = None
    target_steps: int | None = None
    plan_achievement: Decimal | None = None
    plan_steps: int | None = None

    @property
    def label(self) -> str:
        return f"{list_letter(self.number)}." if self.is_part else f"{self.number}."

    @property
    def current(self) -> RealisationCell:
        return self.cells[-1]

    @property
    def year(self) -> int:
        return self.current.year

    @property
    def movement(self) -> str:
        """The direction of the change: “naik”, “turun” or “tetap”; "" when nothing can be compared."""
        moved = self.steps if self.difference is None else self.difference
        return "" if moved is None else movement(moved)

    @property
    def moved_by(self) -> str:
        """The size of the change in words, without a sign: “5,00 poin”, “1 tingkat”."""
        return self.moved_by_exactly(self.current.places)

    def moved_by_exactly(self, places: int) -> str:
        """Like `moved_by`, with at least `places` decimals."""
        if self.steps is not None:
            return f"{abs(self.steps)} tingkat"
        if self.difference is None:
            return ""
        measure = self.indicator.measure
        unit = "poin" if measure.lower().startswith(POINT_MEASURES) else measure
        return f"{exact_number(abs(self.difference), places)} {unit}"

    @property
    def judgement(self) -> str:
        """“membaik” or “memburuk”, depending on the indicator's polarity, else ""."""
        return JUDGEMENTS.get(self.direction or "", "")

    @property
    def change_differs(self) -> bool:
        """Whether the change printed in the source document differs from the computed one."""
        return change_and_achievement.differs_from_print(self.reported_change, self.change)

    @property
    def achievement_differs(self) -> bool:
        return change_and_achievement.differs_from_print(
            self.reported_achievement, self.achievement
        )

    @property
    def printed_change(self) -> str:
        return f"tercetak {exact_number(self.reported_change)}"

    @property
    def printed_achievement(self) -> str:
        return f"tercetak {exact_number(self.reported_achievement)}"

    @property
    def target_text(self) -> str:
        return self.target_in_words(self.indicator.decimals)

    def target_in_words(self, places: int) -> str:
        """The target with at least `places` decimals; more when it has more."""
        if self.target is None:
            return "-"
        if self.target.text_value:
            return self.target.text_value
        ends = [one for one in (self.target.value, self.target.high) if one is not None]
        places = max(own_places(one, places) for one in ends)
        return " – ".join(format_number(one, places) for one in ends)

    @property
    def plan_text(self) -> str:
        """The target at the end of the strategic plan, with its year; "" without one."""
        indicator = self.indicator
        if indicator.plan_year is None:
            return ""
        target = indicator.plan_text or exact_number(indicator.plan_target, indicator.decimals)
        return f"{target} ({indicator.plan_year})"

    @property
    def plan_words(self) -> str:
        """“62,50 % dari target akhir Renstra”, or the steps that are missing on a scale; "" when unknown."""
        if self.plan_steps is not None and self.plan_steps < 0:
            return f"{-self.plan_steps} tingkat di bawah target akhir Renstra"
        if self.plan_achievement is None:
            return ""
        return f"{format_number(self.plan_achievement)} % dari target akhir Renstra"


@dataclass(frozen=True)
class ObjectiveTable:
    """The table of one objective. `years` are the chosen year and the three before it, oldest first."""

    objective: Objective
    years: list[int]
    rows: list[IndicatorRow]
    source: str
    footnotes: list[str]

    @property
    def year(self) -> int:
        return self.years[-1]

    @property
    def charts(self) -> list[Chart]:
        return charts.small_charts(self.rows)

    @property
    def column_numbers(self) -> list[str]:
        return ["1", "2", "3", "4", "5", "6", "7", "8=(7/6-1)*100"]


def indicator_tables(user, year, unit=None, only=None) -> list[ObjectiveTable]:
    """The tables of every objective that `user` may see; with `unit` only those of this body.

    With `only` (keys of indicators) the rows of these. Without indicators that do not apply in `year`.
    Units have the names of the end of the year. Six queries, and those for the user's reach.
    """
    years = list(range(year - EARLIER_YEARS, year + 1))
    objectives = Objective.objects.visible_to(user).select_related("unit")
    if unit is not None:
        objectives = objectives.filter(unit=unit)
    load(objectives, years, user, only)
    owners = [row.owner_unit for objective in objectives for row in objective.indicators.all()]
    bodies = [objective.unit for objective in objectives]
    FormerNames().put_on([*owners, *bodies], end_of(year))
    return [_table(objective, years) for objective in objectives]


def indicator_years(indicator, this_year) -> list[IndicatorRow]:
    """One row per year, newest first, each compared with the year before.

    The last year is `this_year`, or the last year in which the indicator applies. The first one is three
    years earlier, or the first recorded year.
    """
    recorded = {row.year for row in (*indicator.realisations.all(), *indicator.targets.all())}
    last = max(recorded | {min(this_year, indicator.year_to or this_year)})
    first = min(recorded | {max(last - EARLIER_YEARS, indicator.year_from or 0)})
    return [indicator_row(indicator, [year - 1, year]) for year in range(last, first - 1, -1)]


def filled_fields(realisation) -> list[tuple[str, str]]:
    """Label and displayed text of each field of a realisation that has a value."""
    names = [
        field.name
        for field in realisation._meta.fields
        if field.editable and field.name not in KEYS
    ]
    held = [name for name in names if getattr(realisation, name) not in (None, "", False)]
    return [(label(realisation, name), words(realisation, name)) for name in held]


def latest_year(user, unit=None) -> int | None:
    """The last year with a figure of an indicator that `user` may see; with `unit` only of this body.

    None when there is no figure.
    """
    figures = Realisation.objects.visible_to(user).filter(missing="")
    if unit is not None:
        figures = figures.filter(indicator__objective__unit=unit)
    return figures.aggregate(Max("year"))["year__max"]


def _table(objective, years):
    indicators = list(objective.indicators.all())
    rows = []
    for number, (indicator, parts) in enumerate(_families(indicators), start=1):
        rows.append(indicator_row(indicator, years, number=number))
        rows += [
            indicator_row(part, years, number=position, is_part=True)
            for position, part in enumerate(parts, start=1)
        ]
    source = next(iter(objective.sources.all()), None)
    return ObjectiveTable(
        objective, years, rows, source=source.text if source else "", footnotes=_footnotes(rows)
    )


def _families(indicators):
    """Pairs of an indicator and its parts. A part whose total is not in the list is a pair of its own."""
    shown = {indicator.pk for indicator in indicators}
    for indicator in indicators:
        if indicator.parent_id not in shown:
            yield indicator, [part for part in indicators if part.parent_id == indicator.pk]


def indicator_row(indicator, years, *, number=1, is_part=False) -> IndicatorRow:
    """The row for `years`, oldest first. No query when realisations and targets are loaded."""
    stored = {realisation.year: realisation for realisation in indicator.realisations.all()}
    cells = [_cell(indicator, year, stored.get(year)) for year in years]
    current, base = cells[-1], cells[-2]
    target = next((row for row in indicator.targets.all() if row.year == years[-1]), None)
    latest = current.realisation
    return IndicatorRow(
        number=number,
        indicator=indicator,
        cells=cells,
        change=change_and_achievement.year_on_year(current.value, base.value),
        difference=change_and_achievement.difference(current.value, base.value),
        reported_change=latest.reported_change if latest else None,
        is_carried_over=latest.is_carried_over if latest else False,
        is_part=is_part,
        target=target,
        **_reached(indicator, current, target),
        reported_achievement=latest.reported_achievement if latest else None,
        **_judgement(indicator, current, base),
    )


def _judgement(indicator, current, base):
    """The steps and the direction of the change. On a scale a step up is always better."""
    steps = change_and_achievement.compare_scale(
        current.text_value, base.text_value, indicator.scale_values
    )
    if steps is None:
        direction = change_and_achievement.direction(current.value, base.value, indicator.polarity)
    else:
        direction = change_and_achievement.direction(Decimal(steps), Decimal(0))
    return {"steps": steps, "direction": direction}


def _reached(indicator, current, target):
    """The achievement of the target of the year and of that at the end of the strategic plan."""
    planned = (target.value, target.high, target.text_value) if target else (None, None, "")
    achievement, steps = _achievement(indicator, current, *planned)
    plan, plan_steps = _achievement(
        indicator, current, indicator.plan_target, None, indicator.plan_text
    )
    return {
        "achievement": achievement,
        "target_steps": steps,
        "plan_achievement": plan,
        "plan_steps": plan_steps,
    }


def _achievement(indicator, current, value, high, text):
    """Percent, and on a text scale the steps above the target."""
    if text:
        steps = change_and_achievement.compare_scale(
            current.text_value, text, indicator.scale_values
        )
        return change_and_achievement.scale_achievement(steps), steps
    percent = change_and_achievement.achievement(
        current.value, value, high=high, lower_is_better=indicator.lower_is_better
    )
    return percent, None


def _cell(indicator, year, realisation):
    if realisation is None:
        return RealisationCell(year, places=indicator.decimals)
    return RealisationCell(
        year,
        realisation,
        value=realisation.value,
        places=realisation.places,
        mark=realisation.mark,
        annotation=realisation.annotation,
        text_value=realisation.text_value,
        missing=realisation.get_missing_display() if realisation.missing else "",
    )


def _footnotes(rows):
    """The footnotes in reading order, each only once: “*) Skor EKPPD tahun 2022”."""
    notes: dict[str, None] = {}
    for row in rows:
        for cell in row.cells:
            if cell.realisation and cell.realisation.footnote:
                mark = f"{cell.mark}) " if cell.mark else ""
                notes[mark + cell.realisation.footnote] = None
    return list(notes)
