"""All units of the province at once, for pages that name many of them or offer them as choices."""

from collections.abc import Collection
from functools import cached_property, lru_cache

from sakip.finding.asked import spelled
from sakip.models import Unit, User
from sakip.querysets import Parents


class UnitTree:
    """The units as they stand now, by key in the order of their positions and names.

    They are read once for every request; what is worked out from them is kept for the next request and
    found by the rows themselves, so that no change is missed.
    """

    def __init__(self, rows):
        self.units = {row.pk: Unit(**row._asdict()) for row in rows}
        self.keys = frozenset(self.units)
        self.parents = Parents((pk, unit.parent_id) for pk, unit in self.units.items())
        self.ranks = {pk: rank for rank, pk in enumerate(self.units)}
        self.names = {pk: str(unit) for pk, unit in self.units.items()}

    @cached_property
    def depths(self) -> dict[int, int]:
        """How deep each unit lies, in the order of the tree."""
        children = self.parents.children
        found, waiting = {}, [(pk, 0) for pk in reversed(children.get(None, []))]
        while waiting:
            pk, depth = waiting.pop()
            found[pk] = depth
            waiting += [(child, depth + 1) for child in reversed(children.get(pk, []))]
        return found

    @cached_property
    def spelled(self) -> dict[int, str]:
        """The words of the names of each unit, as `sakip.finding.asked.has` looks at them."""
        return {pk: spelled(f"{one.name} {one.short_name}") for pk, one in self.units.items()}

    def in_order(self, keys: Collection[int]) -> list[Unit]:
        """The units with these keys in the order of the tree, each with its `tree_depth`."""
        chosen = [(pk, depth) for pk, depth in self.depths.items() if pk in keys]
        for pk, depth in chosen:
            self.units[pk].tree_depth = depth
        return [self.units[pk] for pk, _ in chosen]


@lru_cache(maxsize=8)
def _tree_of(rows):
    return UnitTree(rows)


def unit_tree(reader=None) -> UnitTree:
    """One query, none besides that of the reach of a `reader`, a user or what stands for one.

    The units have no other fields than a `TreeRow` and are not to be saved.
    """
    return _tree_of(reader.unit_rows if isinstance(reader, User) else Unit.objects.rows())
