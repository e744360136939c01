"""The bodies with late items, for the page from which people remind of them.

Numbers come from the kept figures, everything else is found by an index: nothing reads the items of a body,
but to find out whether all of them were reminded of today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.models.renaksi import renaksi_name
from recommendations.permissions import renaksi_policy
from recommendations.selectors.figures import KeptFigures
from recommendations.transitions import WORKABLE
from sakip.history.entries import HistoryEntry
from sakip.models import Unit, User
from sakip.prepared import Prepared

REMIND = "remind"  # the action in the history
# The longest late first, as the indexes `renaksi_due` and `renaksi_body_due` have it.
OLDEST = ("due_order", "latest_first", "evaluation_id", "recommendation_number", "position")


class Oldest(NamedTuple):
    """The item of a body that is late for the longest time, as its row names it."""

    name: str
    due_date: date
    lead_unit: Unit


class Told(NamedTuple):
    """A person who would hear of `number` items of these lead units."""

    person: User
    units: frozenset[int]
    number: int


@dataclass
class LateBody:
    """One body with the `number` of late items of which a person may remind.

    `is_due`: of some of them nobody reminded today. `last` is the latest reminder by hand about the body.
    `told` and `untold`, the units of whose items nobody would hear, are filled by `late_items`.
    """

    body: Unit
    number: int
    oldest: Oldest | None
    last: HistoryEntry | None
    is_due: bool
    told: list[Told] = field(default_factory=list)
    untold: list[Unit] = field(default_factory=list)


def late_numbers(user, *, today: date) -> dict[int, int]:
    """The number of late items of which `user` may remind, by body, most first. Three queries, five for a
    reader of some units: who may remind of an item is who may see it, if the role may remind at all."""
    found = KeptFigures(user, today=today).overdue_by_body()
    names = {row.pk: row.name for row in Unit.objects.rows()} if found else {}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], names[pair[0]])))


def late_bodies(user, numbers: Mapping[int, int], *, today: date) -> list[LateBody]:
    """Says more about the bodies that have these `numbers` of late items, in their order.

    Four queries, one more when some were reminded today; twice as many for a reader whose units also have
    a part in the work of other bodies.
    """
    whole = {key for key in numbers if user.reach is None or key in user.reach}
    found: dict[int, LateBody] = {}
    for keys, is_whole in ((whole, True), (numbers.keys() - whole, False)):
        if keys:
            found |= _described(keys, None if is_whole else user, numbers, today)
    return [found[key] for key in numbers if key in found]


def due_items(user, *, today: date) -> QuerySet[Renaksi]:
    """The late items of which `user` may remind and nobody reminded today, the longest late first."""
    rows = renaksi_policy.filter(Renaksi.objects.overdue(today), user, REMIND)
    return _not_reminded(rows, today).order_by(*OLDEST)


def _described(keys, user, numbers, today):
    """`user` None: of these bodies the reader reaches every item. Else those that the rights name: they are few."""
    late = Renaksi.objects.all()
    if user is None:
        bodies = BODIES(sorted(keys), today)
    else:
        late = renaksi_policy.filter(late, user, REMIND)
        own = renaksi_policy.condition(Renaksi, user, "view")
        own_reminders = _reminders().filter(object_id__in=Renaksi.objects.filter(own).values("pk"))
        bodies = list(_with_firsts(keys, late, own_reminders, today))
    oldest = _oldest({getattr(body, name) for body in bodies for name in FIRSTS} - {None})
    entries = HistoryEntry.objects.select_related("actor")
    told = entries.in_bulk({body.last for body in bodies} - {None})
    fresh = {body.pk for body in bodies if body.last and _is_today(told[body.last], today)}
    due = _with_due(late.overdue(today), fresh, today) | (set(keys) - fresh)
    return {
        body.pk: LateBody(
            body, numbers[body.pk], oldest.get(body.pk), told.get(body.last), body.pk in due
        )
        for body in bodies
    }


def _with_firsts(keys, late, reminders, today):
    """These bodies, each with the first of its late items of each status, and its last reminder."""
    last = Subquery(reminders.order_by("-at", "-pk").values("pk")[:1])
    firsts = {name: _first(late, status, today) for name, status in FIRSTS.items()}
    return Unit.objects.filter(pk__in=keys).annotate(last=last, **firsts).order_by()


def _reminders():
    return HistoryEntry.objects.filter(action=REMIND, body=OuterRef("pk"))


FIRSTS = {f"first_{status}": status for status in sorted(WORKABLE)}
BODIES = Prepared(
    lambda keys, today: _with_firsts(keys, Renaksi.objects.all(), _reminders(), today)
)


def _first(late, status, today):
    """One status, and the column that has the order: so an index finds the row without sorting those of a body."""
    rows = late.filter(status=status, due_order__lt=today, body=OuterRef("pk"))
    return Subquery(rows.order_by(*OLDEST).values("pk")[:1])


def _oldest(pks: Iterable[int]) -> dict[int, Oldest]:
    """The first of these items of each body, by body. Two queries."""
    rows = Renaksi.objects.filter(pk__in=pks).order_by(*OLDEST)
    columns = ("body", "recommendation_number", "position", "due_date", "lead_unit")
    found: dict[int, tuple] = {}
    for body, *about in rows.values_list(*columns):
        found.setdefault(body, about)
    units = Unit.objects.in_bulk({unit for *_, unit in found.values()})
    return {
        body: Oldest(renaksi_name(number, position), due, units[unit])
        for body, (number, position, due, unit) in found.items()
    }


def _is_today(entry, today):
    return timezone.localdate(entry.at) == today


def _with_due(late, bodies, today):
    """Those of `bodies` with a late item of which nobody reminded today."""
    if not bodies:
        return set()
    rows = _not_reminded(late.filter(body__in=bodies), today)
    return set(rows.order_by().values_list("body", flat=True).distinct())


def _not_reminded(rows, today):
    begin = timezone.make_aware(datetime.combine(today, time.min))
    entries = HistoryEntry.objects.on(Renaksi, OuterRef("pk"))
    return rows.filter(~Exists(entries.filter(action=REMIND, at__gte=begin)))
