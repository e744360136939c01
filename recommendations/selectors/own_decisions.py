"""An evaluator's own decisions: the list, the figures, and earlier notes to use again."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import BooleanField, Case, Count, OuterRef, Q, Subquery, Value, When

from recommendations.models import Renaksi, ReviewDecision
from recommendations.permissions import renaksi_policy
from sakip.history.entries import HistoryEntry
from sakip.prepared import Prepared

NOTES_OFFERED = 6
TIMED = 200  # the latest decisions; how long older ones took is no longer of interest
NOTES_READ = 300  # the latest of the own returns; more of them say nothing new
LATEST_FIRST = ("-decided_at", "-pk")
EVALUATION = "renaksi__recommendation__evaluation"
Outcome = ReviewDecision.Outcome


def own(user):
    """Returns the decisions of this evaluator on items that the evaluator may still see, newest first."""
    return ReviewDecision.objects.visible_to(user).filter(evaluator=user.pk)


def narrowed(rows, *, year=None, body=None, outcome=""):
    """`year` is the performance year of the LHE. Empty values narrow nothing."""
    if year:
        rows = rows.filter(**{f"{EVALUATION}__performance_year": year})
    if body:
        rows = rows.filter(**{f"{EVALUATION}__unit": body})
    return rows.filter(outcome=outcome) if outcome else rows


@dataclass(frozen=True)
class DecisionFigures:
    """`median_days` is how long the items of the latest decisions, at most TIMED, had waited; None when nobody
    knows."""

    accepted: int
    returned: int
    median_days: int | None

    @property
    def total(self) -> int:
        return self.accepted + self.returned


def figures(rows) -> DecisionFigures:
    """Counts these decisions. Two queries; the waiting time is read from the history, because an item that
    is sent again loses its earlier time of sending."""
    counts = rows.aggregate(
        accepted=Count("pk", filter=Q(outcome=Outcome.ACCEPTED)),
        returned=Count("pk", filter=Q(outcome=Outcome.RETURNED)),
    )
    sent = HistoryEntry.objects.on(Renaksi, OuterRef("renaksi")).filter(
        action="submit", at__lte=OuterRef("decided_at")
    )
    times = rows.annotate(sent=Subquery(sent.order_by("-at").values("at")[:1]))
    waited = times.order_by(*LATEST_FIRST).values_list("sent", "decided_at")[:TIMED]
    days = [(decided - sent) // timedelta(days=1) for sent, decided in waited if sent]
    return DecisionFigures(**counts, median_days=round(median(days)) if days else None)


def own_notes(user, renaksi) -> list[ReviewDecision]:
    """Returns the latest different notes with which this evaluator returned something. Two queries.

    Those for the same recommendation, the one of last year or the same criterion come first.
    """
    recommendation = renaksi.recommendation
    same = {recommendation.pk, recommendation.previous_id} - {None}
    about = Q(renaksi__recommendation__in=same)
    if recommendation.criterion_code:
        about |= Q(renaksi__recommendation__criterion_code=recommendation.criterion_code)
    if renaksi_policy.allows_all(user, "view") and not recommendation.criterion_code:
        rows = NOTES(user.pk, list(same))
    else:
        rows = _notes(own(user), about)
    by_note: dict[str, int] = {}
    for pk, note in rows:  # hundreds of records would take longer
        by_note.setdefault(note, pk)
    keys = list(by_note.values())[:NOTES_OFFERED]
    found = {row.pk: row for row in BY_KEYS(keys)}
    return [found[pk] for pk in keys if pk in found]


def _notes(decisions, about):
    close = Case(When(about, then=Value(True)), default=False, output_field=BooleanField())
    rows = decisions.filter(outcome=Outcome.RETURNED).exclude(note="").annotate(is_close=close)
    rows = rows.order_by("-is_close", "-decided_at", "-pk")[:NOTES_READ]
    return rows.values_list("pk", "note")


NOTES = Prepared(
    lambda evaluator, same: _notes(
        ReviewDecision.objects.filter(evaluator=evaluator),
        Q(renaksi__recommendation__in=same),
    )
)
BY_KEYS = Prepared(lambda keys: ReviewDecision.objects.filter(pk__in=keys).order_by())
