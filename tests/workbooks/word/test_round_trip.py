"""Our own follow-up table as Word, read again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from recommendations.models import Evaluation, Renaksi
from reports.exports import catalogue
from reports.seed import source
from tests.factories import make_evaluation, make_recommendation, make_user
from workbooks.services import imports
from workbooks.word import services as word


@pytest.fixture
def evaluation(db):
    source.load_source(at=timezone.now())
    return Evaluation.objects.get(performance_year=2022)


def again(evaluation, actor):
    order = catalogue.ExportSpec(name="follow-up-table", format="docx", evaluation_id=evaluation.pk)
    product = catalogue.export_file(order, actor, today=timezone.localdate())
    file = SimpleUploadedFile("tabel.docx", product.content)
    run = word.start(upload=file, evaluation=evaluation, actor=actor, at=timezone.now())
    return run, imports.preview(run)


def test_an_exported_table_comes_back_without_a_change(evaluation):
    kadir = make_user("kadir", "coordinator", evaluation.unit)
    run, plan = again(evaluation, kadir)
    assert [problem.message for problem in plan.all_problems] == []
    assert (run.change_count, run.summary["unchanged"]) == (0, 22)


def test_the_sentence_about_a_repetition_is_no_text_of_the_recommendation(evaluation):
    kadir = make_user("kadir", "coordinator", evaluation.unit)
    earlier = make_evaluation(evaluation.unit, 2020)
    for number in (1, 2):
        previous = make_recommendation(earlier, number)
        evaluation.recommendations.filter(number=number).update(previous=previous)
    run, plan = again(evaluation, kadir)
    assert [problem.message for problem in plan.all_problems] == []
    assert run.change_count == 0


def test_plans_and_refusals_come_back_without_a_change(evaluation):
    kadir = make_user("kadir", "coordinator", evaluation.unit)
    first, second, third = Renaksi.objects.filter(recommendation__number=1).order_by("position")
    text = first.follow_up
    Renaksi.objects.filter(pk=first.pk).update(plan=text, follow_up="", status="open")
    Renaksi.objects.filter(pk=second.pk).update(
        follow_up="", status="not_actionable", not_actionable_reason="Dibatalkan pusat."
    )
    Renaksi.objects.filter(pk=third.pk).update(status="returned")
    run, plan = again(evaluation, kadir)
    assert [problem.message for problem in plan.all_problems] == []
    assert run.change_count == 0
