"""What a report calls itself: both years of an LHE, and never one for the other."""

from datetime import date

import pytest

from reports import definitions
from reports.definitions import DEFINITIONS

TODAY = date(2023, 10, 2)
ABOUT_AN_LHE = sorted(name for name, row in DEFINITIONS.items() if row.about == "evaluation")
OF_SEVERAL_YEARS = {"score-comparison", "score-trend"}


def heading(name, user):
    """All words above the rows."""
    report = definitions.build(name, user, today=TODAY)
    said = [report.title, report.subtitle]
    for table in report.tables:
        said += [table.title, table.subtitle]
    return "\n".join(said)


@pytest.mark.parametrize("name", ABOUT_AN_LHE)
def test_it_names_the_year_of_performance_and_that_of_the_lhe(name, evaluation, cast):
    said = heading(name, cast.kadir)
    assert "Tahun Kinerja 2022" in said
    assert "Tahun 2022" not in said
    if name not in OF_SEVERAL_YEARS:
        assert "LHE SAKIP Tahun 2023 (Tahun Kinerja 2022)" in said


def test_the_year_of_a_quarter_is_not_that_of_the_lhe(evaluation, cast):
    said = heading("quarterly", cast.kadir)
    assert "Laporan Triwulan Tahun 2023" in said
    assert "LHE SAKIP Tahun" not in said
