"""The orders of the review queue, its pages and groups, and the item that follows another one."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from recommendations.models import Evaluation, Renaksi
from recommendations.selectors.review_rows import QueuedEvaluation, QueuedRenaksi
from recommendations.transitions import SUBMITTED
from sakip.paging import Ordered
from sakip.prepared import Prepared

BY_LHE, OLDEST_FIRST = "lhe", "lama"
OLDEST = ("sent_order", "pk")
EVALUATIONS = ("unit__position", "unit__name", "unit", "performance_year", "pk")
WITHIN = ("recommendation_number", "position")
LHE_FIRST = ("evaluation", *WITHIN)
LARGEST_STEP = 8
EVALUATION_OF = "recommendation__evaluation__"
ORDERS = {
    BY_LHE: (*(f"{EVALUATION_OF}{name}" for name in EVALUATIONS), *WITHIN),
    OLDEST_FIRST: OLDEST,
}


def ordered(rows: QuerySet, order: str = OLDEST_FIRST) -> QuerySet:
    """Sorts a few rows by one of ORDERS: body after body as in the LHE, or the one that waits longest first."""
    return rows.order_by(*ORDERS[order])


def in_pages(rows: QuerySet, order: str = OLDEST_FIRST) -> Ordered:
    """The queue in one of ORDERS, for `sakip.paging`."""
    return ByLhe(rows) if order == BY_LHE else Ordered(rows, OLDEST)


class ByLhe(Ordered):
    """The queue LHE after LHE, in the order of their bodies.

    No index knows the names of bodies. But there are few LHEs: they are sorted, and the rows are read from one
    after the other until there are enough, so a page costs the same however long the queue is. Of a short
    queue, counting it reads all keys.
    """

    whole: list[tuple] | None = None  # all keys of a short queue, once it is counted

    def __init__(self, rows):
        super().__init__(rows, LHE_FIRST)

    def count(self, most):
        """A long queue is counted in the index alone: its rows lie all over the table."""
        count = len(self.rows.order_by().values_list("pk")[: most + 1])
        if count <= most:
            found = list(self._values(self.rows.order_by())[:most])
            ranks = {
                pk: at for at, pk in enumerate(self._sorted(Q(pk__in={key[1] for key in found})))
            }
            self.whole = sorted(found, key=lambda key: (ranks[key[1]], *key[2:]))
        return min(count, most), count <= most

    def numbers(self, lhes) -> Counter[int]:
        """How many rows each of these LHEs has. No query for a short queue that is counted."""
        if self.whole is not None:
            return Counter(key[1] for key in self.whole)
        rows = self.rows.filter(evaluation__in=lhes).order_by()
        return Counter(dict(rows.values_list("evaluation").annotate(Count("pk"))))

    def keys(self, start, length):
        if self.whole is not None:
            return self.whole[start : start + length]
        return self._of(self._lhes, start + length)[start:]

    def after(self, edge, length):
        return self._beside(edge, length)

    def before(self, edge, length):
        if edge is None:
            return self._of(self._lhes[::-1], length, backwards=True)
        return self._beside(edge, length, backwards=True)

    def fields(self):
        return [Renaksi._meta.get_field(name) for name in self.names]

    @cached_property
    def _lhes(self) -> list[int]:
        """The keys of the LHEs with rows, in order, and of some whose rows are not for this reader. One query."""
        return [pk for (pk,) in LHES()]

    def _sorted(self, condition):
        return _evaluations(condition).values_list("pk", flat=True)

    def _beside(self, edge, length, *, backwards=False):
        """First the rest of the LHE of the edge, which may have no other rows, then the LHEs beyond it."""
        lhe, *within = edge
        rest = Ordered(self.rows.filter(evaluation=lhe), WITHIN)
        keys = rest.before(within, length) if backwards else rest.after(within, length)
        found = [(pk, lhe, *values) for pk, *values in keys]
        if len(found) < length:
            lhes = self._beyond_lhe(lhe, backwards)
            found += self._of(lhes, length - len(found), backwards=backwards)
        return found

    def _beyond_lhe(self, lhe, backwards):
        lhes = self._lhes if lhe in self._lhes else list(self._sorted(Q(pk__in=[*self._lhes, lhe])))
        place = lhes.index(lhe) if lhe in lhes else -1  # there is no such LHE: from the start
        return lhes[: max(place, 0)][::-1] if backwards else lhes[place + 1 :]

    def _of(self, lhes, length, *, backwards=False):
        found: list[tuple] = []
        start, size = 0, 1
        while start < len(lhes) and len(found) < length:
            several = lhes[start : start + size]
            found += self._read(self.rows, several, length - len(found), backwards)
            start += size
            size = _step(size, start, len(found), length)
        return found

    def _read(self, rows, lhes, length, backwards):
        within = [f"-{name}" if backwards else name for name in WITHIN]
        rows = rows.filter(evaluation__in=lhes).order_by(*within)
        if len(lhes) == 1:
            return list(self._values(rows)[:length])
        place = Case(*(When(evaluation=pk, then=Value(at)) for at, pk in enumerate(lhes)))
        return list(self._values(rows.order_by(place, *within))[:length])


def _evaluations(condition):
    return Evaluation.objects.filter(condition).order_by(*EVALUATIONS)


def _waiting():
    rows = Renaksi.objects.filter(evaluation=OuterRef("pk"), status=SUBMITTED)
    return _evaluations(Exists(rows)).values_list("pk")


LHES = Prepared(_waiting)


def _step(size: int, lhes: int, found: int, length: int) -> int:
    """How many LHEs to read next, when those read so far had `found` rows: few rows are read in vain, and many
    short LHEs take few queries."""
    expected = -(-(length - found) * lhes // max(found, 1)) + 1
    return max(size, min(expected, size * LARGEST_STEP))


def following(rows, renaksi, order=OLDEST_FIRST) -> int | None:
    """Returns the key of the row after `renaksi`, also when `renaksi` has left the queue; None at the end."""
    keys = in_pages(rows, order).after(HERE[order].first(renaksi.pk), 1)
    return keys[0][0] if keys else None


def _here(names):
    return Prepared(lambda pk: Renaksi.objects.filter(pk=pk).order_by().values_list(*names))


HERE = {BY_LHE: _here(LHE_FIRST), OLDEST_FIRST: _here(OLDEST)}


@dataclass(frozen=True)
class QueueGroup:
    """The rows of one LHE on a page of the queue. `start` is the place of the first one in the queue, None
    where only its neighbours are known.

    `count` is the number of rows of this LHE on all pages. In another order than BY_LHE there is one
    group without an LHE.
    """

    evaluation: QueuedEvaluation | None
    rows: list[QueuedRenaksi]
    start: int | None
    count: int = 0


def groups(page, source: Ordered) -> list[QueueGroup]:
    """Returns the rows of the page in their groups; `source` is the whole queue. At most one query."""
    start = page.first_row
    if not isinstance(source, ByLhe):
        return [QueueGroup(None, page.rows, start)]
    numbers = source.numbers({row.evaluation.pk for row in page})
    groups = []
    for evaluation, several in groupby(page, key=lambda row: row.evaluation):
        items = list(several)
        number = numbers.get(evaluation.pk, len(items))
        groups.append(QueueGroup(evaluation, items, start, number))
        start = start and start + len(items)
    return groups
