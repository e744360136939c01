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
