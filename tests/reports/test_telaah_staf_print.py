"""A Telaah Staf on paper: the page, the type, and what must stay together."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.documents.telaah_staf import document
from reports.exports.catalogue import ExportSpec, export_file
from sakip.dates import parse_date
from tests import factories

WORDS = "Penyederhanaan birokrasi mempengaruhi pertanggungjawaban kinerja pemerintahan. "


@pytest.fixture
def memo(evaluation):
    return factories.make_telaah_staf(evaluation)


def fill(memo, sections, paragraphs, length=3):
    """`sections` headings, each with `paragraphs`; the last one ends in AKHIR."""
    memo.sections.all().delete()
    for position in range(1, sections + 1):
        section = memo.sections.create(position=position, heading=f"Judul ke-{position}")
        texts = [f"<p>{WORDS * length}</p>"] * paragraphs
        if position == sections:
            texts[-1] = texts[-1].replace("</p>", "AKHIR.</p>")
        section.blocks.create(position=1, text="".join(texts))


def pages(memo, cast):
    order = ExportSpec(name="telaah-staf", format="pdf", document_id=memo.pk)
    product = export_file(order, cast.kadir, today=parse_date("2026-06-01"))
    return PdfReader(BytesIO(product.content)).pages


def lines(page):
    return [line.strip() for line in page.extract_text().splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("paper", "size"), [("F4", (215, 330)), ("A4", (210, 297))], ids=["F4", "A4"]
)
def test_the_paper_is_the_one_chosen(memo, cast, paper, size):
    memo.paper = paper
    memo.save()
    box = pages(memo, cast)[0].mediabox
    assert [round(float(side) * 25.4 / 72) for side in (box.width, box.height)] == list(size)


@pytest.mark.parametrize(
    ("typeface", "size"), [("serif", 11), ("serif", 12), ("sans", 11), ("sans", 12)]
)
def test_the_type_is_the_one_chosen(memo, cast, typeface, size):
    memo.typeface, memo.type_size = typeface, size
    memo.save()
    found = set()

    def visit(text, page_matrix, matrix, font, font_size):
        if "ditindaklanjuti" in text:
            found.add(round(abs(font_size * matrix[3] * page_matrix[3]), 1))

    first = pages(memo, cast)[0]
    first.extract_text(visitor_text=visit)
    fonts = str([font["/BaseFont"] for font in first["/Resources"]["/Font"].values()])
    assert found == {float(size)}
    assert ("Bookman" if typeface == "serif" else "Liberation") in fonts or "DejaVu" in fonts


@pytest.mark.parametrize("paragraphs", range(16, 26))
def test_the_signature_never_stands_alone(memo, cast, paragraphs):
    fill(memo, 1, paragraphs, length=2)
    last = " ".join(lines(pages(memo, cast)[-1]))
    assert "AKHIR." in last and "Kepala Biro," in last and "NIP 19710808 199103" in last


@pytest.mark.parametrize("length", range(3, 9))
def test_a_heading_never_stands_alone_at_the_foot(memo, cast, length):
    fill(memo, 12, 1, length=length)
    for page in pages(memo, cast):
        *_, last, number = lines(page)
        assert number.startswith("Halaman") and ". Judul ke-" not in last


def test_what_announces_a_table_stays_with_it(memo, cast):
    for paragraphs in range(13, 19):
        fill(memo, 1, paragraphs)
        memo.sections.get().blocks.create(position=2, kind="score_comparison")
        for page in pages(memo, cast):
            text = " ".join(lines(page))
            assert ("AKHIR." in text) == ("Komponen yang dinilai" in text)
            assert ("Perencanaan Kinerja" in text) == ("Nilai Hasil Evaluasi AKIP" in text)


def test_long_words_break_and_long_addresses_stay_on_the_paper(memo, cast):
    memo.subject = "Laman http://kaltimprov.go.id/" + "sangatpanjangsekali" * 12
    memo.save()
    fill(memo, 1, 3)
    (page,) = pages(memo, cast)
    texts = " ".join(lines(page))
    assert texts.count("sangatpanjangsekali") < 12  # cut at the end of lines
    assert max(len(line) for line in lines(page)) < 100
    assert any(line.endswith(("-", "\u2010")) for line in lines(page))


def test_what_it_replaces_stands_in_its_head(memo, cast):
    old = factories.make_telaah_staf(
        memo.evaluation, memo.signatory, number="1/2026", date=parse_date("2026-05-02")
    )
    memo.replaces = old
    memo.save()
    text = " ".join(lines(pages(memo, cast)[0]))
    assert "Mencabut : Telaah Staf Nomor 1/2026 tanggal 2 Mei 2026" in text


def test_an_issued_one_costs_no_table(memo, renaksi, cast, django_assert_max_num_queries):
    memo.sections.get().blocks.create(position=2, kind="follow_up_table")
    memo.frozen = document.freeze(document.load(cast.kadir, memo.pk), cast.kadir)
    memo.status, memo.number, memo.date = "issued", "1", parse_date("2026-06-01")
    memo.issued_at = "2026-06-01T00:00Z"
    memo.save()
    with django_assert_max_num_queries(5):
        document.context(document.load(cast.kadir, memo.pk), cast.kadir, on_screen=False)
