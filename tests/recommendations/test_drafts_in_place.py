"""Writing within a row of the home page: the row comes back, with what happened."""

import pytest
from django.urls import reverse

from recommendations.models import Draft, Evidence, Renaksi
from sakip.history.entries import HistoryEntry
from tests import factories
from tests.recommendations import files
from tests.recommendations.test_renaksi_edit import posted, write

LINK = {"bukti-kind": "link", "bukti-url": "https://jdih.example.go.id/1", "bukti-title": "JDIH"}


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bare(recommendation, units):
    return factories.make_renaksi(recommendation, units.organisasi, follow_up="")


@pytest.fixture
def in_row(signed_in, cast):
    """in_row(renaksi) opens the row as Rina; with data, it sends the form."""

    def ask(renaksi, data=None, **headers):
        client, address = (
            signed_in(cast.rina),
            reverse("recommendations:renaksi-edit", args=[renaksi.pk]),
        )
        headers = {"HX-Request": "true", "HX-Target": f"pekerjaan-{renaksi.pk}", **headers}
        return (
            client.get(address, headers=headers)
            if data is None
            else client.post(address, data, headers=headers)
        )

    return ask


def test_a_row_opens_into_a_form(in_row, bare):
    text = in_row(bare).content.decode()
    assert text.strip().startswith("<li")
    assert "<html" not in text
    assert f'hx-target="#pekerjaan-{bare.pk}"' in text


def test_a_file_and_the_words_are_saved_together(in_row, bare):
    data = posted(follow_up="<p>Sudah</p>") | {"bukti-kind": "file", "bukti-file": files.upload()}
    text = in_row(bare, data).content.decode()
    assert "Tindak lanjut dan bukti “laporan” disimpan." in text
    assert "Lengkap, siap dikirim." in text
    assert "<form" not in text
    actions = HistoryEntry.objects.about(bare).values_list("action", flat=True)
    assert sorted(actions) == ["add_evidence", "edit"]


def test_words_alone_are_enough_and_say_what_is_missing(in_row, bare):
    text = in_row(bare, posted(**{"bukti-kind": "file"})).content.decode()
    assert "Tindak lanjut disimpan." in text
    assert "Lampirkan paling sedikit satu bukti" in text
    assert not Evidence.objects.exists()


def test_evidence_alone_is_enough(in_row, bare):
    in_row(bare, posted(follow_up="") | LINK)
    assert Evidence.objects.get().title == "JDIH"
    assert Renaksi.objects.get().version == 1


def test_neither_is_saved_when_one_is_refused(in_row, bare):
    data = posted(follow_up="<p>Sudah</p>") | {
        "bukti-kind": "file",
        "bukti-file": files.upload("x.exe"),
    }
    response = in_row(bare, data)
    text = response.content.decode()
    assert response.status_code == 200
    assert "tidak dapat diterima" in text
    assert "Sudah" in text
    assert Renaksi.objects.get().follow_up == ""


def test_words_are_not_saved_when_the_proof_is_there_already(in_row, bare):
    in_row(bare, posted(follow_up="<p>Satu</p>") | LINK)
    text = in_row(bare, posted(version=2, follow_up="<p>Dua</p>") | LINK).content.decode()
    assert "sudah dilampirkan" in text
    assert "Dua" in text
    assert Renaksi.objects.get().follow_up == "<p>Satu</p>"


def test_the_same_form_sent_twice_is_saved_once(in_row, bare):
    data = posted(follow_up="<p>Sudah</p>") | LINK
    in_row(bare, data)
    text = in_row(bare, data).content.decode()
    assert "sudah dilampirkan" in text
    assert Evidence.objects.count() == 1
    assert HistoryEntry.objects.filter(action="edit").count() == 1
    assert Renaksi.objects.get().version == 2


def test_the_same_words_sent_twice_are_no_conflict(in_row, bare):
    for _ in range(2):
        response = in_row(bare, posted(follow_up="<p>Sudah</p>"))
        assert (response.status_code, Renaksi.objects.get().version) == (200, 1)


def test_two_writers_are_shown_both_texts_in_the_row(in_row, bare, cast):
    write(bare, cast.kadir, follow_up="<p>Kata Kadir</p>")
    response = in_row(bare, posted(follow_up="<p>Kata Rina</p>"))
    text = response.content.decode()
    assert response.status_code == 409
    for words in ("Kata Kadir", "Kata Rina", 'name="version" value="1"', "<li"):
        assert words in text


def test_an_item_sent_meanwhile_says_so_in_its_row(in_row, bare):
    Renaksi.objects.update(status="submitted")
    text = in_row(bare).content.decode()
    assert "Menunggu reviu" in text
    assert "<form" not in text
    response = in_row(bare, posted(follow_up="<p>Jangan hilang</p>"))
    assert response.status_code == 409
    assert "Jangan hilang" in response.content.decode()


def test_on_its_own_page_htmx_is_led_on(in_row, bare):
    response = in_row(bare, posted(), **{"HX-Target": "tulis"})
    assert response.headers["HX-Redirect"] == bare.get_absolute_url()


def test_a_draft_is_restored_within_the_row_and_named_in_the_list(in_row, bare, cast, client):
    content = {"follow_up": {"follow_up": "<p>Draf Rina</p>"}, "steps": [], "evidence": {}}
    Draft.objects.create(
        renaksi=bare, author=cast.rina, content=content, saved_at="2026-03-02T04:00Z"
    )
    assert "Draf Rina" in in_row(bare).content.decode()
    home = client.get("/").content.decode()
    assert ">Draf</span>" in home


def test_a_complete_item_offers_to_be_sent(signed_in, cast, renaksi):
    page = signed_in(cast.rina).get("/").content.decode()
    assert reverse("recommendations:renaksi-submit", args=[renaksi.pk]) in page
    assert reverse("recommendations:renaksi-edit", args=[renaksi.pk]) in page


def test_several_files_are_attached_at_once_as_one_action(in_row, bare):
    chosen = [files.upload("surat.pdf"), files.upload("foto.png", files.picture())]
    text = in_row(bare, posted() | {"bukti-kind": "file", "bukti-file": chosen}).content.decode()
    assert "Tindak lanjut dan bukti “surat”, “foto” disimpan." in text
    assert HistoryEntry.objects.values("batch").distinct().count() == 1


def test_of_several_files_one_that_is_refused_is_named(in_row, bare):
    chosen = [files.upload("surat.pdf"), files.upload("virus.exe", files.EXE)]
    text = in_row(bare, posted() | {"bukti-kind": "file", "bukti-file": chosen}).content.decode()
    assert "Berkas “virus.exe” tidak dapat diterima" in text
    assert not Evidence.objects.exists()
