"""Makes the figure of a year from its quarters, by the rule of the indicator (docs/design.md §2.5).

The functions read the loaded quarters of an indicator and write nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from performance.models import Indicator, QuarterFigure
from performance.rules.change_and_achievement import LATEST, SUM, accumulate
from performance.rules.typed_figures import PlannedTarget, TypedFigure
from sakip.numbers import exact_number, roman

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Made:
    """A figure made from quarters: the numbers of those that were reported, and the rule."""

    figure: TypedFigure
    quarters: tuple[int, ...]
    rule: str

    @property
    def through(self) -> int:
        return self.quarters[-1]

    @property
    def is_complete(self) -> bool:
        return self.through == QUARTERS[-1]

    @property
    def span(self) -> str:
        """“I–III”; of the rules that take the last figure only that quarter."""
        return _span(self.quarters) if self.rule == SUM else roman(self.through)

    @property
    def words(self) -> str:
        """“Jumlah triwulan I–III 12” or “Triwulan III 12”."""
        shown = self.figure.text or exact_number(self.figure.value, 0)
        if self.rule == SUM and len(self.quarters) > 1:
            return f"Jumlah triwulan {self.span} {shown}"
        return f"Triwulan {roman(self.through)} {shown}"

    def contradicts(self, figure: TypedFigure) -> bool:
        return (figure.value, figure.text, figure.missing) != (
            self.figure.value,
            self.figure.text,
            "",
        )

    def complaint(self, figure: TypedFigure, year: int) -> str:
        """Both figures and what to do; for a year whose own figure is another one."""
        own = exact_number(figure.value, 0) if figure.value is not None else str(figure)
        return (
            f"{self.words}, tetapi angka tahun {year}: {own}. Perbaiki triwulannya, atau tulis "
            f"{self.figure} pada realisasi {year}."
        )


def year_of(indicator: Indicator, quarters: Iterable[QuarterFigure]) -> Made | None:
    """The figure of the year so far; None while no quarter has one. `quarters` are of one year, in order."""
    rule, shown = indicator.accumulation, [row for row in quarters if row.value is not None]
    if indicator.scale_values:
        texts = [row for row in quarters if row.text_value]
        if not texts:
            return None
        return Made(TypedFigure(text=texts[-1].text_value), (texts[-1].quarter,), LATEST)
    value = accumulate([row.value for row in shown], rule)
    if value is None:
        return None
    return Made(TypedFigure(value), tuple(row.quarter for row in shown), rule)


def followed(indicator, stored, quarters) -> dict:
    """The fields of the year's Realisation that follow from its quarters; empty when nothing follows.

    A number or text that somebody entered for the year by itself stays, unless it is the same. When
    the last figure of the quarters has gone, its reason becomes the year's.
    """
    quarters = list(quarters)
    made = year_of(indicator, quarters)
    if made is None:
        gone = next((row.missing for row in reversed(quarters) if row.missing), "")
        if stored is None or stored.through_quarter is None or not gone:
            return {}
        return TypedFigure(missing=gone).fields | {"through_quarter": None}
    is_own = stored is not None and stored.through_quarter is None and not stored.missing
    if is_own and made.contradicts(TypedFigure.of(stored)):
        return {}
    return made.figure.fields | {"is_carried_over": False, "through_quarter": made.through}


def target_of(indicator: Indicator, quarters: Sequence[QuarterFigure]) -> Decimal | None:
    """The target of the year that the targets of its quarters make: their sum, or that of the last quarter.

    None until all quarters that the rule needs have a target.
    """
    targets = {row.quarter: row.target for row in quarters if row.target is not None}
    needed = QUARTERS if indicator.accumulation == SUM else QUARTERS[-1:]
    if not targets.keys() >= set(needed):
        return None
    return accumulate([targets[quarter] for quarter in needed], indicator.accumulation)


def target_complaint(indicator, quarters, year: int, planned: PlannedTarget | None) -> str:
    """A sentence when the targets of the quarters do not make the target of the year, else ""."""
    made = target_of(indicator, quarters)
    if made is None or planned is None or planned.value is None:
        return ""
    if planned.value <= made <= (planned.value if planned.high is None else planned.high):
        return ""
    what = "Jumlah target triwulan I–IV" if indicator.accumulation == SUM else "Target triwulan IV"
    return (
        f"{what} {exact_number(made, 0)}, tetapi target tahun {year}: {planned.words}. Perbaiki target "
        f"triwulannya, atau tulis {PlannedTarget(made)} pada target {year}."
    )


def _span(quarters) -> str:
    first, last = quarters[0], quarters[-1]
    if len(quarters) == last - first + 1:
        return f"{roman(first)}–{roman(last)}"
    return ", ".join(map(roman, quarters))


# ── The calendar ────────────────────────────────────────────────────────────────────────────────
def ended_quarter(today: date) -> tuple[int, int]:
    """Year and number of the last quarter that has ended."""
    number = (today.month - 1) // 3
    return (today.year, number) if number else (today.year - 1, 4)


def due_date(year: int, quarter: int) -> date:
    """The last day on which the figure of a quarter is in time: QUARTER_DUE_DAYS after its end."""
    following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return following + timedelta(days=settings.QUARTER_DUE_DAYS - 1)
