"""A Telaah Staf on paper: the page, the type, and what must stay together."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.documents.telaah_staf import document
from reports.exports.catalogue import ExportSpec, export_file
from reports.renderers import pdf
from reports.tables.table import Column, Report, Table
from reports.typesetting.stages import silent
from reports.verification import Seal
from sakip.dates import parse_date
from tests import factories

WORDS = "Penyederhanaan birokrasi mempengaruhi pertanggungjawaban kinerja pemerintahan. "


@pytest.fixture
def telaah_staf(evaluation):
    return factories.make_telaah_staf(evaluation)


def fill(telaah_staf, sections, paragraphs, length=3):
    """`sections` headings, each with `paragraphs`; the last one ends in AKHIR."""
    telaah_staf.sections.all().delete()
    for position in range(1, sections + 1):
        section = telaah_staf.sections.create(position=position, heading=f"Judul ke-{position}")
        texts = [f"<p>{WORDS * length}</p>"] * paragraphs
        if position == sections:
            texts[-1] = texts[-1].replace("</p>", "AKHIR.</p>")
        section.blocks.create(position=1, text="".join(texts))


def pages(telaah_staf, cast):
    order = ExportSpec(name="telaah-staf", format="pdf", document_id=telaah_staf.pk)
    product = export_file(order, cast.kadir, today=parse_date("2026-06-01"))
    return PdfReader(BytesIO(product.content)).pages


def lines(page):
    return [line.strip() for line in page.extract_text().splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("paper", "size"), [("F4", (215, 330)), ("A4", (210, 297))], ids=["F4", "A4"]
)
def test_the_paper_is_the_one_chosen(telaah_staf, cast, paper, size):
    telaah_staf.paper = paper
    telaah_staf.save()
    box = pages(telaah_staf, cast)[0].mediabox
    assert [round(float(side) * 25.4 / 72) for side in (box.width, box.height)] == list(size)


@pytest.mark.parametrize(
    ("typeface", "size"), [("serif", 11), ("serif", 12), ("sans", 11), ("sans", 12)]
)
def test_the_type_is_the_one_chosen(telaah_staf, cast, typeface, size):
    telaah_staf.typeface, telaah_staf.type_size = typeface, size
    telaah_staf.save()
    found = set()

    def visit(text, page_matrix, matrix, font, font_size):
        if "ditindaklanjuti" in text:
            found.add(round(abs(font_size * matrix[3] * page_matrix[3]), 1))

    first = pages(telaah_staf, cast)[0]
    first.extract_text(visitor_text=visit)
    fonts = str([font["/BaseFont"] for font in first["/Resources"]["/Font"].values()])
    assert found == {float(size)}
    assert ("Bookman" if typeface == "serif" else "Liberation") in fonts or "DejaVu" in fonts


@pytest.mark.parametrize("paragraphs", range(16, 26))
def test_the_signature_never_stands_alone(telaah_staf, cast, paragraphs):
    fill(telaah_staf, 1, paragraphs, length=2)
    last = " ".join(lines(pages(telaah_staf, cast)[-1]))
    assert "AKHIR." in last and "Kepala Biro," in last and "NIP 19710808 199103" in last


@pytest.mark.parametrize("length", range(3, 9))
def test_a_heading_never_stands_alone_at_the_foot(telaah_staf, cast, length):
    fill(telaah_staf, 12, 1, length=length)
    for page in pages(telaah_staf, cast):
        *_, last, number = lines(page)
        assert number.startswith("Halaman") and ". Judul ke-" not in last


def test_what_announces_a_table_stays_with_it(telaah_staf, cast):
    for paragraphs in range(13, 19):
        fill(telaah_staf, 1, paragraphs)
        telaah_staf.sections.get().blocks.create(position=2, kind="score_comparison")
        for page in pages(telaah_staf, cast):
            text = " ".join(lines(page))
            assert ("AKHIR." in text) == ("Komponen yang dinilai" in text)
            assert ("Perencanaan Kinerja" in text) == ("Nilai Hasil Evaluasi AKIP" in text)


def test_long_words_break_and_long_addresses_stay_on_the_paper(telaah_staf, cast):
    telaah_staf.subject = "Laman http://kaltimprov.go.id/" + "sangatpanjangsekali" * 12
    telaah_staf.save()
    fill(telaah_staf, 1, 3)
    (page,) = pages(telaah_staf, cast)
    texts = " ".join(lines(page))
    assert texts.count("sangatpanjangsekali") < 12  # cut at the end of lines
    assert max(len(line) for line in lines(page)) < 100
    assert any(line.endswith(("-", "\u2010")) for line in lines(page))


def test_what_it_replaces_stands_in_its_head(telaah_staf, cast):
    old = factories.make_telaah_staf(
        telaah_staf.evaluation,
        telaah_staf.signatory,
        number="1/2026",
        date=parse_date("2026-05-02"),
    )
    telaah_staf.replaces = old
    telaah_staf.save()
    text = " ".join(lines(pages(telaah_staf, cast)[0]))
    assert "Mencabut : Telaah Staf Nomor 1/2026 tanggal 2 Mei 2026" in text


def test_an_issued_one_costs_no_table(telaah_staf, renaksi, cast, django_assert_max_num_queries):
    telaah_staf.sections.get().blocks.create(position=2, kind="follow_up_table")
    telaah_staf.frozen = document.freeze(document.load(cast.kadir, telaah_staf.pk), cast.kadir)
    telaah_staf.status, telaah_staf.number, telaah_staf.date = (
        "issued",
        "1",
        parse_date("2026-06-01"),
    )
    telaah_staf.issued_at = "2026-06-01T00:00Z"
    telaah_staf.save()
    with django_assert_max_num_queries(5):
        document.context(document.load(cast.kadir, telaah_staf.pk), cast.kadir, on_screen=False)


SEAL = Seal(
    number="7/2026",
    issued_on=parse_date("2026-06-01"),
    code="ABCD-EFGH-JKLM",
    url="https://sakip.test/verifikasi/ABCD-EFGH-JKLM/",
    changes=None,
    attachments=(),
)


def sealed_pages(telaah_staf, cast, text):
    """The lines of each page of a sealed letter whose only text is `text`."""
    telaah_staf.sections.get().blocks.update(text=text)
    loaded = document.load(cast.kadir, telaah_staf.pk)
    context = document.context(loaded, cast.kadir, on_screen=False)
    product = document.TelaahStafDocument(loaded, context)
    content = document.render(product, "pdf", SEAL, silent)
    return [lines(page) for page in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize(
    ("many", "lengths"),
    [
        (lambda count: "<p>Butir.</p>" * count, (25, 31)),
        (lambda count: f"<ul>{'<li><p>Butir.</p></li>' * count}</ul>", (25, 31)),
        (lambda count: f"<p>{WORDS * count}</p>", (33, 40)),
    ],
    ids=["paragraphs", "items", "one paragraph"],
)
def test_seal_and_signature_keep_the_last_two_lines(telaah_staf, cast, many, lengths):
    """At these lengths the seal, or the signature with it, does not fit below the text any more."""
    for length in lengths:
        *_, last = sealed_pages(telaah_staf, cast, many(length))
        assert last.index("Kepala Biro,") >= 2
        assert "Kode verifikasi ABCD-EFGH-JKLM" in last


@pytest.mark.parametrize("rows", [38, 43])
def test_the_seal_of_a_table_never_stands_alone(rows):
    column = Column("Butir", lambda row: f"baris {row}")
    table = Table(title="Daftar", columns=(column,), rows=range(rows))
    content = pdf.render(Report(name="x", title="Laporan", sections=[table]), seal=SEAL)
    last = lines(PdfReader(BytesIO(content)).pages[-1])
    assert f"baris {rows - 1}" in last and "Kode verifikasi ABCD-EFGH-JKLM" in last


def test_the_statuses_of_a_row_stay_beside_its_texts(telaah_staf, cast, renaksi):
    type(renaksi).objects.filter(pk=renaksi.pk).update(follow_up=f"<p>PERTAMA {WORDS * 9}</p>")
    for paragraphs in (14, 16):
        fill(telaah_staf, 1, paragraphs)
        telaah_staf.sections.get().blocks.create(position=2, kind="follow_up_table")
        texts = [" ".join(lines(page)) for page in pages(telaah_staf, cast)]
        assert [("Rencana Aksi" in text) for text in texts] == ["PERTAMA" in text for text in texts]
