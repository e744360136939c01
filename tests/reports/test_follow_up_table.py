"""The follow-up table as a report: letters, steps, marks, notes, and who reads what."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.models import Note
from reports import definitions
from reports.renderers import FORMATS, formats, html, render
from tests import factories
from tests.reports.reading import words

TODAY = date(2023, 10, 2)


def build(user):
    return definitions.build("follow-up-table", user, today=TODAY)


def printed(user):
    return [[formats.cell_text(cell) for cell in row] for row in build(user).tables[0].body()]


@pytest.fixture
def second(evaluation, units):
    """Like recommendation 2 of the source: a lead, three lettered answers, steps inside the first."""
    recommendation = factories.make_recommendation(
        evaluation,
        component="pengukuran",
        text="<p>Memanfaatkan pengukuran kinerja sebagai dasar dalam:</p>",
        follow_up_lead="<p>Pengukuran Kinerja sebagai dasar pada:</p>",
    )
    for position, text in enumerate(("Pemberian <em>reward</em>;", "Penempatan jabatan;"), start=1):
        recommendation.points.create(position=position, text=f"<p>{text}</p>")
    first = factories.make_renaksi(
        recommendation, units.organisasi, follow_up="", status="submitted"
    )
    first.steps.create(position=1, text="<p>Penghargaan <em>Best Employee</em>.</p>")
    first.steps.create(position=2, text="<p>Penghargaan lingkup Biro;</p>")
    factories.make_renaksi(recommendation, units.umum, follow_up="<p>Dibuatkan TS;</p>")
    factories.make_renaksi(
        recommendation,
        units.organisasi,
        follow_up="",
        status="not_actionable",
        not_actionable_reason="Peraturan berubah",
    )
    return recommendation


def test_a_row_holds_all_the_source_prints(second, cast):
    [[number, recommendation, follow_up, marks]] = printed(cast.kadir)
    assert number == "1."
    assert recommendation.splitlines() == [
        "Pengukuran Kinerja",
        "Memanfaatkan pengukuran kinerja sebagai dasar dalam:",
        "a. Pemberian reward;",
        "b. Penempatan jabatan;",
    ]
    assert [line.strip() for line in follow_up.splitlines()] == [
        "Pengukuran Kinerja sebagai dasar pada:",
        "a. (1) Penghargaan Best Employee.",
        "(2) Penghargaan lingkup Biro;",
        "b. Dibuatkan TS;",
        "c. Tidak dapat ditindaklanjuti: Peraturan berubah",
    ]
    assert marks.splitlines() == ["a. Sudah", "b. Belum", "c. Tidak dapat"]


def test_a_single_answer_has_no_letter(recommendation, units, cast):
    factories.make_renaksi(recommendation, units.organisasi, status="submitted")
    assert printed(cast.kadir)[0][2:] == ["Target telah dianalisis.", "Sudah"]


def test_an_operator_reads_the_own_items_with_their_true_letters(second, cast):
    [[_, recommendation, follow_up, marks]] = printed(cast.umar)
    assert "a. Pemberian reward;" in recommendation
    assert follow_up.splitlines() == ["Pengukuran Kinerja sebagai dasar pada:", "b. Dibuatkan TS;"]
    assert marks == "b. Belum"
    assert build(cast.umar).tables[0].notes == ["Hanya tindak lanjut unit Anda yang ditampilkan."]


@pytest.mark.parametrize("format_name", FORMATS)
def test_no_file_tells_an_operator_what_another_unit_wrote(second, cast, format_name):
    everything = words(render(build(cast.kadir), format_name), format_name)
    assert "Dibuatkan TS" in everything
    assert "Best Employee" in everything
    own = words(render(build(cast.umar), format_name), format_name)
    assert "Dibuatkan TS" in own
    assert "Best Employee" not in own


def test_another_body_has_no_such_report(second, cast):
    with pytest.raises(definitions.ReportError, match="Belum ada LHE"):
        build(cast.sari)


def test_notes_follow_with_their_captions(second, cast):
    note = Note.objects.create(
        recommendation=second, text="<p>Telah dilaksanakan <em>reward</em>.</p>"
    )
    note.photos.create(position=1, caption="Bimbingan Cascading")
    [title, passage] = build(cast.kadir).passages
    assert title.heading == "Catatan atas rekomendasi dan tindak lanjut"
    assert passage.heading == "1. Pengukuran Kinerja"
    page = html.preview(build(cast.kadir))
    assert "Telah dilaksanakan <em>reward</em>." in page
    assert "(Keterangan gambar: Bimbingan Cascading)" in page


def test_queries_do_not_grow_with_rows(evaluation, units, cast):
    def count():
        with CaptureQueriesContext(connection) as queries:
            printed(cast.kadir)
        return len(queries)

    for _ in range(2):
        factories.make_renaksi(factories.make_recommendation(evaluation), units.organisasi)
    assert cast.kadir.reach and cast.kadir.lineage
    few = count()
    for _ in range(20):
        factories.make_renaksi(factories.make_recommendation(evaluation), units.umum)
    assert count() == few


def test_only_what_was_verified_may_count(evaluation, units, cast):
    for status in ("submitted", "done"):
        factories.make_renaksi(
            factories.make_recommendation(evaluation), units.organisasi, status=status
        )
    assert [row[3] for row in printed(cast.kadir)] == ["Sudah", "Sudah"]
    report = definitions.build("follow-up-table", cast.kadir, today=TODAY, verified=True)
    [table] = report.tables
    assert [formats.cell_text(row[3]) for row in table.body()] == ["Belum", "Sudah"]
    assert table.notes == ["Sudah berarti telah diverifikasi oleh evaluator."]


def test_the_page_asks_and_its_downloads_keep_the_answer(evaluation, units, cast, signed_in):
    factories.make_renaksi(
        factories.make_recommendation(evaluation), units.organisasi, status="submitted"
    )
    page = signed_in(cast.kadir).get("/laporan/follow-up-table/?terverifikasi=on").content.decode()
    assert "telah diverifikasi oleh evaluator" in page
    assert "unduh/csv/?terverifikasi=on" in page
    csv = signed_in(cast.kadir).get("/laporan/follow-up-table/unduh/csv/?terverifikasi=on")
    assert ";Belum" in csv.getvalue().decode("utf-8-sig")
    assert (
        "Hanya yang diverifikasi"
        not in signed_in(cast.kadir).get("/laporan/score-comparison/").content.decode()
    )
