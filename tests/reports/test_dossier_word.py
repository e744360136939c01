"""The dossier as Word: the chapters of the PDF, with what an office needs to edit it.

`test_docx_in_libreoffice.py` compares its table of contents with the pages of a word processor.
"""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from reports.exports.catalogue import ExportSpec, TooLong, export_file
from sakip.models import Letterhead
from tests import factories
from tests.reports.reading import document_lines
from tests.reports.test_dossier_evidence import JPEG, attach, pdf, picture  # noqa: F401

TODAY = date(2023, 10, 2)
PORTRAIT, LANDSCAPE = (12189, 18709), (18709, 12189)  # F4 in twips


@pytest.fixture
def make(renaksi, cast):
    def made(at_once=False, **options) -> bytes:
        options = {"with_evidence": "merged"} | options
        lhe = renaksi.recommendation.evaluation_id
        order = ExportSpec(name="dossier", format="docx", evaluation_id=lhe, options=options)
        return export_file(order, cast.kadir, today=TODAY, at_once=at_once).content

    return made


def read(content):
    return Document(BytesIO(content))


def body(content):
    return read(content).element.body


def instructions(content):
    return [found.text.strip() for found in body(content).iter(qn("w:instrText"))]


def listed(content):
    """Title, page and bookmark of each line of the table of contents."""
    for line in body(content).find(qn("w:sdt")).iter(qn("w:hyperlink")):
        words = [found.text for found in line.iter(qn("w:t"))]
        yield words[0], words[-1], line.get(qn("w:anchor"))


def test_chapters_are_headings_and_the_contents_name_them(make, evaluation):
    factories.make_telaah_staf(evaluation)
    content = make()
    headings = [
        (line.style.name, line.text)
        for line in read(content).paragraphs
        if line.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "Rekomendasi, Tindak Lanjut dan Rencana Aksi"),
        ("Heading 2", "Persoalan"),  # of the Telaah Staf; Word writes the number before it
        ("Heading 1", "Nilai hasil evaluasi"),
        ("Heading 1", "Lampiran bukti dukung"),
    ]
    titles, pages, names = zip(*listed(content), strict=True)
    assert titles[1].startswith("Telaah Staf")
    assert titles[2] == "I. Persoalan"
    assert pages == ("3", "4", "4", "5", "6")
    places = [found.get(qn("w:name")) for found in body(content).iter(qn("w:bookmarkStart"))]
    assert places == list(names)
    assert 'TOC \\o "1-4" \\h \\z \\f' in instructions(content)


def test_the_cover_has_the_crest_and_no_page_number(make, units):
    crest = Letterhead(unit=units.setda, government="Pemerintah Provinsi", body="Setda")
    crest.logo.save("lambang.jpg", BytesIO(picture((300, 400))))
    found = read(make())
    cover, *others = found.sections
    assert cover.different_first_page_header_footer
    assert not cover.first_page_footer.paragraphs[0].text
    assert not any(section.different_first_page_header_footer for section in others)
    assert len(found.inline_shapes) == 1
    lines = document_lines(make())
    assert lines.index("LHE SAKIP") < lines.index("Pemerintah Provinsi") < lines.index("Daftar Isi")


def test_wide_tables_lie_and_heads_come_back_on_every_page(make):
    found = read(make())
    sizes = [(page.page_width.twips, page.page_height.twips) for page in found.sections]
    assert sizes == [PORTRAIT, PORTRAIT, LANDSCAPE]
    for table in found.tables:
        assert table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None


def test_the_scores_are_read_as_one(make):
    (scores,) = (table for table in read(make()).tables if "Komponen" in table.cell(0, 1).text)
    *kept, last = [line for row in scores._tbl.tr_lst for line in row.iter(qn("w:p"))]
    assert all(line.pPr.find(qn("w:keepNext")) is not None for line in kept[:-3])
    assert last.pPr.find(qn("w:keepNext")) is None


def test_pictures_stand_in_pairs_with_numbered_captions(make, attach):  # noqa: F811
    for number in (1, 2, 3):
        content = picture((300 + number, 200))
        title = f"Foto {number}"
        attach(content, name="a.jpg", content_type=JPEG, title=title, document_date=TODAY)
    content = make()
    rows = [len(row.cells) for row in read(content).tables[-1].rows]
    assert rows == [2, 2]
    lines = document_lines(content)
    assert "Gambar 3. Lampiran 4 · 1 Foto 3, 2 Oktober 2023" in lines
    assert instructions(content).count("SEQ Gambar \\* ARABIC") == 3
    assert 'TC "Lampiran 4: Foto 3" \\l 3' in instructions(content)


def test_what_word_cannot_hold_is_listed_apart(make, attach):  # noqa: F811
    attach(pdf("Isi"), title="Notula rapat", name="notula.pdf")
    attach(pdf("Palsu"), sha256="0" * 64, title="Laporan")
    last = read(make()).tables[-1]
    rows = [[cell.text for cell in row.cells] for row in last.rows]
    assert rows[1][:4] == ["2", "Rekomendasi 1", "Notula rapat", "notula.pdf"]
    assert "halaman PDF tidak dapat dimuat dalam dokumen Word" in rows[1][4]
    assert "isinya tidak sama lagi" in rows[2][4]
    assert "Lampiran terpisah" not in document_lines(make(with_evidence="none"))


def test_the_signature_keeps_the_last_lines_as_company(make, evaluation):
    official = factories.make_official(evaluation.unit)
    lines = read(make(signatory=official.pk, place="Samarinda")).paragraphs
    texts = [line.text for line in lines]
    first = texts.index("Samarinda, 2 Oktober 2023")
    assert texts[first + 1] == f"{official.title},"
    assert f"NIP {official.printed_nip}" in texts
    assert lines[first - 1].paragraph_format.keep_with_next


def test_a_long_one_is_not_made_at_once(make, attach, monkeypatch):  # noqa: F811
    monkeypatch.setattr("reports.documents.dossier.document.LETTERS_OF_A_FILE", 100_001)
    attach(pdf("Isi"))
    with pytest.raises(TooLong):
        make(at_once=True)


def test_one_press_on_its_page(evaluation, cast, signed_in):
    client = signed_in(cast.kadir)
    page = client.get(reverse("reports:dossier-detail", args=[evaluation.pk])).text
    assert "Buat Word" in page
    address = reverse("reports:dossier-download", args=[evaluation.pk])
    response = client.get(f"{address}?format=docx&kertas=A4")
    assert "dokumen-lengkap-lhe-sakip-2023.docx" in response["Content-Disposition"]
    assert response.getvalue().startswith(b"PK")


def test_numbers_in_the_letter_have_its_font(make, evaluation):
    factories.make_telaah_staf(evaluation)
    (line,) = (line for line in read(make()).paragraphs if line.text == "Persoalan")
    fonts = line._p.pPr.find(qn("w:rPr")).find(qn("w:rFonts"))
    assert fonts.get(qn("w:ascii")) == line.runs[0].font.name != "Arial"
