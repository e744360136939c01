"""Divides the follow-up table of a long LHE into pages (leaves). Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class LeafLine:
    """One recommendation by its key, and the keys of its renaksi that the reader may see, in their order."""

    recommendation: int
    renaksi: tuple[int, ...] = ()


def divided(lines: Sequence[LeafLine], most: int) -> list[list[LeafLine]]:
    """Puts whole recommendations on a leaf until it has `most` renaksi; at least one leaf.

    A recommendation without renaksi takes the room of one. One with more than `most` has a leaf of its
    own, where the caller shows the first `most`.
    """
    leaves: list[list[LeafLine]] = [[]]
    room = most
    for line in lines:
        size = min(max(1, len(line.renaksi)), most)
        if leaves[-1] and size > room:
            leaves.append([])
            room = most
        leaves[-1].append(line)
        room -= size
    return leaves
