"""A Word file from the upload to the undo."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from recommendations.models import Recommendation, Renaksi
from recommendations.selectors import search
from sakip.history.entries import HistoryEntry
from tests import factories
from tests.workbooks.word.papers import HEAD, paper
from workbooks.readers.guard import WorkbookRefused
from workbooks.services import imports
from workbooks.word import services as word

ROW = [
    "7",
    "Pengukuran Kinerja\nUkur.\na. Satu;\nb. Dua.",
    "a. Rapat.\nb. Surat.",
    "a. Sudah\nb. Belum",
]


def start(actor, *rows, **fields):
    run = word.start(upload=paper(*rows), actor=actor, at=timezone.now(), **fields)
    return run, imports.preview(run)


def carry_out(actor, *rows, **fields):
    run, _ = start(actor, *rows, **fields)
    imports.carry_out(run, at=timezone.now())
    return run


def test_nothing_is_written_before_the_confirmation(cast, evaluation):
    run, _ = start(cast.kadir, ROW, evaluation=evaluation)
    assert run.summary["new"] == 5
    assert not Recommendation.objects.exists()


def test_what_is_written(cast, evaluation, units):
    run = carry_out(cast.kadir, ROW, evaluation=evaluation, default_unit=units.umum)
    done, planned = Renaksi.objects.order_by("position")
    assert (done.status, done.follow_up, done.plan) == ("in_progress", "<p>Rapat.</p>", "")
    assert (planned.status, planned.follow_up, planned.plan) == ("open", "", "<p>Surat.</p>")
    assert (done.point.text, done.lead_unit) == ("<p>Satu;</p>", units.umum)
    entries = HistoryEntry.objects.filter(batch=run.batch)
    assert (entries.count(), {entry.note for entry in entries}) == (4, {"Impor tindak-lanjut.docx"})


def as_written():
    """Without versions: an undo is one more change."""
    return [row | {"version": None} for row in Renaksi.objects.order_by("pk").values()]


def test_an_undone_import_leaves_everything_as_it_was(cast, evaluation, units):
    carry_out(cast.kadir, ROW, evaluation=evaluation)
    before = as_written()
    other = [
        "7",
        "Pengukuran Kinerja\nUkur.",
        "a. Rapat.\nb. (1) Surat; (2) Notula.",
        "Sudah\nSudah",
    ]
    run = carry_out(cast.kadir, other, evaluation=evaluation)
    changed = Renaksi.objects.get(position=2)
    assert (changed.status, changed.steps.count()) == ("in_progress", 2)
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert as_written() == before
    assert not changed.steps.exists()


def test_what_was_undone_can_be_imported_again(cast, evaluation):
    run = carry_out(cast.kadir, ROW, evaluation=evaluation)
    assert search.keys("pengukuran", 10, search.OF_RECOMMENDATIONS)
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert not Recommendation.objects.exists()
    assert search.keys("pengukuran", 10, search.OF_RECOMMENDATIONS) == []
    carry_out(cast.kadir, ROW, evaluation=evaluation)
    assert Recommendation.objects.get().number == 7


def test_what_waits_for_review_is_locked(cast, evaluation):
    carry_out(cast.kadir, ROW, evaluation=evaluation)
    Renaksi.objects.update(status="submitted")
    other = ["7", *ROW[1:2], "a. Rapat baru.\nb. Surat.", "a. Sudah\nb. Belum"]
    run, plan = start(cast.kadir, other, evaluation=evaluation)
    (error,) = plan.errors
    assert error.cell == "Tabel 1 baris 2, kolom Tindak Lanjut"
    assert "“Menunggu reviu”" in error.message
    assert [problem.message for problem in plan.warnings] == [
        "Renaksi 7.b tertulis Belum, tetapi tersimpan “Menunggu reviu”. Statusnya tidak diubah."
    ]


def test_what_the_file_leaves_out_is_not_deleted(cast, evaluation):
    carry_out(cast.kadir, ROW, evaluation=evaluation)
    run, plan = start(cast.kadir, [*ROW[:2], "a. Rapat.", "a. Sudah"], evaluation=evaluation)
    assert run.change_count == 0
    assert "Renaksi 7.b tersimpan tetapi tidak ada di berkas" in plan.warnings[0].message


def test_letters_that_jump_count_on_unless_they_are_known(cast, evaluation):
    jumping = [*ROW[:2], "a. Rapat.\nc. Surat.", "a. Belum\nc. Sudah"]
    run = carry_out(cast.kadir, jumping, evaluation=evaluation)
    (entry,) = word.draft_of(run).entries
    assert entry.follow_up == "a. Rapat.\nb. Surat."
    assert entry.statuses == {"1": "open", "2": "in_progress"}
    assert entry.remarks == ["Huruf a, c dibaca sebagai a, b."]
    carry_out(cast.kadir, [*ROW[:2], "a. Rapat.\nb. Surat.\nc. Notula.", ""], evaluation=evaluation)
    run, _ = start(cast.kadir, [*ROW[:2], "a. Rapat.\nc. Notula.", ""], evaluation=evaluation)
    assert (run.change_count, word.draft_of(run).entries[0].follow_up) == (
        0,
        "a. Rapat.\nc. Notula.",
    )


def test_what_becomes_of_sudah_is_said(cast, evaluation):
    _, plan = start(cast.kadir, ROW, evaluation=evaluation)
    assert "Tanda Sudah masuk sebagai “Dalam proses”" in plan.warnings[0].message


def test_a_unit_of_another_body_is_refused(cast, evaluation, units):
    head = [*HEAD, "Penanggung Jawab"]
    file = paper([*ROW, "Biro Umum"], head=head)
    run = word.start(upload=file, actor=cast.kadir, at=timezone.now(), evaluation=evaluation)
    assert imports.preview(run).errors == []
    run = word.start(
        upload=paper(ROW), actor=cast.kadir, at=timezone.now(), evaluation=evaluation,
        default_unit=units.dinas,
    )  # fmt: skip
    assert "Penanggung jawab" in {error.column for error in imports.preview(run).errors}


def test_the_evaluation_is_known_by_the_year_in_the_file(cast, evaluation, units):
    factories.make_evaluation(units.setda, 2021, rubric=evaluation.rubric)
    run, _ = start(cast.kadir, ROW)
    assert run.draft.evaluation == evaluation
    with pytest.raises(WorkbookRefused, match="LHE yang mana"):
        word.start(upload=paper(ROW, title="Tabel"), actor=cast.kadir, at=timezone.now())


def test_only_who_may_edit_the_evaluation_imports(cast, evaluation):
    for person in (cast.sari, cast.rina):
        with pytest.raises(PermissionDenied):
            start(person, ROW, evaluation=evaluation)


def test_numbers_that_are_missing(cast, evaluation, recommendation):
    heading = recommendation.title
    found, new = ["", f"{heading}\nSusun.", "", ""], ["", "Lain-lain\nSusun.", "", ""]
    run, _ = start(cast.kadir, found, new, evaluation=evaluation)
    assert [entry.number for entry in word.draft_of(run).entries] == [1, 2]


def test_the_command_line(cast, evaluation, tmp_path, capsys):
    file = tmp_path / "tabel.docx"
    file.write_bytes(paper(ROW).read())
    arguments = [str(file), "--as=kadir", "--format=json"]
    call_command("import_workbook", "recommendations", *arguments, "--dry-run")
    assert not Recommendation.objects.exists()
    call_command("import_workbook", "renaksi", *arguments)
    assert Renaksi.objects.count() == 2
    call_command("import_workbook", "renaksi", *arguments, f"--evaluation={evaluation.pk}")
    *_, last = capsys.readouterr().out.split("}\n{")
    counts = json.loads("{" + last)
    nothing = {"errors": [], "warnings": [], "questions": []}
    assert counts == {"created": 0, "updated": 0, "unchanged": 5} | nothing
    with pytest.raises(CommandError, match="hanya untuk recommendations dan renaksi"):
        call_command("import_workbook", "units", *arguments)
    with pytest.raises(CommandError, match="Tidak ada LHE"):
        call_command("import_workbook", "renaksi", *arguments, "--evaluation=999999")
