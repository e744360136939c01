"""What belongs to a unit and must find another place when the unit goes."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from performance.models import Indicator, Objective
from recommendations.models import Renaksi, SupportingUnit
from recommendations.transitions import CLOSED
from sakip.editing import digest
from sakip.models import Letterhead, Official, Unit, User
from sakip.querysets import upwards
from sakip.roles import Role

KINDS = ("renaksi", "people", "indicators", "objectives", "children")


@dataclass
class Belongings:
    """`officials` hold a post of the unit; `letterhead` is that of a body. Both stay with the unit."""

    unit: Unit
    renaksi: list[Renaksi] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    objectives: list[Objective] = field(default_factory=list)
    children: list[Unit] = field(default_factory=list)
    officials: list[Official] = field(default_factory=list)
    letterhead: Letterhead | None = None

    def rows(self):
        """Yields the kind and the record of everything that moves."""
        for kind in KINDS:
            for record in getattr(self, kind):
                yield kind, record

    @property
    def digest(self) -> str:
        """A digest of the unit and of everything that moves, to compare a preview with the later action."""
        seen = [f"{self.unit.pk} {self.unit.version} {self.unit.is_active}"]
        seen += [f"{kind} {row.pk} {row.version}" for kind, row in self.rows()]
        seen += [f"{row.pk} {row.lead_unit_id} {row.person_id}" for row in self.renaksi]
        return digest(seen)


def belongings_of(unit) -> Belongings:
    """Everything open or valid that names this unit. Ten queries at most."""
    valid = Q(year_to=None) | Q(year_to__gte=timezone.localdate().year)
    indicators = Indicator.objects.filter(valid).select_related("objective__unit", "owner_unit")
    objectives = Objective.objects.filter(unit=unit)
    alive = indicators.filter(objective__unit=unit).values("objective")
    return Belongings(
        unit=unit,
        renaksi=open_items(unit),
        people=_people(unit),
        indicators=list(indicators.filter(owner_unit=unit)),
        objectives=list(objectives.filter(pk__in=alive)),
        children=list(unit.children.filter(is_active=True)),
        officials=list(
            Official.objects.filter(unit=unit, to_date=None).in_office(timezone.localdate())
        ),
        letterhead=Letterhead.objects.filter(unit=unit).first(),
    )


def _people(unit) -> list[User]:
    """Everybody with a post here, also those who act in another one now."""
    people = User.objects.filter(is_active=True).holding(Role.values, [unit.pk])
    return list(people.order_by("name", "pk"))


def left_behind(unit, parent) -> Belongings:
    """What stays in the old bodies when the unit moves below `parent`: their LHE and their objectives."""
    above = frozenset(upwards(parent.pk, Unit.objects.parents())) | {unit.pk}
    valid = Q(year_to=None) | Q(year_to__gte=timezone.localdate().year)
    owned = Indicator.objects.filter(valid, owner_unit=unit).exclude(objective__unit__in=above)
    return Belongings(
        unit=unit,
        renaksi=[
            row for row in open_items(unit) if row.recommendation.evaluation.unit_id not in above
        ],
        indicators=list(owned.select_related("objective__unit", "owner_unit")),
    )


def open_items(unit) -> list[Renaksi]:
    """The open renaksi that the unit leads or supports. Two queries."""
    supported = SupportingUnit.objects.filter(unit=unit)
    rows = Renaksi.objects.filter(Q(lead_unit=unit) | Q(pk__in=supported.values("renaksi")))
    rows = rows.exclude(status__in=CLOSED).for_check()
    return list(
        rows.order_by("recommendation__evaluation", "recommendation__number", "position", "pk")
    )
