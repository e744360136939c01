from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from PIL import ImageFont

from reports.renderers import render
from reports.tables.table import Figure, Orientation, Paper, Prose, Table
from sakip.type_metrics import width_of
from tests.reports import samples

LINE = 12  # points that Excel and LibreOffice need for one line of Arial 10
SIZE = 10 / 0.75  # pixels
FACES = {
    bold: ImageFont.truetype(f"LiberationSans-{style}.ttf", 1000)
    for bold, style in ((False, "Regular"), (True, "Bold"))
}
PAYLOADS = ["=HYPERLINK(1)", "+62", "-1", "@x", "#N/A", "=1+1", "==", "\t=1"]


def workbook(report):
    return load_workbook(BytesIO(render(report, "xlsx")), rich_text=True)


def rows(sheet):
    """Below the title and the two rows of the head."""
    return [row for row in sheet.iter_rows(min_row=5) if row[0].value is not None]


def test_head_matches_the_definition():
    sheet = workbook(samples.report()).active
    assert sheet["A1"].value == "Tindak Lanjut LHE"
    assert [cell.value for cell in sheet[3]] == [
        "No.", "Rekomendasi", "Catatan", "Realisasi", None, "Batas waktu",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[4]] == [None, None, None, "2022", "2023", None]
    assert {str(cells) for cells in sheet.merged_cells.ranges} >= {"D3:E3", "A3:A4"}


def test_numbers_and_dates_are_real():
    first = rows(workbook(samples.report()).active)[0]
    assert [cell.data_type for cell in first] == ["n", "s", "n", "n", "n", "d"]
    assert first[3].value == 1234.5
    assert first[3].number_format == "#,##0.00"
    assert first[5].value == datetime(2023, 10, 2)  # noqa: DTZ001
    assert first[5].number_format == "[$-421]d mmmm yyyy"


def test_mark_and_annotation_live_in_the_number_format():
    body = rows(workbook(samples.report()).active)
    assert (body[0][4].value, body[0][4].number_format) == (3.51, '#,##0.00"*"')
    assert (body[1][4].value, body[1][4].number_format) == (65.64, '#,##0.00" (peringkat 4)"')


def test_missing_is_an_empty_cell():
    last = rows(workbook(samples.report()).active)[3]
    assert (last[4].value, last[5].value) == (None, None)


def test_italics_and_letters_are_kept():
    body = rows(workbook(samples.report()).active)
    rich = body[0][1].value
    assert isinstance(rich, CellRichText)
    assert [run.text for run in rich if run.font.i] == ["reward"]
    assert str(rich) == "Supaya:\na. memberi reward;\nb. menata."
    assert body[1][1].value == "d. mengukur;\ne. melapor."


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_cell_is_a_formula(text):
    content = render(samples.hostile(text), "xlsx")
    with ZipFile(BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "/sheet" in name]
    assert not any(b"<f>" in sheet or b't="e"' in sheet for sheet in sheets)
    book = load_workbook(BytesIO(content))
    typed = [cell for sheet in book for row in sheet for cell in row if cell.value == text]
    assert len(typed) >= 7
    assert {cell.data_type for cell in typed} == {"s"}
    assert {cell.quotePrefix for cell in typed} == {text[0] in "=+-@"}


def test_control_characters_do_no_harm():
    sheet = workbook(samples.hostile("Biro\x00 \x0bUmum\ufffe")).worksheets[0]
    assert sheet["A1"].value == "Biro Umum"


def test_no_rows_says_so():
    sheet = workbook(samples.report(samples.table([]))).active
    assert sheet["A5"].value == "Tidak ada data"


