"""All evidence of an LHE in one ZIP: named as in the annex, within rights, whatever became of the files."""

import csv
import hashlib
import re
import tracemalloc
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from recommendations.models import EvidenceRevision
from reports.documents import evidence_zip
from reports.documents.evidence_zip import LIST, README, windows_name
from tests import factories

FOLDER = "Bukti dukung LHE SAKIP 2023 Sekretariat Daerah/"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def attach(cast):
    def add(
        renaksi, title="Laporan", content=b"%PDF-1.4 isi", name="scan.pdf", sha256="", **fields
    ):
        evidence = factories.make_evidence(renaksi, title, kind="file", **fields)
        revision = EvidenceRevision(
            evidence=evidence,
            number=1,
            original_name=name,
            content_type="application/pdf",
            size=len(content),
            sha256=sha256 or hashlib.sha256(content).hexdigest(),
            uploaded_by=cast.rina,
        )
        revision.file.save(name, ContentFile(content))
        return revision

    return add


def url_of(evaluation):
    return reverse("reports:evidence-files", args=[evaluation.pk])


def opened(client, evaluation):
    response = client.get(url_of(evaluation))
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    file = ZipFile(BytesIO(b"".join(response.streaming_content)))
    assert file.testzip() is None
    return file


def listed(file):
    text = file.read(FOLDER + LIST).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def files_in(file):
    return [name.removeprefix(FOLDER) for name in file.namelist() if name.endswith(".pdf")]


def test_files_are_named_as_in_the_annex(signed_in, cast, evaluation, renaksi, attach):
    second = factories.make_renaksi(renaksi.recommendation, renaksi.lead_unit)
    attach(renaksi, "Laporan monev", b"%PDF satu", position=2)
    attach(second, "Notulen.pdf", b"%PDF dua")
    factories.make_evidence(
        second, "Laman", kind="link", url="https://contoh.example/a", position=3
    )
    attach(second, "Usang", is_archived=True)
    file = opened(signed_in(cast.kadir), evaluation)
    assert files_in(file) == [
        "Lampiran 02 - Rekomendasi 1.a - Laporan monev.pdf",
        "Lampiran 03 - Rekomendasi 1.b - Notulen.pdf",
    ]
    assert file.read(FOLDER + "Lampiran 03 - Rekomendasi 1.b - Notulen.pdf") == b"%PDF dua"
    rows = listed(file)
    annex = [(row["Lampiran"], row["Untuk"], row["Berkas dalam ZIP"]) for row in rows]
    assert annex == [
        ("1", "Rekomendasi 1.a", "Dokumen terpisah"),
        ("2", "Rekomendasi 1.a", "Lampiran 02 - Rekomendasi 1.a - Laporan monev.pdf"),
        ("3", "Rekomendasi 1.b", "Lampiran 03 - Rekomendasi 1.b - Notulen.pdf"),
        ("4", "Rekomendasi 1.b", "Tidak ada berkas: buka alamatnya"),
    ]
    assert rows[3]["Berkas atau Alamat"] == "https://contoh.example/a"
    assert "2 berkas" in file.read(FOLDER + README).decode("utf-8-sig")


def test_what_is_lost_or_changed_on_disk_is_listed_and_stops_nothing(
    signed_in, cast, evaluation, renaksi, attach
):
    gone = attach(renaksi, "Hilang", position=2)
    attach(renaksi, "Berubah", sha256="0" * 64, position=3)
    attach(renaksi, "Utuh", position=4)
    gone.file.storage.delete(gone.file.name)
    file = opened(signed_in(cast.kadir), evaluation)
    assert files_in(file) == ["Lampiran 04 - Rekomendasi 1 - Utuh.pdf"]
    places = [row["Berkas dalam ZIP"] for row in listed(file)]
    assert places[1] == "Tidak disertakan karena tidak ada lagi di tempat penyimpanan"
    assert "isinya tidak sama lagi" in places[2]
    text = file.read(FOLDER + README).decode("utf-8-sig")
    for words in ("Lampiran 2 (Rekomendasi 1)", "Lampiran 3 (Rekomendasi 1)", "1 berkas"):
        assert words in text


