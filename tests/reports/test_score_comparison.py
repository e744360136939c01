"""The score comparison as a report: figures of the source, transcribed by hand."""

from datetime import date
from decimal import Decimal

import pytest

from reports import definitions
from reports.renderers import formats
from tests import factories

TODAY = date(2023, 10, 2)


@pytest.fixture
def earlier(units):
    return factories.make_evaluation(
        units.setda,
        2021,
        rubric=factories.make_rubric("PermenPANRB 12/2015"),
        scores=("23.75", "15.00", "11.22", "6.85", "11.12"),
        reported_total=Decimal("67.93"),
        reported_grade="B",
    )


def printed(table):
    return [[formats.cell_text(cell) for cell in row] for row in table.body()]


def build(user):
    return definitions.build("score-comparison", user, today=TODAY).tables[0]


def test_the_figures_of_the_source(earlier, evaluation, cast):
    rows = printed(build(cast.kadir))
    assert [row[2:5] for row in rows] == [
        ["23,75", "22,20", "-1,55"],
        ["15,00", "14,80", "-0,20"],
        ["11,22", "7,70", "-3,52"],
        ["6,85", "14,00", "7,15"],
        ["11,12", "15,20", "4,08"],
    ]
    assert rows[1][5:] == ["60,00", "74,00", "14,00"]  # Pengukuran rises against its weight


def test_the_computed_total_stands_beside_the_printed_one(earlier, evaluation, cast):
    evaluation.reported_total, evaluation.reported_change = Decimal("73.90"), Decimal("5.97")
    evaluation.save()
    footer = [[formats.cell_text(cell) for cell in row] for row in build(cast.kadir).footer()]
    assert [row[:4] for row in footer] == [
        ["Nilai Hasil Evaluasi AKIP", "67,94", "73,90", "5,96"],
        ["Nilai tercetak dalam LHE", "67,93", "73,90", "5,97"],
        ["Kategori Penilaian", "B", "BB", ""],
    ]


def test_it_says_that_scales_differ_and_weights_are_estimated(earlier, evaluation, cast):
    warnings = " ".join(build(cast.kadir).warnings)
    assert "skala yang berbeda" in warnings
    assert "Bobot dalam rubrik “" in warnings
    assert "67,93" in warnings


def test_a_first_evaluation_stands_alone(evaluation, cast):
    table = build(cast.kadir)
    assert table.labels == ["No.", "Komponen yang dinilai", "Nilai Tahun 2022"]
    assert printed(table)[0] == ["1.", "Perencanaan Kinerja", "22,20"]


def test_another_body_has_nothing_to_compare(evaluation, cast):
    with pytest.raises(definitions.ReportError, match="Belum ada LHE"):
        build(cast.sari)
