"""Values as programs read them."""

from decimal import Decimal

from sakip.numbers import DECIMALS, own_places, round_half_up


def exact(value: Decimal | None) -> str | None:
    """A stored figure with all its decimals, at least two, and a decimal point."""
    if value is None:
        return None
    return f"{round_half_up(value, own_places(value, DECIMALS)):f}"


def rounded(value: Decimal | None, places: int = DECIMALS) -> str | None:
    """A computed figure, rounded half up once, as on the pages."""
    return None if value is None else f"{round_half_up(value, places):f}"
