"""A simulated score: pure figures, and the page."""

from decimal import Decimal

import pytest
from django.urls import reverse

from recommendations.models import Evaluation
from recommendations.rules import grades
from recommendations.rules.score_comparison import figures
from recommendations.rules.score_simulation import simulate
from tests import factories

A, AA = grades.grade_bounds("A"), grades.grade_bounds("AA")


@pytest.fixture
def now(evaluation):
    """73.90: 22.20 of 30, 14.80 of 25, 7.70 of 15, 14.00 of 10 … as the evaluation's rubric has it."""
    rubric = factories.make_rubric("88/2021", (30, 20, 10, 20, 20))
    Evaluation.objects.filter(pk=evaluation.pk).update(rubric=rubric)
    return figures(Evaluation.objects.with_scores().get(pk=evaluation.pk))


def component(now, code):
    return next(row for row in now.weights if row.code == code)


def test_untouched_it_is_the_evaluation(now):
    simulation = simulate(now, {})
    assert (simulation.total, simulation.grade, simulation.change) == (Decimal("73.90"), "BB", 0)


def test_a_percent_moves_its_score_and_the_total(now):
    simulation = simulate(now, {component(now, "perencanaan"): Decimal(90)})
    assert simulation.lines[0].score == Decimal("27.00")
    assert simulation.total == Decimal("78.70")


def test_the_percent_as_shown_moves_nothing(now, evaluation):
    rubric = factories.make_rubric("lama", (30, 25, 15, 10, 20))
    scores = ("23.75", "15.00", "11.22", "6.85", "11.12")
    older = factories.make_evaluation(evaluation.unit, 2021, rubric=rubric, scores=scores)
    then = figures(Evaluation.objects.with_scores().get(pk=older.pk))
    shown = simulate(then, {component(then, "perencanaan"): Decimal("79.17")})
    assert shown.total == Decimal("67.94")  # 79.17 % of 30 would be 23.751


def test_the_grade_begins_one_step_above_its_bound(now):
    assert simulate(now, {}).missing(A) == Decimal("6.11")
    needed = simulate(now, {component(now, "perencanaan"): Decimal("94.37")})
    assert (needed.total, needed.grade) == (Decimal("80.01"), "A")
    assert needed.missing(A) == 0
    assert needed.ways(A) == needed.together(A) == []


def test_the_heaviest_component_is_the_cheapest(now):
    ways = simulate(now, {}).ways(A)
    assert [way.line.component.code for way in ways if way.is_enough] == ["perencanaan"]
    assert round(ways[0].percents, 2) == Decimal("20.37")
    assert ways[-1].line.component.code == "pelaporan"


def test_where_one_is_not_enough_several_are(now):
    lines = simulate(now, {}).together(AA)
    assert [line.component.code for line in lines][:2] == ["perencanaan", "pengukuran"]
    assert sum(line.change for line in lines) == Decimal("16.11")
    assert all(line.score <= line.weight for line in lines)


def test_without_all_scores_there_is_nothing_to_start_from(now, evaluation, signed_in, cast):
    evaluation.scores.filter(component__code="capaian").delete()
    with pytest.raises(ValueError, match="every component"):
        simulate(figures(Evaluation.objects.with_scores().get(pk=evaluation.pk)), {})
    assert "Isi dahulu nilai semua komponen" in page(signed_in(cast.laila), evaluation)


def page(client, evaluation, **query):
    address = reverse("recommendations:evaluation-simulation", args=[evaluation.pk])
    return client.get(address, query).content.decode()


def test_the_page_starts_at_the_evaluation_and_the_next_grade(now, evaluation, signed_in, cast):
    text = page(signed_in(cast.laila), evaluation)
    assert "Kurang untuk A" in text
    assert "6,11" in text
    assert "20,37" in text


def test_the_page_follows_the_address(now, evaluation, signed_in, cast):
    key = f"komponen-{component(now, 'perencanaan').pk}"
    text = page(signed_in(cast.laila), evaluation, **{key: "100", "predikat": "A"})
    assert "81,70" in text
    assert "sudah tercapai" in text


def test_a_wrong_percent_is_named_and_the_rest_is_shown(now, evaluation, signed_in, cast):
    key = f"komponen-{component(now, 'perencanaan').pk}"
    other = f"komponen-{component(now, 'capaian').pk}"
    text = page(signed_in(cast.laila), evaluation, **{key: "120", other: "100"})
    assert "Tulis angka paling besar 100." in text
    assert 'value="120"' in text
    assert "78,70" in text  # 73.90 + 4.80 of the component that was readable
    assert "predikat" in page(signed_in(cast.laila), evaluation, predikat="Z")
