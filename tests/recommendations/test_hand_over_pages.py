"""All open items of one unit go to another in one action."""

import pytest
from django.urls import reverse

from recommendations.models import Renaksi
from sakip.history import HistoryEntry
from tests import factories

URL = reverse("recommendations:hand-over")


@pytest.fixture
def rows(recommendation, units):
    """Two open and one closed item led by Biro Organisasi, one it supports, one of Biro Umum alone."""
    make = factories.make_renaksi
    return {
        "open": make(recommendation, units.organisasi),
        "shared": make(
            recommendation, units.organisasi, supporting=[units.umum], status="submitted"
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
