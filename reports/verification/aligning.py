"""Which record of one issue is which of the next: by its key, else by its name, else by what it says."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import Any

Item = dict[str, Any]  # has a "key", "" where none was declared


def align(
    old: Sequence[Item],
    new: Sequence[Item],
    *,
    name: Callable[[Item], Hashable],
    content: Callable[[Item], Hashable],
) -> list[tuple[Item | None, Item | None]]:
    """Pairs in the order of `new`; what came has no partner before it, what is gone comes at the end.

    Two items with different keys are never one, whatever they say. Those of one identity are told
    apart by their order, but not before those that say the same have found each other: so what is put
    in front of others changes none of them.
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