@pytest.mark.parametrize(("paper", "code"), [(Paper.F4, 14), (Paper.A4, 9)])
def test_print_setup(paper, code):
    sheet = workbook(samples.report(paper=paper, orientation=Orientation.LANDSCAPE)).active
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (code, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:F8"
    assert "Halaman &P dari &N" in sheet.oddFooter.right.text


def test_rows_are_high_enough_and_numbers_fit():
    sheet = workbook(samples.report()).active
    assert sheet.row_dimensions[5].height > 3 * LINE
    for column, text in (("E", "65,64 (peringkat 4)"), ("F", "2 Oktober 2023")):
        pixels = sheet.column_dimensions[column].width * 7 - 5
        assert pixels > FACES[False].getlength(text) * SIZE / 1000, text


def test_a_column_is_measured_in_the_digits_of_our_own_type():
    """Else a computer without openpyxl's Calibri makes all columns as wide as its substitute."""
    with ZipFile(BytesIO(render(samples.report(), "xlsx"))) as archive:
        fonts = archive.read("xl/styles.xml").decode()
    assert "Calibri" not in fonts


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", ["Menyusun", "WWW", "iii ll", "2.023,50%", "é (a/b) “x”"])
def test_widths_are_those_of_the_typeface(text, bold):
    assert width_of(text, bold=bold) == pytest.approx(FACES[bold].getlength(text), rel=0.05)


def test_a_text_that_is_higher_than_a_row_may_be_goes_on_in_merged_rows():
    long = "".join(f"<p>Kalimat ke-{number}.</p>" for number in range(80))
    sheet = workbook(samples.report(samples.table([samples.row(1, text=long), samples.row(2)])))
    sheet = sheet.active
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {"A5:A7", "B5:B7", "F5:F7"} <= merged
    heights = [sheet.row_dimensions[row].height for row in (5, 6, 7)]
    assert max(heights) <= 409
    assert sum(heights) > 80 * LINE
    assert sheet["A8"].value == 2
    assert sheet.auto_filter.ref == "A4:F8"


def test_a_heading_over_several_columns_is_as_high_as_its_words():
    columns = [replace(one, group="Realisasi " * 9 if one.group else "") for one in samples.COLUMNS]
    sheet = workbook(samples.report(Table(columns=columns, rows=samples.ROWS))).active
    assert sheet.row_dimensions[3].height > 3 * LINE
    assert {"D3:E3", "A3:A4"} <= {str(cells) for cells in sheet.merged_cells.ranges}


def test_one_sheet_per_table_with_names_excel_accepts():
    tables = [samples.table(title=title) for title in ("Sasaran: 1/2?", "Sasaran: 1/2?", "x" * 40)]
    figure = Figure("Bimbingan di Malang")
    book = workbook(samples.report(*tables, Prose("Catatan", "<p>Ada</p>", [figure])))
    assert book.sheetnames == ["Sasaran 1 2", "Sasaran 1 2 (2)", "x" * 31, "Catatan"]
    notes = [cell.value for cell in book["Catatan"]["A"] if cell.value]
    assert notes[1:] == ["Catatan", "Ada", "(Keterangan gambar: Bimbingan di Malang)"]


def test_headings_of_charts_alone_make_no_sheet():
    book = workbook(samples.report(samples.table(name="Sasaran 1"), Prose("Sasaran 1")))
    assert book.sheetnames == ["Sasaran 1"]


def test_notes_and_totals_stand_below():
    total = samples.Cell(value="Jumlah", span=3)
    table = samples.table(
        footer_rows=[(total, samples.Decimal(9), None, None)], notes=["Sumber: Biro"]
    )
    sheet = workbook(samples.report(table)).active
    assert (sheet["A9"].value, sheet["D9"].value) == ("Jumlah", 9)
    assert sheet["A11"].value == "Sumber: Biro"


def test_properties_name_the_report_and_nobody():
    with ZipFile(BytesIO(render(samples.report(), "xlsx"))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert ">Tindak Lanjut LHE</dc:title>" in core
    assert "creator" not in core


def test_a_table_in_a_text_is_lines_in_its_cell():
    table = samples.table(
        [
            samples.row(text=samples.TABLE),
            samples.row(
                text=samples.TABLE[len("<p>Rinciannya:</p>") :].replace("Kegiatan", "=1+1")
            ),
        ]
    )
    first, second = rows(workbook(samples.report(table)).active)[:2]
    assert str(first[1].value) == (
        "Rinciannya:\nKegiatan | Target\nRapat monev | TW I | 4 kali\nTW II | 8 kali\nSelesai."
    )
    assert str(second[1].value).startswith("=1+1 | Target") and second[1].data_type == "s"
