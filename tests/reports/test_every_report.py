"""What holds of every report in every format. A new one is tested by being registered."""

import csv
import re
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from urllib.request import OpenerDirector
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader
from weasyprint.urls import URLFetcher

from reports import definitions
from reports.definitions import DEFINITIONS, ReportError
from reports.renderers import FORMATS, html, render
from reports.tables.frozen import freeze, thaw
from reports.tables.table import Table
from sakip.richtext import LISTS
from tests import people
from tests.reports import crowd, samples
from tests.reports.reading import words

TODAY = date(2023, 10, 2)
MILLIMETRE = 72 / 25.4
SIXTY, THOUSAND = 60, 1000
FIXED = {
    "indicator-sheet",
    "leader-summary",
    "province-recap",
    "score-comparison",
    "score-trend",
    "consistency",
}  # their rows are figures, bodies, components and findings
OF_UNITS = {"unit-recap", "bpk-recap"}
INDICATORS = {"indicator-table", "indicator-charts", "indicator-sheet", "objective-achievement"}
LONG_NAME = ("Bagian Pembinaan dan Pengendalian " * 5)[:150]
HOSTILE = {
    "long name": LONG_NAME,
    "long word": "Pertanggungjawaban" * 12,
    "long address": "https://contoh.example/" + "a/" * 60 + "?x=" + "b" * 60,
    "right to left": "kanan\u202ekiri\u200f\u2067dalam\u2069",
    "formula": '=HYPERLINK("http://127.0.0.1:9/x","klik")',
    "script": "<script>alert(1)</script><img src=http://127.0.0.1:9/i.png onerror=alert(1)>",
    "local file": '<img src="file:///etc/passwd"><object data="file:///etc/passwd"></object>',
    "style sheet": "<style>@import url(http://127.0.0.1:9/a.css)</style>",
}

# A report is read on each database; what a format makes of it is the same on all.
READ = "csv"
once = pytest.mark.once

every_report = pytest.mark.parametrize("name", sorted(DEFINITIONS))
every_format = pytest.mark.parametrize(
    "format_name",
    [READ, *(pytest.param(name, marks=once) for name in sorted(FORMATS) if name != READ)],
)


def build(name, user, evaluation=None):
    pk = evaluation.pk if evaluation and DEFINITIONS[name].about == "evaluation" else None
    return definitions.build(name, user, today=TODAY, evaluation_id=pk)


def row_count(report):
    return sum(len(list(table.body())) for table in report.tables)


@pytest.fixture
def fetched(monkeypatch):
    """Addresses that anybody tried to open or WeasyPrint asked for, but for data: ones."""
    addresses = []
    really_open, really_fetch = OpenerDirector.open, URLFetcher.fetch

    def open_and_tell(self, request, *args, **kwargs):
        addresses.append(getattr(request, "full_url", request))
        return really_open(self, request, *args, **kwargs)

    def fetch_and_tell(self, url, *args, **kwargs):
        if not url.startswith("data:"):
            addresses.append(url)
        return really_fetch(self, url, *args, **kwargs)

    monkeypatch.setattr(OpenerDirector, "open", open_and_tell)
    monkeypatch.setattr(URLFetcher, "fetch", fetch_and_tell)
    return addresses


@every_report
def test_it_says_what_it_is_for(name):
    definition = DEFINITIONS[name]
    assert definition.name == name
    assert definition.title
    assert definition.purpose.endswith(".")
    assert len(definition.purpose) <= 100


@every_report
@every_format
def test_without_any_row(name, format_name, evaluation, cast):
    report = build(name, cast.kadir)
    text = words(render(report, format_name), format_name)
    if name in FIXED:
        return
    assert row_count(report) == 0
    assert format_name == "csv" or report.title in text
    assert format_name == "csv" or not report.tables or "Tidak ada data" in text


