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
    operator, judge = people.filter(pk=cast.rina.pk), people.filter(username="irban")
    for some, number in ((operator, 3), (judge, 4), (people, 4)):
        with django_assert_num_queries(number):
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


def test_the_head_of_the_inspektorat_reads_about_every_body(units, renaksi, client):
    head = factories.make_user("ida", Role.LEADER, units.inspektorat)
    assert head.reach is None and head.has_several_bodies
    (loaded,) = User.objects.filter(pk=head.pk).with_reach()
    assert loaded.reach is None
    client.force_login(head)
    assert client.get("/provinsi/").status_code == 200
    assert client.get(renaksi.get_absolute_url()).status_code == 200
    assert client.post(f"/reviu/{renaksi.pk}/").status_code == 403


def test_a_part_of_the_inspektorat_and_its_coordinator_read_their_own(units):
    irban = factories.make_unit("Irban I", parent=units.inspektorat, kind="assistant")
    for role, unit in ((Role.LEADER, irban), (Role.COORDINATOR, units.inspektorat)):
        person = factories.make_user(f"{role}{unit.pk}", role, unit)
        assert person.reach is not None and not person.has_several_bodies
