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
        with django_assert_num_queries(3):
            assert all(person.lineage is not None for person in some.with_reach())
