"""Loading the reach of many people gives each what they would have alone."""

from sakip.models import User
from sakip.roles import Role
from tests import factories


def everybody(units):
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.dinas)
    factories.make_user("gubernur", Role.LEADER, units.province)
    factories.make_user("admin", "", None)
    return User.objects.order_by("pk")


def test_many_reach_what_each_reaches_alone(units, cast):
    people = everybody(units)
    alone = {person: (person.reach, person.lineage) for person in people}
    together = {person: (person.reach, person.lineage) for person in people.with_reach()}
    assert together == alone


def test_it_costs_the_same_for_many(units, cast, django_assert_num_queries):
    people = everybody(units)
    for some in (people.filter(pk=cast.rina.pk), people):
        with django_assert_num_queries(4):
            assert all(person.lineage is not None for person in some.with_reach())


def test_each_post_reaches_what_it_would_reach_alone(units, cast):
    irban = everybody(units).get(username="irban")
    post = cast.rina.other_posts.create(role=Role.EVALUATOR, unit=units.inspektorat)
    post.assigned_bodies.add(units.dinas)
    cast.umar.other_posts.create(role=Role.EVALUATOR, unit=units.umum, evaluates_all=True)
    cast.umar.other_posts.create(role=Role.COORDINATOR, unit=units.setda)
    loaded = User.objects.filter(pk__in=[cast.rina.pk, cast.umar.pk, irban.pk]).with_reach()
    for person in loaded:
        alone = [(seat.reach, seat.lineage) for seat in User.objects.get(pk=person.pk).seats]
        assert [(seat.reach, seat.lineage) for seat in person.seats] == alone
    assert sorted(len(person.seats) for person in loaded) == [1, 2, 3]
