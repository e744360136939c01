"""A prepared query asks about each record as the composed one does, and still needs a transaction for a lock."""

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from recommendations.workflow import conditions
from sakip.models import Unit
from sakip.prepared import PLACE, PreparedQuery


@pytest.mark.django_db
def test_each_key_gets_its_own_record(units):
    prepared = PreparedQuery(lambda key: Unit.objects.select_related("parent").filter(pk=key))
    for unit in (units.setda, units.organisasi, units.setda):
        (found,) = prepared.rows(unit.pk)
        assert (found, found.parent) == (unit, unit.parent)
    assert list(prepared.rows(PLACE)) == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_outside_a_transaction(renaksi, monkeypatch):
    with transaction.atomic():
        assert conditions.lock(renaksi) == renaksi
    monkeypatch.setattr(connection.features, "has_select_for_update", True)
    with pytest.raises(TransactionManagementError):
        conditions.lock(renaksi)


def test_a_query_without_its_key_is_refused(db):
    with pytest.raises(LookupError, match="one key"):
        PreparedQuery(lambda key: Unit.objects.all()).rows(1)
