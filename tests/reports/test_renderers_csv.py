import csv
from decimal import Decimal
from io import StringIO

import pytest

from reports.renderers import render
from tests.reports import samples


def read(report):
    text = render(report, "csv").decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def test_excel_sees_utf8_at_once():
    assert render(samples.report(), "csv").startswith(b"\xef\xbb\xbf")


def test_head_and_row():
    head, first, *_ = read(samples.report())
    assert head == [*samples.LABELS, "Keterangan"]
    assert first == [
        "1",
        "Supaya:\na. memberi reward;\nb. menata.",
        "",
        "1234,50",
        "3,51",
        "2023-10-02",
        "Realisasi 2023: * tahun 2022",
    ]


def test_letters_start_where_they_are_told():
    rows = read(samples.report())
    assert rows[2][1] == "d. mengukur;\ne. melapor."
    assert rows[3][1] == "a. (1) memilih;\n    (2) memberi."


def test_missing_is_empty_and_negative_stays_a_number():
    rows = read(samples.report())
    assert rows[4][4:6] == ["", ""]
    assert rows[3][4] == "-0,40"


def test_without_remarks_there_is_no_extra_column():
    assert read(samples.report(samples.table([samples.row()])))[0] == samples.LABELS


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+62", "-1", "@x", "\t=1", "\r=1", "\n=1"])
def test_no_text_becomes_a_formula(text):
    _, row = read(samples.report(samples.table([samples.row(remark=text)])))
    assert row[2] == f"'{text}"


def test_several_tables_are_told_apart():
    total = samples.Cell(value="Jumlah", span=5)
    one = samples.table([samples.row()], title="Sasaran 1", footer_rows=[(total, None)])
    two = samples.table([samples.row(2, before=Decimal(-5))], title="Sasaran 2")
    rows = read(samples.report(one, two))
    assert [row[:2] for row in rows] == [
        ["Bagian", "No."],
        ["Sasaran 1", "1"],
        ["Sasaran 1", "Jumlah"],
        ["Sasaran 2", "2"],
    ]
    assert rows[2] == ["Sasaran 1", "Jumlah", "", "", "", "", ""]
