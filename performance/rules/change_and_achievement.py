"""Figures of the performance indicators. Pure functions over Decimal; rounded at display only.

None stands for a figure that is missing or undefined: it is printed “-” and never read as zero.
"""

from collections.abc import Sequence
from decimal import Decimal

HIGHER, LOWER = "higher", "lower"
SUM, LATEST, ONCE = "sum", "latest", "once"
# A slipped decimal comma makes ten times of a value that itself moved by up to a fifth.
TENFOLD = Decimal(8)


def year_on_year(current: Decimal | None, base: Decimal | None) -> Decimal | None:
    """Relative change in percent, the source's column 8 = (7/6 − 1) × 100, also for percentages.

    Undefined on a base of zero, and on a negative one, where the sign would mislead.
    Divides last: the same figure, with one inexact step fewer.
    """
    if current is None or base is None or base <= 0:
        return None
    return (current - base) * 100 / base


def difference(current: Decimal | None, base: Decimal | None) -> Decimal | None:
    """Current less base, in the values' own unit: points for percentages and scores."""
    return None if current is None or base is None else current - base


def achievement(
    realisation: Decimal | None,
    target: Decimal | None,
    *,
    high: Decimal | None = None,
    lower_is_better: bool = False,
    cap: Decimal | None = None,
    floor: Decimal | None = None,
) -> Decimal | None:
    """Percent of the target reached: R/T × 100, or (2T − R)/T × 100 where lower is better.

    With `high` the target is the range `target`–`high`: inside it is 100, outside it the nearer
    bound counts as T: no jump at either end, and above 100 only on the better side.
    Undefined for T = 0, and for a negative T, where doing better would lower the figure.
    May be negative or above 100; `cap` and `floor` limit it only where a setting says so.
    """
    if realisation is None or target is None:
        return None
    if high is not None:
        if target <= realisation <= high:
            return _limited(Decimal(100), cap, floor)
        target = min(max(realisation, target), high)
    if target <= 0:
        return None
    reached = 2 * target - realisation if lower_is_better else realisation
    return _limited(reached * 100 / target, cap, floor)


def _limited(value: Decimal, cap: Decimal | None, floor: Decimal | None) -> Decimal:
    if cap is not None:
        value = min(value, cap)
    return value if floor is None else max(value, floor)


def is_tenfold(current: Decimal | None, base: Decimal | None) -> bool:
    """Whether the value is about ten times the base or a tenth of it, or further off still.

    True from a factor of eight on, whatever the signs; zero and missing values say nothing.
    Asked about, not refused.
    """
    if not current or not base:
        return False
    small, large = sorted((abs(current), abs(base)))
    return large >= TENFOLD * small


def compare_scale(current: str | None, base: str | None, scale: Sequence[str]) -> int | None:
    """Steps risen on a scale given best first; None when a value is missing or not on it."""
    ranks = {value.strip().casefold(): rank for rank, value in enumerate(scale)}
    now, then = (ranks.get((value or "").strip().casefold()) for value in (current, base))
    return None if now is None or then is None else then - now


def direction(current: Decimal | None, base: Decimal | None, polarity: str = HIGHER) -> str | None:
    """“better”, “worse” or “same”: the colour of a change, which its sign alone does not give."""
    if polarity not in (HIGHER, LOWER):
        raise ValueError(f"no polarity {polarity!r}")
    change = difference(current, base)
    if not change:
        return None if change is None else "same"
    return "better" if (change > 0) == (polarity == HIGHER) else "worse"


def accumulate(quarters: Sequence[Decimal | None], rule: str) -> Decimal | None:
    """Value of the year so far, from its quarters in order; None while nothing is reported.

    SUM adds up what is there; LATEST and ONCE take the last reported figure, ONCE because a second
    publication replaces the first.
    """
    if rule not in (SUM, LATEST, ONCE):
        raise ValueError(f"no rule {rule!r}")
    reported = [value for value in quarters if value is not None]
    if not reported:
        return None
    return sum(reported, Decimal(0)) if rule == SUM else reported[-1]
