"""Querysets of units and people."""

import functools

from django.contrib.auth import models as auth_models
from django.db import models
from tree_queries.query import TreeQuerySet

from sakip.roles import Role


# We use django-tree-queries for lists in tree order and for the ancestors and descendants of one unit. But
# every request checks rights, usually upwards and downwards and for several units. So this code reads the
# column `parent` with one query and follows it in Python. Measured with 13 to 600 units: 0.7 to 1.2 ms on
# PostgreSQL, 0.9 to 2.7 ms on SQLite. The recursive query takes 2.5 to 3.6 ms and 4 to 12 ms; ancestors()
# makes two queries.
def _beneath(unit_ids, parents):
    children = {}
    for pk, parent in parents.items():
        children.setdefault(parent, []).append(pk)
    found, queue = set(), list(unit_ids)
    while queue:
        pk = queue.pop()
        if pk not in found:
            found.add(pk)
            queue.extend(children.get(pk, ()))
    return frozenset(found)


def upwards(unit_id, parents):
    """Yields the ids of the unit, its parent, and so on up to the top; nothing for None."""
    while unit_id is not None:
        yield unit_id
        unit_id = parents[unit_id]


class UnitQuerySet(TreeQuerySet):
    def active(self):
        return self.filter(is_active=True)

    def bodies(self):
        return self.filter(kind__in=self.model.BODIES)

    def evaluated(self):
        """Units that may have an LHE and objectives: the bodies and the province itself."""
        return self.filter(kind__in=[*self.model.BODIES, self.model.Kind.PROVINCE])

    def beneath(self, unit_ids) -> frozenset[int]:
        """Ids of these units and of everything below them. One query."""
        return _beneath(unit_ids, self.parents())

    def parents(self) -> dict[int, int | None]:
        """The id of the parent of each unit, by the id of the unit. One query."""
        return dict(self.model._base_manager.values_list("pk", "parent_id"))

    def lineage(self, unit_id) -> frozenset[int]:
        """Ids of this unit and of every unit above it. One query; empty for None."""
        if unit_id is None:
            return frozenset()
        return frozenset(upwards(unit_id, self.parents()))

    def visible_to(self, user):
        """All units for every signed-in person: names of units are not secret within the province."""
        return self if user.is_authenticated else self.none()

    def editable_by(self, user):
        if user.role != Role.COORDINATOR:
            return self.none()
        return self if user.reach is None else self.filter(pk__in=user.reach)


class _WithinReach(models.QuerySet):
    def visible_to(self, user):
        """Rows of the units within a coordinator's reach; none for other roles."""
        if user.role != Role.COORDINATOR:
            return self.none()
        return self if user.reach is None else self.filter(unit__in=user.reach)


class UserQuerySet(_WithinReach):
    def operators(self):
        return self.filter(role=Role.OPERATOR, is_active=True).select_related("unit")

    def manageable_by(self, user):
        """Accounts that a coordinator may change: they are within reach and do not reach further."""
        rows = self.visible_to(user).filter(is_superuser=False)
        if user.role != Role.COORDINATOR or user.reach is None:
            return rows
        units = self.model._meta.get_field("unit").related_model.objects
        beyond = units.exclude(pk__in=user.reach)
        if not beyond.exists():
            return rows
        evaluators = self.model.objects.filter(role=Role.EVALUATOR)
        unbounded = evaluators.filter(evaluates_all=True)
        abroad = evaluators.filter(assigned_bodies__in=beyond)
        return rows.exclude(pk__in=unbounded.values("pk")).exclude(pk__in=abroad.values("pk"))

    def with_reach(self) -> list:
        """A list of these people with `reach` and `lineage` loaded. Always three queries."""
        people = list(self.select_related("unit").prefetch_related("assigned_bodies"))
        if not people:
            return people
        parents = self.model._meta.get_field("unit").related_model.objects.parents()
        beneath = functools.cache(lambda *units: _beneath(units, parents))
        for person in people:
            if person.role == Role.EVALUATOR and person.evaluates_all:
                person.reach = None
            elif person.role == Role.EVALUATOR:
                person.reach = beneath(*(unit.pk for unit in person.assigned_bodies.all()))
            else:
                person.reach = beneath(person.unit_id) if person.unit_id else frozenset()
            person.lineage = frozenset(upwards(person.unit_id, parents))
        return people


class UserManager(auth_models.UserManager.from_queryset(UserQuerySet)):
    pass


class OfficialQuerySet(_WithinReach):
    def active(self):
        return self.filter(is_active=True)

    def in_office(self, day):
        """Those whose term includes this day."""
        return self.overlapping(day, day)

    def overlapping(self, first, last):
        """Those whose term has a day in common with the one from `first` to `last`; None is no limit."""
        rows = self
        if last is not None:
            rows = rows.filter(models.Q(from_date=None) | models.Q(from_date__lte=last))
        if first is not None:
            rows = rows.filter(models.Q(to_date=None) | models.Q(to_date__gte=first))
        return rows

    def of_post(self, official):
        """Everybody ever in this position of this unit, also Plt. and Plh."""
        return self.filter(unit=official.unit_id, position__iexact=official.position)
