"""The evaluator's queue (antrean reviu), and hints from earlier returns."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q

from recommendations.models import Renaksi, ReviewDecision
from recommendations.permissions import renaksi_policy
from recommendations.workflow import without_own_work
from sakip.models import Unit

RETURNED = ReviewDecision.Outcome.RETURNED
NOTES_SHOWN = 3
# Oldest first; renaksi without a time of sending come first of all. `following` uses the same order.
ORDER = (F("submitted_at").asc(nulls_first=True), "pk")


def queue(user, *, unit=None, component=None):
    """Returns the renaksi to review, oldest first, without those the user wrote in. `unit` includes units below."""
    rows = renaksi_policy.filter(Renaksi.objects.order_by(*ORDER), user, "accept")
    rows = without_own_work(rows, user)
    if unit:
        rows = rows.filter(lead_unit__in=Unit.objects.beneath([unit.pk]))
    if component:
        rows = rows.filter(recommendation__component=component)
    return rows


def following(rows, renaksi):
    """Returns the row after `renaksi`, also when `renaksi` has left the queue; None at the end."""
    unknown = Q(submitted_at=None)
    later = Q(submitted_at__gt=renaksi.submitted_at) if renaksi.submitted_at else ~unknown
    same = Q(submitted_at=renaksi.submitted_at) if renaksi.submitted_at else unknown
    return rows.filter(later | same & Q(pk__gt=renaksi.pk)).first()


def for_list(rows):
    """Loads what a row of the queue shows, with `evidence_count` and `return_count`. Two queries."""
    return rows.select_related(
        "lead_unit", "submitted_by", "recommendation__component", "recommendation__evaluation__unit"
    ).annotate(
        evidence_count=Count("evidence", filter=Q(evidence__is_archived=False), distinct=True),
        return_count=Count("decisions", filter=Q(decisions__outcome=RETURNED), distinct=True),
    )


@dataclass(frozen=True)
class Hint:
    """A reason for earlier returns of similar renaksi, its count, and the latest notes the user may read."""

    reason: str
    count: int
    notes: tuple[str, ...]


def hints(user, renaksi, *, told="") -> list[Hint]:
    """Returns the reasons for earlier returns to this body, most frequent first. One query.

    Returns count for the same recommendation, the one of last year and the same criterion. Notes are
    from renaksi that `user` may see, without the note `told`, which the page already shows.
    """
    recommendation = renaksi.recommendation
    same = {recommendation.pk, recommendation.previous_id} - {None}
    about = Q(renaksi__recommendation__in=same)
    if recommendation.criterion_code:
        about |= Q(
            renaksi__recommendation__criterion_code=recommendation.criterion_code,
            renaksi__recommendation__evaluation__unit=recommendation.evaluation.unit_id,
        )
    seen = Renaksi.objects.visible_to(user).filter(pk=OuterRef("renaksi"))
    rows = ReviewDecision.objects.filter(about, outcome=RETURNED).annotate(is_seen=Exists(seen))
    return _grouped(list(rows), told)


def _grouped(rows, told):
    counts = Counter(row.reason for row in rows)
    hints = []
    for reason, count in counts.most_common():
        said = (row.note for row in rows if row.reason == reason and row.is_seen)
        notes = dict.fromkeys(note for note in said if note != told)
        label = ReviewDecision.Reason(reason).label
        hints.append(Hint(label, count, tuple(notes)[:NOTES_SHOWN]))
    return hints
