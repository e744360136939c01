"""The evaluator's queue (antrean reviu), and hints from earlier returns."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from recommendations.models import Evidence, Renaksi, ReviewDecision
from recommendations.permissions import renaksi_policy
from recommendations.workflow import without_own_work
from sakip.models import Unit
from sakip.prepared import Prepared

RETURNED = ReviewDecision.Outcome.RETURNED
NOTES_SHOWN = 3
SOON = timedelta(days=7)
WITHOUT_EVIDENCE = "tanpa"
DUE_CHOICES = [
    ("lewat", "Sudah lewat"),
    ("pekan", f"Dalam {SOON.days} hari"),
    ("nanti", f"Lebih dari {SOON.days} hari lagi"),
    ("tanpa", "Tanpa batas waktu"),
]
RETURN_CHOICES = [("ya", "Pernah dikembalikan"), ("belum", "Belum pernah dikembalikan")]
EVIDENCE_CHOICES = [*Evidence.Kind.choices, (WITHOUT_EVIDENCE, "Tanpa bukti")]


def queue(user):
    """Returns the renaksi that the user may accept or return, without those the user wrote in."""
    rows = renaksi_policy.filter(Renaksi.objects.all(), user, "accept")
    return without_own_work(rows, user).order_by()


def narrowed(
    rows, *, today: date, unit=None, component=None, year=None, due="", returned="", evidence=""
):
    """Returns the rows that match all given filters. `unit` includes units below, `year` is that of the LHE."""
    if unit:
        rows = rows.filter(lead_unit__in=Unit.objects.beneath([unit.pk]))
    if component:
        rows = rows.filter(component=component)
    if year:
        rows = rows.filter(performance_year=year)
    if due:
        rows = rows.filter(_due(today)[due])
    if returned:
        earlier = ReviewDecision.objects.filter(renaksi=OuterRef("pk"), outcome=RETURNED)
        rows = rows.filter(Exists(earlier) if returned == "ya" else ~Exists(earlier))
    if evidence:
        current = Evidence.objects.filter(renaksi=OuterRef("pk"), is_archived=False)
        of_kind = Exists(current.filter(kind=evidence))
        rows = rows.filter(~Exists(current) if evidence == WITHOUT_EVIDENCE else of_kind)
    return rows


def _due(today) -> dict[str, Q]:
    return {
        "lewat": Q(due_date__lt=today),
        "pekan": Q(due_date__range=(today, today + SOON)),
        "nanti": Q(due_date__gt=today + SOON),
        "tanpa": Q(due_date=None),
    }


def for_bulk(rows):
    """Loads what the page for several items shows, with `return_count`, `has_evidence` and `current_evidence`."""
    evidence = Evidence.objects.filter(is_archived=False).prefetch_related("revisions")
    proofs = Prefetch("evidence", queryset=evidence, to_attr="current_evidence")
    latest = Prefetch("decisions", queryset=ReviewDecision.objects.select_related("evaluator"))
    rows = rows.select_related(
        "lead_unit", "recommendation__component", "recommendation__evaluation__unit", "submitted_by"
    )
    returns = ReviewDecision.objects.filter(renaksi=OuterRef("pk"), outcome=RETURNED)
    rows = rows.annotate(return_count=_number(returns)).with_evidence()
    return rows.prefetch_related("steps", proofs, latest)


def _number(rows):
    """Counts the rows of a subquery; a join would repeat the row that they belong to."""
    counted = rows.order_by().values("renaksi").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def times_returned(renaksi) -> list[datetime]:
    """When the renaksi was returned, the latest first. One query."""
    return [at for (at,) in RETURN_TIMES(renaksi.pk)]


RETURN_TIMES = Prepared(
    lambda pk: ReviewDecision.objects.filter(renaksi=pk, outcome=RETURNED).values_list("decided_at")
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
