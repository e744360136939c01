"""The pages of the history: the acts that a person may see, the newest first.

A person who does not reach the whole province sees the entries of a few bodies, and those that belong to no
body. Each of these is read for itself, newest first, from an index, and a page is put together from them.
"""

from django.db.models import Exists, OuterRef, Q

from performance.models import Indicator
from recommendations.models import Renaksi
from reports.selectors.history import acts, entries_for, matching, people_named, tell_each
from reports.selectors.history_acts import Acts, ActsBy, FilteredActs
from sakip.history.entries import HistoryEntry
from sakip.models import Unit
from sakip.paging import Ordered, Page, page_of
from sakip.policy import reaches_all

MOST_BODIES = 12  # of more, all entries are read
MOST_STREAMS = 24  # people in bodies; of more, their acts are not read one after another


def page_of_history(user, chosen, query) -> tuple[Page, list[dict]]:
    """The page that the `query` asks for, and what it tells: acts, or the entries of one act."""
    if chosen["sekali"]:
        page = page_of(Ordered(entries_for(user, chosen), ("-pk",)), query)
        told = tell_each([entry.pk for entry in page], user)
        return page, list(told.values())
    found = _acts_of(user, chosen)
    page = page_of(found, query, load=lambda rows: rows.only("batch"))
    return page, acts({head.batch: found.parts[head.batch] for head in page}, user)


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
