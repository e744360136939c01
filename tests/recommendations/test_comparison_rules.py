"""The comparison of two evaluations, from figures alone. Needs no database."""

from decimal import Decimal
from types import SimpleNamespace

from recommendations.rules.score_comparison import compare, figures


def many(rows):
    return SimpleNamespace(all=lambda: rows)


def evaluation(weights, scores, **printed):
    """`scores`: points by component, or (points, printed change, remark)."""
    rows = []
    for component, found in scores.items():
        points, change, remark = found if isinstance(found, tuple) else (found, None, "")
        rows.append(
            SimpleNamespace(
                component=component, score=Decimal(points), reported_change=change, remark=remark
            )
        )
    weighed = [
        SimpleNamespace(component=component, weight=Decimal(weight))
        for component, weight in weights.items()
    ]
    about = {"reported_total": None, "reported_grade": "", "reported_change": None}
    rubric = SimpleNamespace(weights=many(weighed), name="Rubrik", is_estimate=False)
    return SimpleNamespace(rubric=rubric, scores=many(rows), **about | printed)


def test_a_total_of_exactly_100_has_a_grade_and_more_has_none():
    full = {"a": 60, "b": 40}
    assert figures(evaluation(full, {"a": 60, "b": 40})).grade == "AA"
    too_much = figures(evaluation(full, {"a": 60, "b": "40.5"}))
    assert (too_much.total, too_much.grade) == (Decimal("100.5"), None)
    missing = figures(evaluation(full, {"a": 60}))
    assert (missing.total, missing.grade) == (None, None)


def test_a_component_of_one_of_the_years_has_a_row_too():
    now = evaluation({"a": 60, "b": 40}, {"a": 50, "b": 30})
    then = evaluation({"a": 60, "c": 40}, {"a": 40, "c": 20})
    rows = {row.component: row for row in compare(now, then).rows}
    assert list(rows) == ["a", "b", "c"]
    assert (rows["b"].previous_score, rows["b"].change) == (None, None)
    assert (rows["c"].current_score, rows["c"].previous_score) == (None, 20)


def test_each_row_has_what_the_letter_prints_beside_it():
    now = evaluation({"a": 60, "b": 40}, {"a": (50, Decimal(9), "Naik."), "b": 30})
    first, second = compare(now, evaluation({"a": 60, "b": 40}, {"a": 40, "b": 30})).rows
    assert (first.reported_change, first.remark, first.change_differs) == (9, "Naik.", True)
    assert (second.reported_change, second.remark, second.change_differs) == (None, "", False)
    assert compare(now, None).remarks[0].remark == "Naik."
    unscored = compare(evaluation({"a": 100}, {}), None).rows[0]
    assert (unscored.reported_change, unscored.remark) == (None, "")


def test_a_fall_is_told_in_points_of_one_scale():
    """In points a falls most; when the weights have changed, b falls most of its weight."""
    then = evaluation({"a": 60, "b": 40}, {"a": 50, "b": 30})
    same = compare(evaluation({"a": 60, "b": 40}, {"a": 40, "b": 29}), then)
    assert (same.steepest.component, same.fall_of(same.steepest)) == ("a", -10)
    other = compare(evaluation({"a": 50, "b": 50}, {"a": 40, "b": 29}), then)
    assert (other.steepest.component, other.fall_of(other.steepest)) == ("b", -17)
