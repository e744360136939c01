"""The two evaluations of the source document, transcribed from oracle/scores.csv by hand."""

from decimal import Decimal

import pytest

from recommendations.models import ComponentScore, Evaluation
from recommendations.rules.score_comparison import compare
from tests import factories

ORACLE = [  # component, 2021, 2022, difference, weight 2021, weight 2022
    ("perencanaan", "23.75", "22.20", "-1.55", 30, 30),
    ("pengukuran", "15.00", "14.80", "-0.20", 25, 20),
    ("pelaporan", "11.22", "7.70", "-3.52", 15, 10),
    ("evaluasi-internal", "6.85", "14.00", "7.15", 10, 20),
    ("capaian", "11.12", "15.20", "4.08", 20, 20),
]


@pytest.fixture
def source(units, evaluation):
    """(2022, 2021) with the printed figures."""
    rubric = factories.make_rubric("12/2015", tuple(row[4] for row in ORACLE))
    factories.make_evaluation(
        units.setda,
        2021,
        rubric=rubric,
        scores=tuple(row[1] for row in ORACLE),
        reported_total=Decimal("67.93"),
        reported_grade="B",
    )
    Evaluation.objects.filter(pk=evaluation.pk).update(
        reported_total=Decimal("73.90"), reported_grade="BB", reported_change=Decimal("5.97")
    )
    loaded = Evaluation.objects.with_scores()
    current = loaded.get(performance_year=2022)
    return current, loaded.before(current)


def test_rows_equal_the_oracle(source):
    rows = [
        (
            row.component.code,
            row.previous_score,
            row.current_score,
            row.change,
            row.previous_weight,
            row.current_weight,
        )
        for row in compare(*source).rows
    ]
    assert rows == [
        (code, *map(Decimal, (then, now, change, base_weight, weight)))
        for code, then, now, change, base_weight, weight in ORACLE
    ]


def test_totals_are_computed_and_the_printed_ones_kept_beside_them(source):
    comparison = compare(*source)
    assert (comparison.previous_total, comparison.current_total) == (
        Decimal("67.94"),
        Decimal("73.90"),
    )
    assert (comparison.previous_grade, comparison.current_grade) == ("B", "BB")
    assert comparison.total_change == Decimal("5.96")
    assert comparison.reported_change == Decimal("5.97")
    assert comparison.change_differs
    assert comparison.previous.reported_total == Decimal("67.93")
    assert comparison.previous.total_differs
    assert not comparison.current.total_differs
    assert not comparison.previous.grade_differs


def test_percent_of_weight_tells_a_rise_where_the_raw_score_falls(source):
    comparison = compare(*source)
    measuring = comparison.rows[1]
    assert comparison.rubrics_differ
    assert comparison.estimates == ["Perkiraan"]
    assert measuring.change == Decimal("-0.20")
    assert (measuring.previous_percent, measuring.current_percent) == (60, 74)
    assert measuring.points_change == 14


def test_a_component_of_one_year_only_has_no_figures_in_the_other(source):
    current, previous = source
    dropped = current.scores.get(component__code="capaian").component
    ComponentScore.objects.filter(evaluation=current, component=dropped).delete()
    current.rubric.weights.filter(component=dropped).delete()
    comparison = compare(Evaluation.objects.with_scores().get(pk=current.pk), previous)
    row = comparison.rows[-1]
    assert row.component == dropped
    assert row.previous_score == Decimal("11.12")
    assert (row.current_score, row.change, row.current_weight, row.points_change) == (None,) * 4


def test_the_first_evaluation_stands_alone(source):
    comparison = compare(source[1], None)
    assert comparison.current_total == Decimal("67.94")
    assert comparison.previous is None
    assert (comparison.previous_total, comparison.previous_grade, comparison.total_change) == (
        None,
        None,
        None,
    )
    assert not comparison.rubrics_differ
    assert comparison.rows[0].change is None


def test_a_total_is_unknown_while_a_component_has_no_score(source):
    current, previous = source
    current.scores.get(component__code="capaian").delete()
    comparison = compare(Evaluation.objects.with_scores().get(pk=current.pk), previous)
    assert comparison.current_total is None
    assert comparison.current_grade is None
    assert comparison.total_change is None


def test_it_costs_no_query_once_loaded(source, django_assert_num_queries):
    with django_assert_num_queries(0):
        compare(*source)
