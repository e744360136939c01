"""Which years of a body are locked."""

from performance.models import Indicator, LockedYear
from sakip.errors import WrongState


def locked_years(indicator: Indicator) -> set[int]:
    """The locked years of the indicator's body. The objective must be loaded. One query."""
    rows = LockedYear.objects.filter(unit=indicator.objective.unit_id)
    return set(rows.values_list("year", flat=True))


def require_unlocked(indicator: Indicator, year: int):
    """Raises WrongState when the coordinator has locked `year` for the indicator's body."""
    if year in locked_years(indicator):
        raise WrongState(
            f"Tahun {year} dikunci. Minta koordinator membukanya bila ada yang keliru."
        )
