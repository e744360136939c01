"""The acts that a person may see, page by page: each costs the same, however many entries it has.

The database leaps from act to act and gives the newest entries of each; of those, one query for each kind of
record asks which the person may see. (To ask of all kinds within one query costs more than the page: PostgreSQL
even compiles it.)
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import islice

from django.conf import settings
from django.db.models import Max, Q, QuerySet

from reports.selectors.history import MOST_TOLD, kinds_by_type
from sakip.history.entries import HistoryEntry
from sakip.history.newest import EntryOfAct, acts_by, acts_from, merged, newest_parts, parts_of
from sakip.paging import Ordered

ORDER = ("-at", "-batch")
MOST = MOST_TOLD + 1
PART = ("pk", "action", "content_type", "object_id", "at")
READ_MORE = 2_000  # entries at once of an act of whose newest ones the reader sees few


class Acts(Ordered):
    """The acts with an entry that `user` may see, by their moments; those of one moment by their codes.

    `bodies` are those to which the entries belong that the reader may see; None stands for all. The key of
    an act is its newest entry that the reader may see. The whole is never counted: a history that fits on
    one page is short, any other is long. `parts` has the entries of the acts that were found, by their keys.
    """

    def __init__(self, user, bodies: Sequence[int] | None):
        super().__init__(HistoryEntry.objects.order_by(), ORDER)
        self.user, self.bodies = user, bodies
        self.parts: dict[int, list[EntryOfAct]] = {}

    @cached_property
    def _first(self):
        return self._found(None, settings.PAGE_LENGTH + 1)

    def count(self, most):
        number = len(self._first)
        return min(number, settings.PAGE_LENGTH), number <= settings.PAGE_LENGTH

    def keys(self, start, length):
        if not start and length == settings.PAGE_LENGTH + 1:
            return self._first
        return self._found(None, start + length)[start:]

    def after(self, edge, length):
        return self._found(edge, length)

    def before(self, edge, length):
        return self._found(edge, length, backwards=True)

    def _found(self, edge, length, *, backwards=False):
        found: list[tuple] = []
        for some in _batched(self._acts(edge, length, backwards), length):
            found += self._visible(some)
            if len(found) >= length:
                break
        return found[:length]

    def _acts(self, edge, length, backwards):
        """(an entry, place) of the acts among which the visible ones are looked for."""
        return acts_from(edge, self.bodies, length=length, backwards=backwards)

    def _visible(self, acts):
        """(head, moment, act) of those acts of which the reader may see an entry; of an act with several
        moments only at that of its head."""
        told = self._seen(newest_parts([key for key, _ in acts], MOST))
        for _, (at, batch) in acts:
            rows = told.get(batch)
            if rows and rows[0].at == at:
                self.parts[rows[0].pk] = rows
                yield rows[0].pk, at, batch

    def _seen(self, parts):
        seen = self._allowed(part for rows in parts.values() for part in rows)
        found = {batch: [row for row in rows if row.pk in seen] for batch, rows in parts.items()}
        for batch, rows in parts.items():
            if len(rows) == MOST > len(found[batch]):
                found[batch] = list(self._all_of(batch))
        return found

    def _all_of(self, batch) -> Iterator[EntryOfAct]:
        """The same of one act, from all its entries: more and more of them at once."""
        below, number, size = None, 0, 2 * MOST
        while some := self._older(batch, below, size):
            seen = self._allowed(some)
            for part in some:
                if part.pk in seen:
                    yield part
                    number += 1
                    if number == MOST:
                        return
            below, size = some[-1].pk, min(4 * size, READ_MORE)

    def _older(self, batch, below, length) -> list[EntryOfAct]:
        """So many entries of an act with a lower key than `below`, the newest first."""
        return parts_of(batch, below, self.bodies, length)

    def _allowed(self, parts) -> set[int]:
        return seen_entries(self.user, parts)


class FilteredActs(Acts):
    """The same of the entries in `rows`, whatever the reader may see of them. Each body is read for itself."""

    def __init__(self, user, bodies: Sequence[int] | None, rows: QuerySet):
        super().__init__(user, bodies)
        self.rows = rows.order_by()
        self.streams = [self.rows]
        if bodies is not None:
            of_bodies = (self.rows.filter(body=body) for body in bodies)
            self.streams = [*of_bodies, self.rows.filter(body=None)]

    def _acts(self, edge, length, backwards):
        """More and more at once: of the first ones the reader sees few."""
        streams = [partial(self._some, rows=rows, backwards=backwards) for rows in self.streams]
        return merged(streams, edge, length, most=READ_MORE, backwards=backwards)

    def _some(self, place, length, rows, backwards):
        sign = "" if backwards else "-"
        if place:
            rows = rows.filter(self._beyond(place, backwards=backwards))
        found = rows.order_by(f"{sign}at", f"{sign}batch").values_list("at", "batch")
        return [(key, (at, act)) for at, act, key in found.annotate(key=Max("pk"))[:length]]

    def _older(self, batch, below, length):
        # Not `batch=`, for PostgreSQL would read the whole history backwards by key.
        rows = self.rows.filter(batch__range=(batch, batch))
        if self.bodies is not None:
            rows = rows.filter(Q(body__in=self.bodies) | Q(body=None))
        if below is not None:
            rows = rows.filter(pk__lt=below)
        newest = rows.order_by("-batch", "-pk").values_list(*PART)
        return [EntryOfAct(*row) for row in newest[:length]]

    def _allowed(self, parts):
        parts = list(parts)
        found = self.rows.filter(pk__in=[part.pk for part in parts]).values_list("pk", flat=True)
        asked = set(found) if parts else set()
        return super()._allowed(part for part in parts if part.pk in asked)


class ActsBy(Acts):
    """Those of them that these people did."""

    def __init__(self, user, bodies: Sequence[int] | None, actors: Sequence[int]):
        super().__init__(user, bodies)
        self.actors = actors

    def _acts(self, edge, length, backwards):
        return acts_by(self.actors, edge, self.bodies, length=length, backwards=backwards)


def seen_entries(user, parts: Iterable[EntryOfAct]) -> set[int]:
    """The keys of those entries whose record `user` may see. One query for each kind of record."""
    by_kind = defaultdict(list)
    for part in parts:
        by_kind[part.content_type].append(part)
    kinds, found = kinds_by_type(), set()
    for content_type, some in by_kind.items():
        if kind := kinds.get(content_type):
            keys = {part.object_id for part in some}
            rows = kind.visible(user).order_by().filter(pk__in=keys)
            seen = set(rows.values_list("pk", flat=True))
            found |= {part.pk for part in some if part.object_id in seen}
    return found


def _batched(rows, length):
    rows = iter(rows)
    return iter(lambda: list(islice(rows, length)), [])
