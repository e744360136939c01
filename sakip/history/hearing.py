"""Who hears of new entries of the history, in the transaction that writes them: what it writes goes with them."""

from collections.abc import Callable

LISTENERS: list[Callable[[list], None]] = []


def register(listener: Callable[[list], None]) -> None:
    """`listener` is called with the entries of one action; it must ask nothing about those it does not want."""
    LISTENERS.append(listener)


def tell(entries: list) -> None:
    for listener in LISTENERS:
        listener(entries)
