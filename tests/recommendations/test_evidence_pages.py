"""Evidence is added, described, revised, archived and restored; nothing is overwritten."""

import pytest
from django.urls import reverse

from recommendations.models import Evidence, EvidenceRevision, Renaksi
from sakip.history.entries import HistoryEntry
from tests import factories
from tests.recommendations import files


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bare(recommendation, units):
    """A renaksi without evidence."""
    return factories.make_renaksi(recommendation, units.organisasi)


def send(client, name, record, **data):
    return client.post(reverse(f"recommendations:{name}", args=[record.pk]), data)


def add_file(client, renaksi, **data):
    data = {"kind": "file", "title": "Laporan", "file": files.upload()} | data
    return send(client, "evidence-create", renaksi, **data)


def test_a_file_is_kept_under_a_random_name(signed_in, cast, bare, tmp_path):
    response = add_file(
        signed_in(cast.rina),
        bare,
        title="",
        document_number="5/SK",
        document_date="2 Oktober 2023",
        page_hint="3-5",
    )
    assert response.status_code == 302
    evidence = Evidence.objects.get()
    revision = evidence.revisions.get()
    assert (evidence.title, evidence.document_number) == ("laporan", "5/SK")
    assert (revision.number, revision.original_name) == (1, "laporan.pdf")
    assert revision.uploaded_by == cast.rina
    assert "laporan" not in revision.file.name
    assert (tmp_path / revision.file.name).read_bytes() == files.PDF
    assert Renaksi.objects.get().status == "in_progress"
    entry = HistoryEntry.objects.get()
    assert (entry.action, entry.target) == ("add_evidence", bare)
    assert ["Berkas", "-", "laporan.pdf"] in entry.in_words


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "link", "title": "JDIH", "url": "https://jdih.example.go.id/1"},
        {"kind": "separate", "title": "Buku", "document_number": "12"},
    ],
    ids=["link", "separate"],
)
def test_a_link_or_a_separate_document_needs_no_file(signed_in, cast, bare, data):
    assert send(signed_in(cast.rina), "evidence-create", bare, **data).status_code == 302
    assert Evidence.objects.filter(**data).exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "file", "title": "x"}, "Pilih berkas yang akan diunggah"),
        ({"kind": "file", "file": files.upload("x.exe")}, "Yang diterima"),
        ({"kind": "link", "title": "x"}, "Tulis alamat tautannya"),
        ({"kind": "link", "title": "x", "url": "javascript:alert(1)"}, "error-summary"),
        ({"kind": "link", "title": "x", "url": "ftp://a.id/b"}, "error-summary"),
        ({"kind": "separate", "title": ""}, "Tulis judul buktinya"),
        ({"kind": "separate", "title": "x", "url": "https://a.id"}, "Pilih jenis “Tautan”"),
        ({"kind": "separate", "title": "x", "file": files.upload()}, "Pilih jenis “Berkas”"),
        ({}, "error-summary"),
    ],
)
def test_what_does_not_fit_is_asked_about(signed_in, cast, bare, data, sentence):
    response = send(signed_in(cast.rina), "evidence-create", bare, **data)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Evidence.objects.exists()


def test_a_wrong_address_is_told_once_beside_its_field(signed_in, cast, bare):
    fields = {"kind": "link", "title": "x", "url": "www.contoh.go.id/laporan 1"}
    page = send(signed_in(cast.rina), "evidence-create", bare, **fields).content.decode()
    said = "Isi alamat tautan dengan alamat lengkap"
    assert page.count(said) == 2  # in the list of errors and beside the field


def test_sending_a_file_twice_makes_one_record(signed_in, cast, bare):
    client = signed_in(cast.rina)
    add_file(client, bare)
    response = add_file(client, bare, title="Sekali lagi")
    assert "sudah dilampirkan sebagai “Laporan”" in response.content.decode()
    assert (Evidence.objects.count(), EvidenceRevision.objects.count()) == (1, 1)


def test_a_revision_is_added_not_written_over(signed_in, cast, bare, tmp_path):
    client = signed_in(cast.rina)
    add_file(client, bare)
    evidence = Evidence.objects.get()
    new = files.upload("final.pdf", files.PDF + b"\n")
    assert send(client, "evidence-revise", evidence, file=new).status_code == 302
    last, first = evidence.revisions.all()
    assert (first.number, last.number, last.original_name) == (1, 2, "final.pdf")
    assert (tmp_path / first.file.name).read_bytes() == files.PDF
    assert HistoryEntry.objects.first().in_words == [
        ["Laporan · Berkas", "laporan.pdf", "final.pdf"]
    ]


