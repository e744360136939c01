"""The rows of an evaluator's own decisions as they are shown, without the records behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from recommendations.models import ReviewDecision
from recommendations.models.renaksi import renaksi_name
from sakip.converters import addresses_of
from sakip.models import User
from sakip.prepared import Prepared
from sakip.selectors.unit_tree import unit_tree

OUTCOMES = dict(ReviewDecision.Outcome.choices)
REASONS = dict(ReviewDecision.Reason.choices)
OF_RENAKSI = (
    "recommendation_number", "position", "performance_year", "body", "lead_unit",
    "recommendation__heading", "recommendation__component__name",
)  # fmt: skip


@dataclass(slots=True)
class DecidedRenaksi:
    """`about` says under which title, of which unit and of which LHE. `reason` is empty when it was accepted."""

    pk: int
    url: str
    name: str
    about: str
    is_accepted: bool
    outcome: str
    reason: str
    note: str
    decided_at: datetime


def decided(keys: list[int], reader: User) -> Iterator[DecidedRenaksi]:
    """Reads the decisions with these keys, which the reader may see. One query."""
    names, address = unit_tree(reader).names, addresses_of("recommendations:renaksi-detail")
    for pk, renaksi, at, outcome, reason, note, *of_renaksi in ROWS(keys):
        number, position, year, body, lead, heading, component = of_renaksi
        about = [heading or component or "", names[lead], f"{names[body]} {year}"]
        yield DecidedRenaksi(
            pk=pk,
            url=address(renaksi),
            name=renaksi_name(number, position),
            about=" · ".join(filter(None, about)),
            is_accepted=outcome == ReviewDecision.Outcome.ACCEPTED,
            outcome=OUTCOMES[outcome],
            reason=REASONS.get(reason, ""),
            note=note,
            decided_at=at,
        )


ROWS = Prepared(
    lambda keys: (
        ReviewDecision.objects.filter(pk__in=keys)
        .order_by()
        .values_list(
            *("pk", "renaksi", "decided_at", "outcome", "reason", "note"),
            *(f"renaksi__{name}" for name in OF_RENAKSI),
        )
    )
)
