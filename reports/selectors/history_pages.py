"""The pages of the history: the acts that a person may see, the newest first.

A person who does not reach the whole province sees the entries of a few bodies, and those that belong to no
body. Each of these is read for itself, newest first, from an index, and a page is put together from them.
"""

from collections.abc import Sequence
from functools import cached_property
from heapq import merge
from itertools import islice

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from performance.models import Indicator
from recommendations.models import Renaksi
from reports.selectors.history import acts, entries_for, matching, tell_each
from reports.selectors.history_acts import Acts, FilteredActs
from sakip.history.entries import HistoryEntry
from sakip.models import Unit
from sakip.paging import Ordered, Page, page_of
from sakip.policy import reaches_all

ORDER = ("-at", "-pk")
MOST_BODIES = 12  # of more, all entries are read


def page_of_history(user, chosen, query) -> tuple[Page, list[dict]]:
    """The page that the `query` asks for, and what it tells: acts, or the entries of one act."""
    if chosen["sekali"]:
        page = page_of(Ordered(entries_for(user, chosen), ("-pk",)), query)
        told = tell_each([entry.pk for entry in page], user)
        return page, list(told.values())
    bodies = bodies_of(user)
    if any(chosen.values()):
        found: Acts = FilteredActs(user, bodies, matching(chosen))
    else:
        found = Acts(user, bodies)
    page = page_of(found, query, load=lambda rows: rows.only("batch"))
    return page, acts({head.batch: found.parts[head.batch] for head in page}, user)


def bodies_of(user) -> list[int] | None:
    """The units of whose records this person may see an entry; None when these are many. One query besides
    those of the rights."""
    if reaches_all(user):
        return None
    # Perhaps more than the person may see, but found by an index.
    units, renaksi = user.reach | {user.unit_id}, Renaksi.objects.order_by()
    led = renaksi.filter(lead_unit__in=units).values("body")
    helped = renaksi.filter(supporting_units__in=units).values("body")
    measured = Indicator.objects.visible_to(user).order_by().values("objective__unit")
    near = Q(pk__in=user.reach | user.lineage) | Q(pk__in=led) | Q(pk__in=helped)
    near |= Q(pk__in=measured)
    told_of = Exists(HistoryEntry.objects.filter(body=OuterRef("pk")))
    keys = Unit.objects.filter(near, told_of).order_by().values_list("pk", flat=True)
    found = list(keys[: MOST_BODIES + 1])
    return found if len(found) <= MOST_BODIES else None


class NewestFirst(Ordered):
    """Entries of some bodies in the order of their times. `bodies` None stands for all entries.

    The whole is never counted: a history that fits on one page is short, any other is long.
    """

    def __init__(self, entries: QuerySet, bodies: Sequence[int] | None):
        super().__init__(entries, ORDER)
        some = [entries]
        if bodies is not None:
            some = [*(entries.filter(body=body) for body in bodies), entries.filter(body=None)]
        self.parts = [Ordered(rows, ORDER) for rows in some]

    @cached_property
    def _first(self) -> list[tuple]:
        return self.keys(0, settings.PAGE_LENGTH + 1)

    def count(self, most):
        number = len(self._first)
        return min(number, settings.PAGE_LENGTH), number <= settings.PAGE_LENGTH

    def keys(self, start, length):
        if not start and length == settings.PAGE_LENGTH + 1 and "_first" in self.__dict__:
            return self._first
        found = _newest(*(part.keys(0, start + length) for part in self.parts))
        return list(islice(found, start, start + length))

    def after(self, edge, length):
        return list(islice(_newest(*(part.after(edge, length) for part in self.parts)), length))

    def before(self, edge, length):
        found = (part.before(edge, length) for part in self.parts)
        return list(islice(merge(*found, key=_time), length))


def _time(row):
    return row[1:]


def _newest(*rows):
    return merge(*rows, key=_time, reverse=True)
