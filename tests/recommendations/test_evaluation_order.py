"""Which LHE comes before another, and which one stands for a body: one answer, wherever it is asked."""

from datetime import date

import pytest

from recommendations.models import Evaluation
from recommendations.selectors import findings
from reports.definitions import score_trend
from reports.documents.telaah_staf.facts import gather
from reports.selectors.leader_summary import summary
from tests import factories

TODAY = date(2026, 11, 24)
SCORES = ("23.75", "15.00", "11.22", "6.85", "11.12")


@pytest.fixture
def three(units, evaluation):
    """2019 was scored, 2021 never, 2022 again; another body's 2021 has nothing to do with it."""
    factories.make_evaluation(units.dinas, 2021, rubric=evaluation.rubric, scores=SCORES)
    rubric = factories.make_rubric("PermenPANRB 12/2015")
    unscored = factories.make_evaluation(units.setda, 2021, rubric=rubric)
    scored = factories.make_evaluation(units.setda, 2019, rubric=rubric, scores=SCORES)
    return scored, unscored, evaluation


def test_the_one_before_is_the_nearest_scored_one_of_the_body(three):
    scored, unscored, latest = three
    assert Evaluation.objects.before(latest) == scored
    assert Evaluation.objects.before(unscored) == scored
    assert Evaluation.objects.before(scored) is None


def test_many_at_once_have_the_same_ones_before_them(three, django_assert_num_queries):
    scored, unscored, latest = three
    with django_assert_num_queries(1):
        found = Evaluation.objects.keys_before(three)
    assert found == {latest.pk: scored.pk, unscored.pk: scored.pk}


def test_every_page_and_paper_compares_with_the_same_one(three, cast, signed_in):
    scored, _, latest = three
    page = signed_in(cast.kadir).get(latest.get_absolute_url())
    assert page.context["comparison"].previous.evaluation == scored
    assert summary(cast.laila, today=TODAY).comparison.previous.evaluation == scored
    assert score_trend.history(cast.kadir, latest) == [scored, latest]
    assert gather(evaluation=latest, components=(), user=cast.kadir, on=TODAY).previous_year == 2019
    found = [one.finding for one in findings.on_scores([latest.unit_id])]
    differ = [row for row in found if row.code == "rubrics-differ"]
    assert ["2019" in row.message for row in differ] == [True]
    text = client_text(signed_in(cast.kadir), "score-comparison", latest)
    assert "2019 dan 2022" in text


def client_text(client, name, evaluation):
    return client.get(f"/laporan/{name}/", {"evaluasi": evaluation.pk}).content.decode()


def test_a_body_stands_with_its_latest_scored_one(three, units):
    Evaluation.objects.filter(pk=three[2].pk).update(performance_year=2018)
    only = factories.make_evaluation(units.inspektorat, 2020)
    current = Evaluation.objects.current().order_by("pk")
    assert {(row.unit, row.performance_year) for row in current} == {
        (units.setda, 2019),
        (units.dinas, 2021),
        (units.inspektorat, only.performance_year),
    }


def test_work_of_a_body_is_its_current_lhe_and_what_came_later(units):
    rubric = factories.make_rubric()
    for year, scores in ((2021, ["20"]), (2022, ["20"]), (2023, []), (2024, [])):
        factories.make_evaluation(units.setda, year, rubric=rubric, scores=scores)
    for year in (2022, 2023):
        factories.make_evaluation(units.dinas, year, rubric=rubric)
    at_work = Evaluation.objects.at_work()
    assert sorted(at_work.values_list("unit", "performance_year")) == [
        *((units.setda.pk, year) for year in (2022, 2023, 2024)),
        (units.dinas.pk, 2023),
    ]
