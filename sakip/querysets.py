"""Querysets of units and people."""

import functools
from typing import NamedTuple

from django.contrib.auth import models as auth_models
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, models
from django.db.models import Prefetch, Q, prefetch_related_objects
from tree_queries.query import TreeQuerySet

from sakip.policy import EveryUnit
from sakip.prepared import planning_once
from sakip.roles import Role


# We use django-tree-queries for lists in tree order and for the ancestors and descendants of one unit. But
# every request checks rights, usually upwards and downwards and for several units. So this code reads the
# column `parent` with one query and follows it in Python. Measured with 13 to 600 units: 0.7 to 1.2 ms on
# PostgreSQL, 0.9 to 2.7 ms on SQLite. The recursive query takes 2.5 to 3.6 ms and 4 to 12 ms; ancestors()
# makes two queries.
class Parents(dict[int, int | None]):
    """The parent of each unit, by their ids. Nobody may change it: others have the same."""

    @functools.cached_property
    def children(self) -> dict[int | None, list[int]]:
        found: dict[int | None, list[int]] = {}
        for pk, parent in self.items():
            found.setdefault(parent, []).append(pk)
        return found


def downwards(unit_ids, parents: Parents) -> frozenset[int]:
    """The ids of these units and of everything below them."""
    children = parents.children
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


# All units as one text, which the database joins ten times as fast as Django reads the rows. A process that
# has seen the text knows the rows. Names hold no control characters (sakip/text.py).
FIELD, ROW = "\x1f", "\x1e"
WHOLE_TREE = {
    "sqlite": "SELECT group_concat(id || char(31) || ifnull(parent_id, '') || char(31) || kind || char(31) || "
    "name || char(31) || short_name || char(31) || code || char(31) || position || char(31) || is_active, "
    "char(30)) FROM sakip_unit",
    "postgresql": "SELECT string_agg(concat_ws(chr(31), id, coalesce(parent_id::text, ''), kind, name, "
    "short_name, code, position, is_active::int), chr(30) ORDER BY position, name, id) FROM sakip_unit",
}


class TreeRow(NamedTuple):
    pk: int
    parent_id: int | None
    kind: str
    name: str
    short_name: str
    code: str
    position: int
    is_active: bool


@functools.lru_cache(maxsize=8)
def _rows_of(text) -> tuple[TreeRow, ...]:
    rows = []
    for line in text.split(ROW) if text else ():
        pk, parent, kind, name, short_name, code, position, is_active = line.split(FIELD)
        rows.append(
            TreeRow(
                int(pk),
                int(parent) if parent else None,
                kind,
                name,
                short_name,
                code,
                int(position),
                is_active == "1",
            )
        )
    if connection.vendor == "sqlite":  # which compares text as Python does
        rows.sort(key=lambda row: (row.position, row.name, row.pk))
    return tuple(rows)


@functools.lru_cache(maxsize=8)
def _parents_of(rows):
    return Parents((row.pk, row.parent_id) for row in rows)


ABOVE = """
    WITH RECURSIVE above(id, parent_id, kind) AS (
        SELECT id, parent_id, kind FROM sakip_unit WHERE id IN ({})
        UNION SELECT u.id, u.parent_id, u.kind FROM above a JOIN sakip_unit u ON u.id = a.parent_id
    ) SELECT id, parent_id, kind FROM above
"""


