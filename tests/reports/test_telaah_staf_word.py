"""A Telaah Staf as a Word document: what stands in it, and what a secretary goes on with."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from recommendations.models import Renaksi
from reports.exports.catalogue import ExportSpec, export_file
from reports.services import issue_telaah_staf
from sakip.dates import parse_date
from sakip.models import Letterhead
from tests import factories
from tests.reports.reading import document_lines, words
from tests.reports.test_renderers_docx import HOSTILE, marks

TODAY = parse_date("2026-06-01")
LETTERS = '<p>Supaya:</p><ol type="a"><li>memberi;</li><li>menata.</li></ol>'


@pytest.fixture
def telaah_staf(evaluation):
    return factories.make_telaah_staf(
        evaluation, number="7/2026", date=TODAY, copies_to="Asisten\nInspektur"
    )


def word(telaah_staf, person):
    order = ExportSpec(name="telaah-staf", format="docx", document_id=telaah_staf.pk)
    return export_file(order, person, today=TODAY).content


def opened(telaah_staf, person):
    return Document(BytesIO(word(telaah_staf, person)))


def test_head_sections_and_signature_in_their_order(telaah_staf, cast):
    Letterhead.objects.create(
        unit=telaah_staf.evaluation.unit, government="Provinsi Uji", body="Setda", address="Jalan 1"
    )
    found = [line for line in document_lines(word(telaah_staf, cast.kadir)) if line]
    assert found == [
        *("Provinsi Uji", "Setda", "Jalan 1", "TELAAH STAF"),
        *("Kepada", ":", "Yth. Sekda", "Dari", ":", "Kepala Biro"),
        *("Tembusan", ":", "- Asisten", "- Inspektur"),
        *("Tanggal", ":", "1 Juni 2026", "Nomor", ":", "7/2026", "Lampiran", ":", "-"),
        *("Perihal", ":", "Tindak lanjut", "Persoalan", "Perlu ditindaklanjuti."),
        *("Kepala Biro,", "Hj. Alawiyah", "Pembina Tingkat I"),
        f"NIP {telaah_staf.signatory.printed_nip}",
    ]


def test_headings_and_lists_are_real_and_count_by_themselves(telaah_staf, cast):
    telaah_staf.sections.get().blocks.create(position=2, text=LETTERS)
    telaah_staf.sections.create(position=2, heading="Saran")
    document = opened(telaah_staf, cast.kadir)
    styles = [line.style.name for line in document.paragraphs if line.text]
    assert styles[:3] == ["Heading 1", "Heading 2", "Teks Surat"]
    first, *letters, last = marks(document)
    assert [first[3:], last[3:]] == [("%1.", "Persoalan"), ("%1.", "Saran")]
    assert first[0] == last[0]  # one list, which the word processor counts I., II.
    assert [row[4] for row in letters] == ["memberi;", "menata."]


def test_tables_are_tables_in_their_place(telaah_staf, renaksi, cast):
    blocks = telaah_staf.sections.get().blocks
    blocks.create(position=2, kind="score_comparison")
    blocks.create(position=3, kind="follow_up_table")
    document = opened(telaah_staf, cast.kadir)
    _head, scores, follow_up = document.tables
    for table in (scores, follow_up):
        assert table.style.name == "Tabel Laporan"
        assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    (announcing,) = (line for line in document.paragraphs if line.text == "Perlu ditindaklanjuti.")
    assert announcing.paragraph_format.keep_with_next


@pytest.mark.parametrize(
    ("paper", "millimetres", "typeface", "size", "font"),
    [("F4", (215, 330), "serif", 11, "Bookman Old Style"), ("A4", (210, 297), "sans", 12, "Arial")],
)
def test_paper_and_type_are_those_chosen(
    telaah_staf, cast, paper, millimetres, typeface, size, font
):
    telaah_staf.paper, telaah_staf.typeface, telaah_staf.type_size = paper, typeface, size
    telaah_staf.save()
    document = opened(telaah_staf, cast.kadir)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == millimetres
    assert document.styles["Teks Surat"].font.size == Pt(size)
    assert document.styles["Heading 2"].font.size == Pt(size)
    assert document.styles.element.xpath("w:docDefaults//w:rFonts/@w:ascii") == [font]


def test_the_signature_keeps_together_and_has_company(telaah_staf, cast):
    lines = opened(telaah_staf, cast.kadir).paragraphs
    at = next(number for number, line in enumerate(lines) if line.text == "Kepala Biro,")
    keeping = [line.paragraph_format.keep_with_next for line in lines[at - 1 :]]
    assert keeping[0] and all(keeping[1:-1]) is True
    assert not lines[-1]._p.pPr.xpath("w:keepNext")


def test_what_breaks_off_is_said(telaah_staf, cast):
    telaah_staf.sections.get().blocks.update(is_incomplete=True)
    assert "[Kalimat ini terputus dan belum dilengkapi.]" in words(
        word(telaah_staf, cast.kadir), "docx"
    )


def test_an_issued_one_prints_what_it_froze(telaah_staf, renaksi, cast):
    telaah_staf.sections.get().blocks.create(position=2, kind="follow_up_table")
    issue_telaah_staf(telaah_staf, cast.kadir, datetime(2026, 6, 1, tzinfo=UTC))
    before = document_lines(word(telaah_staf, cast.kadir))
    Renaksi.objects.update(follow_up="<p>Baru ini.</p>")
    telaah_staf.signatory.name = "Orang lain"
    telaah_staf.signatory.save()
    assert document_lines(word(telaah_staf, cast.kadir)) == before


@pytest.mark.parametrize("text", [*HOSTILE, "<script>alert(1)</script>"])
def test_hostile_text_stays_text(telaah_staf, cast, text):
    telaah_staf.subject = telaah_staf.addressee = telaah_staf.copies_to = text.replace("\x00", "")[
        :200
    ]
    telaah_staf.save()
    section = telaah_staf.sections.get()
    section.heading = text.replace("\x00", "")[:100]
    section.save()
    expected = " ".join(section.heading.translate({11: None, 0xFFFE: None}).split())
    assert expected in words(word(telaah_staf, cast.kadir), "docx")


def test_the_page_offers_it(telaah_staf, cast, signed_in):
    client = signed_in(cast.laila)
    address = reverse("reports:telaah-staf-word", args=[telaah_staf.pk])
    assert address in client.get(telaah_staf.get_absolute_url()).text
    answer = client.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="telaah-staf.docx"'
    assert Document(BytesIO(b"".join(answer.streaming_content))).paragraphs