def test_an_operator_gets_only_what_the_own_unit_may_see(
    signed_in, cast, units, evaluation, renaksi, attach
):
    theirs = factories.make_renaksi(renaksi.recommendation, units.umum)
    attach(theirs, "Rahasia Biro Umum")
    attach(renaksi, "Milik kami", position=2)
    file = opened(signed_in(cast.rina), evaluation)
    everything = "".join(file.namelist()) + str(listed(file))
    assert "Milik kami" in everything
    assert "Rahasia" not in everything
    text = file.read(FOLDER + README).decode("utf-8-sig")
    assert "Hanya tindak lanjut unit Anda" in text
    assert "Rahasia" in "".join(opened(signed_in(cast.laila), evaluation).namelist())


def test_another_body_gets_nothing(signed_in, cast, evaluation, renaksi, attach):
    attach(renaksi)
    assert signed_in(cast.sari).get(url_of(evaluation)).status_code == 404


def test_without_evidence_the_list_says_so(signed_in, cast, evaluation, recommendation):
    response = signed_in(cast.kadir).get(url_of(evaluation), follow=True)
    assert response.redirect_chain[0][0].endswith(f"evidence-annex/?evaluasi={evaluation.pk}")
    assert "Belum ada bukti dukung yang dapat Anda unduh" in response.text


def test_a_head_request_packs_nothing(signed_in, cast, evaluation, renaksi, attach, monkeypatch):
    attach(renaksi)
    monkeypatch.setattr(evidence_zip, "stream", lambda archive: 1 / 0)
    assert signed_in(cast.kadir).head(url_of(evaluation)).status_code == 200


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('a<b>c:d"e/f\\g|h?i*j', "a_b_c_d_e_f_g_h_i_j.pdf"),
        ("akhir titik. . ", "akhir titik.pdf"),
        ("baris\nbaru\tdan\x00nol\u202e", "baris baru dannol.pdf"),
        ("../../etc/passwd", ".._.._etc_passwd.pdf"),
        ("e\u0301", "\u00e9.pdf"),
    ],
)
def test_names_that_windows_accepts(text, name):
    assert windows_name(text, ".pdf") == name


def test_long_and_equal_titles_stay_apart(signed_in, cast, evaluation, renaksi, attach):
    for position in (2, 3):
        attach(renaksi, "Laporan kinerja " * 12, position=position)
    names = files_in(opened(signed_in(cast.kadir), evaluation))
    assert len({name.lower() for name in names}) == 2
    for name in names:
        assert len(name) <= evidence_zip.NAME_LENGTH
        assert re.fullmatch(r"Lampiran 0[23] - .*[^ .]\.pdf", name)


def test_memory_does_not_grow_with_the_files(cast, evaluation, renaksi, attach):
    for position in range(2, 8):
        attach(renaksi, content=bytes(position) + b"x" * (12 << 20), position=position)
    archive = evidence_zip.collect(evaluation, cast.kadir)
    tracemalloc.start()
    sizes = [len(piece) for piece in evidence_zip.stream(archive)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(sizes) > 72 << 20
    assert peak < 10 << 20
    assert max(sizes) <= evidence_zip.CHUNK


def test_as_many_queries_for_many_files(
    cast, evaluation, renaksi, attach, django_assert_num_queries
):
    def pack():
        list(evidence_zip.stream(evidence_zip.collect(evaluation, cast.kadir)))

    attach(renaksi, position=2)
    pack()
    for position in range(3, 20):
        attach(renaksi, position=position)
    with django_assert_num_queries(8):
        pack()


@pytest.mark.parametrize("page", ["recommendations:evaluation-detail", "reports:report-list"])
def test_it_is_offered_beside_the_list(signed_in, cast, evaluation, renaksi, page):
    arguments = [evaluation.pk] if page.endswith("detail") else []
    assert url_of(evaluation) in signed_in(cast.kadir).get(reverse(page, args=arguments)).text


def test_it_is_offered_on_the_page_of_the_list(signed_in, cast, evaluation, renaksi):
    page = reverse("reports:report-preview", args=["evidence-annex"])
    assert url_of(evaluation) in signed_in(cast.kadir).get(page, {"evaluasi": evaluation.pk}).text
