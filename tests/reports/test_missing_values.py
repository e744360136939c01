"""A value that is not there: "-" on paper and on screen, an empty cell in Excel and CSV."""

import csv
import re
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from reports import definitions
from reports.definitions import DEFINITIONS
from reports.renderers import formats, html, render
from reports.tables.table import Cell, CellKind
from tests import factories
from tests.reports import samples

TODAY = date(2023, 10, 2)


@pytest.fixture
def bare(evaluation, units):
    """Records with nothing but what must be there: no renaksi, no measure, no figure of the year."""
    factories.make_recommendation(evaluation, text="<p>Isi</p>")
    objective = factories.make_objective(units.setda)
    factories.make_indicator(objective, units.umum, values={2022: None}, measure="")


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_a_report_on_bare_records(name, bare, cast):
    report = definitions.build(name, cast.kadir, today=TODAY)
    body = "".join(re.findall(r"<tbody>(.*?)</tbody>", html.document(report), re.DOTALL))
    assert not re.search(r"<td[^>]*>\s*</td>", body)
    book = load_workbook(BytesIO(render(report, "xlsx")))
    cells = [value for sheet in book for row in sheet.values for value in row]
    assert "-" not in cells
    lines = csv.reader(StringIO(render(report, "csv").decode("utf-8-sig")), delimiter=";")
    assert not any(value.strip("'") == "-" for line in lines for value in line)


def test_what_stands_beside_a_missing_value_is_kept():
    cell = Cell(value=None, kind=CellKind.NUMBER, annotation="(belum rilis)")
    assert formats.cell_text(cell) == "- (belum rilis)"
    report = samples.report(samples.table([samples.row(after=cell)]))
    sheet = load_workbook(BytesIO(render(report, "xlsx"))).active
    assert sheet["E5"].value == "(belum rilis)"
