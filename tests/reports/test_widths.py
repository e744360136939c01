"""Columns in Word and in a workbook: no word of a head and no figure is broken."""

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from reports.renderers import render
from reports.renderers.widths import fitted, longest_words
from reports.tables.table import CellKind, Column, Report, Table
from sakip.spreadsheets import column_width
from sakip.type_metrics import width_of

NARROW = Table(
    columns=[
        Column("Perangkat daerah", lambda row: row[0], width=80),
        Column("Diverifikasi", lambda row: row[1], CellKind.INTEGER, width=2),
        Column("Tahun", lambda row: row[2], CellKind.ID, width=2),
    ],
    rows=[("Biro Organisasi", 1_234_567, 2022)],
)


def test_who_has_to_spare_pays_for_who_lacks():
    assert fitted([60, 30, 10], [20, 20, 20]) == [52, 28, 20]
    assert fitted([60, 40], [20, 20]) == [60, 40]
    assert fitted([50, 50], [150, 50]) == [75, 25], "not enough for all: everyone gives"


def test_the_widest_word_of_head_and_cells():
    words = longest_words(NARROW, NARROW.body())
    assert words[0] == max(width_of("Perangkat", bold=True), width_of("Organisasi"))
    assert words[1] == width_of("Diverifikasi", bold=True)
    address = Table(columns=[Column("Alamat", str)], rows=["https://" + "a" * 500])
    assert longest_words(address, address.body()) == [9_000], "an address may be broken"


def test_a_word_table_gives_narrow_columns_room():
    report = Report(name="sempit", title="Sempit", sections=[NARROW])
    document = Document(BytesIO(render(report, "docx")))
    [table] = document.tables
    widths = [int(column.get(qn("w:w"))) / 20 for column in table._tbl.tblGrid]
    assert widths[1] > width_of("Diverifikasi", bold=True) * 9 / 1000
    assert abs(sum(widths) - report.text_width * 72 / 25.4) < 1


def test_what_has_to_fit_one_page_is_small_in_word_too():
    report = Report(name="sempit", title="Sempit", sections=[NARROW], is_compact=True)
    document = Document(BytesIO(render(report, "docx")))
    assert document.styles["Isi Tabel"].font.size.pt == 7


def test_a_sheet_has_whole_words_in_its_head():
    report = Report(name="sempit", title="Sempit", sections=[NARROW])
    [sheet] = load_workbook(BytesIO(render(report, "xlsx")))
    assert sheet.column_dimensions["B"].width + 0.1 > column_width("Diverifikasi", bold=True)
