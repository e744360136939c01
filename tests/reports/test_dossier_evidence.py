"""The evidence in the dossier: listed, attached or merged, and never trusted."""

import hashlib
from datetime import date
from io import BytesIO
from itertools import chain

import pdfplumber
import pikepdf
import pytest
from django.core.files.base import ContentFile
from pikepdf import Dictionary, Name
from PIL import Image
from pypdf import PdfReader

from recommendations.models import EvidenceRevision
from reports.archival import CLAIMS
from reports.documents.dossier import evidence_files
from reports.exports import catalogue
from reports.exports.catalogue import Cancelled, ExportSpec, export_file
from reports.renderers import binding
from reports.verification import Seal
from tests import factories
from tests.reports.reading import outline, words

TODAY = date(2023, 10, 2)
MILLIMETRE = 72 / 25.4
PDF, JPEG = "application/pdf", "image/jpeg"


def pdf(*texts, size=(595, 842), mend=None, **saving) -> bytes:
    """One page for each text."""
    book = pikepdf.new()
    for text in texts:
        page = book.add_blank_page(page_size=size)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        drawn = f"BT /F1 12 Tf 72 400 Td ({text}) Tj ET"
        page.obj.Contents = book.make_stream(drawn.encode())
    if mend:
        mend(book)
    output = BytesIO()
    book.save(output, **saving)
    return output.getvalue()


def picture(size) -> bytes:
    output = BytesIO()
    Image.new("RGB", size, "navy").save(output, "JPEG")
    return output.getvalue()


@pytest.fixture
def attach(renaksi, cast):
    """attach(content, …) adds a file to the renaksi, which already has a separate document."""

    def add(content, name="laporan.pdf", content_type=PDF, sha256=None, **fields):
        evidence = factories.make_evidence(renaksi, kind="file", **fields)
        revision = EvidenceRevision(
            evidence=evidence,
            number=1,
            original_name=name,
            content_type=content_type,
            size=len(content),
            sha256=sha256 or hashlib.sha256(content).hexdigest(),
            uploaded_by=cast.rina,
        )
        revision.file.save(name, ContentFile(content))
        return revision

    return add


@pytest.fixture
def dossier(renaksi, cast):
    def make(with_evidence="merged", progress=None) -> bytes:
        order = ExportSpec(
            name="dossier",
            format="pdf",
            evaluation_id=renaksi.recommendation.evaluation_id,
            options={"with_evidence": with_evidence},
        )
        return export_file(order, cast.kadir, today=TODAY, progress=progress).content

    return make


def page_texts(content):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def test_annexes_are_numbered_to_the_table(dossier, attach):
    revision = attach(pdf("Isi"), title="Laporan monev", caption="Ditandatangani", page_hint="3")
    content = dossier("none")
    table, *_, listed = page_texts(content)[2:]
    assert "Sudah/ Belum Lampiran" in table
    assert "1; 2 (hlm. 3)" in table
    assert "Rekomendasi 1 Laporan monev Ditandatangani" in listed
    fingerprint = "".join(listed.split())
    assert revision.sha256 in fingerprint
    assert outline(content)[-1][1] == "Lampiran bukti dukung"
    assert not PdfReader(BytesIO(content)).attachments


def test_merged_pages_keep_size_place_and_number(dossier, attach):
    attach(pdf("Halaman satu", "Halaman dua", size=(842, 595)), title="Laporan monev")
    attach(pdf("Surat"), title="Surat edaran")
    content = dossier()
    texts = page_texts(content)
    levels = outline(content)[-3:]
    assert [row[:2] for row in levels] == [
        (1, "Lampiran bukti dukung"),
        (2, "Lampiran 2: Laporan monev"),
        (2, "Lampiran 3: Surat edaran"),
    ]
    first = levels[1][2]
    assert "Halaman satu" in texts[first - 1]
    assert "Lampiran 2 · 1 Laporan monev · hlm. 2 dari 2" in texts[first]
    assert f"Halaman {first + 1} dari {len(texts)}" in texts[first]
    assert "Surat" in texts[levels[2][2] - 1]
    assert len(texts) == first + 2  # no page between two files
    box = PdfReader(BytesIO(content)).pages[first - 1].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((842, 595), abs=0.1)


