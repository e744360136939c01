"""Recommendations that an LHE repeats from an earlier one, and since when they recur."""

from dataclasses import dataclass

from recommendations.models import Evaluation, Recommendation
from recommendations.selectors.repeated import years_of


@dataclass(frozen=True)
class Repetition:
    """`since` is the performance year of the first LHE with this recommendation, `times` counts the LHE."""

    recommendation: Recommendation
    since: int
    times: int


def repetitions(user, *, year: int | None = None, body=None) -> list[Repetition]:
    """Returns the repeated recommendations of the LHE of a year, or of those at work; oldest first.

    Three queries. The LHE are asked for first: one query for both took PostgreSQL minutes when its
    statistics were old.
    """
    evaluations = Evaluation.objects.visible_to(user)
    if body is not None:
        evaluations = evaluations.filter(unit=body)
    if year is None:
        evaluations = evaluations.in_use().at_work()
    else:
        evaluations = evaluations.filter(performance_year=year)
    visible = Recommendation.objects.visible_to(user)
    keys = list(evaluations.order_by().values_list("pk", flat=True))
    rows = visible.filter(evaluation__in=keys, previous__isnull=False)
    rows = list(rows.select_related("evaluation__unit", "component"))
    rows_by = {row.pk: row for row in rows}
    found = [Repetition(rows_by[pk], years[-1], len(years)) for pk, years in years_of(rows).items()]
    return sorted(found, key=_order)


def _order(row):
    recommendation = row.recommendation
    evaluation = recommendation.evaluation
    return row.since, evaluation.unit.name, -evaluation.performance_year, recommendation.number
