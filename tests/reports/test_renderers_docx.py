"""The Word document of a report: what a secretary finds in it when going on with it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from reports.renderers import render
from reports.tables.table import (
    Cell,
    Figure,
    Orientation,
    Paper,
    PrintedLetterhead,
    Prose,
    Typeface,
    data_uri,
)
from reports.typesetting.stages import Stage
from sakip.uploads import pictures
from tests import photographs
from tests.reports import samples
from tests.reports.reading import document_lines, words


def opened(report):
    return Document(BytesIO(render(report, "docx")))


def picture(image_format="PNG"):
    content = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(content, image_format)
    return data_uri(content.getvalue(), f"image/{image_format.lower()}")


def marks(document):
    """Of each item of a list: where its list begins, its level, how it counts, its text."""
    numbering = document.part.numbering_part.element
    found = []
    for line in document.element.body.iter(qn("w:p")):
        for reference in line.iter(qn("w:numId")):
            (number,) = numbering.xpath(f"w:num[@w:numId='{reference.val}']")
            level = line.pPr.numPr.ilvl.val
            abstract = number.abstractNumId.val
            path = f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{level}']"
            (text,) = numbering.xpath(f"{path}/w:lvlText/@w:val")
            (start,) = number.xpath("w:lvlOverride/w:startOverride/@w:val")
            words = "".join(found.text for found in line.iter(qn("w:t")))
            found.append((reference.val, level, int(start), text, words))
    return found


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("orientation", Orientation)
def test_paper_and_margins(paper, orientation):
    report = samples.report(paper=paper, orientation=orientation)
    section = opened(report).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == report.page_size
    assert (section.orientation == 1) is (orientation is Orientation.LANDSCAPE)
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [30, 20, 20, 25]


def test_headings_are_headings():
    chapter, part = Prose("Catatan"), Prose("1. Perencanaan", "<p>Isi</p>", level=3)
    report = samples.report(samples.table(title="Tabel 1"), chapter, part, subtitle="Setda")
    found = [(line.style.name, line.text) for line in opened(report).paragraphs if line.text]
    assert found == [
        ("Heading 1", "Tindak Lanjut LHE"),
        ("Anak Judul", "Setda"),
        ("Heading 2", "Tabel 1"),
        ("Heading 2", "Catatan"),
        ("Heading 3", "1. Perencanaan"),
        ("Normal", "Isi"),
    ]


def test_the_head_of_a_table_comes_back_and_its_widths_are_fixed():
    numbers = ("1", "2", "3", "4", "5", "6")
    report = samples.report(samples.table(column_numbers=numbers))
    (table,) = opened(report).tables
    assert table.style.name == "Tabel Laporan"
    heads = [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows]
    assert heads == [True] * 3 + [False] * len(samples.ROWS)
    assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
    assert not table.autofit
    widths = [column.width for column in table.columns]
    assert sum(widths) == pytest.approx(Mm(report.text_width), rel=0.001)
    assert widths[1] / sum(widths) == pytest.approx(0.4, rel=0.001)
    assert [cell.text for cell in table.rows[0].cells][3:5] == ["Realisasi", "Realisasi"]
    assert [cell.text for cell in table.rows[1].cells][3:] == ["2022", "2023", "Batas waktu"]


def test_only_a_very_long_row_may_break():
    long = "".join(f"<p>Kalimat ke-{number}.</p>" for number in range(60))
    (table,) = opened(
        samples.report(samples.table([samples.row(1, text=long), samples.row(2)]))
    ).tables
    assert [bool(row._tr.xpath("w:trPr/w:cantSplit")) for row in table.rows[2:]] == [False, True]


def test_lists_are_lists_and_begin_anew_in_every_cell():
    found = marks(opened(samples.report()))
    assert [(start, level, text, words) for _, level, start, text, words in found] == [
        (1, 0, "%1.", "memberi reward;"),
        (1, 0, "%1.", "menata."),
        (4, 0, "%1.", "mengukur;"),
        (4, 0, "%1.", "melapor."),
        (1, 0, "%1.", ""),
        (1, 1, "(%2)", "memilih;"),
        (1, 1, "(%2)", "memberi."),
    ]
    assert [row[0] for row in found] == [1, 1, 2, 2, 3, 4, 4]


def test_a_letter_that_skips_its_hidden_neighbours_keeps_its_place():
    text = '<ol type="a"><li value="2">dua</li><li value="4">empat</li><li value="5">lima</li></ol>'
    found = marks(opened(samples.report(samples.table([samples.row(text=text)]))))
    assert [(row[0], row[2], row[4]) for row in found] == [
        (1, 2, "dua"),
        (2, 4, "empat"),
        (2, 4, "lima"),
    ]


def test_letters_beyond_z_are_written_as_they_are_everywhere():
    """A word processor would go on with bb after aa."""
    items = "".join(f"<li>{number}</li>" for number in range(26, 29))
    text = f'<ol type="a" start="26">{items}</ol><ol type="A"><li value="30">30</li></ol>'
    found = marks(opened(samples.report(samples.table([samples.row(text=text)]))))
    assert [(row[2:]) for row in found] == [
        (26, "%1.", "26"),
        (26, "%1.", "27"),
        (28, "ab.", "28"),
        (30, "AD.", "30"),
    ]


def test_a_second_paragraph_of_an_item_stands_below_its_text():
    prose = Prose("Catatan", "<ol><li><p>satu</p><p>masih satu</p></li></ol><p>lepas</p>")
    item, second, after = opened(samples.report(prose)).paragraphs[-3:]
    assert item._p.pPr.numPr is not None
    assert second._p.pPr.numPr is None
    assert second.paragraph_format.left_indent.twips == 425
    assert after.paragraph_format.left_indent is None


def test_italics_and_figures_look_as_printed():
    (table,) = opened(samples.report()).tables
    runs = [run for line in table.cell(2, 1).paragraphs for run in line.runs]
    assert [run.text for run in runs if run.italic] == ["reward"]
    assert table.cell(2, 3).text == "1.234,50"
    assert table.cell(2, 4).text == "3,51*"
    assert table.cell(3, 4).text == "65,64 (peringkat\N{NO-BREAK SPACE}4)"
    assert table.cell(4, 4).text == "-0,40"
    assert table.cell(5, 5).text == "-"


def test_a_footer_row_spans_and_stays_with_the_last_row():
    footer = [[Cell(value="Jumlah", span=3), 1, 2, None]]
    (table,) = opened(samples.report(samples.table(footer_rows=footer))).tables
    last = table.rows[-1]
    assert [cell.text for cell in last.cells] == ["Jumlah"] * 3 + ["1,00", "2,00", "-"]
    assert all(line._p.pPr.keepNext is not None for line in table.rows[-2].cells[0].paragraphs)


@pytest.mark.parametrize(
    ("typeface", "font"), [(Typeface.SANS, "Arial"), (Typeface.SERIF, "Bookman Old Style")]
)
def test_fonts_with_their_free_look_alikes_and_the_language(typeface, font):
    content = render(samples.report(typeface=typeface), "docx")
    defaults = Document(BytesIO(content)).styles.element.find(
        f".//{qn('w:rPrDefault')}/{qn('w:rPr')}"
    )
    assert defaults.find(qn("w:rFonts")).get(qn("w:ascii")) == font
    assert defaults.find(qn("w:lang")).get(qn("w:val")) == "id-ID"
    fonts = ZipFile(BytesIO(content)).read("word/fontTable.xml").decode()
    assert "URW Bookman" in fonts
    assert "Liberation Sans" in fonts


def test_pages_are_counted_and_the_document_says_what_it_is():
    head = PrintedLetterhead(government="PEMERINTAH PROVINSI", body="SEKRETARIAT DAERAH")
    document = opened(samples.report(letterhead=head))
    (line,) = document.sections[0].footer.paragraphs
    assert line.text == "Halaman 1 dari 1"
    assert [code.text.strip() for code in line._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    properties = document.core_properties
    assert properties.title == "Tindak Lanjut LHE"
    assert properties.author == "SEKRETARIAT DAERAH"
    assert properties.language == "id-ID"
    assert properties.created.year >= 2026


def test_letterhead_and_pictures():
    head = PrintedLetterhead(government="PROVINSI", body="SETDA", logo=picture())
    photos = [Figure("Bimbingan", data_uri=picture("WEBP")), Figure("Tanpa gambar")]
    document = opened(samples.report(Prose("Catatan", "", photos), letterhead=head))
    shapes = document.element.body.xpath(".//wp:docPr/@descr")
    assert shapes == ["Lambang PROVINSI", "Bimbingan"]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["", "PROVINSI\nSETDA"]
    assert "(Keterangan gambar: Tanpa gambar)" in words(
        render(samples.report(Prose("x", "", photos)), "docx"), "docx"
    )


@pytest.mark.parametrize("kind", photographs.STRANGE)
def test_a_picture_that_was_stored_as_it_came_is_printed(kind):
    address = data_uri(photographs.STRANGE[kind], "image/jpeg")
    head = PrintedLetterhead(government="PROVINSI", body="SETDA", logo=address)
    photos = Prose("Catatan", "", [Figure("Bimbingan", data_uri=address)])
    content = render(samples.report(photos, letterhead=head), "docx")
    with ZipFile(BytesIO(content)) as package:
        (media,) = {package.read(name) for name in package.namelist() if "media" in name}
    assert pictures.is_plain(media)


def test_a_stored_picture_that_nobody_can_read_is_left_out():
    heads = photographs.saved(photographs.landscape())[:30], photographs.without_head()[:100]
    photos = [Figure("Rusak", data_uri=data_uri(head, "image/jpeg")) for head in heads]
    document = opened(samples.report(Prose("Catatan", "", photos)))
    assert document.element.body.xpath(".//wp:docPr") == []


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "data:image/png;base64,bukan"]
)
def test_pictures_that_are_no_data_are_left_out(address):
    head = PrintedLetterhead(government="A", body="B", logo=address)
    report = samples.report(
        Prose("Catatan", "", [Figure("Foto", data_uri=address)]), letterhead=head
    )
    content = render(report, "docx")
    package = ZipFile(BytesIO(content))
    assert not [name for name in package.namelist() if "media" in name]
    assert not any(b"External" in package.read(name) for name in package.namelist())
    assert "(Keterangan gambar: Foto)" in words(content, "docx")


HOSTILE = [
    "Kata" * 400,
    "kanan\u202ekiri\u200f",
    "nol\x00\x0b\ufffe",
    '=HYPERLINK("http://x")',
    "baris\nbaris\tkolom",
    "{{ 7*7 }}{% raw %}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    read = words(render(samples.hostile(text), "docx"), "docx")
    assert " ".join(text.translate({0: None, 11: None, 0xFFFE: None}).split()) in read


def test_markup_is_text_or_nothing():
    text = "<script>alert(1)</script><w:p/>&lt;b&gt;"
    lines = document_lines(render(samples.hostile(text), "docx"))
    assert lines[0] == text  # a title is plain
    assert "<b>" in lines  # a rich text keeps what is escaped, and drops the script


@pytest.mark.parametrize("count", [0, 1, 300])
def test_any_number_of_rows(count):
    rows = [samples.row(number) for number in range(count)]
    (table,) = opened(samples.report(samples.table(rows))).tables
    assert len(table._tbl.tr_lst) == 2 + max(count, 1)
    assert ("Tidak ada data" in table._tbl.xpath("string(.)")) is (count == 0)


def test_a_long_table_is_counted_row_by_row():
    told = []
    report = samples.report(samples.table([samples.row(n) for n in range(1, 4)]))
    render(report, "docx", lambda *counts: told.append(counts))
    assert told == [(Stage.WRITE, number, 3) for number in (1, 2, 3)]


def test_a_table_in_a_text_is_one_in_a_cell_and_between_paragraphs():
    passage = Prose(
        "Catatan", f"<p>a</p>{samples.TABLE}" + samples.TABLE.replace("<p>Rinciannya:</p>", "")
    )
    listed = f'<ol type="a"><li>{samples.TABLE}</li></ol>'
    document = opened(samples.report(samples.table([samples.row(1, text=listed)]), passage))
    inner = document.tables[0].cell(2, 1).tables[0]
    for table in (inner, *document.tables[1:]):
        assert [cell.text for cell in table.rows[0].cells] == ["Kegiatan", "Target", "Target"]
        assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
        assert table.cell(2, 2).text == "8 kali" and table.cell(1, 0).paragraphs[0].runs[1].italic
        heads = [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows]
        assert heads == [True, False, False]
    assert len(document.tables) == 3
    (room,) = document.tables[0].cell(2, 1)._tc.xpath("w:tcPr/w:tcW/@w:w")
    (width,) = inner._tbl.xpath("w:tblPr/w:tblW/@w:w")
    (indent,) = inner._tbl.xpath("w:tblPr/w:tblInd/@w:w")
    assert int(width) + int(indent) < int(room)
    for cell in document.element.body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")  # or Word calls the file damaged
    for table in document.element.body.iter(qn("w:tbl")):
        assert table.getnext().tag == qn("w:p")  # or Word joins two tables
