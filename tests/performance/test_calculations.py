from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.models import Indicator
from performance.rules.change_and_achievement import (
    accumulate,
    achievement,
    against_target,
    compare_scale,
    difference,
    differs_from_print,
    direction,
    is_tenfold,
    year_on_year,
)
from sakip.numbers import format_number, round_half_up

# The source document: indicator, 2022, 2023, correct change (printed 5,55 and 1,08 for the 2nd and 11th).
SOURCE = [
    ("Skor EKPPD", "3.51", "3.51", "0.00"),
    ("Kerjasama yang ditindaklanjuti", "90.00", "95.00", "5.56"),
    ("Kebijakan bidang Kesra", "100.00", "100.00", "0.00"),
    ("Rancangan produk hukum", "102.00", "101.59", "-0.40"),
    ("Kebijakan bidang Perekonomian", "96.77", "100.00", "3.34"),
    ("Pelaksanaan pembangunan tepat waktu", "97.24", "96.63", "-0.63"),
    ("Indeks tata kelola pengadaan", "64.30", "70.55", "9.72"),
    ("Nilai SAKIP minimal B", "89.19", "97.30", "9.09"),
    ("Indeks Kelembagaan", "71.53", "88.48", "23.70"),
    ("IKM Perangkat Daerah", "85.11", "87.06", "2.29"),
    ("IKM kerumahtanggaan", "83.38", "84.26", "1.06"),
    ("IKM administrasi pimpinan", "85.78", "86.29", "0.59"),
]
OPINIONS = ["WTP", "WDP", "TW", "TMP"]
values = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
positive = st.decimals(min_value=Decimal("0.0001"), max_value=10**9, places=4)


def number(text):
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(("name", "base", "current", "change"), SOURCE)
def test_the_changes_of_the_source(name, base, current, change):
    assert round_half_up(year_on_year(Decimal(current), Decimal(base))) == Decimal(change)


def test_a_change_is_relative_and_the_points_a_second_figure():
    assert format_number(year_on_year(Decimal(95), Decimal(90))) == "5,56"
    assert format_number(difference(Decimal(95), Decimal(90))) == "5,00"


@pytest.mark.parametrize(
    ("current", "base"),
    [(None, "1"), ("1", None), (None, None), ("5", "0"), ("0", "0.00"), ("276.18", "-74.95")],
)
def test_a_change_without_meaning_is_none(current, base):
    assert year_on_year(number(current), number(base)) is None


def test_the_difference_stands_where_the_percentage_misleads():
    assert difference(Decimal("276.18"), Decimal("-74.95")) == Decimal("351.13")
    assert difference(None, Decimal(1)) is difference(Decimal(1), None) is None


@given(values, positive)
def test_a_change_has_the_sign_of_the_difference(current, base):
    change, gap = year_on_year(current, base), difference(current, base)
    assert (change > 0, change < 0) == (gap > 0, gap < 0)


@given(positive, st.integers(-9_999, 99_999))
def test_a_known_change_is_found_again(base, hundredths):
    assert year_on_year(base + base * hundredths / 10_000, base) == Decimal(hundredths) / 100


def test_ties_are_exact_until_they_are_rounded():
    change = year_on_year(Decimal("100.125"), Decimal(100))
    assert change == Decimal("0.125")
    assert format_number(change) == "0,13"
    assert format_number(year_on_year(Decimal("99.875"), Decimal(100))) == "-0,13"


@pytest.mark.parametrize(
    ("realisation", "target", "lower_is_better", "expected"),
    [
        ("95", "90", False, "105.56"),
        ("45", "90", False, "50.00"),
        ("-9", "90", False, "-10.00"),
        ("0", "90", False, "0.00"),
        ("8", "10", True, "120.00"),
        ("12", "10", True, "80.00"),
        ("25", "10", True, "-50.00"),
        ("0", "10", True, "200.00"),
    ],
)
def test_achievement(realisation, target, lower_is_better, expected):
    reached = achievement(Decimal(realisation), Decimal(target), lower_is_better=lower_is_better)
    assert round_half_up(reached) == Decimal(expected)


@given(positive, st.booleans())
def test_on_target_is_100_both_ways(target, lower_is_better):
    assert achievement(target, target, lower_is_better=lower_is_better) == 100


@pytest.mark.parametrize(
    ("realisation", "target"), [(None, "1"), ("1", None), ("0", "0"), ("5", "0"), ("-5", "-10")]
)
@pytest.mark.parametrize("lower_is_better", [True, False])
def test_achievement_without_meaning_is_none(realisation, target, lower_is_better):
    assert achievement(number(realisation), number(target), lower_is_better=lower_is_better) is None


def test_achievement_is_limited_only_where_asked():
    assert achievement(Decimal(300), Decimal(100)) == 300
    assert achievement(Decimal(300), Decimal(100), cap=Decimal(120)) == 120
    assert achievement(Decimal(90), Decimal(100), cap=Decimal(120)) == 90
    worse = {"realisation": Decimal(30), "target": Decimal(10), "lower_is_better": True}
    assert achievement(**worse) == -100
    assert achievement(**worse, floor=Decimal(0)) == 0


