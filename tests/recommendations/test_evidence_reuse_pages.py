"""Several files at once; the same file is recognised, shared and attached again without an upload."""

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Evidence, EvidenceRevision, Renaksi
from recommendations.services.evidence import add_evidence
from sakip.history.entries import HistoryEntry
from sakip.uploads.check import check_upload
from tests import factories
from tests.recommendations import files


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def item(recommendation, units):
    """item(unit) makes a renaksi of Biro Organisasi or another unit without evidence."""

    def make(unit=units.organisasi, **fields):
        return factories.make_renaksi(recommendation, unit, **fields)

    return make


@pytest.fixture
def attach(cast):
    """Attaches a file as if through the page, by Kadir, who may everywhere in the body."""

    def attach(renaksi, content=files.PDF, name="laporan.pdf", **fields):
        fields = {"kind": "file", "title": "Laporan", "actor": cast.kadir} | fields
        upload = check_upload(files.upload(name, content))
        return add_evidence(renaksi=renaksi, at=timezone.now(), upload=upload, **fields)

    return attach


def stored(tmp_path):
    return [path for path in (tmp_path / "bukti").rglob("*") if path.is_file()]


def send(client, renaksi, *uploads, **data):
    url = reverse("recommendations:evidence-create", args=[renaksi.pk])
    return client.post(url, {"kind": "file", "file": list(uploads), **data}, follow=True)


def pdf(number):
    return files.upload(f"lampiran {number}.pdf", files.PDF + b"%" + str(number).encode())


# ── Several at once ─────────────────────────────────────────────────────────────────────────────
def test_each_file_becomes_a_piece_titled_by_its_name(signed_in, cast, item):
    renaksi = item()
    response = send(signed_in(cast.rina), renaksi, pdf(1), pdf(2), pdf(3), document_number="5/SK")
    titles = renaksi.evidence.values_list("title", "document_number", "position")
    assert list(titles) == [(f"lampiran {n}", "5/SK", n) for n in (1, 2, 3)]
    assert "“lampiran 1”, “lampiran 2”, “lampiran 3” ditambahkan" in response.text
    entries = HistoryEntry.objects.about(renaksi)
    assert [entry.action for entry in entries] == ["add_evidence"] * 3
    assert len({entry.batch for entry in entries}) == 1


def test_what_is_refused_is_named_and_the_good_ones_are_kept(signed_in, cast, item, tmp_path):
    renaksi = item()
    bad, empty = files.upload("virus.exe", files.EXE), files.upload("palsu.pdf", b"bukan PDF")
    response = send(signed_in(cast.rina), renaksi, pdf(1), bad, pdf(2), empty)
    assert response.status_code == 200
    assert list(renaksi.evidence.values_list("title", flat=True)) == ["lampiran 1", "lampiran 2"]
    for words in ("virus.exe", "palsu.pdf", "error-summary", "“lampiran 1”, “lampiran 2” ditambah"):
        assert words in response.text
    assert len(stored(tmp_path)) == 2


def test_the_same_file_chosen_twice_is_attached_once(signed_in, cast, item):
    renaksi = item()
    again = files.upload("salinan.pdf", pdf(1).read())
    response = send(signed_in(cast.rina), renaksi, pdf(1), again)
    assert renaksi.evidence.count() == 1
    assert "Berkas “salinan.pdf” sudah dilampirkan sebagai “lampiran 1”" in response.text


def test_a_title_typed_for_several_is_not_lost(signed_in, cast, item):
    renaksi = item()
    send(signed_in(cast.rina), renaksi, pdf(1), pdf(2), title="Notulen")
    titles = list(renaksi.evidence.values_list("title", flat=True))
    assert titles == ["Notulen: lampiran 1", "Notulen: lampiran 2"]


def test_several_files_for_a_link_are_asked_about_once(signed_in, cast, item):
    response = send(signed_in(cast.rina), item(), pdf(1), pdf(2), kind="link", url="https://a.id")
    assert response.context["form"].errors["file"] == [
        "Pilih jenis “Berkas”, atau kosongkan berkasnya."
    ]
    assert not Evidence.objects.exists()


