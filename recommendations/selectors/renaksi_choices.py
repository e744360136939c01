"""What a reader may choose in the filters of the renaksi list: from what they reach, not from its rows."""

from dataclasses import dataclass
from functools import cached_property

from recommendations.models import Component, Evaluation
from recommendations.permissions import renaksi_policy
from recommendations.selectors import renaksi_sql
from recommendations.selectors.renaksi_reach import UnitReach
from sakip.models import User
from sakip.policy import Reach, reaches_all
from sakip.prepared import Prepared
from sakip.selectors.unit_tree import UnitTree, unit_tree


def _latest_first():
    rows = Evaluation.objects.order_by("-performance_year", "unit__name", "pk")
    return rows.values_list("pk", "performance_year", "unit_id")


EVERY = Prepared(_latest_first)
WITH_KEYS = Prepared(lambda keys: _latest_first().filter(pk__in=keys))
OF_UNITS = Prepared(lambda units: _latest_first().filter(unit__in=units))
COMPONENTS = Prepared(lambda: Component.objects.values_list("pk", "name"))


@dataclass
class RenaksiChoices:
    """For an operator the list is short, and the choices are what its rows have. Others choose among the
    units that they reach and what belongs to the bodies among them; a choice may then have no rows.
    """

    user: User

    @cached_property
    def tree(self) -> UnitTree:
        return unit_tree(self.user)

    @cached_property
    def scope(self) -> frozenset[int] | None:
        """The units whose bodies the reader reaches; None for all."""
        return None if reaches_all(self.user) else self.user.reach

    @cached_property
    def reached(self) -> UnitReach | None:
        """What lies beneath the units of the reader; None for who reaches all, or an own unit only."""
        if self.own is not None or self.scope is None:
            return None
        return UnitReach(self.scope, self.bodies)

    @cached_property
    def own(self) -> frozenset[int] | None:
        """The unit of an operator; empty for who reaches nothing, None for others, who reach a tree of units."""
        reaches = renaksi_policy.reaches(self.user, "view")
        if reaches == {Reach.BENEATH}:
            return None
        unit = self.user.unit_id if reaches == {Reach.OWN_UNIT} else None
        return frozenset() if unit is None else frozenset([unit])

    @cached_property
    def units(self) -> frozenset[int]:
        """Units that lead or support; with each those above it that the reader reaches."""
        if self.own is None:
            return self.tree.keys if self.scope is None else self.scope
        found = {lead for lead, *_ in self._parts}
        found |= renaksi_sql.helping(self.own)
        return frozenset(found | self._above(found))

    @cached_property
    def _parts(self) -> list[tuple]:
        """Lead unit, evaluation and person of the own rows, each combination once."""
        return [] if self.own is None else renaksi_sql.parts_of(self.own)

    def _above(self, keys):
        parents, found = self.tree.parents, set()
        for pk in keys:
            while (pk := parents.get(pk)) is not None and pk not in found:
                found.add(pk)
        reach = self.user.reach
        return found if reach is None else found & reach

    @cached_property
    def evaluations(self) -> tuple[tuple[int, int, int], ...]:
        """Key, year and body of each LHE, the latest first."""
        if self.own is not None:
            return tuple(WITH_KEYS(list({evaluation for _, evaluation, _ in self._parts})))
        return tuple(EVERY() if self.scope is None else OF_UNITS(list(self.scope)))

    @cached_property
    def bodies(self) -> frozenset[int]:
        return frozenset(body for *_, body in self.evaluations)

    @cached_property
    def people(self) -> tuple[tuple, ...]:
        """Key, name, user name and unit of everybody who is in charge of a row."""
        if self.own is None:
            return tuple(renaksi_sql.people_of(None if self.scope is None else self.bodies))
        people = User.objects.filter(pk__in={person for *_, person in self._parts} - {None})
        rows = people.order_by("name", "pk")
        return tuple(rows.values_list("pk", "name", "username", "unit_id"))

    @cached_property
    def components(self) -> tuple[tuple[int, str], ...]:
        return tuple(COMPONENTS())