def test_a_turned_page_stays_turned(dossier, attach):
    attach(pdf("Miring", mend=lambda book: book.pages[0].obj.__setattr__("Rotate", 90)))
    page = PdfReader(BytesIO(dossier())).pages[-1]
    assert float(page.mediabox.width) > float(page.mediabox.height)
    assert "Miring" in page.extract_text()


def poison(book):
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    book.Root.OpenAction = script
    book.Root.Names = Dictionary(JavaScript=Dictionary(Names=["x", script]))
    book.attachments["rahasia.txt"] = b"tidak boleh ikut"
    page = book.pages[0].obj
    page.AA = Dictionary(O=script)
    launch = Dictionary(S=Name.Launch, F="calc.exe")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 99, 99], A=launch)
    page.Annots = [book.make_indirect(link)]
    form = book.make_stream(b"")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, [0, 0, 1, 1]
    form.AF = [book.make_stream(b"tidak boleh ikut")]
    form.Ref = Dictionary(F="http://127.0.0.1:9/x.pdf")
    page.Resources.XObject = Dictionary(X=form)


def test_what_acts_in_a_foreign_file_stays_outside(dossier, attach):
    attach(pdf("Isi", mend=poison))
    content = dossier()
    with pikepdf.open(BytesIO(content)) as book:
        output = BytesIO()
        book.save(
            output, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
    plain = output.getvalue()
    for word in (
        b"JavaScript",
        b"app.alert",
        b"Launch",
        b"calc.exe",
        b"tidak boleh ikut",
        b"x.pdf",
    ):
        assert word not in plain
    assert "Isi" in page_texts(content)[-1]
    assert not PdfReader(BytesIO(content)).attachments


def test_what_somebody_filled_in_is_printed(dossier, attach):
    def stamp(book):
        seal = book.make_stream(b"BT /F1 9 Tf 5 5 Td (DISETUJUI) Tj ET")
        seal.Type, seal.Subtype, seal.BBox = Name.XObject, Name.Form, [0, 0, 100, 30]
        seal.Resources = book.pages[0].obj.Resources
        annotation = Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 100, 30], F=4, AP=Dictionary(N=seal)
        )
        book.pages[0].obj.Annots = [book.make_indirect(annotation)]

    attach(pdf("Isi", mend=stamp))
    assert "DISETUJUI" in page_texts(dossier())[-1]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf("x", encryption=pikepdf.Encryption(owner="a", user="b")), "berkata sandi"),
        (pdf("x", encryption=pikepdf.Encryption(owner="a", user="")), "terenkripsi"),
        (b"%PDF-1.7 rusak", "rusak"),
        (pdf("x", size=(5, 5)), "ukuran halamannya tidak wajar"),
    ],
)
def test_why_a_file_is_not_merged_is_said_and_the_file_goes_along(content, reason, dossier, attach):
    attach(content, name="aneh.pdf")
    made = dossier()
    last = page_texts(made)[-1]
    assert f"Berkas ini tidak digabungkan karena {reason}." in last
    assert "Berkas aslinya disematkan" in last
    files = PdfReader(BytesIO(made)).attachments
    assert files["Lampiran 02 - aneh.pdf"] == [content]


def test_a_file_that_is_no_pdf_goes_along(dossier, attach):
    attach(b"PK", name="notulen.docx", content_type="application/msword")
    made = dossier()
    assert "karena bukan PDF atau gambar." in page_texts(made)[-1]
    assert "Lampiran 02 - notulen.docx" in PdfReader(BytesIO(made)).attachments


def test_pictures_share_a_page_each_with_its_caption(dossier, attach):
    for number, size in enumerate([(3000, 2000), (400, 600), (600, 400), (450, 600)], start=1):
        title = f"Foto {number}"
        content = picture(size)
        attach(content, name="rapat.jpg", content_type=JPEG, title=title, document_date=TODAY)
    page = PdfReader(BytesIO(dossier())).pages[-1]
    text = " ".join(page.extract_text().split())
    assert "Lampiran 2 · 1 Foto 1, 2 Oktober 2023" in text
    assert "Lampiran 5 · 1 Foto 4, 2 Oktober 2023" in text
    sizes = sorted(image.image.width for image in page.images)
    assert sizes == [400, 450, 600, evidence_files.PICTURE_SIDE]


