"""What other columns and other parts of the file say arrives in fields of its own, once, and goes back."""

from datetime import date

import docx
import pytest
from django.utils import timezone

from recommendations.models import Evidence, Note, QuarterlyReport, Renaksi
from recommendations.services.quarter_closing import close_quarter
from tests.workbooks.word.papers import add_table, paper, upload
from workbooks.models import ImportRun
from workbooks.services import imports
from workbooks.word import due_dates
from workbooks.word import services as word
from workbooks.word.extras import ScoreRow, ScoreTable, WordNote

HEAD = ["No", "Rekomendasi", "Rencana Aksi", "Tindak Lanjut", "Bukti Dukung", "Waktu", "Status"]
ROW = [
    "7", "Ukur.", "Menyusun kajian.", "a. Rapat.\nb. Surat.", "a. Notula 12/2023\nb. https://contoh.go.id/sk.pdf",
    "Desember 2023", "a. Sudah\nb. 50%",
]  # fmt: skip


def start(actor, evaluation, file=None, **fields):
    run = word.start(
        upload=file or paper(ROW, head=HEAD), evaluation=evaluation, actor=actor, at=timezone.now(),
        **fields,
    )  # fmt: skip
    return run, imports.preview(run)


def carry_out(actor, evaluation, **fields):
    run, plan = start(actor, evaluation, **fields)
    assert [problem.message for problem in plan.errors] == []
    imports.carry_out(run, at=timezone.now())
    return run


def test_each_column_has_its_field(cast, evaluation):
    carry_out(cast.kadir, evaluation)
    first, second = Renaksi.objects.order_by("position")
    assert (first.plan, first.follow_up) == ("<p>Menyusun kajian.</p>", "<p>Rapat.</p>")
    assert {first.due_date, second.due_date} == {date(2023, 12, 31)}
    assert (first.evidence.get().kind, first.evidence.get().title) == ("separate", "Notula 12/2023")
    link = second.evidence.get()
    assert (link.kind, link.url) == ("link", "https://contoh.go.id/sk.pdf")
    report = QuarterlyReport.objects.get()
    assert (report.renaksi, report.year, report.quarter) == (second, evaluation.evaluation_year, 4)
    assert (report.progress, second.status) == (50, "in_progress")


def test_the_same_file_adds_nothing_a_second_time(cast, evaluation):
    carry_out(cast.kadir, evaluation)
    run, plan = start(cast.kadir, evaluation)
    assert (run.change_count, plan.errors) == (0, [])


def test_an_undo_takes_all_of_it_back(cast, evaluation):
    run = carry_out(cast.kadir, evaluation, keeps_claims=True)
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert not (Renaksi.objects.exists() or Evidence.objects.exists())
    assert not QuarterlyReport.objects.exists()


def test_a_percentage_without_a_quarter_is_said(cast, evaluation):
    run, _ = start(cast.kadir, evaluation)
    word.correct(run, actor=cast.kadir, draft=word.draft_of(run), quarter="")
    plan = imports.preview(ImportRun.objects.get())
    assert [loss.message for loss in plan.losses] == [
        "Kemajuan 50 % pada rencana aksi 7b tidak ikut: triwulannya tidak dipilih."
    ]


def test_a_closed_quarter_takes_no_percentage(cast, evaluation):
    year = evaluation.evaluation_year
    close_quarter(unit=evaluation.unit, year=year, quarter=4, actor=cast.kadir, at=timezone.now())
    _, plan = start(cast.kadir, evaluation)
    (error,) = plan.errors
    assert error.message == f"Triwulan IV {year} sudah ditutup oleh koordinator."


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("31/12/2023", date(2023, 12, 31)),
        ("TW II 2024", date(2024, 6, 30)),
        ("Triwulan IV tahun 2023", date(2023, 12, 31)),
        ("Februari 2024", date(2024, 2, 29)),
        ("2024", date(2024, 12, 31)),
        ("Triwulan IV", None),
        ("segera", None),
        ("Juni", None),
    ],
)
def test_due_dates_as_tables_write_them(said, day):
    assert due_dates.parse(said) == day


def test_a_date_that_names_no_year_is_left_out_and_said_once(cast, evaluation):
    row = [*ROW[:5], "Triwulan IV", ROW[6]]
    _, plan = start(cast.kadir, evaluation, paper(row, head=HEAD))
    assert [loss.message for loss in plan.losses] == [
        "Batas waktu “Triwulan IV” pada rencana aksi 7.a, 7.b tidak ikut: tanggal atau tahunnya tidak disebut."
    ]


def with_extras(run, actor, **extras):
    draft = word.draft_of(run)
    for name, value in extras.items():
        setattr(draft.extras, name, value)
    word.correct(run, actor=actor, draft=draft)
    run = ImportRun.objects.select_related("actor", "draft").get(pk=run.pk)
    return run, imports.preview(run)


def test_a_note_goes_to_its_recommendation_and_back(cast, evaluation):
    run, _ = start(cast.kadir, evaluation)
    notes = [WordNote("Alinea 3", "Dibahas dalam rapat.", 7), WordNote("Alinea 4", "Tanpa tujuan.")]
    run, plan = with_extras(run, cast.kadir, notes=notes)
    imports.carry_out(run, at=timezone.now())
    note = Note.objects.get()
    assert (note.recommendation.number, note.text) == (7, "<p>Dibahas dalam rapat.</p>")
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert not Note.objects.exists()


def test_a_note_that_is_stored_is_not_replaced_in_silence(cast, evaluation):
    carry_out(cast.kadir, evaluation)
    Note.objects.create(
        recommendation=evaluation.recommendations.get(), text="<p>Catatan lama.</p>"
    )
    document = docx.Document()
    add_table(document, [ROW], HEAD)
    document.add_paragraph("Catatan atas rekomendasi 7: Dibahas dalam rapat.")
    run, plan = start(cast.kadir, evaluation, upload(document))
    assert run.change_count == 0
    assert any("sudah tersimpan dengan isi lain" in one.message for one in plan.warnings)


def test_scores_that_are_chosen_are_compared_and_never_written_unseen(cast, evaluation):
    component = evaluation.rubric.weights.first().component
    table = ScoreTable("Tabel 2", [ScoreRow(component.name, scores={"2022": "12,5"})], ["2022"])
    run, _ = start(cast.kadir, evaluation)
    run, plan = with_extras(run, cast.kadir, scores=[table])
    (row,) = next(part.rows for part in plan.sheets if part.name == "LHE")
    assert [(one.column.label, one.after) for one in row.changes] == [
        (f"Nilai {component.name}", "12,5")
    ]
    table.chosen = []
    _, plan = with_extras(run, cast.kadir, scores=[table])
    assert not [part for part in plan.sheets if part.name == "LHE"]
