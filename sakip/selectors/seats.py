"""What a few people may see in each of their posts. Only the columns are read from which rights are made."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Value

from sakip.models import Post, Unit, User
from sakip.prepared import Prepared
from sakip.querysets import downwards, reach_of, upwards
from sakip.roles import Role

OWN = 0  # stands for the post in which a person acts now


@dataclass(slots=True)
class Seat:
    """One post of an active person, as far as `policy.Policy.check` reads it."""

    person: int
    post: int
    role: str
    unit_id: int | None
    unit_kind: str | None
    evaluates_all: bool
    reach: frozenset[int] | None = frozenset()
    lineage: frozenset[int] = frozenset()
    is_active: bool = True

    @property
    def unit(self) -> Unit:
        return Unit(pk=self.unit_id, kind=self.unit_kind or "")


def _seats(keys):
    people = User.objects.filter(pk__in=keys, is_active=True).order_by()
    posts = Post.objects.filter(person__in=keys, person__is_active=True).order_by()
    rights = ("role", "unit", "unit__kind", "evaluates_all")
    own = people.values_list("pk", Value(OWN), *rights)
    return own.union(posts.values_list("person", "pk", *rights), all=True)


SEATS = Prepared(_seats, plans_once=True)
OF_PEOPLE = Prepared(
    lambda keys: User.assigned_bodies.through.objects.filter(user__in=keys).values_list(
        "user", Value(OWN), "unit"
    ),
    plans_once=True,
)
OF_POSTS = Prepared(
    lambda keys: Post.assigned_bodies.through.objects.filter(post__in=keys).values_list(
        "post__person", "post", "unit"
    ),
    plans_once=True,
)


def seats_of(people: Iterable[int], about: Collection[int]) -> list[Seat]:
    """The seats of the active ones among these people, with `reach` and `lineage` as far as the units `about`
    and those above them go. Two to four queries."""
    seats = [Seat(*row) for row in SEATS(sorted(people))]
    if not seats:
        return []
    judges = [one for one in seats if one.role == Role.EVALUATOR and not one.evaluates_all]
    bodies = _bodies_of(judges)
    units = {one.unit_id for one in seats} - {None}
    parents, inspectorate = Unit.objects.above(units.union(about))
    beneath = cache(lambda *keys: downwards(keys, parents))

    def judged(seat):
        return bodies[seat.person, seat.post]

    for seat in seats:
        seat.reach = reach_of(seat, inspectorate, beneath, judged)
        seat.lineage = frozenset(upwards(seat.unit_id, parents))
    return seats


def _bodies_of(seats) -> dict[tuple[int, int], list[int]]:
    """The bodies that were named one by one, by person and post."""
    found = defaultdict(list)
    keys: dict[bool, list[int]] = {True: [], False: []}
    for seat in seats:
        keys[seat.post == OWN].append(seat.person if seat.post == OWN else seat.post)
    for person, post, body in (*OF_PEOPLE(keys[True]), *OF_POSTS(keys[False])):
        found[person, post].append(body)
    return found
