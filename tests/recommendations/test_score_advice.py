"""What the simulation advises: what is open for each component, and what comes first."""

from decimal import Decimal

import pytest
from django.urls import reverse

from recommendations import transitions as t
from recommendations.models import Evaluation, Recommendation
from recommendations.rules import grades
from recommendations.rules.follow_up_bands import USUAL_BANDS
from recommendations.rules.progress import Progress
from recommendations.rules.score_advice import (
    advise,
    follow_up_steps,
    gain_of_next,
    lightest_path,
    unplaced,
)
from recommendations.rules.score_comparison import figures
from recommendations.rules.score_simulation import simulate
from tests import factories

A = grades.grade_bounds("A")


@pytest.fixture
def simulation(evaluation):
    """73.90 and 6.11 short of A. Room: 7.80, 5.20, 2.30, 6.00, 4.80."""
    return simulate(figures(Evaluation.objects.with_scores().get(pk=evaluation.pk)), {})


@pytest.fixture
def ask(evaluation, units):
    """ask(place of the component, statuses) adds a recommendation with renaksi of these statuses."""

    components = [weight.component for weight in evaluation.rubric.weights.order_by("pk")]

    def add(place, *statuses, **fields):
        row = factories.make_recommendation(evaluation, **fields)
        row.component = None if place is None else components[place]
        row.save()
        for position, status in enumerate(statuses, 1):
            reason = "Jabatan sudah dihapus." if status == t.NOT_ACTIONABLE else ""
            factories.make_renaksi(
                row,
                units.organisasi,
                position=position,
                status=status,
                not_actionable_reason=reason,
            )
        return row

    return add


def advice(simulation):
    rows = Recommendation.objects.prefetch_related("renaksi").order_by("number")
    return advise(simulation, rows, USUAL_BANDS, Decimal(3))


def test_least_work_for_a_point_comes_first(simulation, ask):
    ask(0, t.OPEN, t.OPEN, t.OPEN)  # 3 for 7.80
    ask(1, t.IN_PROGRESS, t.RETURNED)  # 1 for 5.20
    ask(3, t.SUBMITTED)  # nothing for 6.00
    ask(4, t.DONE)
    found = advice(simulation)
    assert [row.line.room for row in found] == [
        Decimal(room) for room in ("6.00", "5.20", "7.80", "4.80", "2.30")
    ]
    assert [(row.effort, row.count) for row in found[:3]] == [(0, 1), (1, 2), (3, 3)]
    assert [row.can_gain for row in found] == [True, True, True, False, False]
    assert found[0].waits_only
    assert not found[1].waits_only
    assert found[3].recommendations == ()


def test_a_recommendation_without_plan_is_work_too(simulation, ask):
    ask(0)
    assert advice(simulation)[0].effort == 1


def test_the_path_stops_where_the_grade_begins(simulation, ask):
    ask(0, t.OPEN, t.OPEN)
    ask(3, t.SUBMITTED)
    path = lightest_path(simulation, A, advice(simulation))
    assert [(step.component.line.room, step.gain) for step in path] == [
        (Decimal("6.00"), Decimal("6.00")),
        (Decimal("7.80"), Decimal("0.11")),
    ]


def test_too_little_is_no_path(simulation, ask):
    ask(2, t.OPEN)
    assert lightest_path(simulation, A, advice(simulation)) == []


def test_what_belongs_to_no_component_is_told_apart(simulation, ask):
    alone = ask(None, t.OPEN)
    rows = Recommendation.objects.prefetch_related("renaksi")
    assert [row.recommendation for row in unplaced(simulation, rows)] == [alone]


def test_finishing_a_component_moves_the_criterion(simulation, ask):
    ask(0, t.OPEN)
    ask(1, t.OPEN, t.NOT_ACTIONABLE)
    ask(2, t.DONE, t.DONE)
    after = {row.line.room: row.after for row in advice(simulation)}
    assert after[Decimal("7.80")].progress.verified == 3
    assert after[Decimal("2.30")].progress.verified == 2


@pytest.mark.parametrize(
    ("verified", "steps", "gain"),
    [
        (0, [(2, "d", "0.75"), (5, "c", "1.50"), (8, "b", "2.25"), (10, "a", "3.00")], 0),
        (7, [(1, "b", "0.75"), (3, "a", "1.50")], Decimal("0.75")),
        (8, [(2, "a", "0.75")], 0),
        (10, [], None),
    ],
)
def test_what_one_more_and_what_a_few_more_bring(verified, steps, gain):
    progress = Progress(10, 10, verified)
    found = follow_up_steps(progress, USUAL_BANDS, Decimal(3))
    assert [(row.more, row.band.label, row.gain) for row in found] == [
        (more, label, Decimal(points)) for more, label, points in steps
    ]
    assert gain_of_next(progress, USUAL_BANDS, Decimal(3)) == gain


def test_without_a_weight_no_points_are_told():
    progress = Progress(10, 10, 7)
    assert [row.gain for row in follow_up_steps(progress, USUAL_BANDS, None)] == [None, None]
    assert gain_of_next(progress, USUAL_BANDS, None) is None
    assert follow_up_steps(Progress(), USUAL_BANDS, None) == []


def page(client, evaluation):
    return client.get(reverse("recommendations:evaluation-simulation", args=[evaluation.pk])).text


def test_the_page_names_what_is_open(evaluation, ask, signed_in, cast):
    ask(0, t.OPEN, t.OPEN)
    ask(3, t.SUBMITTED, criterion_code="4.3.1")
    text = page(signed_in(cast.laila), evaluation)
    assert "Jalan paling ringan ke A" in text
    assert "tinggal menunggu reviu evaluator atas 1 rencana aksi" in text
    assert "kriteria 4.3.1" in text
    assert "Kurang 7,80 dari 30,00 poin" in text


def test_who_sees_only_a_part_gets_no_advice(evaluation, ask, signed_in, cast):
    ask(0, t.OPEN)
    text = page(signed_in(cast.umar), evaluation)
    assert "Jalan paling ringan" not in text
    assert "Menurut bobot saja" in text


def test_queries_stay_flat(evaluation, ask, units, signed_in, cast, django_assert_max_num_queries):
    for _ in range(30):
        ask(0, t.OPEN, t.OPEN, t.SUBMITTED)
    client = signed_in(cast.laila)
    page(client, evaluation)
    with django_assert_max_num_queries(20):
        page(client, evaluation)
