"""T6: what a list shows is in a file with one click, and nothing that its filters leave out."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests import factories
from tests.e2e import budgets

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def taken_out(visitor, name):
    """The values of each row of the first sheet after the instructions."""
    with visitor.page.expect_download() as download:
        visitor.click(visitor.page.get_by_role("link", name=name, exact=True))
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).worksheets[1]
    return [[str(value) for value in row] for row in sheet.iter_rows(min_row=2, values_only=True)]


@SCRIPTS
def test_the_filtered_list_is_taken_out_with_one_click(visit, cast, recommendation, units, scripts):
    for unit in (units.organisasi, units.umum, units.umum):
        factories.make_renaksi(recommendation, unit)
    kadir = visit(cast.kadir, java_script_enabled=scripts)
    kadir.open(f"/renaksi/?unit={units.umum.pk}")
    rows = taken_out(kadir, "Unduh yang tampil")
    assert kadir.clicks == budgets.EXPORT.count
    assert len(rows) == 2
    assert all("Biro Umum" in row for row in rows)


def test_a_filter_set_on_the_page_holds(visit, cast, recommendation, units):
    """Only a part of the page is exchanged then; the link belongs to it."""
    for unit in (units.organisasi, units.umum):
        factories.make_renaksi(recommendation, unit)
    kadir = visit(cast.kadir)
    page = kadir.open("/renaksi/")
    page.get_by_label("Unit", exact=True).select_option(str(units.umum.pk))
    page.get_by_text("1 rencana aksi").first.wait_for()
    (row,) = taken_out(kadir, "Unduh yang tampil")
    assert "Biro Umum" in row


@SCRIPTS
def test_the_list_of_lhe_likewise(visit, cast, evaluation, units, scripts):
    factories.make_evaluation(units.setda, 2021)
    kadir = visit(cast.kadir, java_script_enabled=scripts)
    kadir.open("/evaluasi/?tahun=2021")
    rows = taken_out(kadir, "Unduh yang tampil")
    assert kadir.clicks == budgets.EXPORT.count
    assert [row[1] for row in rows] == ["2021"]
