"""A question that is put together once gives what its queryset gives, for whichever keys."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from recommendations.models import Renaksi
from recommendations.workflow import conditions
from sakip.models import Unit, User
from sakip.prepared import Prepared, attach
from tests import factories

UNITS = Prepared(lambda parent: Unit.objects.filter(parent=parent).order_by("name"))
PLACES = Prepared(
    lambda keys, but: (
        User.objects.filter(unit__in=keys)
        .exclude(pk=but)
        .select_related("unit")
        .prefetch_related("other_posts")
        .order_by("pk")
    )
)
NAMES = Prepared(
    lambda keys: Unit.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "name")
)
LATE = Prepared(lambda day: Renaksi.objects.filter(due_date__lt=day))
LATE_OR_SOON = Prepared(
    lambda day: Renaksi.objects.filter(
        Q(due_date__lt=day) | Q(due_date__lt=day - timedelta(days=7))
    )
)
KEPT = Prepared(lambda key: Unit.objects.filter(pk=key).values_list("name"), plans_once=True)
AWAY = Prepared(lambda key: Unit.objects.all())


def test_the_rows_are_those_of_the_queryset_whatever_was_asked_before(units, cast):
    for parent in (units.setda, units.dinas, units.setda):
        assert UNITS(parent.pk) == list(Unit.objects.filter(parent=parent).order_by("name"))
    for some in ([units.umum], [units.umum, units.organisasi], [units.organisasi, units.setda]):
        keys = [unit.pk for unit in some]
        expected = User.objects.filter(unit__in=keys).exclude(pk=cast.rina.pk).order_by("pk")
        assert PLACES(keys, cast.rina.pk) == list(expected)
        assert NAMES(keys) == sorted((unit.pk, unit.name) for unit in some)


def test_what_it_loads_costs_no_further_query(units, cast, django_assert_num_queries):
    found = PLACES([units.umum.pk], 0)
    with django_assert_num_queries(0):
        assert {(row.unit.name, len(row.other_posts.all())) for row in found} == {
            (units.umum.name, 0)
        }
    with django_assert_num_queries(1):
        assert UNITS.first(units.umum.pk) is None


def test_an_empty_list_and_an_impossible_key_have_no_rows_and_no_query(
    db, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert PLACES([], 1) == UNITS(2**63) == PLACES([1, 2**70], 1) == []


def test_a_key_that_the_statement_does_not_ask_for_is_a_mistake(db):
    with pytest.raises(ValueError, match="no parameter"):
        AWAY(1)


def test_a_day_is_exchanged_like_a_key(units, cast):
    recommendation = factories.make_recommendation(factories.make_evaluation(units.setda))
    first = factories.make_renaksi(recommendation, units.umum, due_date=date(2026, 3, 1))
    for day, found in ((date(2026, 3, 2), [first]), (date(2026, 3, 1), []), (date.max, [first])):
        assert LATE(day) == found
    with pytest.raises(ValueError, match="not compared as it is"):
        LATE_OR_SOON(date(2026, 3, 1))


def test_attached_rows_are_loaded_and_point_back(units, django_assert_num_queries):
    attach(units.setda, "children", UNITS(units.setda.pk), "parent")
    with django_assert_num_queries(0):
        assert {unit.parent.name for unit in units.setda.children.all()} == {units.setda.name}
    assert units.setda.children.filter(pk=units.umum.pk).count() == 1


def test_postgresql_keeps_the_plan_of_a_question_that_says_so(units):
    with CaptureQueriesContext(connection) as captured:
        for unit in (units.umum, units.setda, units.umum):
            assert KEPT(unit.pk) == [(unit.name,)]
            assert NAMES([unit.pk]) == [(unit.pk, unit.name)]
    assert all("sakip_unit" in query["sql"] for query in captured.captured_queries)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements")
            kept = [text for (text,) in cursor.fetchall() if "sakip_unit" in text]
        assert len(kept) == 1 and "$1" in kept[0]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_outside_a_transaction(renaksi, monkeypatch):
    with transaction.atomic():
        assert conditions.lock(renaksi) == renaksi
    monkeypatch.setattr(connection.features, "has_select_for_update", True)
    with pytest.raises(TransactionManagementError):
        conditions.lock(renaksi)
