"""The coordinator changes many renaksi at once; what may not be changed is skipped and named."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.services.bulk_plan import change_many
from sakip.history.entries import HistoryEntry
from tests import factories

URL = reverse("recommendations:renaksi-bulk")
LIST = reverse("recommendations:renaksi-list")


@pytest.fixture
def rows(recommendation, units):
    """Open, returned and done; led by Biro Organisasi, the first supported by Biro Umum."""
    make = factories.make_renaksi
    return [
        make(recommendation, units.organisasi, supporting=[units.umum]),
        make(recommendation, units.organisasi, status="returned"),
        make(recommendation, units.organisasi, status="done"),
    ]


def post(client, rows, **data):
    return client.post(URL, {"renaksi": [row.pk for row in rows], **data}, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_the_due_date_of_all_that_is_open_is_set(signed_in, cast, rows):
    response = post(signed_in(cast.kadir), rows, due_date="31 Desember 2026")
    dates = Renaksi.objects.order_by("position").values_list("due_date", flat=True)
    assert [str(day) for day in dates] == ["2026-12-31", "2026-12-31", "None"]
    assert messages(response) == [
        "2 rencana aksi Sekretariat Daerah diubah.",
        "1 rencana aksi dilewati. Sudah ditutup dengan status “Tuntas”. (Renaksi 1.c · LHE 2022)",
    ]
    entries = HistoryEntry.objects.all()
    assert {entry.label for entry in entries} == {"Renaksi 1.a", "Renaksi 1.b"}
    assert len({entry.batch for entry in entries}) == 1
    assert entries[0].in_words == [["Batas waktu", "-", "31 Desember 2026"]]


def test_units_are_exchanged_added_and_released(signed_in, cast, rows, units):
    hukum = factories.make_unit("Biro Hukum", parent=units.setda)
    data = {"lead_unit": units.umum.pk, "add_units": [hukum.pk, units.organisasi.pk]}
    post(signed_in(cast.kadir), rows[:1], **data)
    row = rows[0]
    row.refresh_from_db()
    assert row.lead_unit == units.umum
    assert set(row.supporting_units.all()) == {hukum, units.organisasi}  # the lead is no support
    post(signed_in(cast.kadir), rows[:1], remove_units=[hukum.pk])
    assert list(row.supporting_units.all()) == [units.organisasi]
    changes = HistoryEntry.objects.first().in_words
    assert changes == [["Unit pendukung", "Biro Hukum, Biro Organisasi", "Biro Organisasi"]]


def test_what_stands_so_already_leaves_no_history(signed_in, cast, rows, units):
    response = post(signed_in(cast.kadir), rows[:2], lead_unit=units.organisasi.pk)
    assert messages(response) == ["2 rencana aksi sudah seperti yang diminta."]
    assert not HistoryEntry.objects.exists()


def test_all_that_the_filters_let_through(signed_in, cast, rows):
    data = {"semua": "ya", "saringan": "status=returned", "due_date": "1/12/2026"}
    client = signed_in(cast.kadir)
    response = client.post(URL, data)
    assert response.url == f"{LIST}?status=returned"
    assert [row.due_date is not None for row in Renaksi.objects.order_by("position")] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "data", [{}, {"renaksi": ["x", "9" * 30]}, {"semua": "ya", "saringan": "status=x"}]
)
def test_nothing_chosen_changes_nothing(signed_in, cast, rows, data):
    response = signed_in(cast.kadir).post(URL, {**data, "due_date": "1/12/2026"})
    assert "Belum ada rencana aksi yang dipilih" in response.content.decode()
    assert not HistoryEntry.objects.exists()


def test_the_page_carries_the_choice_along(signed_in, cast, rows):
    page = signed_in(cast.kadir).get(URL, {"renaksi": [rows[0].pk], "saringan": "q=a"})
    html = page.content.decode()
    assert f'href="{LIST}?q=a"' in html
    assert f'name="renaksi" value="{rows[0].pk}"' in html
    assert 'name="saringan" value="q=a"' in html
    assert 'name="semua"' not in html


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Isi paling sedikit satu"),
        ({"due_date": "12/31/2026"}, "mendahulukan bulan"),
        ({"add_units": "umum", "remove_units": "umum"}, "tidak dapat ditambahkan sekaligus"),
    ],
)
def test_a_senseless_wish_comes_back(signed_in, cast, rows, units, fields, words):
    data = {name: units.umum.pk if value == "umum" else value for name, value in fields.items()}
    assert words in post(signed_in(cast.kadir), rows, **data).content.decode()


def test_a_unit_of_another_body_is_skipped(cast, rows, units):
    outcome = change_many(
        renaksi_ids=[row.pk for row in rows],
        actor=cast.kadir,
        at=timezone.now(),
        lead_unit=units.dinas,
    )
    assert outcome.changed == []
    assert outcome.skipped == {
        "Dinas Pariwisata bukan bagian dari Sekretariat Daerah.": rows[:2],
        "Sudah ditutup dengan status “Tuntas”.": rows[2:],
    }


def test_rows_out_of_reach_are_left_alone(signed_in, cast, rows):
    other = change_many(
        renaksi_ids=[rows[0].pk], actor=cast.sari, at=timezone.now(), due_date="2026-12-31"
    )
    assert other.skipped == {"Data ini milik unit lain.": rows[:1]}
    response = post(signed_in(cast.sari), rows, due_date="31/12/2026")
    assert "Belum ada rencana aksi yang dipilih" in response.content.decode()
    assert not HistoryEntry.objects.exists()


@pytest.mark.parametrize("who", ["rina", "dewi", "laila"])
def test_only_coordinators(signed_in, cast, rows, who):
    person = getattr(cast, who)
    client = signed_in(person)
    assert client.get(URL).status_code == 403
    assert post(client, rows, due_date="31/12/2026").status_code == 403
    with pytest.raises(PermissionDenied):
        change_many(renaksi_ids=[rows[0].pk], actor=person, at=timezone.now())


def test_no_other_method(signed_in, cast):
    assert signed_in(cast.kadir).put(URL).status_code == 405
