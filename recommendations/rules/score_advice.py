"""Advises which open recommendations come first when a score shall rise (simulasi nilai). Pure functions.

Nobody knows before the next evaluation how many points a recommendation brings. So the advice
counts with the most that is possible: a component regains the points that it lacks when all its
recommendations are finished. The pages call it an estimate (indikatif).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recommendations import transitions
from recommendations.models import Recommendation, Renaksi
from recommendations.rules.follow_up_bands import Band, Standing, standing
from recommendations.rules.grades import Grade
from recommendations.rules.progress import Progress
from recommendations.rules.score_simulation import Line, Simulation

# The work of the unit that is left for one renaksi. A sent one only waits for its review.
EFFORTS = {
    transitions.OPEN: Decimal(1),
    transitions.RETURNED: Decimal("0.5"),
    transitions.IN_PROGRESS: Decimal("0.5"),
    transitions.SUBMITTED: Decimal(0),
}
UNPLANNED = Decimal(1)  # a recommendation without renaksi


@dataclass(frozen=True)
class UnfinishedRecommendation:
    """`renaksi` are those that are not closed; empty when there is no plan yet."""

    recommendation: Recommendation
    renaksi: tuple[Renaksi, ...]

    @property
    def effort(self) -> Decimal:
        if not self.renaksi:
            return UNPLANNED
        return sum((EFFORTS[row.status] for row in self.renaksi), Decimal(0))


@dataclass(frozen=True)
class ComponentAdvice:
    """What a component lacks, and the open recommendations that belong to it.

    `after` is the standing of the criterion “rekomendasi ditindaklanjuti” when all of them are
    verified and nothing else is; None when there is no countable renaksi.
    """

    line: Line
    recommendations: tuple[UnfinishedRecommendation, ...]
    after: Standing | None

    @property
    def effort(self) -> Decimal:
        return sum((row.effort for row in self.recommendations), Decimal(0))

    @property
    def count(self) -> int:
        return sum(len(row.renaksi) for row in self.recommendations)

    @property
    def waits_only(self) -> bool:
        """Says whether the unit has done its part and only the review is missing."""
        return bool(self.recommendations) and not self.effort

    @property
    def can_gain(self) -> bool:
        return bool(self.recommendations) and self.line.room > 0

    @property
    def rank(self) -> tuple[bool, Decimal, Decimal]:
        """Sorts the components: least work for a point first, then the most points."""
        each = self.effort / self.line.room if self.can_gain else Decimal(0)
        return not self.can_gain, each, -self.line.room


@dataclass(frozen=True)
class FollowUpStep:
    """`more` verified renaksi lead to `band`; `gain` is in points, None without a weight of the criterion."""

    more: int
    band: Band
    gain: Decimal | None


@dataclass(frozen=True)
class AdviceStep:
    """`gain` is what the path needs from this component: at most what it lacks."""

    component: ComponentAdvice
    gain: Decimal


def advise(
    simulation: Simulation,
    recommendations: Iterable[Recommendation],
    bands: Sequence[Band],
    weight: Decimal | None,
) -> list[ComponentAdvice]:
    """Returns one entry for each component, least work for a point first.

    The renaksi of each recommendation must be loaded. A recommendation of no component, or of one
    that the rubric does not have, belongs to no entry; `unplaced` finds it.
    """
    rows = list(recommendations)
    progress = progress_of(rows)
    found = []
    for line in simulation.lines:
        theirs = tuple(still_open(row for row in rows if row.component_id == line.component.pk))
        finished = sum(len(row.renaksi) for row in theirs)
        after = standing(_with_verified(progress, finished), bands, weight)
        found.append(ComponentAdvice(line, theirs, after))
    return sorted(found, key=lambda row: row.rank)


def still_open(recommendations: Iterable[Recommendation]) -> list[UnfinishedRecommendation]:
    found = []
    for row in recommendations:
        every = row.renaksi.all()
        left = tuple(one for one in every if one.status not in transitions.CLOSED)
        if left or not every:
            found.append(UnfinishedRecommendation(row, left))
    return found


def unplaced(simulation: Simulation, recommendations: Iterable[Recommendation]):
    """Returns the open recommendations of which no component of the rubric is told."""
    known = {line.component.pk for line in simulation.lines}
    return still_open(row for row in recommendations if row.component_id not in known)


def progress_of(recommendations: Iterable[Recommendation]) -> Progress:
    return Progress.of([one.status for row in recommendations for one in row.renaksi.all()])


def _with_verified(progress, count):
    return Progress(progress.countable, progress.claimed, progress.verified + count)


def follow_up_steps(
    progress: Progress, bands: Sequence[Band], weight: Decimal | None
) -> list[FollowUpStep]:
    """Returns the better bands, the nearest first, with the number of renaksi that leads to each."""
    now = standing(progress, bands, weight)
    if now is None:
        return []
    found: list[FollowUpStep] = []
    for more in range(1, progress.countable - progress.verified + 1):
        then = standing(_with_verified(progress, more), bands, weight)
        if then and then.band != (found[-1].band if found else now.band):
            found.append(FollowUpStep(more, then.band, _gain(now, then)))
    return found


def gain_of_next(
    progress: Progress, bands: Sequence[Band], weight: Decimal | None
) -> Decimal | None:
    """Returns the points that one more verified renaksi brings; None when unknown or when all are verified."""
    now = standing(progress, bands, weight)
    if now is None or progress.verified >= progress.countable:
        return None
    return _gain(now, standing(_with_verified(progress, 1), bands, weight))


def _gain(now, then):
    return None if now.points is None else then.points - now.points


def lightest_path(
    simulation: Simulation, target: Grade, components: Sequence[ComponentAdvice]
) -> list[AdviceStep]:
    """Returns the components to finish for `target`, least work for a point first.

    Empty when the target is reached, or when the open recommendations cannot bring enough points.
    """
    missing, found = simulation.missing(target), []
    for component in components:
        gain = min(missing, component.line.room)
        if component.can_gain and gain > 0:
            found.append(AdviceStep(component, gain))
            missing -= gain
    return found if missing <= 0 else []
