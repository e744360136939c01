"""A cell means what people see in it: its number format, its merged neighbours, its words in brackets."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from performance.models import Indicator, Realisation
from performance.rules.typed_figures import REASONS, TypedFigure, read_figure
from tests import factories
from tests.workbooks.books import plan_of, upload
from tests.workbooks.test_bad_files import ods
from workbooks.columns.cells import Percent, shown
from workbooks.compare.plan import RowOutcome
from workbooks.readers import workbook
from workbooks.readers.number_formats import is_percentage

HEAD = ["Sasaran", "Nomor", "Nama indikator", "Realisasi 2023"]
ROW = ["Sekretariat Daerah / 1", 1, "Satu"]


@pytest.fixture
def indicator(units):
    return factories.make_indicator(
        factories.make_objective(units.setda), units.organisasi, "Satu", values={2023: Decimal(70)}
    )


def plan(cast, *values, change=None):
    rows = [[*ROW, *values[:1]], *values[1:]]
    return plan_of("indicators", cast.kadir, upload({"Indikator": [HEAD, *rows]}, change=change))


def changes(plan):
    return [change.after for sheet in plan.sheets for row in sheet.rows for change in row.changes]


def formatted(cell, code):
    return lambda book: setattr(book["Indikator"][cell], "number_format", code)


# ── Number formats ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("0%", "87,5"),
        ("0.0%", "87,5"),
        ('#,##0.00"  "%;[Red]-0.00%', "87,5"),
        ("General", "0,875"),
        ('0.000" %"', "0,875"),  # the sign is only written behind it
        (r"0.000\%", "0,875"),
    ],
)
def test_a_percentage_is_what_the_cell_shows(cast, indicator, code, read):
    assert changes(plan(cast, 0.875, change=formatted("D2", code))) == [read]


def test_a_percentage_is_found_whatever_the_sheet_is_called():
    def change(book):
        book['Jum\'at & "Sabtu"']["A1"].number_format = "0%"

    file = upload({'Jum\'at & "Sabtu"': [[0.875]]}, change=change)
    [sheet] = workbook.read_workbook(file, file.name)
    assert sheet.rows == [(1, [87.5])]


@pytest.mark.parametrize(
    ("code", "is_one"),
    [("0%", True), ("[$-421]0.0%", True), ("0.0\\%", False), ('0"%"', False), ("0;0%", False)],
)
def test_a_sign_that_is_only_text_is_no_percentage(code, is_one):
    assert is_percentage(code) is is_one


def test_a_percentage_in_libreoffice_is_read_alike():
    cell = '<table:table-cell office:value-type="percentage" office:value="0.07"{}/>'
    number = '<table:table-cell office:value-type="float" office:value="0.07"/>'
    columns = cell.format(' table:number-columns-repeated="2"') + number
    row = f'<table:table-row table:number-rows-repeated="2">{columns}</table:table-row>'
    [sheet] = workbook.read_workbook(ods(row), "buku.ods")
    assert sheet.rows == [(1, [7, 7, 0.07]), (2, [7, 7, 0.07])]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2024, 1, 1), "01/01/2024"),
        (datetime.combine(date(2024, 1, 1), time()), "01/01/2024"),
        (datetime.combine(date(2024, 1, 1), time(7, 30)), "01/01/2024 07:30"),
        (0.875, "0,875"),
        (45292.0, "45292"),
        (Percent(87.5), "87,5 %"),
        ("n.a.", "n.a."),
    ],
)
def test_a_refused_value_is_told_as_the_sheet_shows_it(value, words):
    assert shown(value) == words


def test_a_date_where_a_number_should_be_is_told_as_a_date(cast, indicator):
    [problem] = plan(cast, date(2024, 1, 1)).errors
    assert (problem.cell, problem.value) == ("D2", "01/01/2024")


# ── Marks, annotations, and words for nothing ───────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("96,63*)", TypedFigure(Decimal("96.63"), mark="*")),
        ("88,48 (peringkat 4)", TypedFigure(Decimal("88.48"), annotation="peringkat 4")),
        ("3,51 *) (skor 2022)", TypedFigure(Decimal("3.51"), mark="*", annotation="skor 2022")),
        ("\u200e96,63\u200b*)", TypedFigure(Decimal("96.63"), mark="*")),
        ("3,51 (skor 2022)**", TypedFigure(Decimal("3.51"), mark="**", annotation="skor 2022")),
    ],
)
def test_a_figure_comes_with_its_mark_and_annotation(words, figure):
    assert read_figure(words) == figure


@pytest.mark.parametrize("words", ["\u00ad88,48", "88,48 (4)", "(88,48)", "88,48 (peringkat 4"])
def test_what_is_no_annotation_is_refused(words):
    with pytest.raises(ValueError, match="bukan angka"):
        read_figure(words)


def test_a_cell_of_unseen_signs_is_empty(cast, units):
    factories.make_objective(units.setda)
    head = ["Sasaran", "Nomor", "Nama indikator", "Satuan", "Unit pemilik", "Banyak desimal"]
    row = [ROW[0], "\u200e1", "Satu", "Indeks", "Biro Organisasi", "\u200b", "\u200e-", "\ufeff"]
    book = upload({"Indikator": [[*head, "Target 2023", "Realisasi 2023"], row]})
    found = plan_of("indicators", cast.kadir, book)
    assert (found.errors, found.count(RowOutcome.NEW)) == ([], 1)
    assert changes(found) == [ROW[0], "1", "Satu", "Indeks", "Biro Organisasi"]


def test_the_annotation_is_written_beside_the_figure_and_read_again_as_the_same(cast, indicator):
    found = plan(cast, "88,48 (peringkat 4)")
    [row] = found.sheets[0].rows
    assert row.changes[0].fields["annotation"] == "peringkat 4"
    values = {"value": Decimal("88.48"), "annotation": "peringkat 4"}
    Realisation.objects.filter(indicator=indicator).update(**values)
    assert plan(cast, "88,48 (peringkat 4)").count(RowOutcome.UNCHANGED) == 1
    assert plan(cast, 88.48).count(RowOutcome.UNCHANGED) == 1
    assert plan(cast, "88,48 (peringkat 5)").count(RowOutcome.CHANGED) == 1


@pytest.mark.parametrize("words", ["n.a.", "Belum ada data", "TAD"])
def test_other_words_for_nothing_are_answered_with_the_reasons_that_may_be_written(
    cast, indicator, words
):
    [problem] = plan(cast, words).errors
    assert problem.message.endswith(REASONS)
    assert "Belum rilis, Tidak diukur, Tidak berlaku (n/a)" in problem.message


# ── Merged cells ────────────────────────────────────────────────────────────────────────────────
def test_a_key_cell_merged_downwards_is_read_for_every_row_and_said(cast, indicator):
    factories.make_indicator(indicator.objective, indicator.owner_unit, "Dua", values={2023: 1})
    assert Indicator.objects.count() == 2
    below = [None, 2, "Dua", 2]
    found = plan(cast, 71, below, change=lambda book: book["Indikator"].merge_cells("A2:A3"))
    assert (changes(found), found.errors) == (["71", "2"], [])
    [remark] = [one for one in found.warnings if one.cell == "A2"]
    assert "Kolom “Sasaran” berisi sel yang digabung ke bawah (A2:A3)" in remark.message