class UnitQuerySet(TreeQuerySet):
    def rows(self) -> tuple[TreeRow, ...]:
        """All units in the order of their positions and names. One query."""
        with connection.cursor() as cursor:
            cursor.execute(WHOLE_TREE[connection.vendor])
            return _rows_of(cursor.fetchone()[0])

    def active(self):
        return self.filter(is_active=True)

    def bodies(self):
        return self.filter(kind__in=self.model.BODIES)

    def evaluated(self):
        """Units that may have an LHE and objectives: the bodies and the province itself."""
        return self.filter(kind__in=self.model.ABOVE_PARTS)

    def beneath(self, unit_ids, rows=None) -> frozenset[int]:
        """Ids of these units and of everything below them; an EveryUnit when these are all.

        One query, none with the `rows()` at hand; so the next ones too.
        """
        parents = _parents_of(self.rows() if rows is None else rows)
        found = downwards(unit_ids, parents)
        return EveryUnit(found) if len(found) == len(parents) else found

    def parents(self) -> Parents:
        """The id of the parent of each unit, by the id of the unit. One query."""
        return _parents_of(self.rows())

    def inspectorate(self) -> frozenset[int]:
        """Ids of the units of the Inspektorat, the only ones that evaluators belong to. One query."""
        return self.with_inspectorate()[1]

    def with_inspectorate(self, rows=None) -> tuple[Parents, frozenset[int]]:
        """`parents()` and `inspectorate()` together."""
        rows = self.rows() if rows is None else rows
        parents = _parents_of(rows)
        tops = [row.pk for row in rows if row.kind == self.model.Kind.INSPECTORATE]
        return parents, downwards(tops, parents)

    def above(self, unit_ids) -> tuple[Parents, frozenset[int]]:
        """`with_inspectorate()` of these units and all above them: for rights about a few units, where the
        tree need not be read. One query; none without units."""
        keys, rows = sorted(unit_ids), []
        if keys:
            with planning_once(connection).cursor() as cursor:
                cursor.execute(ABOVE.format(", ".join(["%s"] * len(keys))), keys)
                rows = cursor.fetchall()
        parents = Parents((pk, parent) for pk, parent, _ in rows)
        tops = [pk for pk, _, kind in rows if kind == self.model.Kind.INSPECTORATE]
        return parents, downwards(tops, parents)

    def lineage(self, unit_id, rows=None) -> frozenset[int]:
        """Ids of this unit and of every unit above it. One query; empty for None."""
        if unit_id is None:
            return frozenset()
        return frozenset(upwards(unit_id, _parents_of(self.rows() if rows is None else rows)))

    def bodies_around(self, unit_id, rows=None) -> frozenset[int]:
        """Ids of the bodies among this unit, those above and those below it."""
        rows = self.rows() if rows is None else rows
        parents = _parents_of(rows)
        around = downwards([unit_id], parents) | {*upwards(unit_id, parents)}
        return frozenset(
            row.pk for row in rows if row.pk in around and row.kind in self.model.BODIES
        )

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
        if isinstance(user.reach, EveryUnit):
            return self.filter(unit__isnull=False)
        return self if user.reach is None else self.filter(unit__in=user.reach)


