"""Two people with one text open: the second reads both and loses nothing."""

import pytest
from django.urls import reverse

from recommendations.models import Note, QuarterlyReport
from tests import factories


def opened(client, address):
    """The form as a browser would send it back."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value if value or value == 0 else "" for name, value in values.items()}


# ── Quarterly report ────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def quarter(renaksi):
    return reverse("recommendations:quarterly-report-edit", args=[renaksi.pk, 2026, 1])


@pytest.fixture
def both(quarter, signed_in, cast, units):
    """Rina and Ratna have the report open; Rina was quicker."""
    ratna = factories.make_user("ratna", "operator", units.organisasi)
    page = opened(signed_in(cast.rina), quarter) | {"progress": "10"}
    signed_in(cast.rina).post(quarter, page | {"problems": "Data terlambat"})
    return signed_in(ratna), page | {"problems": "Server mati"}


def test_the_second_reads_both(both, quarter):
    client, page = both
    answer = client.post(quarter, page)
    assert answer.status_code == 409
    assert "Data terlambat" in answer.text
    assert "Server mati" in answer.text
    assert QuarterlyReport.objects.get().problems == "Data terlambat"


def test_having_read_both_the_second_may_overwrite(both, quarter):
    client, page = both
    form = client.post(quarter, page).context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert client.post(quarter, again).status_code == 302
    assert QuarterlyReport.objects.get().problems == "Server mati"


def test_the_same_words_twice_are_no_conflict(quarter, signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    page = opened(client, quarter) | {"progress": "10", "problems": "Data terlambat"}
    assert client.post(quarter, page).status_code == 302
    assert client.post(quarter, page).status_code == 302
    assert QuarterlyReport.objects.count() == 1


# ── Note ────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def note(recommendation):
    return reverse("recommendations:note-edit", args=[recommendation.pk])


def typed(client, note, text):
    return opened(client, note) | {
        "text": text,
        "gambar-TOTAL_FORMS": 0,
        "gambar-INITIAL_FORMS": 0,
    }


def test_a_note_that_was_changed_meanwhile(note, signed_in, cast, units):
    kira = factories.make_user("kira", "coordinator", units.setda)
    page = typed(signed_in(kira), note, "<p>Versi Kira</p>")
    client = signed_in(cast.kadir)
    assert client.post(note, typed(client, note, "<p>Versi Kadir</p>")).status_code == 302
    answer = signed_in(kira).post(note, page)
    assert answer.status_code == 409
    assert "Versi Kadir" in answer.text
    assert "Versi Kira" in answer.text
    assert Note.objects.get().text == "<p>Versi Kadir</p>"
    page["seen"] = answer.context["form"]["seen"].value()
    assert signed_in(kira).post(note, page).status_code == 302
    assert Note.objects.get().text == "<p>Versi Kira</p>"


def test_a_note_saved_twice_and_one_taken_away(note, signed_in, cast):
    client = signed_in(cast.kadir)
    page = typed(client, note, "<p>Satu</p>")
    assert client.post(note, page).status_code == 302
    assert client.post(note, page).status_code == 302
    stale = typed(client, note, "<p>Dua</p>")
    client.post(note, typed(client, note, ""))
    assert not Note.objects.exists()
    answer = client.post(note, stale)
    assert answer.status_code == 409
    assert "sudah ditiadakan" in answer.text


# ── Plan ────────────────────────────────────────────────────────────────────────────────────────
def test_of_two_coordinators_the_second_reads_both(renaksi, signed_in, cast, units):
    address = reverse("recommendations:renaksi-plan", args=[renaksi.pk])
    other = factories.make_user("karim", "coordinator", units.setda)
    client = signed_in(cast.kadir)
    page = {name: value for name, value in opened(client, address).items() if value != ""}
    for _ in ("once", "and by a second click"):
        assert client.post(address, page | {"plan": "<p>Susun pedoman</p>"}).status_code == 302
    answer = signed_in(other).post(address, page | {"plan": "<p>Susun edaran</p>"})
    assert answer.status_code == 409
    assert "Susun pedoman" in answer.text and "Susun edaran" in answer.text
    renaksi.refresh_from_db()
    assert renaksi.plan == "<p>Susun pedoman</p>"
    again = {name: answer.context["form"][name].value() or "" for name in page}
    assert client.post(address, again).status_code == 302


# ── LHE ─────────────────────────────────────────────────────────────────────────────────────────
def test_the_sheet_of_an_lhe(evaluation, signed_in, cast, units):
    address = reverse("recommendations:evaluation-edit", args=[evaluation.pk])
    client = signed_in(cast.kadir)
    page = {name: value for name, value in opened(client, address).items() if value != ""}
    for _ in ("once", "and by a second click"):
        assert client.post(address, page | {"subject": "Hasil evaluasi"}).status_code == 302
    answer = client.post(address, page | {"subject": "Laporan evaluasi"})
    assert answer.status_code == 409
    assert "Hasil evaluasi" in answer.text and "Laporan evaluasi" in answer.text
    evaluation.refresh_from_db()
    assert evaluation.subject == "Hasil evaluasi"
