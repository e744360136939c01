"""A workbook may use a former name of a unit, where it names one unit."""

from datetime import date

import pytest

from sakip.models import UnitName
from tests import factories
from workbooks.columns.shelves import directory_for


@pytest.fixture
def humas(units):
    """A unit that was called Biro Humas."""
    unit = factories.make_unit("Biro Adpim", parent=units.setda)
    past = {"name": "Biro Humas", "short_name": "Humas", "until": date(2023, 12, 31)}
    UnitName.objects.create(unit=unit, legal_basis="Pergub", **past)
    return unit


@pytest.mark.parametrize("word", ["Biro Humas", "biro  HUMAS", "Humas", "Biro Adpim"])
def test_a_former_name_is_the_unit(cast, humas, word):
    assert directory_for(cast.kadir).find("units", word) == humas


def test_it_leads_to_what_hangs_on_the_unit(cast, units, evaluation):
    UnitName.objects.create(
        unit=units.setda, name="Setwilda", until=date(2023, 12, 31), legal_basis="Pergub"
    )
    recommendation = factories.make_recommendation(evaluation)
    directory = directory_for(cast.kadir)
    assert directory.find("evaluations", "Setwilda 2022") == evaluation
    assert directory.find("recommendations", "Setwilda 2022 / 1") == recommendation


def test_a_present_name_comes_first(cast, units, humas):
    new = factories.make_unit("Biro Humas", parent=units.setda)
    assert directory_for(cast.kadir).find("units", "Biro Humas") == new


def test_a_name_of_two_units_is_refused_with_both(cast, units, humas):
    UnitName.objects.create(
        unit=units.umum, name="Biro Humas", until=date(2020, 12, 31), legal_basis="Pergub"
    )
    with pytest.raises(ValueError, match=r"lebih dari satu.*Biro Adpim, Biro Umum"):
        directory_for(cast.kadir).find("units", "Biro Humas")


def test_it_costs_no_query_until_a_name_is_missing(cast, humas, django_assert_num_queries):
    directory = directory_for(cast.kadir)
    directory.find("units", "Biro Adpim")
    with django_assert_num_queries(1):
        for _ in range(3):
            directory.find("units", "Biro Humas")
