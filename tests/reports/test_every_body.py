"""KKE Format 6, the recapitulation by unit and the matrix of all bodies in one file."""

from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from reports.exports import catalogue
from reports.exports.catalogue import EXPORTS, ExportSpec, TooLong
from reports.renderers import formats, render
from reports.services import issuing
from tests import factories

TODAY = date(2026, 11, 24)
NAMES = ["kke-6", "unit-recap", "matrix"]
FILES = {
    "kke-6": "kke-format-6-semua-perangkat-daerah",
    "unit-recap": "rekap-per-unit-kerja-semua-perangkat-daerah",
    "matrix": "matriks-tindak-lanjut-lhe-semua-perangkat-daerah",
}
every_name = pytest.mark.parametrize("name", NAMES)


def spec(name, format="xlsx", **fields):
    return ExportSpec(name=name, format=format, options={"all_bodies": True}, **fields)


def build(name, user, **fields):
    return catalogue.build(spec(name, **fields), user, today=TODAY)


def rows(table):
    return [[formats.cell_text(cell) for cell in row] for row in table.body()]


@pytest.fixture
def bodies(units, cast, evaluation, renaksi):
    """Setda with renaksi of 2022 and an empty LHE of 2023; Dinas with renaksi of 2022 and of 2023."""
    factories.make_evaluation(units.setda, 2023, rubric=evaluation.rubric)
    for year in (2022, 2023):
        one = factories.make_evaluation(units.dinas, year, rubric=evaluation.rubric)
        asked = factories.make_recommendation(one, text=f"<p>Dinas {year}</p>")
        proof = factories.make_renaksi(asked, units.dinas, status="done", due_date="2026-01-02")
        factories.make_evidence(proof)
        proof.quarterly_reports.create(year=year, quarter=1, progress=40)
    return units


@every_name
def test_each_body_has_a_sheet_with_its_own_table(name, bodies, cast):
    report = build(name, cast.dewi)
    book = load_workbook(BytesIO(render(report, "xlsx")))
    assert book.sheetnames == ["Dinas Pariwisata", "Sekretariat Daerah"]
    assert report.filename == FILES[name]
    for table, evaluation in zip(
        report.tables,
        (bodies.dinas.evaluations.first(), bodies.setda.evaluations.last()),
        strict=True,
    ):
        own = catalogue.build(
            ExportSpec(name=name, format="xlsx", evaluation_id=evaluation.pk),
            cast.dewi,
            today=TODAY,
        )
        assert rows(table) == rows(own.tables[0])
        assert list(table.footer()) == list(own.tables[0].footer())
        assert table.notes == own.tables[0].notes
        assert str(evaluation.performance_year) in table.title


def test_the_year_of_a_chosen_lhe_is_that_of_all(bodies, cast, evaluation):
    report = build("kke-6", cast.dewi, evaluation_id=evaluation.pk)
    assert [table.title for table in report.tables] == [
        "Dinas Pariwisata, LHE SAKIP Tahun 2023 (Tahun Kinerja 2022)",
        "Sekretariat Daerah, LHE SAKIP Tahun 2023 (Tahun Kinerja 2022)",
    ]


@every_name
def test_only_bodies_within_reach_are_in_it(name, bodies, cast, recommendation):
    """Sari's unit does a part of what the LHE of the Setda asks; that LHE is not hers for all that."""
    factories.make_renaksi(recommendation, bodies.dinas)
    assert [table.name for table in build(name, cast.sari).tables] == ["Dinas Pariwisata"]
    assert [table.name for table in build(name, cast.kadir).tables] == ["Sekretariat Daerah"]
    with pytest.raises(catalogue.ReportError):
        build(name, cast.kadir, evaluation_id=bodies.dinas.evaluations.first().pk)


def test_names_of_sheets_are_short_and_differ(bodies, cast, evaluation):
    for number, name in enumerate(("Dinas A/B: Perumahan Rakyat dan Kawasan Permukiman",) * 2):
        body = factories.make_unit(f"{name} {number}", parent=bodies.province, kind="body")
        one = factories.make_evaluation(body, 2022, rubric=evaluation.rubric)
        factories.make_renaksi(factories.make_recommendation(one), body)
    book = load_workbook(BytesIO(render(build("matrix", cast.dewi), "xlsx")))
    assert book.sheetnames[:2] == [
        "Dinas A B Perumahan Rakyat dan",
        "Dinas A B Perumahan Rakyat (2)",
    ]
    assert all(len(name) <= 31 for name in book.sheetnames)


@every_name
def test_it_costs_the_same_for_two_and_for_thirty_bodies(name, bodies, cast, evaluation):
    def count():
        with CaptureQueriesContext(connection) as queries:
            rows_of_all = [rows(table) for table in build(name, cast.dewi).tables]
        assert all(rows_of_all)
        return len(queries)

    assert cast.dewi.reach is None  # asked once for every request
    few = count()
    for number in range(28):
        body = factories.make_unit(f"Badan {number}", parent=bodies.province, kind="body")
        for year in (2021, 2022):
            one = factories.make_evaluation(body, year, rubric=evaluation.rubric)
            proof = factories.make_renaksi(factories.make_recommendation(one), body)
            factories.make_evidence(proof)
            proof.quarterly_reports.create(year=year, quarter=1, progress=40)
    assert count() == few


def test_a_large_one_is_made_in_the_background(bodies, cast, monkeypatch):
    monkeypatch.setitem(catalogue.MAX_CHARACTERS_AT_ONCE, "xlsx", 10)
    with pytest.raises(TooLong):
        catalogue.export_file(spec("matrix"), cast.dewi, today=TODAY, at_once=True)


def test_it_is_offered_to_whoever_has_several_bodies(bodies, cast, signed_in):
    hub = reverse("reports:report-list")
    label = "Excel, semua perangkat daerah"
    assert signed_in(cast.dewi).get(hub).text.count(label) == len(NAMES)
    assert label not in signed_in(cast.kadir).get(hub).text
    page = reverse("reports:report-preview", args=["matrix"])
    assert 'name="semua"' not in signed_in(cast.kadir).get(page).text
    shown = signed_in(cast.dewi).get(page, {"semua": "on"}).text
    assert "Satu berkas untuk 2 perangkat daerah" in shown
    assert "Terbitkan" not in shown
    file = reverse("reports:report-download", args=["matrix", "xlsx"])
    assert f'href="{file}?semua=on"' in shown
    answer = signed_in(cast.dewi).get(file, {"semua": "on"})
    assert load_workbook(BytesIO(answer.getvalue())).sheetnames == [
        "Dinas Pariwisata",
        "Sekretariat Daerah",
    ]


def test_it_is_not_issued(bodies, cast):
    with pytest.raises(catalogue.ReportError, match="satu perangkat daerah"):
        issuing.prepare(spec("kke-6"), cast.kadir, today=TODAY)


def test_other_documents_refuse_it(bodies, cast):
    for name in EXPORTS.keys() - set(NAMES):
        with pytest.raises(
            catalogue.ReportError, match="tidak dibuat untuk semua perangkat daerah"
        ):
            build(name, cast.dewi)


def test_the_command_writes_it(bodies, tmp_path):
    output = tmp_path / "kke.xlsx"
    chosen = {"format": "xlsx", "output": output, "all_bodies": True, "as_system": True}
    call_command("export_report", "kke-6", stdout=StringIO(), **chosen)
    assert len(load_workbook(output).sheetnames) == 2
    with pytest.raises(CommandError, match="Belum ada LHE yang berisi"):
        call_command("export_report", "kke-6", stdout=StringIO(), year="2040", **chosen)
