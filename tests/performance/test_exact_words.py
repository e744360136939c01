"""Sentences about two figures never show them equal when they are not."""

from decimal import Decimal

import pytest

from performance.rules import change_and_achievement, consistency
from performance.rules.typed_figures import explanation_problem, tenfold_problem
from sakip.numbers import exact_number, places_apart
from tests import factories

D = Decimal


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0.598", 2, "0,598"), ("0.6000", 2, "0,60"), ("12", 0, "12"), ("1234.5", 0, "1.234,5"),
        ("-0.125", 1, "-0,125"), ("80", 2, "80,00"),
    ],
)  # fmt: skip
def test_a_figure_keeps_its_decimals(value, places, shown):
    assert exact_number(D(value), places) == shown


def test_as_many_decimals_as_tell_them_apart():
    assert places_apart(D("10.0004"), D(10)) == 4
    assert places_apart(D("10.1"), D(10)) == 2
    assert places_apart(D(10), D(10)) == 2


def test_a_threshold_and_the_change_beyond_it():
    said = explanation_problem(10, D("110.004"), D(100), "")
    assert said.startswith("Nilai berubah +10,004 % dari tahun sebelumnya, lebih dari 10 %.")
    assert "(0,598)" in tenfold_problem(D("5.98"), D("0.598"), 2)


@pytest.mark.parametrize(
    ("printed", "computed", "differs"),
    [
        ("5.556", "5.5556", False),
        ("5.555", "5.5556", True),
        ("5.56", "5.5556", False),
        ("5.5", "5.5556", True),
        ("5.56", None, True),
        (None, "5.56", False),
    ],
)
def test_a_print_is_compared_with_its_own_decimals(printed, computed, differs):
    printed, computed = (value and D(value) for value in (printed, computed))
    assert change_and_achievement.differs_from_print(printed, computed) == differs


def test_findings_show_what_differs(units):
    objective = factories.make_objective(units.setda)
    row = factories.make_indicator(objective, units.organisasi, values={2022: D(90), 2023: D(95)})
    row.realisations.filter(year=2023).update(reported_change=D("5.555"))
    [found] = [one for one in consistency.of_indicator(row) if one.code == "change-differs"]
    assert "tercetak 5,555 % tidak sama dengan hasil hitung 5,556 %" in found.message


@pytest.mark.parametrize(("steps", "percent"), [(2, 100), (0, 100), (-1, None), (None, None)])
def test_a_text_target_has_a_percentage_only_when_it_is_reached(steps, percent):
    assert change_and_achievement.scale_achievement(steps) == percent
