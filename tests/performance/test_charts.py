"""The charts of indicators: the same figures as the rows, a gap for what is missing."""

from decimal import Decimal

from performance.models import Realisation
from performance.selectors import charts
from performance.selectors.indicator_tables import indicator_row, indicator_tables, indicator_years
from sakip.charts import ChartKind, Size
from tests import factories


def indicator_of(units, values=None, **fields):
    objective = factories.make_objective(units.setda)
    return factories.make_indicator(objective, units.organisasi, values=values, **fields)


def drawn(units, values, **fields):
    return charts.years_chart(indicator_years(indicator_of(units, values, **fields), 2023))


def test_years_run_forward_and_a_missing_one_is_a_gap_with_its_reason(units):
    chart = drawn(units, {2020: Decimal("2.77"), 2022: None, 2023: Decimal("3.5")})
    assert chart.categories == ["2020", "2021", "2022", "2023"]
    assert [point.value for point in chart.series[0].points] == [
        Decimal("2.77"), None, None, Decimal("3.5"),
    ]  # fmt: skip
    assert "2021 tidak ada data; 2022 belum rilis; 2023 3,50" in chart.description.replace(
        "Belum rilis", "belum rilis"
    )


def test_a_figure_carried_over_is_hollow_and_keeps_its_mark(units):
    indicator = indicator_of(units, {2022: Decimal("3.51")})
    Realisation.objects.create(
        indicator=indicator, year=2023, value=Decimal("3.51"), mark="*", is_carried_over=True
    )
    points = charts.years_chart(indicator_years(indicator, 2023)).series[0].points
    assert [(point.label, point.is_hollow) for point in points[-2:]] == [
        ("3,51", False), ("3,51*", True),
    ]  # fmt: skip


def test_targets_are_a_line_of_their_own(units):
    indicator = indicator_of(units, {2022: Decimal(5), 2023: Decimal(6)})
    indicator.targets.create(year=2023, value=7)
    indicator.targets.create(year=2022, value=5, high=8)
    realised, target = charts.years_chart(indicator_years(indicator, 2023)).series
    assert [point.label for point in target.points[-2:]] == ["5,00 – 8,00", "7,00"]
    assert target.points[0].value is None


def test_a_text_stands_at_its_place_on_the_scale(units):
    indicator = indicator_of(units, scale="WTP > WDP > TW > TMP")
    for year, text in {2021: "WDP", 2022: "WTP", 2023: "lain"}.items():
        Realisation.objects.create(indicator=indicator, year=year, text_value=text)
    chart = charts.small_chart(indicator_row(indicator, [2021, 2022, 2023]))
    assert chart.kind is ChartKind.SMALL
    assert [(point.value, point.label) for point in chart.series[0].points] == [
        (3, "WDP"), (4, "WTP"), (None, "lain"),
    ]  # fmt: skip


def charts_on(client, address):
    """The number of drawings in the page itself; its head has icons."""
    return client.get(address).text.partition("<main")[2].count("<svg")


def test_every_indicator_of_the_table_has_its_chart(units, cast, signed_in):
    indicator = indicator_of(units, {2022: Decimal(5), 2023: Decimal(6)})
    (table,) = indicator_tables(cast.rina, 2023)
    assert [chart.key for chart in table.charts] == [f"indikator-{indicator.pk}"]
    assert charts_on(signed_in(cast.rina), "/kinerja/?tahun=2023") == 1
    found = charts_on(signed_in(cast.rina), indicator.get_absolute_url())
    assert found == len(Size)  # the style sheet shows the one that fits


def test_an_indicator_without_figures_has_no_empty_drawing(units, cast, signed_in):
    assert charts_on(signed_in(cast.rina), indicator_of(units).get_absolute_url()) == 0
