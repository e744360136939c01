from decimal import Decimal

import pytest
from django.utils.safestring import mark_safe

from reports.renderers.html import document, preview
from reports.tables.table import Cell, CellKind, Column, Figure, Prose, Table
from tests.reports import samples


def test_preview_prints_indonesian_numbers_and_dates():
    html = preview(samples.report())
    assert "1.234,50</td>" in html
    assert "2 Oktober 2023</td>" in html
    assert "-0,40</td>" in html


def test_marks_and_annotations_stand_beside_the_number():
    html = preview(samples.report())
    assert ' title="tahun 2022">3,51*</td>' in html
    assert (
        '<span class="nowrap">65,64</span> <span class="annotation">(peringkat 4)</span></td>'
        in html
    )


def test_nothing_is_printed_as_a_dash():
    assert '<td class="is-date to-center">-</td>' in preview(samples.report())


def test_letters_are_left_to_the_browser():
    html = preview(samples.report())
    assert '<ol type="a"><li><p>memberi <em>reward</em>' in html
    assert '<li value="4">' in html
    assert '<ol class="steps">' in html


def test_head_spans_and_scopes():
    html = preview(samples.report())
    assert '<th scope="colgroup" colspan="2">Realisasi</th>' in html
    assert '<th scope="col" rowspan="2">No.</th>' in html


def test_no_rows_says_so():
    assert 'colspan="6">Tidak ada data</td>' in preview(samples.report(samples.table([])))


@pytest.mark.parametrize("make", [preview, document])
@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_typed_markup_is_harmless(make, text):
    html = make(samples.hostile(text))
    assert "<script" not in html
    assert "onerror=alert(1)>" not in html.replace("&gt;", "")


def test_a_safe_string_in_a_plain_column_is_still_escaped():
    table = Table(columns=[Column("A", str)], rows=[mark_safe("<b>x</b>")])
    assert "&lt;b&gt;x" in preview(samples.report(table))


@pytest.mark.parametrize("make", [preview, document])
def test_no_inline_style_or_script(make):
    html = make(samples.report())
    assert "style" not in html
    assert "<script" not in html


def test_pictures_on_screen_come_by_address_only():
    figure = Figure("Bimbingan", data_uri="data:image/png;base64,AA", url="/bukti/1/")
    html = preview(samples.report(Prose("Catatan", "<p>x</p>", [figure])))
    assert 'src="/bukti/1/"' in html
    assert "data:" not in html


def test_links_are_for_the_screen():
    table = Table(columns=[Column("A", lambda row: Cell(value=row, url="/x/"))], rows=["Buka"])
    assert '<a href="/x/">Buka</a>' in preview(samples.report(table))
    assert "/x/" not in document(samples.report(table))


def test_percent_integer_and_id():
    columns = [
        Column("Persen", lambda value: value, CellKind.PERCENT),
        Column("Bulat", lambda value: value, CellKind.INTEGER),
        Column("Tahun", lambda value: value, CellKind.ID),
    ]
    html = preview(samples.report(Table(columns=columns, rows=[Decimal(2023)])))
    assert [cell in html for cell in (">2.023,00%<", ">2.023<", ">2023<")] == [True] * 3


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("pertanggungjawaban kinerja", True),
        ("https://sakip.example/bukti/2023/laporan-kinerja-triwulan", False),
        ("W" * 20, False),
        ("&lt;" * 30, False),
    ],
)
def test_a_cell_on_paper_says_when_no_word_can_be_too_wide(text, fits):
    """Such a cell is laid out faster; a word that is too wide must still be cut."""
    for html in (f"<p>{text}</p>", f"<ol><li>{text}</li></ol>"):
        report = samples.report(samples.table([samples.row(text=html)]))
        assert ("is-rich to-start is-name is-fitting" in document(report)) == fits
        assert "is-fitting" not in preview(report)


def test_a_text_with_an_annotation_may_be_broken():
    """Held on one line, a long title lay over the columns beside it."""
    title = Cell(value="Laporan hasil pemetaan jabatan", annotation="halaman 3")
    html = document(samples.report(Table(columns=[Column("Judul", lambda row: row)], rows=[title])))
    assert 'Laporan hasil pemetaan jabatan <span class="annotation">halaman 3</span>' in html
    assert "nowrap" not in html


def test_a_table_in_a_text_has_a_frame_that_keys_reach():
    page = preview(samples.report(samples.table([samples.row(text=samples.TABLE)])))
    assert (
        '<div class="text-table-frame" role="group" tabindex="0" aria-label="Tabel: Kegiatan, Target">'
        in page
    )
    assert '<table class="text-table"><thead><tr><th scope="col">' in page
