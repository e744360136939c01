from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.rules.grades import (
    GRADES,
    difference,
    distance_to_next_grade,
    grade,
    grade_bounds,
    next_grade,
    percent_of_weight,
    points_difference,
    total,
)
from sakip.numbers import round_half_up

# The source document: component, score 2021 of weight, score 2022 of (estimated) weight, difference,
# percent of weight then and now, in points.
SOURCE = [
    ("Perencanaan Kinerja", "23.75", "30", "22.20", "30", "-1.55", "79.17", "74.00", "-5.17"),
    ("Pengukuran Kinerja", "15.00", "25", "14.80", "20", "-0.20", "60.00", "74.00", "14.00"),
    ("Pelaporan Kinerja", "11.22", "15", "7.70", "10", "-3.52", "74.80", "77.00", "2.20"),
    ("Evaluasi Internal", "6.85", "10", "14.00", "20", "7.15", "68.50", "70.00", "1.50"),
    ("Capaian Kinerja", "11.12", "20", "15.20", "20", "4.08", "55.60", "76.00", "20.40"),
]
totals = st.decimals(min_value=0, max_value=100, places=4)


@pytest.mark.parametrize(
    ("name", "then", "weight_then", "now", "weight_now", "change", "share_then", "share_now", "points"),
    SOURCE,
)  # fmt: skip
def test_the_components_of_the_source(
    name, then, weight_then, now, weight_now, change, share_then, share_now, points
):
    then, weight_then, now, weight_now = map(Decimal, (then, weight_then, now, weight_now))

    assert difference(now, then) == Decimal(change)
    assert round_half_up(percent_of_weight(then, weight_then)) == Decimal(share_then)
    assert round_half_up(percent_of_weight(now, weight_now)) == Decimal(share_now)
    assert round_half_up(points_difference(now, weight_now, then, weight_then)) == Decimal(points)


def test_the_totals_of_the_source():
    then = total(Decimal(row[1]) for row in SOURCE)
    now = total(Decimal(row[3]) for row in SOURCE)

    assert (then, grade(then)) == (Decimal("67.94"), "B")
    assert (now, grade(now)) == (Decimal("73.90"), "BB")
    assert difference(now, then) == Decimal("5.96")
    assert difference(now, Decimal("67.93")) == Decimal("5.97")


@pytest.mark.parametrize(
    ("score", "code"),
    [
        ("100", "AA"), ("90.01", "AA"), ("90", "A"), ("80.01", "A"), ("80.00", "BB"), ("70.01", "BB"),
        ("70", "B"), ("60.01", "B"), ("60", "CC"), ("50.01", "CC"), ("50", "C"), ("30.01", "C"),
        ("30", "D"), ("0.01", "D"), ("0", "D"),
    ],
)  # fmt: skip
def test_the_low_bound_is_outside_the_high_bound_inside(score, code):
    assert grade(Decimal(score)) == code


@pytest.mark.parametrize("score", ["-0.01", "100.01"])
def test_it_refuses_a_total_outside_the_scale(score):
    with pytest.raises(ValueError, match="^a total lies between 0 and 100$"):
        grade(Decimal(score))


def test_the_scale_has_no_gap_and_no_overlap():
    assert [step.code for step in GRADES] == ["AA", "A", "BB", "B", "CC", "C", "D"]
    assert [step.high for step in GRADES] == [100, *(step.low for step in GRADES[:-1])]
    assert GRADES[-1].low == 0


@given(totals)
def test_a_total_lies_within_its_grade(score):
    step = grade_bounds(grade(score))
    assert step.low < score <= step.high or score == 0


@given(totals, totals)
def test_a_higher_total_never_earns_a_lower_grade(one, other):
    codes = [step.code for step in reversed(GRADES)]
    low, high = sorted((one, other))
    assert codes.index(grade(low)) <= codes.index(grade(high))


def test_the_way_to_the_next_grade():
    assert next_grade(Decimal("73.90")).code == "A"
    assert distance_to_next_grade(Decimal("73.90")) == Decimal("6.10")
    assert distance_to_next_grade(Decimal(80)) == 0
    assert next_grade(Decimal(0)).code == "C"
    assert next_grade(Decimal(95)) is None
    assert distance_to_next_grade(Decimal(95)) is None


@given(totals)
def test_exceeding_the_distance_reaches_the_next_grade(score):
    distance = distance_to_next_grade(score)
    if distance is not None:
        assert grade(score + distance) == grade(score) or score == 0
        assert grade(score + distance + Decimal("0.0001")) == next_grade(score).code


def test_what_is_missing_is_never_zero():
    assert total([]) is None
    assert total([Decimal(1), None]) is None
    assert total([Decimal(0), Decimal(0)]) == 0
    assert grade(None) is next_grade(None) is distance_to_next_grade(None) is None
    assert percent_of_weight(None, Decimal(30)) is None
    assert percent_of_weight(Decimal(3), None) is None
    assert percent_of_weight(Decimal(3), Decimal(0)) is None
    assert percent_of_weight(Decimal(0), Decimal(30)) == 0
    assert points_difference(Decimal(3), Decimal(30), None, Decimal(30)) is None


def test_an_unknown_grade_is_refused():
    with pytest.raises(LookupError, match="^no grade 'E'$"):
        grade_bounds("E")
