"""All open items of one unit go to another in one action."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.models import Renaksi
from sakip.history.entries import HistoryEntry
from sakip.roles import Role
from tests import factories

URL = reverse("recommendations:hand-over")


@pytest.fixture
def rows(recommendation, units):
    """Two open and one closed item led by Biro Organisasi, one it supports, one of Biro Umum alone."""
    make = factories.make_renaksi
    return {
        "open": make(recommendation, units.organisasi),
        "shared": make(
            recommendation, units.organisasi, supporting=[units.umum], status="returned"
        ),
        "closed": make(recommendation, units.organisasi, status="done"),
        "supported": make(recommendation, units.umum, supporting=[units.organisasi]),
        "foreign": make(recommendation, units.umum),
    }


@pytest.fixture
def hukum(units):
    return factories.make_unit("Biro Hukum", parent=units.setda)


def assignments():
    return {
        row.pk: (str(row.lead_unit), [str(unit) for unit in row.supporting_units.all()])
        for row in Renaksi.objects.all()
    }


def test_the_page_first_shows_what_would_change(signed_in, cast, rows, units, hukum):
    before = assignments()
    page = signed_in(cast.kadir).get(URL, {"dari": units.organisasi.pk, "ke": hukum.pk})
    assert "2 sebagai penanggung jawab dan 1 sebagai pendukung" in page.content.decode()
    assert "Alihkan 3 rencana aksi" in page.content.decode()
    assert assignments() == before


def test_everything_open_goes_over(signed_in, cast, rows, units, hukum):
    response = signed_in(cast.kadir).post(URL, {"dari": units.organisasi.pk, "ke": hukum.pk})
    assert response.url.endswith(f"?unit={hukum.pk}")
    after = assignments()
    assert {name: after[row.pk] for name, row in rows.items()} == {
        "open": ("Biro Hukum", []),
        "shared": ("Biro Hukum", ["Biro Umum"]),
        "closed": ("Biro Organisasi", []),
        "supported": ("Biro Umum", ["Biro Hukum"]),
        "foreign": ("Biro Umum", []),
    }
    entries = HistoryEntry.objects.all()
    assert {entry.action for entry in entries} == {"hand_over"}
    assert (len(entries), len({entry.batch for entry in entries})) == (3, 1)


def test_who_helped_and_now_leads_helps_no_longer(signed_in, cast, rows, units):
    signed_in(cast.kadir).post(URL, {"dari": units.organisasi.pk, "ke": units.umum.pk})
    assert assignments()[rows["shared"].pk] == ("Biro Umum", [])
    assert assignments()[rows["supported"].pk] == ("Biro Umum", [])


def test_a_unit_switched_off_gives_but_does_not_take(signed_in, cast, rows, units, hukum):
    units.organisasi.is_active = False
    units.organisasi.save()
    client = signed_in(cast.kadir)
    back = client.post(URL, {"dari": units.umum.pk, "ke": units.organisasi.pk})
    assert (back.status_code, "ke" in back.context["form"].errors) == (200, True)
    assert client.post(URL, {"dari": units.organisasi.pk, "ke": hukum.pk}).status_code == 302


@pytest.mark.parametrize(
    "data", [{}, {"dari": "organisasi", "ke": "organisasi"}, {"dari": "organisasi", "ke": "dinas"}]
)
def test_a_senseless_pair_comes_back(signed_in, cast, rows, units, data):
    keys = {name: getattr(units, value).pk for name, value in data.items()}
    response = signed_in(cast.kadir).post(URL, keys)
    assert (response.status_code, bool(response.context["form"].errors)) == (200, True)
    assert not HistoryEntry.objects.exists()


@pytest.mark.parametrize("name", ["hand-over", "hand-over-person"])
@pytest.mark.parametrize("pk", ["²", "9" * 20])
def test_what_is_no_number_comes_back_as_a_sentence(signed_in, cast, name, pk):
    answer = signed_in(cast.kadir).get(reverse(f"recommendations:{name}"), {"dari": pk, "ke": pk})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_a_unit_without_open_items_says_so(signed_in, cast, rows, units, hukum):
    page = signed_in(cast.kadir).get(URL, {"dari": hukum.pk, "ke": units.umum.pk})
    assert "tidak mempunyai rencana aksi yang belum ditutup" in page.content.decode()


def test_a_coordinator_of_another_body_cannot_take_anything(signed_in, cast, rows, units):
    data = {"dari": units.organisasi.pk, "ke": units.dinas.pk}
    assert "dari" in signed_in(cast.sari).post(URL, data).context["form"].errors
    assert not HistoryEntry.objects.exists()


@pytest.mark.parametrize("who", ["rina", "dewi", "laila"])
def test_only_coordinators(signed_in, cast, rows, units, who):
    client = signed_in(getattr(cast, who))
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"dari": units.organisasi.pk, "ke": units.umum.pk}).status_code == 403


def test_no_other_method(signed_in, cast):
    assert signed_in(cast.kadir).delete(URL).status_code == 405


def test_the_unit_that_takes_over_is_told(signed_in, cast, rows, units):
    signed_in(cast.kadir).post(URL, {"dari": units.organisasi.pk, "ke": units.umum.pk})
    told = cast.umar.notices.values_list("renaksi", flat=True)
    assert list(told) == [rows["open"].pk]  # it had a part in the others already


# ── Between bodies ──────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def gita(units):
    """Coordinates the whole province."""
    return factories.make_user("gita", Role.COORDINATOR, units.province)


@pytest.fixture
def twins(units):
    """A Sekretariat in each of two bodies."""
    return [factories.make_unit("Sekretariat", parent=body) for body in (units.setda, units.dinas)]


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_preview_promises_only_what_will_be_written(signed_in, gita, rows, units):
    pair = {"dari": units.organisasi.pk, "ke": units.dinas.pk}
    client, before = signed_in(gita), assignments()
    page = text_of(client.get(URL, pair))
    assert "Tidak ada rencana aksi yang dapat dialihkan." in page
    assert "Dari Biro Organisasi · Sekretariat Daerah kepada Dinas Pariwisata." in page
    assert "3 dilewati karena Dinas Pariwisata bukan bagian dari Sekretariat Daerah." in page
    assert '<button class="btn btn-primary" type="submit">Alihkan' not in page
    client.post(URL, pair)
    assert assignments() == before


def test_what_can_and_what_cannot_go_over_are_told_apart(signed_in, gita, rows, units, twins):
    """Biro Organisasi also supports an item of the other body."""
    other = factories.make_recommendation(factories.make_evaluation(units.dinas, 2022))
    factories.make_renaksi(other, units.dinas, supporting=[units.organisasi])
    pair = {"dari": units.organisasi.pk, "ke": twins[0].pk}
    client = signed_in(gita)
    page = text_of(client.get(URL, pair))
    assert "Alihkan 3 rencana aksi" in page
    assert "1 dilewati karena Sekretariat bukan bagian dari Dinas Pariwisata." in page
    told = text_of(client.post(URL, pair, follow=True))
    taker = "Sekretariat · Sekretariat Daerah"
    assert f"3 rencana aksi Sekretariat Daerah dialihkan kepada {taker}." in told
    assert "(Renaksi 1.a · Dinas Pariwisata · LHE 2022)" in told


def test_units_of_one_name_are_offered_with_their_body(signed_in, gita, rows, units, twins):
    page = text_of(signed_in(gita).get(URL))
    for name in ("Sekretariat · Sekretariat Daerah", "Sekretariat · Dinas Pariwisata"):
        assert page.count(name) == 2  # once to give, once to take
    assert "Biro Umum ·" not in page


def test_within_one_body_the_name_is_enough(signed_in, cast, rows, twins):
    page = text_of(signed_in(cast.kadir).get(URL))
    assert "Sekretariat</option>" in page and "Dinas Pariwisata" not in page


def test_the_confirmation_names_the_bodies(signed_in, cast, rows, units, twins):
    page = text_of(signed_in(cast.kadir).get(URL, {"dari": units.organisasi.pk, "ke": twins[0].pk}))
    names = "dari Biro Organisasi · Sekretariat Daerah kepada Sekretariat · Sekretariat Daerah."
    assert names in page


def test_a_list_that_changed_since_the_preview_is_shown_again(signed_in, cast, rows, units, hukum):
    pair = {"dari": units.organisasi.pk, "ke": hukum.pk}
    client = signed_in(cast.kadir)
    seen = client.get(URL, pair).context["outcome"].digest
    Renaksi.objects.filter(pk=rows["open"].pk).update(status="done")
    page = client.post(URL, pair | {"seen": seen})
    assert (page.status_code, "Alihkan 2 rencana aksi" in text_of(page)) == (409, True)
    assert not HistoryEntry.objects.exists()
    again = pair | {"seen": page.context["outcome"].digest}
    assert client.post(URL, again).status_code == 302


def test_a_preview_costs_the_same_for_many(signed_in, cast, recommendation, units, hukum):
    def queries(count):
        for _ in range(count):
            factories.make_renaksi(recommendation, units.organisasi)
        with CaptureQueriesContext(connection) as captured:
            client.get(URL, {"dari": units.organisasi.pk, "ke": hukum.pk})
        return len(captured)

    client = signed_in(cast.kadir)
    queries(1)
    assert queries(1) == queries(20)