@pytest.mark.parametrize(
    ("realisation", "lower_is_better", "expected"),
    [
        ("80", False, "100"), ("82", False, "100"), ("100", False, "100"),
        ("40", False, "50"), ("120", False, "120"),
        ("80", True, "100"), ("100", True, "100"), ("40", True, "150"), ("120", True, "80"),
    ],
)  # fmt: skip
def test_a_range_is_reached_anywhere_inside_it(realisation, lower_is_better, expected):
    reached = achievement(
        Decimal(realisation), Decimal(80), high=Decimal(100), lower_is_better=lower_is_better
    )
    assert reached == Decimal(expected)


def test_a_range_from_zero_is_defined_where_the_nearer_bound_is():
    assert achievement(Decimal(0), Decimal(0), high=Decimal(5), lower_is_better=True) == 100
    assert achievement(Decimal(6), Decimal(0), high=Decimal(5), lower_is_better=True) == 80
    assert achievement(Decimal(-1), Decimal(0), high=Decimal(5)) is None


@pytest.mark.parametrize(
    ("current", "base", "asked"),
    [
        ("875", "87.5", True), ("8.75", "87.5", True), ("870.6", "85.11", True),
        ("8750", "87.5", True), ("-875", "87.5", True), ("-90", "85", False), ("700", "87.5", True),
        ("699", "87.5", False), ("95", "90", False), ("0", "90", False), ("90", "0", False),
        (None, "90", False), ("90", None, False),
    ],
)  # fmt: skip
def test_ten_times_or_a_tenth_is_asked_about(current, base, asked):
    assert is_tenfold(number(current), number(base)) is asked


@given(values, values)
def test_tenfold_looks_both_ways(one, other):
    assert is_tenfold(one, other) == is_tenfold(other, one)


@pytest.mark.parametrize(
    ("current", "base", "steps"),
    [
        ("WTP", "WDP", 1), ("WTP", "TMP", 3), ("TW", "WTP", -2), ("WDP", "WDP", 0),
        (" wtp ", "WTP", 0), (None, "WTP", None), ("", "WTP", None), ("WTP", "lain", None),
    ],
)  # fmt: skip
def test_texts_are_compared_on_their_scale(current, base, steps):
    assert compare_scale(current, base, OPINIONS) == steps


@pytest.mark.parametrize(
    ("current", "base", "polarity", "seen"),
    [
        ("95", "90", "higher", "better"),
        ("90", "95", "higher", "worse"),
        ("95", "90", "lower", "worse"),
        ("90", "95", "lower", "better"),
        ("90", "90.00", "lower", "same"),
        (None, "90", "higher", None),
        ("90", None, "lower", None),
    ],
)
def test_polarity_decides_what_is_better(current, base, polarity, seen):
    assert direction(number(current), number(base), polarity) == seen


@given(values, values)
def test_polarity_turns_better_into_worse(current, base):
    assume(current != base)
    seen = {direction(current, base, polarity) for polarity in Indicator.Polarity}
    assert seen == {"better", "worse"}


def test_an_unknown_polarity_is_refused():
    with pytest.raises(ValueError, match="polarity"):
        direction(Decimal(1), Decimal(2), "sideways")


@pytest.mark.parametrize(
    ("rule", "quarters", "expected"),
    [
        ("sum", ["10", "20", None, "5"], "35"),
        ("latest", ["10", "20", None, None], "20"),
        ("once", [None, None, None, "88.48"], "88.48"),
        ("sum", ["0", None, None, None], "0"),
    ],
)
def test_a_year_adds_up_over_its_quarters(rule, quarters, expected):
    assert accumulate([number(value) for value in quarters], rule) == Decimal(expected)


@pytest.mark.parametrize("rule", Indicator.Accumulation.values)
def test_a_year_without_reports_has_no_value(rule):
    assert accumulate([None] * 4, rule) is None
    assert accumulate([], rule) is None


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="rule"):
        accumulate([Decimal(1)], "average")


def test_a_range_up_to_zero_is_reached_at_its_end():
    assert achievement(Decimal(0), Decimal(-1), high=Decimal(0)) == 100


def test_a_limit_holds_inside_a_range_too():
    inside = {"realisation": Decimal(5), "target": Decimal(1), "high": Decimal(10)}
    assert achievement(**inside, cap=Decimal(90)) == 90
    assert achievement(**inside, floor=Decimal(110)) == 110


@pytest.mark.parametrize(
    ("value", "high", "side"),
    [("5", None, 0), ("5.01", None, 1), ("4.99", None, -1), ("7", "7", 0), ("7.01", "7", 1), ("4", "7", -1)],
)  # fmt: skip
def test_on_which_side_of_the_target_a_value_lies(value, high, side):
    assert against_target(Decimal(value), Decimal(5), number(high)) == side


@pytest.mark.parametrize(
    ("printed", "computed", "differs"),
    [
        (None, "1", False),
        ("5.5", "5.54", True),  # the print has two decimals; the database keeps one
        ("5.5", "5.504", False),
        ("5.501", "5.504", True),
        ("5.5", None, True),
    ],
)
def test_a_print_is_compared_with_its_own_decimals(printed, computed, differs):
    assert differs_from_print(number(printed), number(computed)) is differs


def test_a_small_step_has_a_direction_too():
    assert direction(Decimal("1.5"), Decimal(1)) == "better"
    assert direction(Decimal("0.5"), Decimal(1)) == "worse"
