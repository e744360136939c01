"""The lists of people and officials are filtered by name and by unit with all below it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sakip.roles import Role
from tests import factories

LISTS = {"people": reverse("sakip:user-list"), "officials": reverse("sakip:official-list")}


@pytest.fixture
def gita(units):
    """Coordinates the whole province."""
    return factories.make_user("gita", Role.COORDINATOR, units.province)


@pytest.fixture
def twins(units):
    """A Sekretariat in each of two bodies, each with an Andi and an official of that name."""
    found = [factories.make_unit("Sekretariat", parent=body) for body in (units.setda, units.dinas)]
    for unit in found:
        factories.make_user(f"andi{unit.pk}", Role.OPERATOR, unit, name="Andi")
        factories.make_official(unit, name="Andi")
    return found


@pytest.fixture(params=LISTS)
def listed(signed_in, request):
    """Asks one of the lists: names with units, and the page."""

    def ask(person, **query):
        answer = signed_in(person).get(LISTS[request.param], query)
        if request.param == "people":
            rows = [
                f"{person}, {unit}"
                for person, seats, _ in answer.context["rows"]
                for _, unit in seats
            ]
        else:
            rows = [f"{row.name}, {row.unit_name}" for row in answer.context[request.param]]
        return rows, answer.content.decode()

    return ask


def test_people_of_one_name_have_unit_and_body(listed, gita, twins):
    rows, page = listed(gita, cari="and")
    assert sorted(rows) == [
        "Andi, Sekretariat · Dinas Pariwisata",
        "Andi, Sekretariat · Sekretariat Daerah",
    ]
    assert "Sekretariat · Dinas Pariwisata</" in page


def test_a_body_means_all_that_is_below_it(listed, gita, units, twins):
    rows, _ = listed(gita, unit=units.dinas.pk, cari="andi")
    assert rows == ["Andi, Sekretariat"]


def test_only_units_within_reach_are_offered(listed, cast, units, twins):
    rows, page = listed(cast.sari, unit=units.setda.pk)
    assert "Andi, Sekretariat" in rows  # what cannot be chosen filters nothing
    assert not [name for name in ("Sekretariat Daerah", "Provinsi", "Biro Umum") if name in page]


def test_nothing_found_says_so(listed, gita, twins):
    assert "Tidak ada yang cocok dengan saringan ini." in listed(gita, cari="xyz")[1]


def test_a_key_that_is_no_number_filters_nothing(listed, gita, twins):
    assert len(listed(gita, unit="9" * 30, cari="andi")[0]) == 2


@pytest.mark.parametrize("name", LISTS)
def test_the_list_costs_the_same_for_many_bodies(signed_in, gita, units, name):
    client = signed_in(gita)

    def queries(count):
        for _ in range(count):
            body = factories.make_unit(parent=units.province, kind="badan")
            desk = factories.make_unit("Sekretariat", parent=body)
            factories.make_user(f"orang{desk.pk}", Role.OPERATOR, desk)
            factories.make_official(desk)
        with CaptureQueriesContext(connection) as captured:
            client.get(LISTS[name])
        return len(captured)

    queries(2)
    assert queries(1) == queries(10)
