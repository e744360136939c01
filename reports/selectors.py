"""Figures and lists of the home page. All start from what the reader may see; none costs a query per row."""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from performance.models import Indicator
from recommendations import review
from recommendations.comparison import Comparison, compare
from recommendations.models import Evaluation, Renaksi
from recommendations.progress import Progress
from recommendations.status import STATUS_WORDS
from recommendations.work import WorkItem, days_left
from sakip.models import Unit

LIST_LENGTH = 20  # what a home page lists at most; the whole stands behind its link


@dataclass(frozen=True)
class StatusCount:
    label: str
    tone: str
    count: int


@dataclass(frozen=True)
class EvaluationSummary:
    """The latest evaluation of one body beside the one before it, and how far its follow-up is."""

    comparison: Comparison
    progress: Progress

    @property
    def evaluation(self) -> Evaluation:
        return self.comparison.current.evaluation


@dataclass(frozen=True)
class UnitProgress:
    unit: Unit
    progress: Progress
    overdue: int


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


def whole(summaries) -> Progress:
    """The progress of several evaluations together."""
    sums = {
        part.name: sum(getattr(summary.progress, part.name) for summary in summaries)
        for part in fields(Progress)
    }
    return Progress(**sums)


def _renaksi_of(user, summaries):
    evaluations = [summary.evaluation.pk for summary in summaries]
    return Renaksi.objects.visible_to(user).filter(recommendation__evaluation__in=evaluations)


def status_counts(user, summaries) -> list[StatusCount]:
    """How many renaksi of these evaluations stand in each status; all six, in the order of the work."""
    rows = _renaksi_of(user, summaries).order_by().values_list("status", flat=True)
    counts = Counter(rows)
    return [
        StatusCount(label, STATUS_WORDS[status].tone, counts[status])
        for status, label in Renaksi.Status.choices
    ]


def overdue(user, *, today: date) -> tuple[int, list[WorkItem]]:
    """How many items are late, of any year, and the latest of them. Four queries."""
    late = Renaksi.objects.visible_to(user).overdue(today)
    rows = late.for_table().order_by("due_date", "recommendation__number", "position")
    return late.count(), [WorkItem(row, days_left(row, today)) for row in rows[:LIST_LENGTH]]


def progress_by_unit(user, summaries, *, today: date) -> list[UnitProgress]:
    """Progress of each unit that leads something in these evaluations, the latest first. Three queries."""
    seen = _renaksi_of(user, summaries)
    tallies = seen.tally_by("lead_unit")
    late = Counter(seen.overdue(today).order_by().values_list("lead_unit", flat=True))
    units = Unit.objects.visible_to(user).filter(pk__in=tallies)
    rows = [UnitProgress(unit, Progress(**tallies[unit.pk]), late[unit.pk]) for unit in units]
    return sorted(
        rows,
        key=lambda row: (-row.overdue, row.progress.claimed_percent or Decimal(0), str(row.unit)),
    )
