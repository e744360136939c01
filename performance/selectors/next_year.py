"""Which indicators and targets of a body can be carried over from one year to another."""

from dataclasses import dataclass

from performance.models import Indicator, LockedYear, Target
from performance.rules.lifetime import is_alive
from performance.rules.typed_figures import PlannedTarget


@dataclass(frozen=True)
class CarriedIndicator:
    """`target` is that of the old year, `has_target` says whether the new year has one already.

    `ends`: the indicator applies to the old year but not to the new one.
    """

    indicator: Indicator
    target: Target | None
    has_target: bool
    ends: bool

    @property
    def planned(self) -> str:
        return str(PlannedTarget.of(self.target)) if self.target else ""

    @property
    def can_copy(self) -> bool:
        return self.target is not None and not self.has_target


def carried_indicators(unit, old: int, new: int) -> list[CarriedIndicator]:
    """The indicators of the body that apply in the year `old`. Two queries."""
    rows = Indicator.objects.filter(objective__unit=unit).alive_between(old, old)
    rows = rows.select_related("objective", "owner_unit").with_years(old, new)
    found = []
    for indicator in rows.order_by("objective__number", "number"):
        targets = {target.year: target for target in indicator.targets.all()}
        ends = not is_alive(indicator, new)
        found.append(CarriedIndicator(indicator, targets.get(old), new in targets, ends))
    return found


def is_locked(unit, year: int) -> bool:
    return LockedYear.objects.filter(unit=unit, year=year).exists()
