"""Compares an evaluation with the one before it (docs/design.md §2.1). Decimals are rounded at display only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from recommendations.models import Component, ComponentScore, Evaluation
from recommendations.rules import grades


@dataclass(frozen=True)
class Figures:
    """The computed figures of one evaluation and those printed in its LHE. None means unknown.

    `scores` and `weights` are dicts by component.
    """

    evaluation: Evaluation
    weights: Mapping[Component, Decimal]
    scores: Mapping[Component, ComponentScore]
    total: Decimal | None
    grade: str | None

    @property
    def reported_total(self) -> Decimal | None:
        return self.evaluation.reported_total

    @property
    def reported_grade(self) -> str | None:
        return self.evaluation.reported_grade or None

    @property
    def total_differs(self) -> bool:
        return differ(self.reported_total, self.total)

    @property
    def grade_differs(self) -> bool:
        return differ(self.reported_grade, self.grade)

    def score(self, component: Component) -> Decimal | None:
        row = self.scores.get(component)
        return row.score if row else None


@dataclass(frozen=True)
class ComparisonRow:
    """One component in both years; a figure is None when that year does not have it."""

    component: Component
    previous_score: Decimal | None
    current_score: Decimal | None
    change: Decimal | None
    previous_weight: Decimal | None
    current_weight: Decimal | None
    previous_percent: Decimal | None
    current_percent: Decimal | None
    points_change: Decimal | None
    reported_change: Decimal | None
    remark: str

    @property
    def change_differs(self) -> bool:
        return differ(self.reported_change, self.change)


@dataclass(frozen=True)
class Comparison:
    """`rubrics_differ` is True when the weights differ: then a difference of raw scores says little."""

    current: Figures
    previous: Figures | None
    rows: tuple[ComparisonRow, ...]
    total_change: Decimal | None
    rubrics_differ: bool

    @property
    def current_total(self) -> Decimal | None:
        return self.current.total

    @property
    def previous_total(self) -> Decimal | None:
        return self.previous.total if self.previous else None

    @property
    def current_grade(self) -> str | None:
        return self.current.grade

    @property
    def previous_grade(self) -> str | None:
        return self.previous.grade if self.previous else None

    @property
    def reported_change(self) -> Decimal | None:
        return self.current.evaluation.reported_change

    @property
    def change_differs(self) -> bool:
        return differ(self.reported_change, self.total_change)

    @property
    def has_reported(self) -> bool:
        """Says whether at least one of the two LHE prints a total or a change."""
        totals = [figures.reported_total for figures in (self.previous, self.current) if figures]
        return any(value is not None for value in [*totals, self.reported_change])

    @property
    def steepest(self) -> ComparisonRow | None:
        """Returns the component that fell most, by `fall_of`; None when none fell."""
        changes = [(self.fall_of(row), row) for row in self.rows]
        fallen = [(change, row) for change, row in changes if change is not None and change < 0]
        return min(fallen, key=itemgetter(0), default=(None, None))[1]

    def fall_of(self, row: ComparisonRow) -> Decimal | None:
        """Returns how a component changed: in points of the total, or in percent of its weight when the
        rubrics differ, because the points then have another scale.
        """
        return row.points_change if self.rubrics_differ else row.change

    @property
    def remarks(self) -> list[ComparisonRow]:
        """Returns the rows with a remark in the LHE of this year."""
        return [row for row in self.rows if row.remark]

    @property
    def estimates(self) -> list[str]:
        """Returns the names of rubrics whose weights are not yet confirmed (perkiraan)."""
        rubrics = [
            figures.evaluation.rubric for figures in (self.previous, self.current) if figures
        ]
        return list(dict.fromkeys(rubric.name for rubric in rubrics if rubric.is_estimate))


def figures(evaluation: Evaluation) -> Figures:
    """Computes the figures. No query when the evaluation was loaded with `with_scores()`."""
    weights = {row.component: row.weight for row in evaluation.rubric.weights.all()}
    scores = {row.component: row for row in evaluation.scores.all()}
    found = {component: row.score for component, row in scores.items()}
    return Figures(evaluation, weights, scores, *total_and_grade(weights, found))


def total_and_grade(
    components: Iterable, scores: Mapping[Any, Decimal]
) -> tuple[Decimal | None, str | None]:
    """Of the `scores` by component, where the rubric has these `components`; both may be named by their keys."""
    total = grades.total(scores.get(one) for one in dict.fromkeys([*components, *scores]))
    return total, grades.grade(total) if total is not None and total <= 100 else None


def compare(current: Evaluation, previous: Evaluation | None) -> Comparison:
    """Both must be loaded with `with_scores()`; `previous` is None for a body's first evaluation."""
    now = figures(current)
    then = figures(previous) if previous else None
    known = [*now.weights, *now.scores]
    if then:
        known += [*then.weights, *then.scores]
    return Comparison(
        current=now,
        previous=then,
        rows=tuple(_row(component, now, then) for component in dict.fromkeys(known)),
        total_change=grades.difference(now.total, then.total) if then else None,
        rubrics_differ=then is not None and now.weights != then.weights,
    )


def _row(component, now, then):
    score, weight = now.score(component), now.weights.get(component)
    base = then.score(component) if then else None
    base_weight = then.weights.get(component) if then else None
    details = now.scores.get(component)
    return ComparisonRow(
        component=component,
        previous_score=base,
        current_score=score,
        change=grades.difference(score, base),
        previous_weight=base_weight,
        current_weight=weight,
        previous_percent=grades.percent_of_weight(base, base_weight),
        current_percent=grades.percent_of_weight(score, weight),
        points_change=grades.points_difference(score, weight, base, base_weight),
        reported_change=details.reported_change if details else None,
        remark=details.remark if details else "",
    )


def differ(reported, computed) -> bool:
    """Returns False when one of the figures is unknown."""
    return reported is not None and computed is not None and reported != computed
