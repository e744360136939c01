"""Names of renaksi as other pages print them, without the records."""

from collections.abc import Iterable

from recommendations.models import Renaksi
from recommendations.models.evaluation import mark_of
from recommendations.models.renaksi import renaksi_name
from recommendations.permissions import renaksi_policy
from sakip.models import User
from sakip.selectors.unit_tree import unit_tree

NAMED_BY = ("recommendation_number", "position", "performance_year", "body")


def names_within(seats: Iterable[User], keys: set[int], reader: User) -> dict[int, str]:
    """What `named_for(reader)` says of those of these renaksi that one of the seats may see. One query for each."""
    found: dict[int, str] = {}
    bodies = unit_tree(reader).names
    for seat in seats if keys else ():
        rows = renaksi_policy.filter(Renaksi.objects.order_by(), seat, "view", is_few=True)
        rows = rows.filter(pk__in=keys).values_list("pk", *NAMED_BY)
        found |= {pk: name_for(reader, bodies, *named_by) for pk, *named_by in rows}
    return found


def name_for(reader: User, bodies: dict[int, str], number, position, year, body) -> str:
    """The name with the year, and with the body for a reader of several; `bodies` are names by key."""
    place = mark_of(None if reader.has_one_body else bodies[body], year)
    return f"{renaksi_name(number, position)} · {place}"