# ── Recognised ──────────────────────────────────────────────────────────────────────────────────
def test_a_file_known_from_another_item_is_shared(signed_in, cast, item, attach, tmp_path):
    first, second = item(), item()
    attach(first, title="Laporan monev")
    response = send(signed_in(cast.rina), second, files.upload("lagi.pdf"))
    one, two = EvidenceRevision.objects.all()
    assert one.file.name == two.file.name
    assert len(stored(tmp_path)) == 1
    assert f"sama dengan yang ada pada {first} · LHE 2022 (“Laporan monev”)" in response.text
    address = reverse("recommendations:evidence-file", args=[second.evidence.get().pk, 1])
    answer = signed_in(cast.rina).get(address)
    assert b"".join(answer.streaming_content) == files.PDF
    assert 'filename="lagi.pdf"' in answer["Content-Disposition"]


def test_a_file_the_person_cannot_see_is_neither_told_nor_shared(
    signed_in, cast, units, item, attach, tmp_path
):
    attach(item(units.umum), title="Rahasia")
    response = send(signed_in(cast.rina), item(), files.upload("lagi.pdf"))
    assert "Rahasia" not in response.text
    assert "dikenali" not in response.text
    assert len(stored(tmp_path)) == 2


def test_a_copy_lost_from_the_store_is_stored_anew(signed_in, cast, item, attach, tmp_path):
    attach(item())
    stored(tmp_path)[0].unlink()
    renaksi = item()
    send(signed_in(cast.rina), renaksi, files.upload("lagi.pdf"))
    revision = renaksi.evidence.get().revisions.get()
    assert (tmp_path / revision.file.name).read_bytes() == files.PDF


def test_archiving_one_leaves_the_other_readable(signed_in, cast, item, attach):
    first, second = item(), item()
    piece = attach(first)
    attach(second)
    client = signed_in(cast.rina)
    client.post(reverse("recommendations:evidence-archive", args=[piece.pk]))
    for row in Evidence.objects.all():
        answer = client.get(reverse("recommendations:evidence-file", args=[row.pk, 1]))
        assert b"".join(answer.streaming_content) == files.PDF


# ── Used again from the list ────────────────────────────────────────────────────────────────────
def list_of(client, renaksi, **query):
    return client.get(reverse("recommendations:evidence-reuse", args=[renaksi.pk]), query)


def offered(response):
    return [revision.evidence for revision in response.context["page"]]


def pick(client, renaksi, *revisions):
    url = reverse("recommendations:evidence-reuse", args=[renaksi.pk])
    return client.post(url, {"files": [revision.pk for revision in revisions]})


def test_files_of_own_items_are_attached_without_an_upload(signed_in, cast, item, attach, tmp_path):
    other, renaksi = item(), item()
    one = attach(other, title="Laporan", document_number="5/SK", page_hint="3", caption="Akhir")
    two = attach(other, files.picture(), "foto.png", title="Foto")
    response = pick(signed_in(cast.rina), renaksi, one.revisions.get(), two.revisions.get())
    assert response.url == renaksi.get_absolute_url()
    fields = renaksi.evidence.values_list("title", "document_number", "page_hint", "caption")
    assert sorted(fields) == [("Foto", "", "", ""), ("Laporan", "5/SK", "3", "Akhir")]
    revision = EvidenceRevision.objects.get(evidence__renaksi=renaksi, original_name="laporan.pdf")
    assert (revision.number, revision.uploaded_by) == (1, cast.rina)
    assert revision.file.name == one.revisions.get().file.name
    assert len(stored(tmp_path)) == 2
    assert Renaksi.objects.get(pk=renaksi.pk).status == "in_progress"
    assert [entry.action for entry in HistoryEntry.objects.about(renaksi)] == ["add_evidence"] * 2


