"""The years in which an indicator applies."""

from performance.models import Indicator
from sakip.errors import WrongState


def require_alive(indicator: Indicator, year: int):
    """Raises WrongState when the indicator does not apply in `year`."""
    if indicator.year_from and year < indicator.year_from:
        raise WrongState(f"Indikator ini baru berlaku sejak {indicator.year_from}.")
    if indicator.year_to and year > indicator.year_to:
        raise WrongState(f"Indikator ini hanya berlaku sampai {indicator.year_to}.")


def is_alive(indicator: Indicator, year: int) -> bool:
    first, last = indicator.year_from or year, indicator.year_to or year
    return first <= year <= last
