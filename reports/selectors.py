"""Figures and lists of the home page. All start from what the reader may see; none costs a query per row."""

from dataclasses import dataclass
from datetime import date

from performance.models import Indicator
from recommendations import review
from recommendations.comparison import Comparison, compare
from recommendations.models import Evaluation, Renaksi
from recommendations.progress import Progress
from recommendations.work import WorkItem, days_left

LIST_LENGTH = 20  # what a home page lists at most; the whole stands behind its link


@dataclass(frozen=True)
class EvaluationSummary:
    """The latest evaluation of one body beside the one before it, and how far its follow-up is."""

    comparison: Comparison
    progress: Progress

    @property
    def evaluation(self) -> Evaluation:
        return self.comparison.current.evaluation


def unreported_indicators(user, year: int) -> int:
    """How many indicators of the own unit hold nothing for `year`, not even a reason. One query."""
    own = Indicator.objects.visible_to(user).filter(owner_unit=user.unit_id)
    return own.alive_between(year, year).exclude(realisations__year=year).count()


def review_queue(user, *, today: date) -> tuple[int, list[WorkItem]]:
    """How many items wait for an evaluator, and the first of them, oldest first. Four queries."""
    waiting = review.queue(user)
    rows = waiting.for_table()[:LIST_LENGTH]
    return waiting.count(), [WorkItem(row, days_left(row, today)) for row in rows]


def latest_evaluations(user) -> list[EvaluationSummary]:
    """One for each body, by name. Six queries."""
    by_body = {}
    rows = Evaluation.objects.visible_to(user).with_scores()
    for evaluation in rows.order_by("unit__name", "-performance_year"):
        by_body.setdefault(evaluation.unit_id, []).append(evaluation)
    pairs = [(years[0], years[1] if len(years) > 1 else None) for years in by_body.values()]
    field_name = "recommendation__evaluation"
    seen = Renaksi.objects.visible_to(user).filter(
        **{f"{field_name}__in": [current.pk for current, _ in pairs]}
    )
    tallies = seen.tally_by(field_name)
    return [
        EvaluationSummary(compare(current, previous), Progress(**tallies.get(current.pk, {})))
        for current, previous in pairs
    ]
