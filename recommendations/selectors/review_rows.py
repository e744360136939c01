"""The rows of the review queue as they are shown: each with what it prints, and no record behind it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count

from recommendations.models import Evidence, Renaksi, ReviewDecision, ReviewPresence, Step
from recommendations.models.renaksi import renaksi_name
from recommendations.selectors.renaksi_rows import excerpt
from sakip.models import Unit, User
from sakip.prepared import Prepared
from sakip.selectors.unit_tree import unit_tree

RETURNED = ReviewDecision.Outcome.RETURNED
FIELDS = (
    "pk", "evaluation", "body", "performance_year", "recommendation_number", "position", "lead_unit",
    "follow_up", "not_actionable_reason", "submitted_at", "due_date", "recommendation__heading",
    "recommendation__component__name",
)  # fmt: skip


class QueuedEvaluation(NamedTuple):
    """The LHE of a row. `unit` is of the tree and not to be saved."""

    pk: int
    unit: Unit
    performance_year: int


@dataclass(slots=True)
class QueuedRenaksi:
    """`text` are the first words of the follow-up, without one those of its first step. `presence.mark` fills
    `others`."""

    pk: int
    evaluation: QueuedEvaluation
    name: str
    title: str
    lead: str
    text: str
    not_actionable_reason: str
    submitted_at: datetime | None
    due_date: date | None
    evidence_count: int
    return_count: int
    others: list[ReviewPresence] = field(default_factory=list)


def queued(keys: list[int], reader: User) -> Iterator[QueuedRenaksi]:
    """Reads the rows of one page, which the reader may see. Three queries, four when one has no follow-up of its own."""
    found = ROWS(keys)
    tree = unit_tree(reader)
    proof, returns = Counter(dict(PROOF(keys))), Counter(dict(RETURNS(keys)))
    texts = {row.pk: excerpt(row.follow_up) for row in found}
    texts |= _first_steps([pk for pk, text in texts.items() if not text])
    for row in found:
        yield QueuedRenaksi(
            pk=row.pk,
            evaluation=QueuedEvaluation(row.evaluation, tree.units[row.body], row.performance_year),
            name=renaksi_name(row.recommendation_number, row.position),
            title=row.recommendation__heading or row.recommendation__component__name or "",
            lead=tree.names[row.lead_unit],
            text=texts[row.pk],
            not_actionable_reason=row.not_actionable_reason,
            submitted_at=row.submitted_at,
            due_date=row.due_date,
            evidence_count=proof[row.pk],
            return_count=returns[row.pk],
        )


def _first_steps(keys) -> dict[int, str]:
    """The first words of the first step of each of these renaksi."""
    return {pk: excerpt(text) for pk, text in STEPS(keys)}


def _numbers(rows):
    """How many of these each renaksi has."""
    return rows.order_by().values_list("renaksi").annotate(Count("pk"))


ROWS = Prepared(
    lambda keys: Renaksi.objects.filter(pk__in=keys).order_by().values_list(*FIELDS, named=True)
)
PROOF = Prepared(
    lambda keys: _numbers(Evidence.objects.filter(renaksi__in=keys, is_archived=False))
)
RETURNS = Prepared(
    lambda keys: _numbers(ReviewDecision.objects.filter(renaksi__in=keys, outcome=RETURNED))
)
STEPS = Prepared(
    lambda keys: (
        Step.objects.filter(renaksi__in=keys).order_by("-position").values_list("renaksi", "text")
    )
)
