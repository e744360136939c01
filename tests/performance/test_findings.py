"""Consistency checks on indicators: each finds its fault and is quiet without it."""

from decimal import Decimal

import pytest

from performance.models import Indicator, Target
from performance.selectors import findings
from sakip.models import Unit
from tests import factories


@pytest.fixture
def indicator(units):
    values = {2020: Decimal(90), 2021: Decimal(85), 2022: Decimal(90), 2023: Decimal(95)}
    objective = factories.make_objective(units.setda)
    return factories.make_indicator(
        objective, units.organisasi, "Kerja sama", values=values, data_source="Biro"
    )


@pytest.fixture
def find(indicator):
    def find(code):
        return [finding for finding in found() if finding.code == code]

    return find


def found():
    return [one.finding for one in findings.on_indicators(Unit.objects.values("pk"))]


def change(indicator, year=2023, **fields):
    indicator.realisations.filter(year=year).update(**fields)


def test_a_sound_indicator_raises_nothing(indicator):
    change(indicator, reported_change=Decimal("5.56"))
    assert found() == []


def test_a_printed_change_that_the_formula_does_not_give(indicator, find):
    change(indicator, reported_change=Decimal("5.55"))
    [finding] = find("change-differs")
    assert (finding.printed, finding.computed) == ("5,55", "5,56")


def test_a_printed_change_where_none_can_be_computed(indicator, find):
    change(indicator, 2022, value=Decimal(0))
    change(indicator, reported_change=Decimal("5.55"))
    [finding] = find("change-differs")
    assert (finding.printed, finding.computed) == ("5,55", "-")


def test_a_carried_over_value(indicator, find):
    change(indicator, is_carried_over=True, footnote="Skor tahun 2022", value=Decimal(90))
    [finding] = find("carried-over")
    assert finding.printed == "0,00"
    assert "Skor tahun 2022" in finding.message


def test_fewer_than_three_earlier_years(indicator, find):
    change(indicator, 2020, value=None, missing="unknown")
    assert len(find("few-earlier-years")) == 1


def test_an_indicator_without_a_source(indicator, find):
    Indicator.objects.update(data_source="")
    assert len(find("without-source")) == 1
    indicator.objective.sources.create(year=2023, text="data Biro-biro")
    assert find("without-source") == []


def test_ten_times_the_year_before(indicator, find):
    change(indicator, value=Decimal(950))
    assert len(find("tenfold")) == 1


def test_a_printed_achievement_with_the_wrong_formula(indicator, find):
    Indicator.objects.update(polarity="lower")
    Target.objects.create(indicator=indicator, year=2023, value=Decimal(100))
    change(indicator, reported_achievement=Decimal("95.00"))
    [finding] = find("achievement-differs")
    assert (finding.printed, finding.computed) == ("95,00", "105,00")
    assert "R/T" in finding.message
    change(indicator, reported_achievement=Decimal("105.00"))
    assert find("achievement-differs") == []


def test_queries_do_not_grow_with_rows(units, django_assert_max_num_queries):
    objective = factories.make_objective(units.setda)
    for _ in range(20):
        factories.make_indicator(objective, units.organisasi, values={2023: Decimal(1)})
    with django_assert_max_num_queries(6):
        assert found()


def test_a_rank_that_does_not_fit_its_value(indicator, find):
    indicator.realisations.update(annotation="peringkat 4")
    [finding] = find("rank-unchanged")
    assert "sama untuk 2020–2023" in finding.message
    change(indicator, annotation="peringkat 6")
    [finding] = find("rank-opposite")
    assert finding.message == (
        "Nilai naik dari 90,00 menjadi 95,00, tetapi peringkatnya turun dari 4 menjadi 6."
    )


def test_a_value_of_last_year_to_the_last_digit(indicator, find):
    indicator.realisations.filter(year__gte=2022).update(value=Decimal("3.51"))
    [finding] = find("same-as-last-year")
    assert (finding.detail, finding.printed) == ("2023", "3,51")
    change(indicator, is_carried_over=True)
    assert find("same-as-last-year") == []
    indicator.realisations.update(value=Decimal(100), is_carried_over=False)
    assert find("same-as-last-year") == []


def test_a_target_of_zero(indicator, find):
    target = Target.objects.create(indicator=indicator, year=2023, value=Decimal(0))
    assert [finding.detail for finding in find("target-zero")] == ["2023"]
    Target.objects.filter(pk=target.pk).update(high=Decimal(2))
    assert find("target-zero") == []


def test_a_print_with_one_decimal_is_compared_with_one(indicator, find):
    change(indicator, reported_change=Decimal("5.6"))
    assert len(find("change-differs")) == 1
    change(indicator, decimals=1)
    assert find("change-differs") == []
