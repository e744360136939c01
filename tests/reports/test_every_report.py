"""What holds of every report in every format. A new one is tested by being registered."""

import csv
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
from reports.tables.table import Table
from tests.reports import crowd
from tests.reports.reading import words

TODAY = date(2023, 10, 2)
MILLIMETRE = 72 / 25.4
HUNDREDS = 300
FIXED = {
    "indicator-sheet",
    "leader-summary",
    "province-recap",
    "score-comparison",
    "score-trend",
    "consistency",
}  # their rows are figures, bodies, components and findings
INDICATORS = {"indicator-table", "indicator-charts", "indicator-sheet", "objective-achievement"}
HOSTILE = {
    "long word": "Pertanggungjawaban" * 12,
    "long address": "https://contoh.example/" + "a/" * 60 + "?x=" + "b" * 60,
    "right to left": "kanan\u202ekiri\u200f\u2067dalam\u2069",
    "formula": '=HYPERLINK("http://127.0.0.1:9/x","klik")',
    "script": "<script>alert(1)</script><img src=http://127.0.0.1:9/i.png onerror=alert(1)>",
    "local file": '<img src="file:///etc/passwd"><object data="file:///etc/passwd"></object>',
    "style sheet": "<style>@import url(http://127.0.0.1:9/a.css)</style>",
}

every_report = pytest.mark.parametrize("name", sorted(DEFINITIONS))
every_format = pytest.mark.parametrize("format_name", sorted(FORMATS))


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


@every_report
@every_format
def test_a_colleague_of_another_unit_reads_nothing_of_hers(
    name, format_name, evaluation, units, cast
):
    texts = {"lhe": "Menurut LHE"}
    crowd.fill(evaluation, 1, cast.rina, text="milikrina", units=[units.organisasi], **texts)
    crowd.fill(evaluation, 1, cast.umar, text="milikumar", units=[units.umum], first=2, **texts)
    everything = words(render(build(name, cast.kadir), format_name), format_name)
    own = words(render(build(name, cast.umar), format_name), format_name)
    if name in INDICATORS:
        assert own == everything  # they are the whole body's
    elif name not in FIXED:
        assert "milikrina" in everything or "Biro Organisasi" in everything
        assert "milikrina" not in own
        assert "Biro Organisasi" not in own


@every_report
@every_format
def test_another_body_reads_nothing(name, format_name, evaluation, units, cast):
    crowd.fill(evaluation, 2, cast.rina, text="milikrina", units=[units.organisasi])
    try:
        report = build(name, cast.sari)
    except ReportError:
        assert DEFINITIONS[name].about == "evaluation"
        return
    assert "milikrina" not in words(render(report, format_name), format_name)


@every_report
def test_the_pdf_is_whole(name, evaluation, units, cast):
    crowd.fill(evaluation, 1, cast.rina, units=[units.organisasi])
    report = build(name, cast.kadir)
    reader = PdfReader(BytesIO(render(report, "pdf")))
    page, catalog = reader.pages[0], reader.trailer["/Root"]
    size = (float(page.mediabox.width) / MILLIMETRE, float(page.mediabox.height) / MILLIMETRE)
    assert size == pytest.approx(report.page_size, abs=0.1)
    assert reader.metadata.title == report.title
    assert catalog["/Lang"] == "id"
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert all(is_embedded(font) for page in reader.pages for font in fonts(page))
    text = words(render(report, "pdf"), "pdf")
    table = next(section for section in report.sections if isinstance(section, Table))
    places = [text.find(part) for part in (report.title, "No.", "Halaman 1 dari")]
    if table.columns[0].label == "No.":
        assert places == sorted(places)
    assert -1 not in (places[0], places[2])


def fonts(page):
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]


def is_embedded(font):
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    descriptor = inner["/FontDescriptor"].get_object()
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


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
        with CaptureQueriesContext(connection) as queries:
            row_count(build(name, cast.kadir))
        return len(queries)

    assert cast.kadir.reach and cast.kadir.lineage
    crowd.fill(evaluation, 1, cast.rina)
    few = count()
    crowd.fill(evaluation, 49, cast.rina, first=2)
    assert count() == few


def test_hundreds_of_rows_of_every_report(evaluation, cast):
    crowd.fill(evaluation, HUNDREDS, cast.rina)
    for name in DEFINITIONS:
        report = build(name, cast.kadir)
        if name not in FIXED:
            assert row_count(report) == HUNDREDS, name
        printed = sheet_rows(render(report, "xlsx"))
        lines = csv.reader(StringIO(render(report, "csv").decode("utf-8-sig")), delimiter=";")
        assert name in FIXED or printed > HUNDREDS, name
        assert name in FIXED or sum(1 for _ in lines) > HUNDREDS, name


def sheet_rows(content):
    with ZipFile(BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(archive.read(name).count(b"<row ") for name in sheets)


def test_hundreds_of_rows_on_paper(evaluation, cast):
    """One report only: what takes long is the paper, not the report."""
    crowd.fill(evaluation, 400, cast.rina)
    report = build("follow-up-table", cast.kadir)
    reader = PdfReader(BytesIO(render(report, "pdf")))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 8
    assert all("Rekomendasi" in page and "Sudah/" in page for page in pages)
    assert "400." in pages[-1]
