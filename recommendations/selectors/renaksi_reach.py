"""What a reader of some units reaches, for tables that repeat the body of a renaksi (`models.placing`)."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.db.models import Q

from recommendations.models import Evaluation, Renaksi, SupportingUnit
from recommendations.selectors import renaksi_sql

MOST_NAMED = 5_000  # renaksi; a condition with more keys is slower than one that asks for them


@dataclass
class UnitReach:
    """What `renaksi_policy` lets a reader of these units reach: the renaksi of the bodies among them, and those of
    other bodies that they lead or support.
    """

    units: Collection[int]
    bodies: frozenset[int]  # those of the units that have an LHE

    @classmethod
    def of(cls, units: Collection[int]) -> Self:
        evaluated = Evaluation.objects.order_by().filter(unit__in=units)
        return cls(units, frozenset(evaluated.values_list("unit", flat=True).distinct()))

    @cached_property
    def elsewhere(self) -> set[int]:
        """The renaksi of other bodies; when there are more than MOST_NAMED, only some."""
        return renaksi_sql.of_other_bodies(self.units, self.bodies, MOST_NAMED + 1)

    @property
    def names_all(self) -> bool:
        return len(self.elsewhere) <= MOST_NAMED

    def rows(self, key="renaksi") -> Q:
        """The rows whose `key` leads to a renaksi within reach, as a condition that an index answers."""
        within = f"{key}__in"
        if self.names_all:
            return Q(body__in=self.bodies) | Q(**{within: self.elsewhere})
        led = Renaksi.objects.order_by().filter(lead_unit__in=self.units).values("pk")
        helped = SupportingUnit.objects.filter(unit__in=self.units).values("renaksi")
        return Q(body__in=self.bodies) | Q(**{within: led}) | Q(**{within: helped})
