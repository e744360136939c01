"""Recommendations that an LHE repeats from an earlier one, and since when they recur."""

from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.models import Evaluation, Recommendation


@dataclass(frozen=True)
class Repetition:
    """`since` is the performance year of the first LHE with this recommendation, `times` counts the LHE."""

    recommendation: Recommendation
    since: int
    times: int


def repetitions(user, *, year: int | None = None, body=None) -> list[Repetition]:
    """Returns the repeated recommendations of the LHE of a year, or of those at work; oldest first.

    Two queries.
    """
    evaluations = Evaluation.objects.visible_to(user)
    if body is not None:
        evaluations = evaluations.filter(unit=body)
    if year is None:
        evaluations = evaluations.in_use().at_work()
    else:
        evaluations = evaluations.filter(performance_year=year)
    visible = Recommendation.objects.visible_to(user)
    rows = visible.filter(evaluation__in=evaluations, previous__isnull=False)
    rows = list(rows.select_related("evaluation__unit", "component"))
    bodies = {row.evaluation.unit_id for row in rows}
    earlier = visible.filter(evaluation__unit__in=bodies).order_by()
    known = {
        pk: (previous, performance_year)
        for pk, previous, performance_year in earlier.values_list(
            "pk", "previous", "evaluation__performance_year"
        )
    }
    found = []
    for row in rows:
        years = list(_years(row.pk, known))
        found.append(Repetition(row, years[-1], len(years)))
    return sorted(found, key=_order)


def _years(pk, known) -> Iterator[int]:
    """Yields the years of a recommendation and of those it repeats; a cycle ends it."""
    seen = set()
    while pk in known and pk not in seen:
        seen.add(pk)
        pk, year = known[pk]
        yield year


def _order(row):
    recommendation = row.recommendation
    evaluation = recommendation.evaluation
    return row.since, evaluation.unit.name, -evaluation.performance_year, recommendation.number
