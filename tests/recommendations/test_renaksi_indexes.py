"""No statement of the renaksi list reads rows in vain: each range comes from an index that has its order."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from recommendations.forms.renaksi_list import FilterForm
from recommendations.selectors import renaksi_sql
from recommendations.selectors.renaksi_list import SORT_CHOICES
from recommendations.services import extensions

ORDERS = [name for name, _ in SORT_CHOICES]
READERS = {"leader of all": "dewi", "coordinator": "kadir", "operator": "rina"}
TABLE, OURS = "recommendations_renaksi", "renaksi_"


def plan_of(sql, parameters) -> list[str]:
    """What the database would do; PostgreSQL as with so many rows that it would not read or sort them all."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_incremental_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", parameters)
            return [line for (line,) in cursor.fetchall()]
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        return [row[3] for row in cursor.fetchall()]


def ranges_of(plan) -> list[str]:
    """The lines that read renaksi."""
    if connection.vendor == "postgresql":
        return [line for line in plan if f" on {TABLE}" in line]
    return [line for line in plan if line.startswith(("SCAN", "SEARCH")) and TABLE in line]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("query", [{}, {"status": "unfinished"}, {"batas": "overdue"}])
@pytest.mark.parametrize("by", ORDERS)
def test_a_page_is_read_by_an_index_in_its_order(cast, renaksi, reader, query, by):
    form = FilterForm(
        QueryDict(urlencode(query | {"urut": by})), user=getattr(cast, READERS[reader])
    )
    walk = form.walk(timezone.localdate())
    statements = list(walk.statements(51))
    assert statements
    for sql, parameters in statements:
        ranges = ranges_of(plan := plan_of(sql, parameters))
        assert ranges
        for line in ranges:
            assert OURS in line.split(" INDEX ")[-1].split(" using ")[-1], plan
            assert not line.startswith("SCAN") and "Seq Scan" not in line, plan
        sorts = [line for line in plan if line.endswith("Sort")]  # a Merge Append sorts nothing
        for place, line in enumerate(plan):
            if line in ranges and "TEMP B-TREE" in "".join(plan[place + 1 : place + 2]):
                sorts.append(line)
        assert not sorts, plan


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda w: extensions.pending(w.kadir).count(), "extension_of_body"),
        (lambda w: renaksi_sql.of_other_bodies([w.rina.unit_id], {1}, 9), "support_unit_body"),
        (lambda w: renaksi_sql.of_other_bodies([w.rina.unit_id], {1}, 9), "renaksi_unit_body"),
    ],
)
def test_what_belongs_to_a_body_is_found_by_an_index(cast, renaksi, ask, index):
    """Not by reading all that waits, or all that the unit leads and supports."""
    asked = []

    def keep(execute, sql, parameters, many, context):
        asked.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(keep):
        ask(cast)
    assert any(index in line for sql, given in asked for line in plan_of(sql, given))
