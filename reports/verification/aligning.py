"""Matches the records of two issues: by key, else by name, else by content."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import Any

Item = dict[str, Any]  # has a "key"; it is "" when none was declared


def align(
    old: Sequence[Item],
    new: Sequence[Item],
    *,
    name: Callable[[Item], Hashable],
    content: Callable[[Item], Hashable],
) -> list[tuple[Item | None, Item | None]]:
    """Returns pairs (old, new) in the order of `new`. A new item has no old partner (None).

    Removed items come at the end with None as the new one. Items with different keys are never matched.
    Items that are exactly equal are matched first, then the rest by key, name or content in their
    order. So an item inserted before others does not make them look changed.
    """
    identities = (
        (lambda item: (item["key"], name(item), content(item)), False),
        (lambda item: item["key"] or None, False),
        (name, True),
        (content, True),
    )
    left = dict.fromkeys(range(len(old)))
    partners: dict[int, int] = {}
    for identity, is_loose in identities:
        _pass(old, new, left, partners, identity, is_loose)
    pairs = [(_partner(old, partners, at), item) for at, item in enumerate(new)]
    return pairs + [(old[at], None) for at in left]


def _pass(old, new, left, partners, identity, is_loose):
    waiting = defaultdict(deque)
    for at in left:
        waiting[identity(old[at])].append(at)
    waiting.pop(None, None)
    for place, item in enumerate(new):
        queue = place not in partners and waiting.get(identity(item))
        if queue and not (is_loose and item["key"] and old[queue[0]]["key"]):
            partners[place] = queue.popleft()
            del left[partners[place]]


def _partner(old, partners, at):
    return old[partners[at]] if at in partners else None
