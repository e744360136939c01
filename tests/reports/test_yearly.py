"""The reports over a year: quarterly notes, and what the indicators achieved."""

from datetime import date
from decimal import Decimal

import pytest

from reports import definitions
from reports.renderers import formats
from tests import factories

TODAY = date(2023, 10, 2)


def tables(name, user, **choices):
    return definitions.build(name, user, today=TODAY, **choices).tables


def body(table):
    return [[formats.cell_text(cell) for cell in row] for row in table.body()]


@pytest.fixture
def reported(recommendation, units):
    first = factories.make_renaksi(recommendation, units.organisasi, plan="<p>Menyusun format</p>")
    second = factories.make_renaksi(recommendation, units.umum, plan="<p>Mengisi format</p>")
    for renaksi, year, quarter, progress in (
        (second, 2023, 1, 10),
        (first, 2023, 2, 60),
        (first, 2023, 1, 20),
        (first, 2022, 4, 5),
    ):
        renaksi.quarterly_reports.create(
            year=year, quarter=quarter, progress=progress, solutions=f"Solusi {quarter}"
        )
    return recommendation.evaluation


def test_quarters_follow_one_another_renaksi_by_renaksi(reported, cast):
    [table] = tables("quarterly", cast.kadir)
    rows = body(table)
    assert [[row[0], *row[2:4], row[7]] for row in rows] == [
        ["1.a", "I", "20", "Solusi 1"],
        ["1.a", "II", "60", "Solusi 2"],
        ["1.b", "I", "10", "Solusi 1"],
    ]
    assert rows[0][1].splitlines()[1:] == ["Menyusun format", "Biro Organisasi"]
    assert rows[1][1] == "Biro Organisasi"
    assert table.labels[4:] == [
        "Faktor Pendukung",
        "Faktor Penghambat",
        "Permasalahan",
        "Solusi",
        "Upaya",
        "Usulan Penyesuaian Anggaran",
    ]


def test_another_year_unit_or_evaluation_may_be_chosen(reported, units, cast):
    [table] = tables("quarterly", cast.kadir, year=2022)
    assert [row[3] for row in body(table)] == ["5"]
    assert body(tables("quarterly", cast.kadir, unit=units.dinas)[0]) == []
    [table] = tables("quarterly", cast.kadir, evaluation_id=reported.pk)
    assert len(body(table)) == 3


def test_an_operator_reads_the_own_quarters_with_their_true_letter(reported, cast):
    [table] = tables("quarterly", cast.umar)
    assert [row[0] for row in body(table)] == ["1.b"]


@pytest.fixture
def objective(units):
    return factories.make_objective(units.setda, name="Tata kelola")


def indicator(objective, units, *, target=None, values, **fields):
    values = {year: Decimal(value) for year, value in values.items()}
    made = factories.make_indicator(objective, units.organisasi, values=values, **fields)
    for year, low, high in target or ():
        made.targets.create(year=year, value=low, high=high)
    return made


def achieved(cast, **choices):
    [table] = tables("objective-achievement", cast.kadir, **choices)
    return table, body(table)


def test_two_years_stand_side_by_side(objective, units, cast):
    indicator(
        objective,
        units,
        values={2022: 90, 2023: 95},
        target=[(2022, 100, None), (2023, 95, None)],
    )
    table, [row] = achieved(cast)
    assert table.title == "Sasaran 1: Tata kelola"
    assert row[3:6] == ["100,00", "90,00", "90,00"]
    assert row[6:9] == ["95,00", "95,00", "100,00"]
    assert row[9:] == ["5,56", "5,00", "Sesuai target; Membaik"]
    assert table.notes == ["Dari 1 indikator: 1 sesuai target."]


@pytest.mark.parametrize(
    ("polarity", "value", "achievement", "words"),
    [
        ("higher", "12", "120,00", "Melampaui target; Membaik"),
        ("higher", "8", "80,00", "Belum mencapai target; Memburuk"),
        ("lower", "8", "120,00", "Melampaui target; Membaik"),
        ("lower", "12", "80,00", "Belum mencapai target; Memburuk"),
        ("lower", "10", "100,00", "Sesuai target; Tetap"),
    ],
)
def test_polarity_decides_what_is_better(
    polarity, value, achievement, words, objective, units, cast
):
    indicator(
        objective,
        units,
        values={2022: 10, 2023: value},
        target=[(2023, 10, None)],
        polarity=polarity,
    )
    _, [row] = achieved(cast)
    assert (row[8], row[11]) == (achievement, words)
    assert ("(makin rendah makin baik)" in row[1]) == (polarity == "lower")


def test_a_range_is_printed_and_inside_it_is_all(objective, units, cast):
    indicator(objective, units, values={2023: "74.10"}, target=[(2023, 72, 76)])
    _, [row] = achieved(cast)
    assert row[6:9] == ["72,00 – 76,00", "74,10", "100,00"]


def test_marks_reasons_and_printed_figures_are_told(objective, units, cast):
    row = indicator(objective, units, values={2022: "3.51", 2023: "3.51"})
    row.realisations.filter(year=2023).update(
        mark="*",
        footnote="Skor tahun 2022",
        is_carried_over=True,
        reported_achievement=Decimal("99.5"),
    )
    factories.make_indicator(objective, units.umum, values={2023: None})
    table, rows = achieved(cast)
    assert rows[0][7] == "3,51*"
    assert rows[0][11] == "Nilai tahun sebelumnya; Capaian tercetak 99,50"
    assert rows[1][11] == "Belum rilis"
    assert table.notes == [
        "Dari 2 indikator: 2 tanpa target atau realisasi berupa angka.",
        "*) Skor tahun 2022",
    ]


def test_parts_carry_letters_and_are_not_counted_twice(objective, units, cast):
    whole = indicator(objective, units, values={2023: 10}, target=[(2023, 10, None)])
    indicator(objective, units, values={2023: 5}, target=[(2023, 10, None)], parent=whole)
    table, rows = achieved(cast)
    assert [row[0] for row in rows] == ["1.", "a."]
    assert table.notes[0] == "Dari 1 indikator: 1 sesuai target."


def test_the_pages_lead_to_the_reports(objective, units, evaluation, cast, signed_in):
    indicator(objective, units, values={2023: 1})
    page = signed_in(cast.kadir).get("/kinerja/?tahun=2023").content.decode()
    assert f"/laporan/objective-achievement/?tahun=2023&amp;unit={units.setda.pk}" in page
    page = signed_in(cast.kadir).get("/triwulan/?tahun=2023").content.decode()
    assert "/laporan/quarterly/?tahun=2023" in page
