"""The pages of the history: the acts that a person may see, the newest first.

A person who does not reach the whole province sees the entries of a few bodies, and those that belong to no
body. Each of these is read for itself, newest first, from an index, and a page is put together from them.
"""

from django.db.models import Exists, OuterRef, Q

from recommendations.models import Renaksi
from reports.selectors.history import acts, entries_for, matching, people_named, tell_each
from reports.selectors.history_acts import Acts, ActsBy, FilteredActs
from sakip.history.entries import HistoryEntry
from sakip.models import Unit
from sakip.paging import Ordered, Page, page_of
from sakip.policy import reaches_all
from sakip.prepared import Prepared

MOST_BODIES = 12  # of more, all entries are read
MOST_STREAMS = 24  # people in bodies; of more, their acts are not read one after another


def page_of_history(user, chosen, query) -> tuple[Page, list[dict]]:
    """The page that the `query` asks for, and what it tells: acts, or the entries of one act."""
    if chosen["sekali"]:
        page = page_of(Ordered(entries_for(user, chosen), ("-pk",)), query)
        told = tell_each([entry.pk for entry in page], user)
        return page, list(told.values())
    found = _acts_of(user, chosen)
    page = page_of(found, query, read=lambda keys: [found.parts[pk][0] for pk in keys])
    return page, acts([found.parts[head.pk] for head in page], user)


def _acts_of(user, chosen) -> Acts:
    bodies, asked = bodies_of(user), {name for name, value in chosen.items() if value}
    if not asked:
        return Acts(user, bodies)
    if asked == {"orang"} and (bodies is not None or reaches_all(user)):
        people = people_named(chosen["orang"])
        if 0 < len(people) * len(bodies or [None]) <= MOST_STREAMS:
            return ActsBy(user, bodies, people)
    return FilteredActs(user, bodies, matching(chosen))


def bodies_of(user) -> list[int] | None:
    """The units of whose records this person may see an entry; None when these are many. One query besides
    those of the rights."""
    if reaches_all(user):
        return None
    units, near = user.reach | {user.unit_id}, user.reach | user.lineage
    found = [pk for (pk,) in BODIES(sorted(units - {None}), sorted(near))]
    return found if len(found) <= MOST_BODIES else None


def _bodies(units, near):
    """Perhaps more than the person may see, but found by an index. What is measured belongs to those near."""
    renaksi = Renaksi.objects.order_by()
    led = renaksi.filter(lead_unit__in=units).values("body")
    helped = renaksi.filter(supporting_units__in=units).values("body")
    is_asked = Q(pk__in=near) | Q(pk__in=led) | Q(pk__in=helped)
    told_of = Exists(HistoryEntry.objects.filter(body=OuterRef("pk")))
    return Unit.objects.filter(is_asked, told_of).order_by().values_list("pk")[: MOST_BODIES + 1]


BODIES = Prepared(_bodies)
