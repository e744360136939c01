"""The scores of an LHE in a workbook: whole, in three parts, with the evaluator's remark."""

from decimal import Decimal

import pytest
from django.utils import timezone

from recommendations.models import ComponentScore
from tests.workbooks.books import exported, plan_of, upload
from workbooks.compare.plan import RowOutcome
from workbooks.services import imports

NAME = "Perencanaan Kinerja"
HEAD = ["Perangkat daerah", "Tahun kinerja"]


@pytest.fixture
def parted(evaluation):
    """The LHE under a rubric that knows parts: planning may obtain 6, 9 and 15 points."""
    rubric = evaluation.rubric
    rubric.existence_share, rubric.quality_share, rubric.use_share = 20, 30, 50
    rubric.save()
    return evaluation


def book(*, reason="Salah ketik", **cells):
    labels = {
        "score": f"Nilai {NAME}",
        "existence": f"Pemenuhan {NAME}",
        "quality": f"Kualitas {NAME}",
        "use": f"Pemanfaatan {NAME}",
        "change": f"Perubahan {NAME}",
        "remark": f"Catatan {NAME}",
    }
    head = [*HEAD, *(labels[name] for name in cells), "Alasan perbaikan"]
    return upload({"LHE": [head, ["Sekretariat Daerah", 2022, *cells.values(), reason]]})


def test_parts_changes_and_remarks_are_written_and_taken_back(cast, parted):
    file = book(score=20, existence=5, quality="6,5", use=8.5, change="-2,2", remark="Satu\nDua")
    run = imports.start(kind="evaluations", upload=file, actor=cast.kadir, at=timezone.now())
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())
    score = parted.scores.get(component__name=NAME)
    parts = (score.existence_score, score.quality_score, score.use_score)
    assert (score.score, parts) == (20, (5, Decimal("6.5"), Decimal("8.5")))
    assert (score.reported_change, score.remark) == (Decimal("-2.2"), "<p>Satu</p><p>Dua</p>")
    run.refresh_from_db()
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    score.refresh_from_db()
    assert (score.score, score.existence_score, score.remark) == (Decimal("22.20"), None, "")


@pytest.mark.parametrize(
    ("cells", "cell", "message"),
    [
        ({"existence": 5, "score": 5}, "C2", "belum lengkap"),
        ({"existence": 5, "quality": 6, "use": 8, "score": 20}, "C2", "Tulis 19,00"),
        ({"existence": 7, "quality": 6, "use": 7, "score": 20}, "C2", "Tulis paling banyak 6,00"),
        ({"score": 21.5, "use": None}, "C2", None),
    ],
)
def test_parts_that_cannot_be(cast, parted, cells, cell, message):
    plan = plan_of("evaluations", cast.kadir, book(**cells))
    found = [(problem.cell, message in problem.message) for problem in plan.errors if message]
    assert found == ([(cell, True)] if message else [])
    assert plan.count(RowOutcome.REFUSED if message else RowOutcome.CHANGED) == 1


def test_a_score_of_parts_does_not_change_alone(cast, parted):
    held = parted.scores.filter(component__name=NAME)
    held.update(score=20, existence_score=5, quality_score=6, use_score=9)
    (error,) = plan_of("evaluations", cast.kadir, book(score=21)).errors
    assert "harus sama dengan jumlah bagiannya. Tulis 20,00" in error.message


def test_a_rubric_without_parts_refuses_them(cast, evaluation):
    (error,) = plan_of("evaluations", cast.kadir, book(existence=5, quality=6, use=11.2)).errors
    assert error.message == f"Perkiraan tidak mengenal bagian nilai. Kosongkan bagian {NAME}."


def test_a_remark_needs_a_score(cast, evaluation):
    ComponentScore.objects.filter(component__name=NAME).delete()
    (error,) = plan_of("evaluations", cast.kadir, book(remark="Baik")).errors
    assert error.message == f"Isi juga Nilai {NAME}: isi sel ini melekat padanya."


def test_a_workbook_shows_what_some_score_holds(cast, parted):
    def labels():
        plan = plan_of("evaluations", cast.kadir, exported("evaluations", cast.kadir))
        assert plan.count(RowOutcome.UNCHANGED) == 1
        return {column.label for column in plan.sheets[0].head.columns.values()}

    assert not any(label.startswith(("Kualitas", "Catatan")) for label in labels())
    held = parted.scores.filter(component__name=NAME)
    held.update(score=20, existence_score=5, quality_score=6, use_score=9, remark="<p>Baik</p>")
    assert {f"Kualitas {NAME}", f"Catatan {NAME}"} <= labels()
    assert f"Perubahan {NAME}" not in labels()
