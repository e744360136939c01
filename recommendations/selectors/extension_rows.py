"""Requests for a later due date as their list shows them, without the records behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from recommendations.models import ExtensionRequest
from recommendations.selectors.renaksi_names import NAMED_BY, name_for
from sakip.converters import addresses_of
from sakip.models import User
from sakip.prepared import Prepared
from sakip.selectors.unit_tree import unit_tree

WAITING = ("old_date", "new_date", "reason", "requested_at")


@dataclass(slots=True)
class WaitingExtension:
    pk: int
    url: str
    name: str
    lead: str
    person: str
    old_date: date | None
    new_date: date
    reason: str
    requested_at: datetime


def waiting(keys: list[int], reader: User) -> Iterator[WaitingExtension]:
    """Reads the requests with these keys, which the reader may see. One query."""
    units, address = unit_tree(reader).names, addresses_of("recommendations:extension-decide")
    for pk, lead, person, username, *rest in ROWS(keys):
        named_by, values = rest[: len(NAMED_BY)], rest[len(NAMED_BY) :]
        yield WaitingExtension(
            pk,
            address(pk),
            name_for(reader, units, *named_by),
            units[lead],
            person or username,
            *values,
        )


ROWS = Prepared(
    lambda keys: (
        ExtensionRequest.objects.filter(pk__in=keys)
        .order_by()
        .values_list(
            *("pk", "renaksi__lead_unit", "requested_by__name", "requested_by__username"),
            *(f"renaksi__{name}" for name in NAMED_BY),
            *WAITING,
        )
    )
)
