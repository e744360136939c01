"""A range is in order or it is not, to the last of four decimals, on every database."""

import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from performance.models import Target
from tests import factories

UNIT = Decimal("0.0001")


def pairs(count=40):
    dice = random.Random(2023)
    lows = [UNIT * dice.randrange(-(10**9), 10**11) for _ in range(count)]
    return [(low, low + UNIT * step) for low in lows for step in (0, 1, 7)]


@pytest.fixture
def indicator(units):
    return factories.make_indicator(factories.make_objective(units.setda), units.organisasi)


def test_a_range_in_order_is_saved_and_one_upside_down_refused(indicator):
    for low, high in pairs():
        row = Target(indicator=indicator, year=2023, value=low, high=high)
        row.full_clean()
        row.save()
        row.delete()
        if low < high:
            row = Target(indicator=indicator, year=2023, value=high, high=low)
            with pytest.raises(ValidationError, match="Batas atas target"):
                row.full_clean()
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save()