class UserQuerySet(_WithinReach):
    def holding(self, roles, units=None):
        """People with a post of one of these roles (in one of these units), acting in it or not."""
        return self.filter(_of(roles, units) | Q(pk__in=self._posts(roles, units).values("person")))

    def posted(self, role, units=None) -> list[tuple[int, int]]:
        """Pairs (unit, person) of the posts of this role; only of `self`. One query."""
        return [(unit, person) for _, unit, person in self.seated([role], units)]

    def seated(self, roles, units=None) -> list[tuple[str, int, int]]:
        """The same for several roles: role, unit, person. One query."""
        return sorted(self.seats_of(roles, units))

    def seats_of(self, roles, units=None):
        """A queryset of these triples, in no order."""
        own = self.filter(_of(roles, units)).order_by().values_list("role", "unit", "pk")
        others = self._posts(roles, units).filter(person__in=self.order_by().values("pk"))
        return own.union(others.order_by().values_list("role", "unit", "person"))

    def operators(self, units):
        """Active operators of these units, with another post or not."""
        return self.holding([Role.OPERATOR], units).filter(is_active=True).select_related("unit")

    def _posts(self, roles, units=None):
        return self.model._meta.get_field("other_posts").related_model.objects.filter(
            _of(roles, units)
        )

    def posted_within(self, user):
        """People with a post within the reach of a coordinator, whoever manages their account."""
        if user.role != Role.COORDINATOR:
            return self.none()
        rows = self.filter(is_superuser=False)
        return rows if user.reach is None else rows.holding(Role.values, user.reach)

    def manageable_by(self, user):
        """Accounts that a coordinator may change: all posts of the person are within reach.

        Evaluators only for the province and the Inspektorat, and for the Inspektorat only those who
        do not judge the Inspektorat itself.
        """
        rows = self.visible_to(user).filter(is_superuser=False)
        if user.role != Role.COORDINATOR or user.reach is None:
            return rows
        if not isinstance(user.reach, EveryUnit):
            abroad = self._posts(Role.values).exclude(unit__in=user.reach)
            rows = rows.exclude(pk__in=abroad.values("person"))
        if user.governs_province:
            return rows
        evaluators, posts = (
            self.model.objects.filter(role=Role.EVALUATOR),
            self._posts([Role.EVALUATOR]),
        )
        if user.governs_inspectorate:
            itself = self.model._meta.get_field("unit").related_model.objects.inspectorate()
            evaluators = evaluators.filter(assigned_bodies__in=itself)
            posts = posts.filter(assigned_bodies__in=itself)
        rows = rows.exclude(pk__in=evaluators.values("pk"))
        return rows.exclude(pk__in=posts.values("person"))

    def invitable_by(self, user):
        """Accounts for which this person makes invitations; a superuser for every one."""
        return self.all() if user.is_superuser else self.manageable_by(user)

    def without_password(self):
        """Active people who cannot sign in yet, because nobody has chosen a password."""
        return self.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def with_seats(self) -> list:
        """A list of these people with their seats, and the bodies of those who evaluate. At most four queries."""
        posts = Prefetch("other_posts", self._posts(Role.values).select_related("unit"))
        people = list(self.select_related("unit").prefetch_related(posts))
        held = [*people, *(post for person in people for post in person.other_posts.all())]
        for kind in {type(one) for one in held}:
            judges = [one for one in held if type(one) is kind and one.role == Role.EVALUATOR]
            prefetch_related_objects(judges, "assigned_bodies")
        for person in people:
            person.seats = [person, *map(person.acting_in, person.other_posts.all())]
        return people

    def with_reach(self) -> list:
        """The same with `reach` and `lineage` of each seat loaded. At most one query more.

        `sakip/selectors/seats.py` does it for a few people of whom only the rights are asked.
        """
        if not (people := self.with_seats()):
            return []
        units = people[0]._meta.get_field("unit").related_model.objects
        parents, inspectorate = units.with_inspectorate()
        beneath = functools.cache(lambda *units: downwards(units, parents))
        for seat in (seat for person in people for seat in person.seats):
            seat.reach = reach_of(seat, inspectorate, beneath, _judged)
            seat.lineage = frozenset(upwards(seat.unit_id, parents))
        return people


def _of(roles, units):
    condition = Q(role__in=roles)
    if isinstance(units, EveryUnit):
        return condition & Q(unit__isnull=False)
    return condition if units is None else condition & Q(unit__in=units)


def reads_all(person) -> bool:
    """Whether it is the head of an Inspektorat, who reads about every body. No query once the unit is loaded."""
    is_head = person.role == Role.LEADER and person.unit_id is not None
    return is_head and person.unit.kind == person.unit.Kind.INSPECTORATE


def _judged(seat):
    return [unit.pk for unit in seat.judged_bodies.all()]


def reach_of(seat, inspectorate, beneath, judged):
    """The keys of the units that a seat reaches, None for all. `judged` gives those of the bodies that an
    evaluator was named for one by one."""
    if reads_all(seat):
        return None
    if seat.role != Role.EVALUATOR:
        return beneath(seat.unit_id) if seat.unit_id else frozenset()
    if seat.unit_id not in inspectorate:
        return frozenset()
    if seat.evaluates_all:
        return None
    return beneath(*judged(seat))


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
