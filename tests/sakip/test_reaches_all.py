"""A reader of the whole province is not asked for each unit: the condition names none."""

import pytest

from recommendations.models import Renaksi, Rubric
from sakip.models import Unit
from sakip.roles import Role
from tests import factories


@pytest.fixture
def province(db):
    return factories.make_unit("Provinsi", kind="province")


@pytest.fixture
def body(province):
    return factories.make_unit("Dinas Sosial", parent=province, kind="dinas")


def named_units(rows) -> str:
    return str(rows.query).partition("WHERE")[2]


def test_the_list_of_a_province_names_no_unit(province, body, django_assert_num_queries):
    siti = factories.make_user("siti", Role.COORDINATOR, province)
    with django_assert_num_queries(1):
        assert "IN" not in named_units(Renaksi.objects.visible_to(siti))


def test_the_list_of_one_body_names_its_units(province, body):
    budi = factories.make_user("budi", Role.COORDINATOR, body)
    assert str(body.pk) in named_units(Renaksi.objects.visible_to(budi))
    assert not budi.reaches_all


def test_a_unit_that_stands_apart_is_not_reached(province, body):
    factories.make_unit("Kabupaten", kind="province")
    siti = factories.make_user("siti", Role.COORDINATOR, province)
    assert not siti.reaches_all
    assert len(siti.reach) == Unit.objects.count() - 1


def test_what_belongs_to_no_unit_still_follows_its_own_grant(province, body):
    """A shared rubric is visible by another grant; the shortcut is only for records that always have a unit."""
    siti = factories.make_user("siti", Role.COORDINATOR, province)
    assert "unit_id" in named_units(Rubric.objects.visible_to(siti))


def test_another_post_has_its_own_reach(province, body):
    siti = factories.make_user("siti", Role.COORDINATOR, province)
    assert siti.reaches_all
    post = siti.other_posts.create(role=Role.COORDINATOR, unit=body)
    assert not siti.acting_in(post).reaches_all
