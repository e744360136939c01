"""Computes the total and the grade for changed component scores (simulasi nilai). Pure functions.

A simulated score is rounded to two decimals, as in an LHE, so that the grade fits the shown score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from recommendations.models import Component
from recommendations.rules import grades
from recommendations.rules.grades import Grade
from recommendations.rules.score_comparison import Figures
from sakip.numbers import round_half_up

STEP = Decimal("0.01")  # a grade begins one step above its low bound


@dataclass(frozen=True)
class Line:
    """One component with its real and its simulated score. Percents are of the weight, which is
    greater than zero in every rubric."""

    component: Component
    weight: Decimal
    actual: Decimal
    score: Decimal

    @property
    def actual_percent(self) -> Decimal:
        return self.actual * 100 / self.weight

    @property
    def percent(self) -> Decimal:
        return self.score * 100 / self.weight

    @property
    def change(self) -> Decimal:
        return self.score - self.actual

    @property
    def room(self) -> Decimal:
        """Returns the points between the score and the full weight."""
        return self.weight - self.score


@dataclass(frozen=True)
class Way:
    """Raises only one component; `percents` is the necessary rise, in percentage points of its weight.

    `reached` is the new percent of the weight. Above 100, this component alone cannot reach the target.
    """

    line: Line
    percents: Decimal

    @property
    def reached(self) -> Decimal:
        return self.line.percent + self.percents

    @property
    def is_enough(self) -> bool:
        return self.reached <= 100


@dataclass(frozen=True)
class Simulation:
    lines: tuple[Line, ...]

    @property
    def actual_total(self) -> Decimal:
        return sum((line.actual for line in self.lines), Decimal(0))

    @property
    def total(self) -> Decimal:
        return sum((line.score for line in self.lines), Decimal(0))

    @property
    def change(self) -> Decimal:
        return self.total - self.actual_total

    @property
    def grade(self) -> str:
        return grades.grade(self.total)

    def missing(self, target: Grade) -> Decimal:
        """Returns the points to the lowest total with grade `target`; 0 or less when it is reached."""
        return target.low + STEP - self.total

    def ways(self, target: Grade) -> list[Way]:
        """Returns a Way for each component with room, those that are enough first, then the smallest rise."""
        missing = self.missing(target)
        if missing <= 0:
            return []
        ways = [Way(line, missing * 100 / line.weight) for line in self.lines if line.room > 0]
        return sorted(ways, key=lambda way: (not way.is_enough, way.percents))

    def together(self, target: Grade) -> list[Line]:
        """Returns the lines with the smallest total rise: heavy components first. Empty if unreachable."""
        missing, found = self.missing(target), []
        for line in sorted(self.lines, key=lambda line: -line.weight):
            gain = min(missing, line.room)
            if gain > 0:
                found.append(Line(line.component, line.weight, line.score, line.score + gain))
                missing -= gain
        return found if missing <= 0 else []


def simulate(figures: Figures, percents: Mapping[Component, Decimal | None]) -> Simulation:
    """`percents` are percents of the weight; a component that is absent or None keeps its score.

    The rounded percent of the page gives the score itself again: half a hundredth of a percent of less
    than 100 points is less than half a hundredth. Raises ValueError when a component of the rubric has
    no score.
    """
    if figures.total is None:
        raise ValueError("every component needs a score to start from")
    return Simulation(
        tuple(
            Line(component, weight, actual, _score(weight, actual, percents.get(component)))
            for component, weight in figures.weights.items()
            if (actual := figures.score(component)) is not None
        )
    )


def _score(weight: Decimal, actual: Decimal, percent: Decimal | None) -> Decimal:
    return actual if percent is None else round_half_up(percent * weight / 100)
