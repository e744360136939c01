"""The pages of an empty program, which has people and units and nothing else. Looked at as in test_pages.py.

A file of its own, because the records of test_pages.py stay until its last test has run.
"""

from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse

from tests import factories, people
from tests.access.test_pages import READ, ids, looked_at, with_the_province
from tests.axe import needs_axe

pytestmark = needs_axe

# What stands in an empty program is asked of these; a page of another record needs one that has something.
BARE = {
    None, "evaluation", "recommendation", "renaksi", "rubric", "objective", "indicator", "telaah_staf", "unit",
    "user", "report", "kind", "guide_name", "quarter", "realisation", "job",
}  # fmt: skip
EMPTY = [row for row in READ if row[1] in BARE]


def make_bare_world():
    """People and units; the rest is made by the test that needs it."""
    units = people.make_units()
    cast = people.make_cast(units)
    cast.admin = factories.make_user("admin", "", None, is_superuser=True, is_staff=True)
    with_the_province(cast)
    return SimpleNamespace(cast=cast, units=units)


@pytest.fixture(scope="module")
def made_bare(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_bare_world()
        transaction.set_rollback(True)


@pytest.fixture
def bare(made_bare, db):
    return deepcopy(made_bare)


@pytest.mark.parametrize(("route", "takes", "get", "post"), EMPTY, ids=ids(EMPTY))
def test_empty(window, tally, bare, route, takes, get, post):
    address = reverse(route, kwargs=arguments_of(bare, takes))
    assert looked_at(window, tally, bare, [address], state="empty") == []


def arguments_of(world, takes):
    """Without a record in its address, a page finds none at all."""
    given = {
        None: {},
        "report": {"name": "follow-up-table"},
        "kind": {"kind": "units"},
        "guide_name": {"name": "evaluator"},
        "unit": {"pk": world.units.organisasi.pk},
        "user": {"pk": world.cast.umar.pk},
    }
    if takes in given:
        return given[takes]
    if takes == "job":
        return {"pk": factories.make_job(world.cast.rina).pk}
    if takes in ("objective", "indicator", "realisation"):
        objective = factories.make_objective(world.units.setda)
        if takes == "objective":
            return {"pk": objective.pk}
        pk = factories.make_indicator(objective, world.units.organisasi).pk
        return {"pk": pk} | ({"year": 2023} if takes == "realisation" else {})
    evaluation = factories.make_evaluation(world.units.setda)
    recommendation = factories.make_recommendation(evaluation)
    makers = {
        "evaluation": lambda: factories.make_evaluation(world.units.setda, 2021),
        "rubric": lambda: evaluation.rubric,
        "recommendation": lambda: recommendation,
        "telaah_staf": lambda: factories.make_bare_telaah_staf(evaluation),
    }
    if takes in makers:
        return {"pk": makers[takes]().pk}
    pk = factories.make_renaksi(recommendation, world.units.organisasi, follow_up="").pk
    return {"pk": pk} | ({"year": 2023, "quarter": 1} if takes == "quarter" else {})
