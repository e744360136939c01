"""The rows behind screen, paper and spreadsheet."""

from decimal import Decimal

import pytest

from performance.models import Realisation
from performance.selectors.indicator_tables import indicator_tables, indicator_years, latest_year
from sakip.numbers import format_number
from tests import factories
from tests.performance.source import INDICATORS, make_source

D = Decimal


@pytest.fixture
def source(units):
    return make_source(units.setda, units.organisasi)


@pytest.fixture
def row(units, cast):
    """row(values, **fields) is how an indicator with these values looks in 2023."""
    objective = factories.make_objective(units.setda)

    def make(values, **fields):
        factories.make_indicator(objective, units.organisasi, values=values, **fields)
        return indicator_tables(cast.kadir, 2023)[0].rows[-1]

    return make


def figure(cell):
    return format_number(cell.value, cell.places)


def test_twelve_indicators_as_the_source_has_them(source, cast):
    tables = indicator_tables(cast.rina, 2023)
    rows = [(table.objective.number, row) for table in tables for row in table.rows]
    assert [
        (
            number,
            row.indicator.name,
            tuple(figure(cell) for cell in row.cells),
            format_number(row.change),
        )
        for number, row in rows
    ] == [(number, name, printed, right) for number, name, _, printed, _, right in INDICATORS]


def test_only_two_printed_changes_are_wrong(source, cast):
    rows = [row for table in indicator_tables(cast.rina, 2023) for row in table.rows]
    wrong = {row.indicator.name: row.printed_change for row in rows if row.change_differs}
    assert wrong == {
        "Kerja sama ditindaklanjuti": "tercetak 5,55",
        "IKM kerumahtanggaan": "tercetak 1,08",
    }


def test_source_line_and_footnotes_belong_to_the_chosen_year(source, cast):
    [table, *_] = indicator_tables(cast.rina, 2023)
    assert (str(table.objective), table.years) == ("Sasaran 1", [2020, 2021, 2022, 2023])
    assert table.source == "data Biro-biro tahun 2023 diolah"
    assert table.footnotes == ["*) Skor EKPPD tahun 2022"]
    [earlier, *_] = indicator_tables(cast.rina, 2022)
    assert (earlier.source, earlier.footnotes) == ("", [])


@pytest.mark.parametrize(
    ("values", "change", "difference", "direction"),
    [
        ({2022: D(90), 2023: D(95)}, "5,56", "5,00", "better"),
        ({2022: D(90), 2023: D(90)}, "0,00", "0,00", "same"),
        ({2022: D(0), 2023: D(5)}, "-", "5,00", "better"),
        ({2022: D("-74.95"), 2023: D("276.18")}, "-", "351,13", "better"),
        ({2022: D(80), 2023: D(-20)}, "-125,00", "-100,00", "worse"),
        ({2022: None, 2023: D(95)}, "-", "-", None),
        ({2022: D(90), 2023: None}, "-", "-", None),
        ({2023: D(95)}, "-", "-", None),
    ],
)
def test_change_and_difference(row, values, change, difference, direction):
    found = row(values)
    assert format_number(found.change) == change
    assert format_number(found.difference) == difference
    assert found.direction == direction


def test_lower_is_better_turns_the_colour_not_the_sign(row):
    found = row({2022: D(10), 2023: D(8)}, polarity="lower")
    assert format_number(found.change) == "-20,00"
    assert (found.movement, found.moved_by, found.judgement) == ("turun", "2,00 poin", "membaik")


def test_three_decimals_and_another_measure(row):
    found = row({2022: D("0.71"), 2023: D("0.725")}, decimals=3, measure="Orang")
    assert (figure(found.current), found.moved_by) == ("0,725", "0,015 Orang")


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        ("WDP", "WTP", "naik 1 tingkat membaik"),
        ("WTP", "TMP", "turun 3 tingkat memburuk"),
        ("WTP", "WTP", "tetap 0 tingkat"),
        ("WTP", "lain", ""),
    ],
)
def test_texts_move_on_their_scale(row, cast, then, now, words):
    indicator = row({}, scale="WTP > WDP > TW > TMP").indicator
    for year, text in ((2022, then), (2023, now)):
        Realisation.objects.create(indicator=indicator, year=year, text_value=text)
    found = indicator_tables(cast.kadir, 2023)[0].rows[-1]
    assert f"{found.movement} {found.moved_by} {found.judgement}".strip() == words
    assert found.change is None