def test_the_same_bytes_are_no_revision(signed_in, cast, bare):
    client = signed_in(cast.rina)
    add_file(client, bare)
    response = send(client, "evidence-revise", Evidence.objects.get(), file=files.upload("b.pdf"))
    assert "sama persis" in response.content.decode()
    assert EvidenceRevision.objects.count() == 1


def test_the_description_changes_and_is_on_record(signed_in, cast, renaksi):
    evidence = renaksi.evidence.get()
    send(signed_in(cast.rina), "evidence-edit", evidence, title="Laporan akhir", page_hint="7")
    assert HistoryEntry.objects.get().in_words == [
        ["Status", "Belum", "Dalam proses"],
        ["Laporan · Judul", "Laporan", "Laporan akhir"],
        ["Laporan · Halaman", "-", "7"],
    ]


def test_the_second_to_describe_evidence_reads_both(signed_in, cast, renaksi):
    evidence, client = renaksi.evidence.get(), signed_in(cast.rina)
    address = reverse("recommendations:evidence-edit", args=[evidence.pk])
    seen = client.get(address).context["form"]["seen"].value()
    send(client, "evidence-edit", evidence, title="Laporan satu", seen=seen)
    answer = send(client, "evidence-edit", evidence, title="Laporan dua", seen=seen)
    assert answer.status_code == 409
    assert "Laporan satu" in answer.text
    assert "Laporan dua" in answer.text
    assert renaksi.evidence.get().title == "Laporan satu"
    now = answer.context["form"]["seen"].value()
    again = send(client, "evidence-edit", evidence, title="Laporan dua", seen=now)
    assert again.status_code == 302
    assert renaksi.evidence.get().title == "Laporan dua"


def test_archived_evidence_can_be_restored(signed_in, cast, renaksi):
    evidence, client = renaksi.evidence.get(), signed_in(cast.rina)
    for name, archived in (("evidence-archive", True), ("evidence-restore", False)):
        assert send(client, name, evidence).status_code == 302
        assert send(client, name, evidence).status_code == 409
        evidence.refresh_from_db()
        assert evidence.is_archived is archived
    actions = HistoryEntry.objects.values_list("action", flat=True)
    assert list(actions) == ["restore_evidence", "archive_evidence"]


@pytest.mark.parametrize("name", ["evidence-edit", "evidence-revise"])
def test_archived_evidence_is_restored_before_it_is_changed(signed_in, cast, renaksi, name):
    renaksi.evidence.update(is_archived=True, kind="file")
    assert send(signed_in(cast.rina), name, renaksi.evidence.get(), title="x").status_code == 409


def test_only_a_file_has_revisions(signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    assert send(client, "evidence-revise", renaksi.evidence.get()).status_code == 409


WRITING = ["create", "edit", "revise", "archive", "restore"]


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("umar", "open", 404),
        ("sari", "open", 404),
        ("dewi", "open", 403),
        ("laila", "open", 403),
        ("rina", "submitted", 409),
        ("kadir", "submitted", 409),
        ("rina", "done", 409),
        ("rina", "not_actionable", 409),
    ],
)
@pytest.mark.parametrize("action", WRITING)
def test_locked_and_foreign_evidence_stays_as_it_is(
    signed_in, cast, renaksi, who, status, code, action
):
    Renaksi.objects.update(status=status, not_actionable_reason="Dicabut.")
    evidence = renaksi.evidence.get()
    target = renaksi if action == "create" else evidence
    client = signed_in(getattr(cast, who))
    data = {"kind": "separate", "title": "Lain", "file": files.upload()}
    assert send(client, f"evidence-{action}", target, **data).status_code == code
    assert list(renaksi.evidence.all()) == [evidence]
    assert not HistoryEntry.objects.exists()


@pytest.mark.parametrize("action", ["archive", "restore"])
def test_a_link_alone_archives_nothing(signed_in, cast, renaksi, action):
    url = reverse(f"recommendations:evidence-{action}", args=[renaksi.evidence.get().pk])
    assert signed_in(cast.rina).get(url).status_code == 405