def test_offered_are_visible_current_files_each_once(
    signed_in, cast, units, item, attach, evaluation
):
    renaksi, other = item(), item()
    shown = attach(other, title="Ada")
    attach(item(), title="Ada juga")  # the same bytes
    attach(other, files.PDF + b"1", title="Arsip")
    Evidence.objects.filter(title="Arsip").update(is_archived=True)
    attach(item(units.umum), files.PDF + b"2", title="Milik Biro Umum")
    attach(renaksi, files.PDF + b"3", title="Sudah di sini")
    attach(other, files.PDF + b"3", title="Sama dengan yang di sini")
    supported = attach(item(units.umum, supporting=[units.organisasi]), files.PDF + b"4")
    assert offered(list_of(signed_in(cast.rina), renaksi)) == [supported, shown]


def test_only_the_latest_revision_is_offered(signed_in, cast, item, attach):
    piece, renaksi = attach(item()), item()
    url = reverse("recommendations:evidence-revise", args=[piece.pk])
    client = signed_in(cast.rina)
    client.post(url, {"file": files.upload("final.pdf", files.PDF + b"\n")})
    (revision,) = list_of(client, renaksi).context["page"]
    assert revision.original_name == "final.pdf"


def test_the_list_is_searched_by_title_name_and_number(signed_in, cast, item, attach):
    other, renaksi = item(), item()
    piece = attach(other, title="Monev", name="hasil rapat.pdf", document_number="12/SK")
    client = signed_in(cast.rina)
    for text in ("mone", "RAPAT", "12/"):
        assert offered(list_of(client, renaksi, q=text)) == [piece]
    assert offered(list_of(client, renaksi, q="lain")) == []


@pytest.mark.parametrize("where", ["none", "foreign", "here"])
def test_what_is_not_on_offer_is_not_attached(signed_in, cast, units, item, attach, where):
    renaksi = item()
    revisions = {
        "none": list,
        "foreign": lambda: [attach(item(units.umum)).revisions.get()],
        "here": lambda: [attach(renaksi).revisions.get()],
    }[where]()
    before = renaksi.evidence.count()
    response = pick(signed_in(cast.rina), renaksi, *revisions)
    assert response.status_code == 200
    assert "error-summary" in response.text
    assert renaksi.evidence.count() == before


def test_a_file_lost_from_the_store_is_told_and_nothing_is_attached(
    signed_in, cast, item, attach, tmp_path
):
    other, renaksi = item(), item()
    good = attach(other, files.PDF + b"1").revisions.get()
    lost = attach(other).revisions.get()
    (tmp_path / lost.file.name).unlink()
    response = pick(signed_in(cast.rina), renaksi, good, lost)
    assert "tidak ada lagi di tempat penyimpanan" in response.text
    assert not renaksi.evidence.exists()


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("umar", "open", 404),
        ("sari", "open", 404),
        ("dewi", "open", 403),
        ("laila", "open", 403),
        ("rina", "submitted", 409),
        ("kadir", "done", 409),
        ("kadir", "returned", 302),
    ],
)
def test_who_may_use_files_again_and_when(signed_in, cast, item, attach, who, status, code):
    piece, renaksi = attach(item()), item()
    Renaksi.objects.filter(pk=renaksi.pk).update(status=status)
    client = signed_in(getattr(cast, who))
    assert pick(client, renaksi, piece.revisions.get()).status_code == code
    assert renaksi.evidence.exists() is (code == 302)
    url = reverse("recommendations:evidence-reuse", args=[renaksi.pk])
    assert client.put(url).status_code == 405


def test_as_many_queries_for_fifty_files_as_for_one(signed_in, cast, item, attach, queries_of):
    signed_in(cast.rina)
    other, renaksi = item(), item()
    url = reverse("recommendations:evidence-reuse", args=[renaksi.pk])
    attach(other)
    one = queries_of(url)
    for number in range(49):
        attach(other, files.PDF + str(number).encode())
    assert queries_of(url) == one