@pytest.mark.parametrize(
    ("life", "is_shown"),
    [
        ({}, True),
        ({"year_to": 2023}, True),
        ({"year_to": 2022}, False),
        ({"year_from": 2023}, True),
        ({"year_from": 2024}, False),
    ],
)
def test_an_indicator_shows_only_within_its_life(units, cast, life, is_shown):
    objective = factories.make_objective(units.setda)
    factories.make_indicator(objective, units.organisasi, values={2022: D(1)}, **life)
    [table] = indicator_tables(cast.kadir, 2023)
    assert bool(table.rows) is is_shown


def test_parts_follow_their_total_with_letters(units, cast):
    objective = factories.make_objective(units.setda)
    make = factories.make_indicator
    total = make(objective, units.organisasi, "Jumlah")
    make(objective, units.organisasi, "Lain")
    make(objective, units.organisasi, "Bagian", parent=total)
    [table] = indicator_tables(cast.kadir, 2023)
    labels = [(row.label, row.indicator.name) for row in table.rows]
    assert labels == [("1.", "Jumlah"), ("a.", "Bagian"), ("2.", "Lain")]


@pytest.mark.parametrize(
    ("target", "polarity", "text", "achievement"),
    [
        ({"value": D(100)}, "higher", "100,00", "95,00"),
        ({"value": D(100)}, "lower", "100,00", "105,00"),
        ({"value": D(90), "high": D(96)}, "higher", "90,00 – 96,00", "100,00"),
        ({"value": D(0)}, "higher", "0,00", "-"),
    ],
)
def test_targets_and_achievements(row, cast, target, polarity, text, achievement):
    indicator = row({2023: D(95)}, polarity=polarity).indicator
    indicator.targets.create(year=2023, **target)
    found = indicator_tables(cast.kadir, 2023)[0].rows[-1]
    assert (found.target_text, format_number(found.achievement)) == (text, achievement)


def test_a_printed_achievement_is_compared(row, cast):
    indicator = row({2023: D(80)}, polarity="lower").indicator
    indicator.targets.create(year=2023, value=D(100))
    indicator.realisations.update(reported_achievement=D(80))
    found = indicator_tables(cast.kadir, 2023)[0].rows[-1]
    assert (found.achievement_differs, found.printed_achievement) == (True, "tercetak 80,00")


@pytest.mark.parametrize(
    ("values", "life", "years"),
    [
        ({2023: D(2)}, {}, [2024, 2023, 2022, 2021]),
        ({2020: D(1)}, {}, [2024, 2023, 2022, 2021, 2020]),
        ({2023: D(2)}, {"year_from": 2023, "year_to": 2023}, [2023]),
        ({}, {"year_from": 2030}, []),
    ],
)
def test_years_of_one_indicator_run_to_this_year_within_its_life(units, values, life, years):
    objective = factories.make_objective(units.setda)
    indicator = factories.make_indicator(objective, units.organisasi, values=values, **life)
    assert [row.year for row in indicator_years(indicator, 2024)] == years


def test_the_latest_year_has_a_figure_and_is_seen(source, cast):
    indicator = source[1].indicators.first()
    Realisation.objects.create(indicator=indicator, year=2024, missing="not_released")
    assert latest_year(cast.rina) == 2023
    assert latest_year(cast.sari) is None


def test_another_body_sees_no_table(source, cast):
    assert indicator_tables(cast.sari, 2023) == []


def test_queries_do_not_grow_with_the_indicators(units, cast, django_assert_num_queries):
    objective = factories.make_objective(units.setda)
    assert cast.kadir.reach and cast.kadir.lineage
    for count in (1, 49):
        for _ in range(count):
            factories.make_indicator(objective, units.organisasi, values={2022: D(1), 2023: D(2)})
        with django_assert_num_queries(6):
            tables = indicator_tables(cast.kadir, 2023)
            [row.label + row.target_text + figure(row.current) for row in tables[0].rows]
