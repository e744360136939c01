"""What is read of a few people's rights is what `with_reach` reads of everybody's."""

import pytest

from sakip.models import Post, Unit, User
from sakip.roles import Role
from sakip.selectors.seats import seats_of
from tests import factories


@pytest.fixture
def people(units, cast):
    """One of each kind: with further posts, with bodies named in either, outside the Inspektorat, switched off."""
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.dinas)
    second = Post.objects.create(person=cast.rina, role=Role.EVALUATOR, unit=units.inspektorat)
    second.assigned_bodies.add(units.setda)
    Post.objects.create(person=cast.umar, role=Role.LEADER, unit=units.inspektorat)
    Post.objects.create(person=irban, role=Role.OPERATOR, unit=units.umum)
    factories.make_user("tamu", Role.EVALUATOR, units.dinas, evaluates_all=True)
    factories.make_user("pusat", Role.COORDINATOR, units.province)
    factories.make_user("pergi", Role.OPERATOR, units.umum, is_active=False)
    return list(User.objects.filter(is_active=True).with_reach())


def rights(seat, person, about):
    reach = None if seat.reach is None else seat.reach & about
    return person, seat.role, seat.unit_id, reach, seat.lineage


def test_the_seats_of_all_are_those_of_with_reach(units, people, django_assert_max_num_queries):
    keys = list(User.objects.values_list("pk", flat=True))
    for unit in (units.umum, units.dinas, units.inspektorat):
        about = frozenset([unit.pk])
        with django_assert_max_num_queries(4):
            found = seats_of(keys, about)
        expected = [rights(seat, one.pk, about) for one in people for seat in one.seats]
        assert sorted(map(repr, expected)) == sorted(
            repr(rights(seat, seat.person, about)) for seat in found
        )


def test_nobody_has_no_seats(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert seats_of([], [1]) == []


def test_the_units_above_a_few_are_read_alone(units):
    parents, inspectorate = Unit.objects.above([units.umum.pk, units.inspektorat.pk])
    whole, every = Unit.objects.with_inspectorate()
    line = {units.umum.pk, units.setda.pk, units.province.pk, units.inspektorat.pk}
    assert parents == {pk: whole[pk] for pk in line}
    assert inspectorate == every & line
    assert Unit.objects.above([]) == ({}, frozenset())
