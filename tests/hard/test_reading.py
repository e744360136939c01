"""Every page is read while the database takes no writes."""

import pytest

from sakip.consistency import keeping
from tests.test_read_only import READ, made_once, status_of, world  # noqa: F401


@pytest.mark.parametrize("row", READ, ids=lambda row: row[0])
def test_a_page_is_read(client, world, row):  # noqa: F811
    keeping.renew()  # a finding that was never kept has no page
    assert status_of(client, world, *row) == 200


def test_how_many_there_are(figure):
    figure("pages read while the database takes no writes", len(READ))
