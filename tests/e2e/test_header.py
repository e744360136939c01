"""The header holds the menu of everybody in one row."""

import pytest

from sakip.roles import Role
from tests import factories

ROW = """() => new Set([...document.querySelectorAll(".navbar-nav .nav-link")]
    .map((link) => link.getBoundingClientRect().top)).size"""


@pytest.mark.parametrize("role", ["evaluator", "coordinator", "leader"])
def test_the_longest_menus_fit_in_one_row(visit, units, role):
    place = units.inspektorat if role == "evaluator" else units.province
    person = factories.make_user("panjang", Role(role), place, name="Siti Rahmawati")
    if role == "evaluator":
        person.evaluates_all = True
        person.save()
    page = visit(person, viewport={"width": 1280, "height": 800}).open("/")
    assert page.evaluate(ROW) == 1


def test_two_posts_and_the_search_stand_beside_the_longest_menu(visit, units):
    person = factories.make_user(
        "panjang", Role.COORDINATOR, units.province, name="Siti Rahmawati Kusumaningrum"
    )
    person.other_posts.create(role=Role.LEADER, unit=units.setda)
    for width in (1000, 1272, 1280):
        page = visit(person, viewport={"width": width, "height": 800}).open("/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(ROW) == 1
    assert page.locator(".search-word").bounding_box()["width"] > 20
