"""Progress of the follow-up: claimed and verified renaksi are always counted separately (docs/design.md §2.3)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from recommendations.transitions import CLAIMED, COUNTABLE, VERIFIED
from sakip.numbers import share_places


@dataclass(frozen=True)
class Progress:
    """Counts of renaksi from `RenaksiQuerySet.tally`. A percentage is None when `countable` is 0."""

    countable: int = 0
    claimed: int = 0
    verified: int = 0

    @classmethod
    def of(cls, statuses: Iterable[str] | Mapping[str, int]) -> Self:
        """Counts a list of statuses, or a mapping from status to number of renaksi."""
        counts = Counter(statuses)
        countable, claimed, verified = (
            sum(counts[status] for status in group) for group in (COUNTABLE, CLAIMED, VERIFIED)
        )
        return cls(countable, claimed, verified)

    @property
    def claimed_percent(self) -> Decimal | None:
        return self._percent(self.claimed)

    @property
    def verified_percent(self) -> Decimal | None:
        return self._percent(self.verified)

    @property
    def places(self) -> int:
        """Decimals with which the two percentages are printed."""
        return share_places(self.countable)

    def _percent(self, part: int) -> Decimal | None:
        return Decimal(part) * 100 / self.countable if self.countable else None
