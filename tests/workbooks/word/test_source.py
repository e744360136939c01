"""The source document, as Word holds it, against the records that `load_source` makes."""

import json

import pytest
from django.utils import timezone

from recommendations.models import Evaluation, Recommendation, Renaksi
from reports.seed import source as loading
from sakip.models import User
from tests.factories import make_user
from tests.workbooks.word.source_paper import build
from workbooks.services import imports
from workbooks.word import services as word


@pytest.fixture
def fresh(db):
    """The reference data and the evaluation of the source without its recommendations."""
    loader = loading.Loader(at=timezone.now())
    loader.load(loading.read("reference"))
    source = loading.read("source")
    for evaluation in source["evaluations"]:
        loader.evaluation(0, **{**evaluation, "recommendations": ()})
    return Evaluation.objects.get(performance_year=2022)


def coordinator(evaluation):
    return make_user("kadir", "coordinator", evaluation.unit)


def start(evaluation, actor, **fields):
    run = word.start(
        upload=build(), evaluation=evaluation, actor=actor, at=timezone.now(), **fields
    )
    return run, imports.preview(run)


def texts(evaluation):
    return [
        {
            "number": one.number,
            "component": one.component.code,
            "heading": one.heading,
            "text": one.text,
            "points": [point.text for point in one.points.all()],
            "follow_up_lead": one.follow_up_lead,
            "renaksi": [
                {
                    "follow_up": row.follow_up,
                    "steps": [step.text for step in row.steps.all()],
                    "point": row.point.position if row.point else None,
                }
                for row in one.renaksi.all()
            ],
        }
        for one in Recommendation.objects.filter(evaluation=evaluation).order_by("number")
    ]


def as_printed(texts):
    """With the one spelling of the table that the fixtures mend (docs/sumber.md)."""
    words = json.dumps(texts)
    mended = "penghapusan jabatan baik struktural maupun"
    return json.loads(words.replace(mended, "penghapusan jabatan baik structural maupun"))


def test_the_source_document_becomes_the_records_of_load_source(fresh):
    actor = coordinator(fresh)
    run, plan = start(fresh, actor)
    assert [problem.message for problem in plan.errors] == []
    imports.carry_out(run, at=timezone.now())
    imported = texts(fresh)
    imports.undo(run, actor=actor, at=timezone.now())
    assert not Recommendation.objects.filter(evaluation=fresh).exists()
    Evaluation.objects.update(last_number=0)
    loading.load_source(at=timezone.now())
    assert imported == as_printed(texts(fresh))


def test_the_same_file_again_changes_nothing(fresh):
    actor = coordinator(fresh)
    run, _ = start(fresh, actor)
    imports.carry_out(run, at=timezone.now())
    again, plan = start(fresh, actor)
    assert (again.change_count, plan.errors) == (0, [])


def test_sudah_is_not_a_claim_and_no_verification(fresh):
    run, _ = start(fresh, coordinator(fresh))
    imports.carry_out(run, at=timezone.now())
    assert set(Renaksi.objects.values_list("status", flat=True)) == {"in_progress"}


def test_sudah_may_be_kept_as_the_claim_that_load_source_makes(fresh):
    run, _ = start(fresh, coordinator(fresh), keeps_claims=True)
    imports.carry_out(run, at=timezone.now())
    assert set(Renaksi.objects.values_list("status", "submitted_at")) == {("submitted", None)}


def test_over_the_records_of_load_source_only_the_misprint_changes(db):
    loading.load_source(at=timezone.now())
    evaluation = Evaluation.objects.get(performance_year=2022)
    run, plan = start(evaluation, coordinator(evaluation))
    changed = [row.label for part in plan.sheets for row in part.rows if row.changes]
    assert [label.rsplit(" / ")[-1] for label in changed] == ["2 · b (Tabel 1 baris 3–4)"] * 2
    assert "Menunggu reviu" in plan.errors[0].message  # the follow-up waits for the evaluator
    assert User.objects.count() == 1
