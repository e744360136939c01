"""A long report printed by several processes is the report that one process prints."""

import subprocess
import sys
from contextlib import closing
from io import BytesIO

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from reports.archival import Reading, broken
from reports.renderers import html, pdf
from reports.tables.table import Prose
from reports.typesetting import pagination, processes, typesetter
from tests.reports import samples

NOTES = [Prose("Catatan", "<p>Pembuka.</p>"), Prose("1. Isi", "<p>Uraian.</p>" * 90, level=3)]


def long_report(lengths, *after, changed=0):
    rows = [
        samples.row(
            number,
            text=f"<p>Nomor{number}</p>" + "<p>Satu baris.</p>" * length,
            remark="diubah" if number == changed else "",
        )
        for number, length in enumerate(lengths, start=1)
    ]
    few = samples.table([samples.row(remark="tabel kecil")], title="Tabel kecil")
    table = samples.table(rows, title="Tabel panjang", notes=["Akhir tabel."])
    return samples.report(few, table, *after)


VARIED = [3 + number * 7 % 11 + 60 * (number == 33) for number in range(1, 81)]
REPORTS = {
    "rows of all heights, one over a page": long_report(VARIED, *NOTES),
    "rows of one height": long_report([2] * 120),
}


@pytest.fixture(scope="module")
def in_pieces():
    """As if every report were long; the processes that were started."""
    started = []
    start = processes._start
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetter, "MIN_CHARACTERS", 0)
        patch.setattr(typesetter, "PIECE_CHARACTERS", 12_000)
        patch.setattr(processes, "_processors", lambda: 2)
        patch.setattr(pdf, "kept_layouts", None)
        patch.setattr(processes, "_start", lambda: started.append(start()) or started[-1])
        yield started


@pytest.fixture(scope="module", params=REPORTS)
def both(request, in_pieces):
    """The same report by several processes and by one."""
    report = REPORTS[request.param]
    return pdf.render(report), pdf.render_html(html.document(report), pdf.page_css(report))


def test_same_pages(both):
    texts = []
    for content in both:
        with pdfplumber.open(BytesIO(content)) as file:
            texts.append([page.extract_text() for page in file.pages])
    assert len(texts[0]) > 6
    assert texts[0] == texts[1]
    assert f"Halaman {len(texts[0])} dari {len(texts[0])}" in texts[0][-1]


def test_same_tags_bookmarks_and_metadata(both):
    assert outline(both[0]) == outline(both[1])
    assert tags(both[0]) == tags(both[1])
    ours, plain = (pikepdf.open(BytesIO(content)) for content in both)
    assert ours.Root.Metadata.read_bytes() == plain.Root.Metadata.read_bytes()
    for key in ("/Lang", "/MarkInfo", "/ViewerPreferences"):
        assert str(ours.Root[key]) == str(plain.Root[key])


def test_every_piece_of_text_belongs_to_a_tag_of_its_page(both):
    file = pikepdf.open(BytesIO(both[0]))
    numbers = list(file.Root.StructTreeRoot.ParentTree.Nums)
    entries = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    assert sorted(entries) == list(range(len(file.pages)))
    for page in file.pages:
        elements = entries[int(page.obj.StructParents)]
        assert len(elements) > 0
        assert all(element.Pg.objgen == page.obj.objgen for element in elements)


class Shelf(dict):
    load = dict.get
    save = dict.__setitem__


def test_only_what_changed_is_laid_out_anew(in_pieces, monkeypatch):
    """Its pages are those of a print that knew nothing before; what is joined keeps all rules."""
    monkeypatch.setattr(pdf, "kept_layouts", Shelf())
    monkeypatch.setattr(pagination, "BRIDGE", 1_000)
    jobs, work = [], processes.Workers.work
    monkeypatch.setattr(
        processes.Workers,
        "work",
        lambda self, job, **rest: jobs.append(job) or work(self, job, **rest),
    )
    pdf.render(long_report(VARIED[:40]))
    del jobs[:]
    changed = long_report(VARIED[:40], changed=20)
    again = pdf.render(changed)
    laid_out = [job for job in jobs if job["part"] == "PIECE"]
    assert 0 < sum(job["html"].count("typesetting-row-") for job in laid_out) < 20
    monkeypatch.setattr(pdf, "kept_layouts", Shelf())
    fresh = pdf.render(changed)
    assert pictures(again) == pictures(fresh)
    assert outline(again) == outline(fresh)
    assert tags(again) == tags(fresh)
    with pikepdf.open(BytesIO(again)) as file:
        assert list(broken(Reading(file))) == []


def pictures(content):
    with closing(pypdfium2.PdfDocument(content)) as file:
        return [page.render().to_pil().tobytes() for page in file]


def test_fonts_are_embedded(both):
    file = pikepdf.open(BytesIO(both[0]))
    for page in file.pages:
        for font in page.Resources.Font.values():
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_giving_up_leaves_no_process_behind(in_pieces):
    class Cancelled(Exception):
        pass

    def progress(stage, done=0, total=0):
        raise Cancelled

    with pytest.raises(Cancelled):
        pdf.render(REPORTS["rows of one height"], progress)
    assert in_pieces
    assert all(process.returncode is not None for process in in_pieces)


def test_where_processes_die_one_prints_alone(in_pieces, monkeypatch, caplog):
    def start():
        command = [sys.executable, "-c", "raise SystemExit(1)"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    monkeypatch.setattr(processes, "_start", start)
    content = pdf.render(samples.report())
    assert len(pikepdf.open(BytesIO(content)).pages) == 1
    assert "one process" in caplog.text


def outline(content):
    with pikepdf.open(BytesIO(content)) as file, file.open_outline() as found:
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        return [branch(item, pages) for item in found.root]


def branch(item, pages):
    page, _, x, y, _ = item.destination
    place = (pages[page.objgen], round(float(x)), round(float(y)))
    return item.title, place, [branch(child, pages) for child in item.children]


def tags(content):
    """Kind of each element under each other, with the page it stands on."""
    file = pikepdf.open(BytesIO(content))
    pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}

    def walk(element):
        if isinstance(element, int):
            return "text"
        below = [walk(kid) for kid in element.K]
        return str(element.S), pages[element.Pg.objgen], below

    return [walk(element) for element in file.Root.StructTreeRoot.K[0].K]