def test_a_long_name_stays_inside_the_page(dossier, attach):
    attach(pdf("Isi"), title="Notula_rapat_" * 15)
    with pdfplumber.open(BytesIO(dossier())) as book:
        for page in book.pages:
            assert all(0 < letter["x1"] < page.width - 15 for letter in page.chars)
        contents = book.pages[1].extract_text()
    assert contents.replace("\n", "").count("Notula_rapat_") == 15
    assert contents.splitlines()[-2].endswith("...5")


@pytest.mark.parametrize("mode", ["attached", "merged"])
def test_a_file_that_changed_in_the_store_is_left_out(mode, dossier, attach):
    attach(pdf("Palsu"), sha256="0" * 64)
    made = dossier(mode)
    assert "tidak sama lagi dengan yang diunggah" in words(made, "pdf")
    assert "Palsu" not in words(made, "pdf")
    assert not PdfReader(BytesIO(made)).attachments


def test_a_file_that_is_lost_is_told(dossier, attach):
    revision = attach(pdf("Hilang"))
    revision.file.storage.delete(revision.file.name)
    assert "tidak ada lagi di tempat penyimpanan" in words(dossier(), "pdf")


def test_too_many_pages_are_not_merged(dossier, attach, monkeypatch):
    attach(pdf("satu", "dua", "tiga"))
    monkeypatch.setattr(binding, "MAX_PAGES", 2)
    assert "karena halamannya lebih dari 2" in words(dossier(), "pdf")
    monkeypatch.setattr(binding, "MAX_PAGES", 3)
    monkeypatch.setattr(evidence_files, "MAX_PAGES", 2)
    assert "semua lampiran bersama lebih dari 2 halaman" in words(dossier(), "pdf")


def test_too_many_megabytes_are_not_attached(dossier, attach, monkeypatch):
    attach(pdf("besar"))
    monkeypatch.setattr(evidence_files, "MAX_BYTES", 10)
    made = dossier("attached")
    assert "tidak disematkan" in words(made, "pdf")
    assert not PdfReader(BytesIO(made)).attachments


def test_attached_files_are_listed_and_whole(dossier, attach):
    content = pdf("Isi")
    attach(content)
    made = dossier("attached")
    assert PdfReader(BytesIO(made)).attachments == {"Lampiran 02 - laporan.pdf": [content]}
    assert "Berkas yang disematkan" in [title for _, title, _ in outline(made)]
    with pikepdf.open(BytesIO(made)) as book:
        (spec,) = book.Root.AF
        assert spec.AFRelationship == Name.Supplement
        assert "Lampiran 2, Rekomendasi 1: Laporan" in str(spec.Desc)
        assert book.open_metadata()["pdfuaid:part"] == "1"


def test_a_merged_dossier_claims_nothing_about_foreign_pages(dossier, attach):
    attach(pdf("Isi"))
    with pikepdf.open(BytesIO(dossier())) as book:
        metadata = book.open_metadata()
        assert not [name for name in chain(*CLAIMS.values()) if name in metadata]
        assert str(metadata["dc:title"]).startswith("Tindak Lanjut")


def test_it_stops_when_nobody_waits_any_more(dossier, attach):
    attach(pdf("Isi"))

    def cancelled(stage, done=0, total=0):
        raise Cancelled

    with pytest.raises(Cancelled):
        dossier(progress=cancelled)


def test_many_files_cost_as_many_queries_as_few(
    dossier, attach, django_assert_num_queries, django_assert_max_num_queries
):
    attach(pdf("Isi"))
    dossier()  # the first also asks what a process remembers
    with django_assert_max_num_queries(60) as few:
        dossier()
    for number in range(3):
        attach(pdf(f"Isi {number}"))
    with django_assert_num_queries(len(few)):
        dossier()


def test_the_seal_closes_the_chapters_and_not_the_foreign_pages(renaksi, cast, attach):
    attach(pdf("Halaman asing"))
    order = ExportSpec(
        name="dossier",
        format="pdf",
        evaluation_id=renaksi.recommendation.evaluation_id,
        options={"with_evidence": "merged"},
    )
    seal = Seal(number="7", issued_on=TODAY, code="KODE", url="https://x/v/KODE", changes=None)
    content = catalogue.render(order, catalogue.build(order, cast.kadir, today=TODAY), seal=seal)
    *chapters, foreign = page_texts(content)
    assert "Halaman asing" in foreign and "Kode verifikasi" not in foreign
    sealed = next(text for text in chapters if "Kode verifikasi KODE" in text)
    assert not sealed.startswith("Nomor 7")  # not alone