@pytest.fixture(scope="module")
def readers(loaded):
    """Every report as Kadir, who sees all, and as Umar of another unit read it, by name."""

    def load():
        units = people.make_units()
        cast, evaluation = people.make_cast(units), people.make_evaluation(units)
        for number, person, unit in ((1, "rina", units.organisasi), (2, "umar", units.umum)):
            texts = {"text": f"milik{person}", "lhe": "Menurut LHE"}
            crowd.fill(evaluation, 1, getattr(cast, person), units=[unit], first=number, **texts)
        return {
            name: [detached(build(name, person)) for person in (cast.kadir, cast.umar)]
            for name in DEFINITIONS
        }

    with loaded(load) as reports:
        return reports


@every_report
@every_format
@pytest.mark.django_db
def test_a_colleague_of_another_unit_reads_nothing_of_hers(name, format_name, readers):
    everything, own = (words(render(one, format_name), format_name) for one in readers[name])
    if name in INDICATORS:
        assert own == everything  # they are the whole body's
    elif name not in FIXED:
        assert "milikrina" in everything or "Biro Organisasi" in everything
        assert "milikrina" not in own
        assert "Biro Organisasi" not in own


@every_report
def test_another_body_reads_nothing(name, evaluation, units, cast):
    crowd.fill(evaluation, 2, cast.rina, text="milikrina", units=[units.organisasi])
    try:
        report = build(name, cast.sari)
    except ReportError:
        assert DEFINITIONS[name].about == "evaluation"
        return
    assert "milikrina" not in html.document(report)


@pytest.fixture(scope="module")
def sixty(loaded):
    """Every report with sixty rows, by name. They are read once and kept without the records."""

    def load():
        units = people.make_units()
        kadir, evaluation = people.make_cast(units).kadir, people.make_evaluation(units)
        crowd.fill(evaluation, SIXTY, kadir, units=crowd.bureaus(units.setda, range(9), "Biro"))
        return {name: detached(build(name, kadir)) for name in DEFINITIONS}

    with loaded(load) as reports:
        return reports


def detached(report):
    return replace(
        report,
        sections=[
            thaw(freeze(section)) if isinstance(section, Table) else section
            for section in report.sections
        ],
    )


@once
@every_report
@pytest.mark.django_db
@pytest.mark.parametrize("format_name", ["csv", "docx", "xlsx"])
def test_sixty_rows(name, format_name, sixty):
    report = sixty[name]
    assert name in FIXED | OF_UNITS or row_count(report) == SIXTY
    text = words(render(report, format_name), format_name)
    assert name in FIXED | OF_UNITS or re.search(r"\b60\b", text)


def shortened(report):
    """The report with two sections of each kind, and two rows in each table."""
    kept = {}
    for section in report.sections:
        kept.setdefault(type(section), []).append(section)
    sections = [section for group in kept.values() for section in group[:2]]
    return replace(
        report,
        sections=[
            replace(section, rows=section.rows[:2]) if isinstance(section, Table) else section
            for section in sections
        ],
    )


@once
@every_report
@pytest.mark.django_db
def test_on_paper(name, sixty, caplog):
    """All sixty rows of one report only: what takes long is the paper, not the report."""
    report = sixty[name] if name == "matrix" else shortened(sixty[name])
    content = render(report, "pdf")
    assert not [said for said in caplog.messages if "does not claim" in said]
    reader = PdfReader(BytesIO(content))
    page = reader.pages[0]
    size = (float(page.mediabox.width) / MILLIMETRE, float(page.mediabox.height) / MILLIMETRE)
    assert size == pytest.approx(report.page_size, abs=0.1)
    assert reader.metadata.title == report.title
    text = words(content, "pdf")
    table = next(section for section in report.sections if isinstance(section, Table))
    places = [text.find(part) for part in (report.title, "No.", "Halaman 1 dari")]
    if table.columns[0].label == "No.":
        assert places == sorted(places)
    assert -1 not in (places[0], places[2])


