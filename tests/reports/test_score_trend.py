"""Scores of several years side by side."""

from datetime import date
from decimal import Decimal

import pytest

from reports import definitions
from sakip.numbers import round_half_up
from tests import factories

TODAY = date(2023, 10, 2)


@pytest.fixture
def years(units, evaluation):
    scores = ("23.75", "15.00", "11.22", "6.85", "11.12")
    for year in range(2017, 2022):
        rubric = factories.make_rubric(f"rubrik {year}")
        factories.make_evaluation(units.setda, year, rubric=rubric, scores=scores)


def table(user):
    return definitions.build("score-trend", user, today=TODAY).tables[0]


def test_four_years_with_percent_and_difference(years, cast):
    found = table(cast.laila)
    assert [column.label for column in found.columns[2:]] == [
        *["2019", "2020", "2021", "2022"] * 2,
        *["2019–2020", "2020–2021", "2021–2022"],
    ]
    row = [column.value(found.rows[0]) for column in found.columns[2:]]
    assert [round_half_up(value) for value in row[7:]] == [74, 0, 0, Decimal("-5.17")]
    assert any(text.startswith("Nilai 2022 naik 5,96 poin") for text in found.notes)


def test_a_component_that_one_year_lacks_is_a_gap(years, evaluation, cast):
    evaluation.scores.filter(component__code="capaian").delete()
    found = table(cast.laila)
    row = [column.value(found.rows[4]) for column in found.columns[2:]]
    assert row[3] is None
    assert row[-1] is None
    assert found.footer_rows[0][4] is None


def test_one_year_alone(evaluation, cast):
    found = table(cast.laila)
    assert [column.label for column in found.columns] == [
        "No.",
        "Komponen yang dinilai",
        "2022",
        "2022",
    ]
    assert found.notes == []
