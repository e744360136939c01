"""A sentence of one's own in the place of the one that the program offers."""

from decimal import Decimal

import pytest
from django.utils import timezone

from performance.rules import sentences
from performance.selectors import indicator_tables
from performance.services import realisations
from tests import factories

OWN = "Naik karena dua survei digabung."


@pytest.fixture
def indicator(units):
    values = {2022: Decimal(90), 2023: Decimal(95)}
    objective = factories.make_objective(units.setda)
    return factories.make_indicator(objective, units.organisasi, values=values)


def write(indicator, actor, **fields):
    version = indicator.realisations.get(year=2023).version
    realisations.write_year(
        indicator=indicator,
        year=2023,
        actor=actor,
        at=timezone.now(),
        version=version,
        realisation=fields,
    )


def row(indicator):
    fresh = type(indicator).objects.get(pk=indicator.pk)
    return indicator_tables.indicator_row(fresh, [2022, 2023])


def test_it_is_told_until_the_figures_change(cast, indicator, signed_in):
    write(indicator, cast.rina, sentence=OWN)
    assert sentences.sentence(row(indicator)) == OWN
    write(indicator, cast.rina, value=Decimal(96))
    assert sentences.sentence(row(indicator)) == sentences.offered(row(indicator))
    page = signed_in(cast.rina).get(indicator.get_absolute_url()).content.decode()
    assert f"angkanya berubah sejak itu: “{OWN}”" in page
    write(indicator, cast.rina, sentence=f"{OWN} Dan lagi.")
    assert sentences.sentence(row(indicator)) == f"{OWN} Dan lagi."


def test_the_offer_itself_stays_an_offer(cast, indicator):
    write(indicator, cast.rina, sentence=sentences.offered(row(indicator)))
    assert indicator.realisations.get(year=2023).sentence == ""
