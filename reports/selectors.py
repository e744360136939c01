"""Figures and lists of the home page. All start from what the reader may see; none costs a query per row."""

from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType

from performance.models import Indicator
from recommendations.comparison import Comparison, compare
from recommendations.models import Evaluation, Renaksi
from recommendations.progress import Progress
from recommendations.status import STATUS_WORDS
from recommendations.workflow import missing
from sakip.history import HistoryEntry
from sakip.models import Unit

SOON = timedelta(days=14)
LIST_LENGTH = 20  # what a home page lists at most; the whole stands behind its link


@dataclass(frozen=True)
class WorkItem:
    """One renaksi in a list. `days_left` is negative when overdue, None without a due date."""

    renaksi: Renaksi
    days_left: int | None
    missing: list[str] = field(default_factory=list)
    return_note: str = ""
    is_lead: bool = True

    @property
    def tone(self) -> str:
        return STATUS_WORDS[self.renaksi.status].tone

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))


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


def work_of(user, *, today: date) -> dict[str, list[WorkItem]]:
    """What waits for an operator, by urgency; every item stands in one list. Five queries."""
    rows = Renaksi.objects.visible_to(user).workable().for_table()
    rows = list(rows.order_by("due_date", "recommendation__number", "position"))
    notes = _return_notes(rows)
    found = {"returned": [], "overdue": [], "soon": [], "rest": []}
    for renaksi in rows:
        item = WorkItem(
            renaksi=renaksi,
            days_left=_days_left(renaksi, today),
            missing=missing(renaksi),
            return_note=notes.get(renaksi.pk, ""),
            is_lead=renaksi.lead_unit_id == user.unit_id,
        )
        found[_urgency(item)].append(item)
    return found


def _urgency(item) -> str:
    if item.renaksi.status == Renaksi.Status.RETURNED:
        return "returned"
    if item.days_left is None or item.days_left > SOON.days:
        return "rest"
    return "overdue" if item.days_left < 0 else "soon"


def _days_left(renaksi, today) -> int | None:
    return (renaksi.due_date - today).days if renaksi.due_date else None


def _return_notes(rows) -> dict[int, str]:
    """The evaluator's latest words on each returned renaksi."""
    returned = [row.pk for row in rows if row.status == Renaksi.Status.RETURNED]
    entries = HistoryEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Renaksi),
        object_id__in=returned,
        action__in=["return", "reopen"],
    )
    return dict(entries.order_by("at", "pk").values_list("object_id", "note"))


def unreported_indicators(user, year: int) -> int:
    """How many indicators of the own unit hold nothing for `year`, not even a reason. One query."""
    own = Indicator.objects.visible_to(user).filter(owner_unit=user.unit_id)
    return own.alive_between(year, year).exclude(realisations__year=year).count()


def review_queue(user, *, today: date) -> tuple[int, list[WorkItem]]:
    """How many items wait for an evaluator, and the first of them, oldest first. Four queries."""
    waiting = Renaksi.objects.visible_to(user).awaiting_review()
    rows = waiting.for_table()[:LIST_LENGTH]
    return waiting.count(), [WorkItem(row, _days_left(row, today)) for row in rows]


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
    return late.count(), [WorkItem(row, _days_left(row, today)) for row in rows[:LIST_LENGTH]]


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
