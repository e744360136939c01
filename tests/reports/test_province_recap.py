"""The recapitulation of the province: the figures of the page, on paper and as a workbook."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from reports import definitions
from reports.renderers import formats, render
from sakip import colours
from tests import factories
from tests.kept_figures import keep
from tests.reports.reading import words

TODAY = date(2026, 11, 24)


def build(user, **chosen):
    return definitions.build("province-recap", user, today=TODAY, **chosen)


def rows(report):
    return [[formats.cell_text(cell) for cell in row] for row in report.tables[0].body()]


@pytest.fixture
def two(units, evaluation, recommendation):
    """Setda has 73,90 in 2022; Dinas fell from 80,00 in 2022 to 61,50 in 2023."""
    factories.make_renaksi(recommendation, units.umum, due_date="2026-11-14")
    factories.make_renaksi(recommendation, units.umum, status="done")
    rubric = evaluation.rubric
    factories.make_evaluation(
        units.dinas, 2022, rubric=rubric, scores=("24", "16", "8", "16", "16")
    )
    factories.make_evaluation(
        units.dinas, 2023, rubric=rubric, scores=("24", "6", "5.5", "12", "14")
    )
    return units


def test_the_worst_body_is_first_with_the_figures_of_the_page(two, cast):
    report = build(cast.dewi)
    assert rows(report) == [
        ["1.", "Dinas Pariwisata", "2023", "61,50", "B", "-18,50", "2022"]
        + ["Pengukuran -10,00\nbelum ada rencana aksi", "80", "30", "55", "60", "70"]
        + ["0", "0", "0", "0", "-", "0", "0"],
        ["2.", "Sekretariat Daerah\n(LHE 2023 belum dicatat)", "2022", "73,90", "BB", "-", "-"]
        + ["-", "74", "74", "77", "70", "76"]
        + ["2", "1", "1", "1", "10", "0", "0"],
        ["3.", "Inspektorat", "-", "belum ada", "-", "-", "-", "LHE 2023 belum dicatat"]
        + ["-"] * 12,
    ]
    [total] = report.tables[0].footer()
    assert [formats.cell_text(cell) for cell in total] == [
        "Jumlah",
        "2",
        "1",
        "1",
        "1",
        "-",
        "0",
        "0",
    ]
    assert "3 perangkat daerah: 1 BB, 1 B; LHE sebelumnya 1 BB. 1 turun." in report.passages[0].html


def test_year_and_body_are_obeyed(two, cast):
    report = build(cast.dewi, year=2022)
    assert {row[1]: row[3] for row in rows(report)} == {
        "Dinas Pariwisata": "80,00",
        "Sekretariat Daerah": "73,90",
        "Inspektorat": "belum ada",
    }
    assert [row[1] for row in rows(build(cast.dewi, unit=two.dinas))] == ["Dinas Pariwisata"]


def test_nobody_prints_more_than_the_own_reach(two, cast):
    assert [row[1] for row in rows(build(cast.sari))] == ["Dinas Pariwisata"]
    assert rows(build(cast.rina)) == []
    for format_name in ("pdf", "xlsx", "csv", "docx"):
        assert "Sekretariat" not in words(render(build(cast.sari), format_name), format_name)


def test_an_operator_is_not_offered_it(two, cast, signed_in):
    hub = reverse("reports:report-list")
    assert "Rekap provinsi" not in signed_in(cast.rina).get(hub).text
    assert "Rekap provinsi" in signed_in(cast.kadir).get(hub).text


@pytest.mark.once
def test_it_is_f4_landscape_and_its_head_is_on_every_page(two, cast, evaluation):
    for number in range(40):
        body = factories.make_unit(f"Dinas {number}", parent=two.province, kind="body")
        scores = ("20", "10", "5", "10", "10")
        factories.make_evaluation(body, 2022, rubric=evaluation.rubric, scores=scores)
    reader = PdfReader(BytesIO(render(build(cast.dewi), "pdf")))
    page = reader.pages[0].mediabox
    assert [round(float(side) / 72 * 25.4) for side in (page.width, page.height)] == [330, 215]
    assert len(reader.pages) > 1
    texts = [page.extract_text() for page in reader.pages]
    assert all("Perangkat daerah" in text for text in texts)
    assert sum(text.count("Dinas 3") for text in texts) == 11


def test_the_workbook_holds_numbers_on_their_colours(two, cast):
    book = load_workbook(BytesIO(render(build(cast.dewi), "xlsx")))
    assert book.sheetnames[:2] == ["Perangkat daerah", "Predikat"]
    [first] = [
        row for row in book["Perangkat daerah"].iter_rows() if row[1].value == "Dinas Pariwisata"
    ]
    assert (first[3].value, first[5].value) == (61.5, -18.5)
    fills = [cell.fill.fgColor.rgb[2:] for cell in first[8:11]]
    steps = (colours.HEAT_4, colours.HEAT_1, colours.HEAT_2)
    assert fills == [colours.digits(colour) for colour in steps]


def test_it_costs_the_same_for_three_and_for_thirty_bodies(two, cast, evaluation):
    def count():
        keep(TODAY)
        with CaptureQueriesContext(connection) as queries:
            rows(build(cast.dewi))
        return len(queries)

    assert cast.dewi.reach is None  # asked once for every request
    few = count()
    for number in range(27):
        body = factories.make_unit(f"Dinas {number}", parent=two.province, kind="body")
        for year in (2021, 2022):
            one = factories.make_evaluation(body, year, rubric=evaluation.rubric, scores=["20"])
            factories.make_renaksi(factories.make_recommendation(one), body)
    assert count() == few
