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
def memo(evaluation):
    return factories.make_telaah_staf(
        evaluation, number="7/2026", date=TODAY, copies_to="Asisten\nInspektur"
    )


def word(memo, person):
    order = ExportSpec(name="telaah-staf", format="docx", document_id=memo.pk)
    return export_file(order, person, today=TODAY).content


def opened(memo, person):
    return Document(BytesIO(word(memo, person)))


def test_head_sections_and_signature_in_their_order(memo, cast):
    Letterhead.objects.create(
        unit=memo.evaluation.unit, government="Provinsi Uji", body="Setda", address="Jalan 1"
    )
    found = [line for line in document_lines(word(memo, cast.kadir)) if line]
    assert found == [
        *("Provinsi Uji", "Setda", "Jalan 1", "TELAAH STAF"),
        *("Kepada", ":", "Yth. Sekda", "Dari", ":", "Kepala Biro"),
        *("Tembusan", ":", "- Asisten", "- Inspektur"),
        *("Tanggal", ":", "1 Juni 2026", "Nomor", ":", "7/2026", "Lampiran", ":", "-"),
        *("Perihal", ":", "Tindak lanjut", "Persoalan", "Perlu ditindaklanjuti."),
        *("Kepala Biro,", "Hj. Alawiyah", "Pembina Tingkat I"),
        f"NIP {memo.signatory.printed_nip}",
    ]


def test_headings_and_lists_are_real_and_count_by_themselves(memo, cast):
    memo.sections.get().blocks.create(position=2, text=LETTERS)
    memo.sections.create(position=2, heading="Saran")
    document = opened(memo, cast.kadir)
    styles = [line.style.name for line in document.paragraphs if line.text]
    assert styles[:3] == ["Heading 1", "Heading 2", "Teks Surat"]
    first, *letters, last = marks(document)
    assert [first[3:], last[3:]] == [("%1.", "Persoalan"), ("%1.", "Saran")]
    assert first[0] == last[0]  # one list, which the word processor counts I., II.
    assert [row[4] for row in letters] == ["memberi;", "menata."]


def test_tables_are_tables_in_their_place(memo, renaksi, cast):
    blocks = memo.sections.get().blocks
    blocks.create(position=2, kind="score_comparison")
    blocks.create(position=3, kind="follow_up_table")
    document = opened(memo, cast.kadir)
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
def test_paper_and_type_are_those_chosen(memo, cast, paper, millimetres, typeface, size, font):
    memo.paper, memo.typeface, memo.type_size = paper, typeface, size
    memo.save()
    document = opened(memo, cast.kadir)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == millimetres
    assert document.styles["Teks Surat"].font.size == Pt(size)
    assert document.styles["Heading 2"].font.size == Pt(size)
    assert document.styles.element.xpath("w:docDefaults//w:rFonts/@w:ascii") == [font]


def test_the_signature_keeps_together_and_has_company(memo, cast):
    lines = opened(memo, cast.kadir).paragraphs
    at = next(number for number, line in enumerate(lines) if line.text == "Kepala Biro,")
    keeping = [line.paragraph_format.keep_with_next for line in lines[at - 1 :]]
    assert keeping[0] and all(keeping[1:-1]) is True
    assert not lines[-1]._p.pPr.xpath("w:keepNext")


def test_what_breaks_off_is_said(memo, cast):
    memo.sections.get().blocks.update(is_incomplete=True)
    assert "[Kalimat ini terputus dan belum dilengkapi.]" in words(word(memo, cast.kadir), "docx")


def test_an_issued_one_prints_what_it_froze(memo, renaksi, cast):
    memo.sections.get().blocks.create(position=2, kind="follow_up_table")
    issue_telaah_staf(memo, cast.kadir, datetime(2026, 6, 1, tzinfo=UTC))
    before = document_lines(word(memo, cast.kadir))
    Renaksi.objects.update(follow_up="<p>Baru ini.</p>")
    memo.signatory.name = "Orang lain"
    memo.signatory.save()
    assert document_lines(word(memo, cast.kadir)) == before


@pytest.mark.parametrize("text", [*HOSTILE, "<script>alert(1)</script>"])
def test_hostile_text_stays_text(memo, cast, text):
    memo.subject = memo.addressee = memo.copies_to = text.replace("\x00", "")[:200]
    memo.save()
    section = memo.sections.get()
    section.heading = text.replace("\x00", "")[:100]
    section.save()
    expected = " ".join(section.heading.translate({11: None, 0xFFFE: None}).split())
    assert expected in words(word(memo, cast.kadir), "docx")


def test_the_page_offers_it(memo, cast, signed_in):
    client = signed_in(cast.laila)
    address = reverse("reports:telaah-staf-word", args=[memo.pk])
    assert address in client.get(memo.get_absolute_url()).text
    answer = client.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="telaah-staf.docx"'
    assert Document(BytesIO(b"".join(answer.streaming_content))).paragraphs
