"""Who would be reminded of which late items of which body."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Count

from recommendations.models import Renaksi
from recommendations.selectors.late_bodies import (
    LateBody,
    Told,
    due_items,
    late_bodies,
)
from sakip.models import Unit, User
from sakip.querysets import upwards
from sakip.roles import Role


def reminders(user, numbers: Mapping[int, int], *, today: date) -> list[LateBody]:
    """Those of the `late_numbers`, with the people who would hear of them.

    The database counts the items by lead unit; none is loaded.
    """
    found = late_bodies(user, numbers, today=today)
    by_body = _by_unit(user, [late.body.pk for late in found if late.is_due], today)
    recipients = _Recipients(user, {unit for units in by_body.values() for unit in units})
    for late in found:
        late.told, late.untold = recipients.of(by_body.get(late.body.pk, {}))
    return found


def example(user, late: LateBody, *, today: date) -> Renaksi | None:
    """The item that the first notice about this body would name. One query."""
    if not late.told:
        return None
    rows = due_items(user, today=today).filter(body=late.body, lead_unit__in=late.told[0].units)
    return rows.select_related("recommendation__evaluation__unit").first()


def _by_unit(user, bodies, today) -> dict[int, dict[int, int]]:
    """The number of items of which nobody reminded today, by body and lead unit. One query."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = due_items(user, today=today).filter(body__in=bodies).order_by()
    for body, unit, number in rows.values_list("body", "lead_unit").annotate(Count("pk")):
        found[body][unit] = number
    return found


class _Recipients:
    """The operators of each lead unit; where it has none, the nearest coordinators above.

    People are found by each of their posts, acting in it or not. Five queries.
    """

    def __init__(self, user, lead_units):
        self.user = user
        self.parents = Unit.objects.parents()
        self.units = Unit.objects.in_bulk(lead_units)
        people = User.objects.filter(is_active=True)
        above = {unit for lead in lead_units for unit in upwards(lead, self.parents)}
        operators = people.posted(Role.OPERATOR, lead_units)
        coordinators = people.posted(Role.COORDINATOR, above)
        known = people.select_related("unit").in_bulk({pk for _, pk in (*operators, *coordinators)})
        self.operators = _by_name(operators, known)
        self.coordinators = _by_name(coordinators, known)

    def of(self, numbers: dict[int, int]) -> tuple[list[Told], list[Unit]]:
        """Who hears of these numbers of items by lead unit, and the units of which nobody hears."""
        heard: dict[User, set[int]] = {}
        untold = []
        for unit in numbers:
            people = self._people(unit)
            for person in people:
                heard.setdefault(person, set()).add(unit)
            if not people:
                untold.append(self.units[unit])
        told = [
            Told(person, frozenset(units), sum(numbers[unit] for unit in units))
            for person, units in heard.items()
        ]
        told.sort(key=lambda one: (-one.number, one.person.name))
        return told, sorted(untold, key=str)

    def _people(self, unit_id):
        """Without the person who reminds: who is the only coordinator knows it already."""
        line = upwards(unit_id, self.parents)
        nearest = (self.coordinators[unit] for unit in line if unit in self.coordinators)
        people = self.operators.get(unit_id) or next(nearest, [])
        return [person for person in people if person.pk != self.user.pk]


def _by_name(posts, known) -> dict[int, list[User]]:
    """`posts` are pairs of the keys of a unit and a person."""
    found = defaultdict(list)
    for unit, pk in posts:
        found[unit].append(known[pk])
    return {unit: sorted(people, key=lambda one: one.name) for unit, people in found.items()}
