"""The history names body and year of what was done; a reader of one body sees the year alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from recommendations.services.bulk_plan import change_many
from sakip.history.write import record
from sakip.models import Unit, User
from sakip.roles import Role
from tests import factories

HISTORY = reverse("reports:history")
DUE = [("due_date", "", "2026-07-01")]


@pytest.fixture
def gita(units):
    """Coordinates the whole province."""
    return factories.make_user("gita", Role.COORDINATOR, units.province)


def furnish(body, actor, year=2023):
    """An LHE of this body with a change of each kind of record."""
    recommendation = factories.make_recommendation(factories.make_evaluation(body, year))
    renaksi = factories.make_renaksi(recommendation, body)
    indicator = factories.make_indicator(factories.make_objective(body), body, "Indeks")
    for target in (renaksi, recommendation, indicator, indicator.objective):
        record(actor=actor, action="plan", target=target, changes=DUE)
    return renaksi


@pytest.fixture
def both(units, gita):
    return [furnish(units.dinas, gita), furnish(units.setda, gita, 2022)]


def linked(signed_in, person, **filters):
    """The words that link to a record, by act."""
    acts = signed_in(person).get(HISTORY, filters).context["acts"]
    return {act["sentence"].what for act in acts}


def test_a_reader_of_several_bodies_sees_body_and_year(signed_in, gita, both):
    assert linked(signed_in, gita) == {
        "Renaksi 1.a · Dinas Pariwisata · LHE 2023",
        "Renaksi 1.a · Sekretariat Daerah · LHE 2022",
        "Rekomendasi 1 Perencanaan Kinerja · Dinas Pariwisata · LHE 2023",
        "Rekomendasi 1 Perencanaan Kinerja · Sekretariat Daerah · LHE 2022",
        "Indeks · Dinas Pariwisata",
        "Indeks · Sekretariat Daerah",
        "Sasaran 1 · Dinas Pariwisata",
        "Sasaran 1 · Sekretariat Daerah",
    }


def test_a_reader_of_one_body_sees_the_year(signed_in, cast, both):
    assert linked(signed_in, cast.sari) == {
        "Renaksi 1.a · LHE 2023",
        "Rekomendasi 1 Perencanaan Kinerja · LHE 2023",
        "Indeks",
        "Sasaran 1",
    }


def test_one_act_on_many_names_body_and_year_once(signed_in, gita, both):
    other = factories.make_renaksi(both[0].recommendation, both[0].lead_unit)
    change_many(
        renaksi_ids=[both[0].pk, other.pk],
        actor=gita,
        at=timezone.now(),
        due_date=timezone.localdate(),
    )
    assert "2 rencana aksi · Dinas Pariwisata · LHE 2023" in linked(signed_in, gita)


def test_the_body_can_be_chosen(signed_in, gita, both, units):
    found = linked(signed_in, gita, unit=units.dinas.pk)
    assert len(found) == 4
    assert all("Dinas Pariwisata" in words for words in found)


def test_only_bodies_within_reach_can_be_chosen(signed_in, cast, both, units):
    page = signed_in(cast.sari).get(HISTORY, {"unit": units.setda.pk})
    assert "Pilihan ini tidak ada" in page.content.decode()
    options = [str(label) for _, label in page.context["form"].fields["unit"].choices]
    assert options == ["Semua", "Dinas Pariwisata"]


def test_the_page_costs_the_same_for_many_bodies(signed_in, gita, units):
    client = signed_in(gita)

    def queries(count):
        for _ in range(count):
            furnish(factories.make_unit(parent=units.province, kind=Unit.Kind.BADAN), gita)
        with CaptureQueriesContext(connection) as captured:
            client.get(HISTORY)
        return len(captured)

    queries(1)
    assert queries(1) == queries(5)


@pytest.mark.parametrize(
    ("role", "place", "bodies", "one"),
    [
        (Role.OPERATOR, "umum", (), True),
        (Role.COORDINATOR, "dinas", (), True),
        (Role.LEADER, "province", (), False),
        (Role.EVALUATOR, "inspektorat", ("dinas",), True),
        (Role.EVALUATOR, "inspektorat", ("dinas", "setda"), False),
    ],
)
def test_who_has_one_body(units, role, place, bodies, one):
    person = factories.make_user("siapa", role, getattr(units, place))
    person.assigned_bodies.set(getattr(units, name) for name in bodies)
    assert User.objects.get(pk=person.pk).has_one_body is one
