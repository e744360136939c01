"""The orders of the review queue, its groups, and the item that follows another one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce

from recommendations.models import Evaluation, Renaksi

EVALUATION = "recommendation__evaluation"
UNKNOWN = datetime(1900, 1, 1, tzinfo=UTC)  # renaksi without a time of sending come first
SENT = Coalesce("submitted_at", Value(UNKNOWN))
BY_LHE, OLDEST_FIRST = "lhe", "lama"
# The keys of each order are never null and end with the primary key: `following` compares them.
ORDERS = {
    BY_LHE: (
        f"{EVALUATION}__unit__position",
        f"{EVALUATION}__unit__name",
        f"{EVALUATION}__unit_id",
        f"{EVALUATION}__performance_year",
        f"{EVALUATION}_id",
        "recommendation__number",
        "position",
        "pk",
    ),
    OLDEST_FIRST: ("sent", "pk"),
}


def ordered(rows, order=OLDEST_FIRST):
    """Sorts by one of ORDERS: body after body as in the LHE, or the one that waits longest first."""
    return rows.annotate(sent=SENT).order_by(*ORDERS[order])


def following(rows, renaksi, order=OLDEST_FIRST):
    """Returns the row after `renaksi`, also when `renaksi` has left the queue; None at the end. Two queries."""
    keys = ORDERS[order]
    here = Renaksi.objects.annotate(sent=SENT).values_list(*keys).get(pk=renaksi.pk)
    later, same = Q(), Q()
    for key, value in zip(keys, here, strict=True):
        later |= same & Q(**{f"{key}__gt": value})
        same &= Q(**{key: value})
    return ordered(rows, order).filter(later).first()


@dataclass(frozen=True)
class QueueGroup:
    """The rows of one LHE on a page of the queue. `start` is the place of the first one in the queue.

    `count` is the number of rows of this LHE on all pages. In another order than BY_LHE there is one
    group without an LHE.
    """

    evaluation: Evaluation | None
    rows: list[Renaksi]
    start: int
    count: int = 0


def groups(page, rows, order) -> list[QueueGroup]:
    """Returns the rows of the page in their groups; `rows` is the whole queue. One query."""
    found = list(page)
    if order != BY_LHE:
        return [QueueGroup(None, found, page.start_index())]
    counts = dict(rows.order_by().values_list(EVALUATION).annotate(Count("pk")))
    groups, start = [], page.start_index()
    for pk, several in groupby(found, key=lambda row: row.recommendation.evaluation_id):
        items = list(several)
        evaluation = items[0].recommendation.evaluation
        groups.append(QueueGroup(evaluation, items, start, counts.get(pk, len(items))))
        start += len(items)
    return groups
