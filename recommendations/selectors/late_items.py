"""What is late in each body, who would be reminded of it, and when somebody last did so by hand."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.permissions import renaksi_policy
from sakip.history.entries import HistoryEntry
from sakip.models import Unit, User
from sakip.querysets import upwards
from sakip.roles import Role

REMIND = "remind"  # the action in the history


@dataclass
class LateBody:
    """The late items of one body that a person may remind of, the longest late first.

    `due` are those of which nobody reminded today, `told` pairs of a recipient and their items among
    these, `untold` the units whose items nobody would hear of. `last` is the latest reminder by hand.
    """

    body: Unit
    items: list[Renaksi] = field(default_factory=list)
    due: list[Renaksi] = field(default_factory=list)
    told: list[tuple[User, list[Renaksi]]] = field(default_factory=list)
    untold: list[Unit] = field(default_factory=list)
    last: HistoryEntry | None = None

    @property
    def oldest(self) -> Renaksi:
        return self.items[0]


def late_bodies(user, *, today: date, bodies=None) -> list[LateBody]:
    """Returns the bodies with late items that `user` may remind of, most late items first.

    `bodies` are keys to which it is limited; None means all. Seven queries.
    """
    rows = renaksi_policy.filter(Renaksi.objects.overdue(today), user, REMIND)
    if bodies is not None:
        rows = rows.filter(recommendation__evaluation__unit__in=bodies)
    entries = HistoryEntry.objects.on(Renaksi, OuterRef("pk")).filter(action=REMIND)
    rows = rows.annotate(reminder=Subquery(entries.order_by("-at", "-pk").values("pk")[:1]))
    rows = rows.select_related("lead_unit", "recommendation__evaluation__unit")
    return _gathered(list(rows.order_by("due_date", "pk")), user, today)


def _gathered(rows, user, today):
    found: dict[int, LateBody] = {}
    keys = {row.reminder for row in rows} - {None}
    reminders = HistoryEntry.objects.select_related("actor").in_bulk(keys)
    for row in rows:
        body = row.recommendation.evaluation.unit
        late = found.setdefault(body.pk, LateBody(body))
        late.items.append(row)
        reminder = reminders.get(row.reminder)
        if reminder is None or timezone.localdate(reminder.at) != today:
            late.due.append(row)
        if reminder and (late.last is None or late.last.at < reminder.at):
            late.last = reminder
    recipients = _Recipients(user, rows)
    for late in found.values():
        late.told, late.untold = recipients.of(late.due)
    return sorted(found.values(), key=lambda late: (-len(late.items), late.body.name))


class _Recipients:
    """The operators of each lead unit; where it has none, the nearest coordinators above.

    People are found by each of their posts, acting in it or not. Four queries.
    """

    def __init__(self, user, rows):
        self.user = user
        people = User.objects.filter(is_active=True)
        operators = people.posted(Role.OPERATOR, {row.lead_unit_id for row in rows})
        coordinators = people.posted(Role.COORDINATOR)
        known = people.select_related("unit").in_bulk({pk for _, pk in (*operators, *coordinators)})
        self.operators = _by_unit(operators, known)
        self.coordinators = _by_unit(coordinators, known)
        self.parents = Unit.objects.parents()

    def of(self, items):
        """Returns pairs of a person and their items, and the units of which nobody hears."""
        told: dict[User, list[Renaksi]] = {}
        untold: dict[Unit, None] = {}
        for row in items:
            people = self._people(row.lead_unit_id)
            for person in people:
                told.setdefault(person, []).append(row)
            if not people:
                untold.setdefault(row.lead_unit)
        return sorted(told.items(), key=lambda pair: (-len(pair[1]), pair[0].name)), list(untold)

    def _people(self, unit_id):
        """Without the person who reminds: who is the only coordinator knows it already."""
        line = upwards(unit_id, self.parents)
        nearest = (self.coordinators[unit] for unit in line if unit in self.coordinators)
        people = self.operators.get(unit_id) or next(nearest, [])
        return [person for person in people if person.pk != self.user.pk]


def _by_unit(posts, known) -> dict[int, list[User]]:
    """`posts` are pairs of the keys of a unit and a person."""
    found = defaultdict(list)
    for unit, pk in posts:
        found[unit].append(known[pk])
    return {unit: sorted(people, key=lambda one: one.name) for unit, people in found.items()}
