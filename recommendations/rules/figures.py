"""The figures of a set of renaksi: how many have which status, are late, were closed or returned.

They are kept for each LHE, unit and component (`recommendations/figures/`); a page adds them up.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple, Self

from recommendations.rules.progress import Progress
from recommendations.transitions import STATUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpFigures:
    """One number for each status and each age of what is late (`querysets.AGES`).

    `oldest_due` is the earliest due date of those late, `oldest_sent` the earliest time of those that wait
    for review. `closed` counts those with a time of closing, `closed_seconds` adds up these times
    (seconds since 1970); `reviewed` counts those of them that were sent, `review_seconds` adds up the time
    from then to the closing. `returns` counts how often an evaluator returned one, `returned_items` those
    that came back at least once. `extensions` counts requests for a later date that wait for a decision.
    """

    open: int = 0
    in_progress: int = 0
    submitted: int = 0
    returned: int = 0
    done: int = 0
    not_actionable: int = 0
    late_30: int = 0
    late_60: int = 0
    late_90: int = 0
    late_more: int = 0
    oldest_due: date | None = None
    oldest_sent: datetime | None = None
    closed: int = 0
    closed_seconds: int = 0
    reviewed: int = 0
    review_seconds: int = 0
    returns: int = 0
    returned_items: int = 0
    extensions: int = 0

    @classmethod
    def sum(cls, parts: Iterable[Self]) -> Self:
        parts = list(parts)
        if len(parts) == 1:
            return parts[0]
        columns = zip(*map(NUMBERS_OF, parts), strict=True)
        values: dict[str, Any] = {name: _earliest(parts, name) for name in MOMENTS}
        values |= zip(NUMBERS, map(sum, columns), strict=False)  # without parts all are 0
        return cls(**values)

    @classmethod
    def from_values(cls, values: Iterable) -> Self:
        """`values` in the order of NAMES."""
        return cls(**dict(zip(NAMES, values, strict=True)))

    @property
    def total(self) -> int:
        return sum(getattr(self, status) for status in STATUSES)

    @property
    def overdue(self) -> int:
        return sum(getattr(self, name) for name in LATE)

    @property
    def values(self) -> tuple:
        """All of them, in the order of NAMES."""
        return tuple(getattr(self, name) for name in NAMES)

    @property
    def progress(self) -> Progress:
        return Progress.of({status: getattr(self, status) for status in STATUSES})


MOMENTS = ("oldest_due", "oldest_sent")
LATE = ("late_30", "late_60", "late_90", "late_more")
NAMES = tuple(field.name for field in fields(FollowUpFigures))
NUMBERS = tuple(name for name in NAMES if name not in MOMENTS)
NUMBERS_OF = attrgetter(*NUMBERS)


def _earliest(parts, name):
    return min((value for part in parts if (value := getattr(part, name))), default=None)


class Counted(NamedTuple):
    """The figures of what one unit leads for one component of an LHE, by their keys.

    `lead_unit` None: of all units together. `component` None: of recommendations without a component.
    """

    evaluation: int
    lead_unit: int | None
    component: int | None
    figures: FollowUpFigures


def summed(rows: Iterable[Counted], name: str) -> dict[int | None, FollowUpFigures]:
    """Adds up `rows` by one of their keys; what has no row is absent."""
    parts: dict[int | None, list[FollowUpFigures]] = {}
    for row in rows:
        parts.setdefault(getattr(row, name), []).append(row.figures)
    return {key: FollowUpFigures.sum(some) for key, some in parts.items()}
