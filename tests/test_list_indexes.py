"""No list reads a large table whole or sorts it: what its page asks is answered by an index."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi
from sakip.history.write import record
from sakip.roles import Role
from tests import factories
from tests.recommendations.test_renaksi_indexes import plan_of

LARGE = {"sakip_historyentry", "recommendations_renaksi", "sakip_keptfinding"}
HISTORY = reverse("reports:history")
REMINDERS = reverse("recommendations:remind")
PAGES = (
    HISTORY,
    f"{HISTORY}?page=2",
    f"{HISTORY}?tindakan=edit",
    f"{HISTORY}?orang=kadir",
    REMINDERS,
    f"{reverse('reports:consistency')}?aturan=overdue",
)
# The number of findings by rule is stored, and counted again only when something has changed.
COUNTS = ('COUNT("sakip_keptfinding"', "COUNT(*)")
NAMED = re.compile(r'\b(?:FROM|JOIN) "?(\w+)"?(?: "?(?!WHERE|ON|INNER|LEFT|ORDER|LIMIT)(\w+)"?)?')


@pytest.fixture
def told(cast, units, recommendation):
    """Two pages of history, and late items of two bodies."""
    theirs = factories.make_recommendation(factories.make_evaluation(units.dinas))
    day = timezone.localdate() - timedelta(days=3)
    for parent, unit in ((recommendation, units.umum), (theirs, units.dinas)):
        item = factories.make_renaksi(parent, unit, due_date=day)
        for _ in range(30):
            record(actor=cast.kadir, at=timezone.now(), action="edit", target=item)
    _as_if_large()
    return Renaksi.objects.all()


def _as_if_large():
    """Tells PostgreSQL of a million rows on each page of the large tables: with a few it takes any index.

    Until the test ends, for its transaction is rolled back.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            few = "UPDATE pg_class SET reltuples = 1000000, relpages = 1 WHERE relname = ANY(%s)"
            cursor.execute(few, [[*LARGE, "recommendations_recommendation"]])


@contextmanager
def statements():
    """The statements with their parameters that read a large table."""
    found = []

    def keep(execute, sql, parameters, many, context):
        tables = {table for table, _ in NAMED.findall(sql)}
        if tables & LARGE and sql.startswith(("SELECT", "WITH")):
            found.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(keep):
        yield found


def faults(sql, plan) -> list[str]:
    """The lines of the plan that read a large table without an index, or sort what was not found by key."""
    names = "|".join({alias or table for table, alias in NAMED.findall(sql) if table in LARGE})
    if connection.vendor == "postgresql":
        names = "|".join(LARGE)
        reads = [line for line in plan if re.search(rf" on ({names})\b", line)]
        whole = [line for line in reads if "Seq Scan" in line]
        by_key, sort = "_pkey on ", r"Sort$"
    else:
        reads = [line for line in plan if re.match(rf"(SCAN|SEARCH) ({names})\b", line)]
        whole = [line for line in reads if re.fullmatch(r"SCAN \w+", line)]
        by_key, sort = "INTEGER PRIMARY KEY", r"USE TEMP B-TREE FOR .*ORDER BY$"
    few = all(by_key in line for line in reads)
    return whole if few else [*whole, *(line for line in plan if re.search(sort, line))]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADER])
def test_every_statement_has_its_index(signed_in, units, told, page, role):
    client = signed_in(factories.make_user("sinta", role, units.province))
    client.get(page)  # renews what is kept
    with statements() as found:
        client.get(page)
    assert found
    bad = {
        sql: lines
        for sql, parameters in found
        if not any(count in sql for count in COUNTS)
        and (lines := faults(sql, plan_of(sql, parameters)))
    }
    assert not bad


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="With few rows PostgreSQL takes whichever index it likes."
)
@pytest.mark.parametrize(
    ("page", "indexes"),
    [
        (HISTORY, ["history_acts"]),
        (f"{HISTORY}?orang=kadir", ["history_actor_acts"]),
        (REMINDERS, ["renaksi_body_due", "history_reminders"]),
    ],
)
def test_it_is_the_index_made_for_it(signed_in, cast, told, page, indexes):
    client = signed_in(cast.dewi)
    client.get(page)
    with statements() as found:
        client.get(page)
    plans = "\n".join(line for sql, parameters in found for line in plan_of(sql, parameters))
    assert [name for name in indexes if f"INDEX {name} " in plans] == indexes
