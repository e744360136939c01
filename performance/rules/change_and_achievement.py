"""Computes figures of the indicators. Pure functions with Decimal; rounding is done only for display.

None means that a figure is missing or undefined. It is printed as “-” and never treated as zero.
"""

from collections.abc import Sequence
from decimal import Decimal

from sakip.numbers import DECIMALS, own_places, round_half_up

HIGHER, LOWER = "higher", "lower"
SUM, LATEST, ONCE = "sum", "latest", "once"
# A misplaced decimal comma multiplies a value by ten. The true value may also have fallen by up to a fifth,
# so a factor of eight already counts.
TENFOLD = Decimal(8)


def year_on_year(current: Decimal | None, base: Decimal | None) -> Decimal | None:
    """Relative change in percent, also for percentages: column 8 = (7/6 − 1) × 100 of the source document.

    None for a base of zero, and for a negative base, with which the sign would be misleading.
    The division comes last, because it is the only inexact step.
    """
    if current is None or base is None or base <= 0:
        return None
    return (current - base) * 100 / base


def difference(current: Decimal | None, base: Decimal | None) -> Decimal | None:
    """Current minus base, in the unit of the values; for percentages and scores these are points."""
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

    With `high` the target is the range `target`–`high`. Inside the range the result is 100. Outside,
    T is the nearer end, so the result does not jump there and is above 100 only on the better side.
    None for T = 0, and for a negative T, with which a better value would give a lower result.
    The result can be negative or above 100, unless a setting gives `cap` or `floor`.
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


def against_target(value: Decimal, low: Decimal, high: Decimal | None = None) -> int:
    """1 above the target, -1 below it, 0 on it or inside the range `low`–`high`. Nothing is rounded."""
    high = low if high is None else high
    return (value > high) - (value < low)


def scale_achievement(steps: int | None) -> Decimal | None:
    """The achievement of a target on a text scale; `steps` is `compare_scale(realisation, target, scale)`.

    100 when the realisation is the target or better. Below it there is no percentage: the steps of a scale
    have no size. A sentence says how many steps are missing.
    """
    return Decimal(100) if steps is not None and steps >= 0 else None


def differs_from_print(
    printed: Decimal | None, computed: Decimal | None, places: int = DECIMALS
) -> bool:
    """Whether a printed percentage is not the computed one, both with the decimals of the print.

    The database does not keep zeros at the end, so the print has at least `places` decimals, those of
    its document. True when something is printed that cannot be computed.
    """
    if printed is None:
        return False
    places = own_places(printed, places)
    return computed is None or round_half_up(computed, places) != round_half_up(printed, places)


def _limited(value: Decimal, cap: Decimal | None, floor: Decimal | None) -> Decimal:
    if cap is not None:
        value = min(value, cap)
    return value if floor is None else max(value, floor)


def is_tenfold(current: Decimal | None, base: Decimal | None) -> bool:
    """Whether the value differs from the base by a factor of about ten or more, up or down.

    True from a factor of eight; signs are ignored. False when one of them is zero or missing.
    Such a value is not refused; the program asks whether it is right.
    """
    if not current or not base:
        return False
    small, large = sorted((abs(current), abs(base)))
    return large >= TENFOLD * small


def compare_scale(current: str | None, base: str | None, scale: Sequence[str]) -> int | None:
    """The number of steps upwards on a scale whose best value is first; negative when it fell.

    None when a value is missing or not on the scale.
    """
    ranks = {value.strip().casefold(): rank for rank, value in enumerate(scale)}
    now, then = (ranks.get((value or "").strip().casefold()) for value in (current, base))
    return None if now is None or then is None else then - now


def direction(current: Decimal | None, base: Decimal | None, polarity: str = HIGHER) -> str | None:
    """“better”, “worse” or “same”, which sets the colour of a change; it depends on the polarity."""
    if polarity not in (HIGHER, LOWER):
        raise ValueError(f"no polarity {polarity!r}")
    change = difference(current, base)
    if not change:
        return None if change is None else "same"
    return "better" if (change > 0) == (polarity == HIGHER) else "worse"


def accumulate(quarters: Sequence[Decimal | None], rule: str) -> Decimal | None:
    """The value of the year so far, from its quarters in order; None when nothing is reported yet.

    SUM adds the reported figures. LATEST and ONCE take the last reported figure; for ONCE a second
    publication replaces the first.
    """
    if rule not in (SUM, LATEST, ONCE):
        raise ValueError(f"no rule {rule!r}")
    reported = [value for value in quarters if value is not None]
    if not reported:
        return None
    return sum(reported, Decimal(0)) if rule == SUM else reported[-1]
