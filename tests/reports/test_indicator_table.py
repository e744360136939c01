"""The indicator table as a report: years, marks, footnotes and the change of the chosen year."""

from datetime import date
from decimal import Decimal

import pytest

from reports import definitions
from reports.renderers import formats
from tests import factories

TODAY = date(2024, 1, 15)


@pytest.fixture
def objective(units):
    objective = factories.make_objective(units.setda)
    ekppd = factories.make_indicator(
        objective,
        units.organisasi,
        "Skor EKPPD",
        measure="Skor",
        values={2021: Decimal("2.77"), 2022: Decimal("3.51"), 2023: Decimal("3.51")},
    )
    ekppd.realisations.filter(year=2023).update(
        mark="*", footnote="Skor EKPPD tahun 2022", is_carried_over=True
    )
    kerjasama = factories.make_indicator(
        objective,
        units.umum,
        "Kerja sama",
        values={2020: Decimal(90), 2021: Decimal(85), 2022: Decimal(90), 2023: Decimal(95)},
    )
    kerjasama.realisations.filter(year=2023).update(
        reported_change=Decimal("5.55"), annotation="peringkat 4"
    )
    objective.sources.create(year=2023, text="data Biro-biro tahun 2023 diolah")
    return objective


def build(user, year=None):
    return definitions.build("indicator-table", user, today=TODAY, year=year)


def printed(table):
    return [[formats.cell_text(cell) for cell in row] for row in table.body()]


def test_it_prints_as_the_source_does(objective, cast):
    [table] = build(cast.kadir).tables
    assert table.title == "Sasaran 1"
    assert table.labels[3:] == [
        "Realisasi 2020",
        "Realisasi 2021",
        "Realisasi 2022",
        "Realisasi 2023",
        "% Peningkatan/ Penurunan Tahun 2023",
    ]
    assert printed(table) == [
        ["1.", "Skor EKPPD", "Skor", "-", "2,77", "3,51", "3,51*", "0,00"],
        [
            "2.",
            "Kerja sama",
            "Persentase",
            "90,00",
            "85,00",
            "90,00",
            "95,00 (peringkat 4)",
            "5,56",
        ],
    ]
    assert table.notes == ["Sumber: data Biro-biro tahun 2023 diolah", "*) Skor EKPPD tahun 2022"]


def test_the_change_says_what_is_wrong_with_it(objective, cast):
    [ekppd, kerjasama] = [row[-1] for row in build(cast.kadir).tables[0].body()]
    assert ekppd.note == "tidak bermakna: nilai tahun sebelumnya"
    assert kerjasama.note == "tercetak 5,55"


def test_any_year_shows_itself_and_the_three_before(objective, cast):
    [table] = build(cast.kadir, 2022).tables
    assert [column.label for column in table.columns[3:7]] == ["2019", "2020", "2021", "2022"]
    assert [row[-1] for row in printed(table)] == ["26,71", "5,88"]


def test_an_indicator_that_has_ended_is_left_out(objective, cast):
    objective.indicators.filter(number=1).update(year_to=2023)
    assert [row[1] for row in printed(build(cast.kadir, 2024).tables[0])] == ["Kerja sama"]


def test_another_body_sees_no_indicator(objective, cast):
    assert build(cast.sari, 2023).tables == []