@once
@every_report
def test_hostile_text_only_prints(name, evaluation, units, cast, fetched):
    for number, text in enumerate(HOSTILE.values(), start=1):
        crowd.fill(evaluation, 1, cast.rina, text=text, units=[units.organisasi], first=number)
    evaluation.subject, evaluation.letter_number = HOSTILE["script"][:80], HOSTILE["formula"][:80]
    evaluation.source = HOSTILE["local file"][:80]
    evaluation.save()
    report = build(name, cast.kadir)
    files = {format_name: render(report, format_name) for format_name in FORMATS}
    page = html.preview(report)
    assert "<script" not in page
    assert "onerror=" not in page.replace("&lt;img src=http://127.0.0.1:9/i.png onerror=", "")
    pdf = PdfReader(BytesIO(files["pdf"]))
    assert not pdf.attachments
    assert not any("/Annots" in page for page in pdf.pages)
    assert not any("/Image" in str(page["/Resources"].get("/XObject", "")) for page in pdf.pages)
    cells = [
        cell
        for sheet in load_workbook(BytesIO(files["xlsx"]))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    lines = csv.reader(StringIO(files["csv"].decode("utf-8-sig")), delimiter=";")
    assert not any(value.startswith(("=", "@", "+")) for line in lines for value in line)
    for content in files.values():
        assert not content.startswith(b"PK") or not reaches_out(content)
    assert fetched == []


def reaches_out(content):
    """Whether an Office file names anything outside itself."""
    with ZipFile(BytesIO(content)) as archive:
        parts = [archive.read(part) for part in archive.namelist() if part.endswith(".rels")]
    return any(b'TargetMode="External"' in part for part in parts)


@every_report
def test_queries_do_not_grow_with_rows(name, evaluation, units, cast):
    def count():
        build(name, cast.kadir)  # findings are renewed by the first reader after a change
        with CaptureQueriesContext(connection) as queries:
            row_count(build(name, cast.kadir))
        return len(queries)

    assert cast.kadir.reach and cast.kadir.lineage
    crowd.fill(evaluation, 1, cast.rina)
    few = count()
    crowd.fill(evaluation, 49, cast.rina, first=2)
    assert count() == few


def test_a_thousand_rows_of_every_report(evaluation, units, cast):
    """As data and as CSV; what the other formats make of so many is the same for every report."""
    crowd.fill(evaluation, THOUSAND, cast.rina, units=[units.organisasi, units.umum])
    for name in sorted(DEFINITIONS.keys() - FIXED - OF_UNITS):
        report = build(name, cast.kadir)
        lines = csv.reader(StringIO(render(report, "csv").decode("utf-8-sig")), delimiter=";")
        assert sum(1 for _ in lines) > THOUSAND, name


def thousand(*columns):
    """A report with a thousand short rows."""
    rows = [samples.row(number, remark=f"baris {number}") for number in range(1, THOUSAND + 1)]
    return samples.report(Table(columns=columns or samples.COLUMNS, rows=rows))


@once
@pytest.mark.parametrize("format_name", ["csv", "docx", "xlsx"])
def test_a_thousand_rows(format_name):
    text = words(render(thousand(), format_name), format_name)
    assert text.count("baris ") == THOUSAND
    assert "baris 1000" in text


@once
@pytest.mark.django_db
def test_a_thousand_rows_on_paper():
    number, _text, remark, *_ = samples.COLUMNS
    reader = PdfReader(BytesIO(render(thousand(number, remark), "pdf")))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 8
    assert all("No." in page and "Catatan" in page for page in pages)
    assert "1000." in pages[-1]


@once
@every_format
@pytest.mark.parametrize(
    "text", ["<ol><li>kata" * LISTS + "</li></ol>" * LISTS, "<em>kata" * 300 + "</em>" * 300]
)
def test_nested_text_prints(format_name, text):
    report = samples.report(samples.table([samples.row(1, text=text)]))
    printed = words(render(report, format_name), format_name).replace(" ", "")
    assert printed.count("kata") == text.count("kata")
