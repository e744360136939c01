"""Short questions that come with each page of the renaksi list: what some units and bodies have.

Their SQL is written out, because Django takes longer to put it together than a database to answer it. All
values in it are keys that the program has found.
"""

from collections.abc import Collection

from django.db import connection

from recommendations.models import Renaksi, SupportingUnit
from sakip.models import Unit, User

RENAKSI, UNITS, PEOPLE = (model._meta.db_table for model in (Renaksi, Unit, User))
SUPPORTS = SupportingUnit._meta.db_table


def _ends(table, column):
    """The first and the last body, by key, of the rows that a `unit` has in this column; each from an index."""
    rows = f"SELECT body_id FROM {table} WHERE {column} = unit.id ORDER BY body_id"  # noqa: S608  names of tables
    return f"({rows} LIMIT 1), ({rows} DESC LIMIT 1)"


LED, HELPED = _ends(RENAKSI, "lead_unit_id"), _ends(SUPPORTS, "unit_id")


def leading(units: Collection[int]) -> list[int]:
    """Those of these units that lead something. One query."""
    led = f"SELECT 1 FROM {RENAKSI} led WHERE led.lead_unit_id = unit.id"  # noqa: S608  names of tables
    found = _fetched(
        f"SELECT unit.id FROM {UNITS} unit WHERE unit.id IN %s AND EXISTS ({led})",  # noqa: S608  names of tables and keys
        units,
    )
    return [key for (key,) in found]


def parts_of(units: Collection[int]) -> list[tuple]:
    """Lead unit, LHE and person of what these units lead or support, each combination once. One query."""
    columns = "part.lead_unit_id, part.evaluation_id, part.person_id"
    return _fetched(
        f"SELECT {columns} FROM {RENAKSI} part WHERE part.lead_unit_id IN %s UNION "  # noqa: S608  names of tables and keys
        f"SELECT {columns} FROM {SUPPORTS} help JOIN {RENAKSI} part ON part.id = help.renaksi_id "
        "WHERE help.unit_id IN %s",
        units,
        units,
    )


def helping(units: Collection[int]) -> set[int]:
    """The units that support something that these units lead or support. One query."""
    found = _fetched(
        f"SELECT help.unit_id FROM {RENAKSI} renaksi JOIN {SUPPORTS} help ON help.renaksi_id = renaksi.id "  # noqa: S608  names of tables and keys
        f"WHERE renaksi.lead_unit_id IN %s UNION SELECT help.unit_id FROM {SUPPORTS} own "
        f"JOIN {SUPPORTS} help ON help.renaksi_id = own.renaksi_id WHERE own.unit_id IN %s",
        units,
        units,
    )
    return {key for (key,) in found}


def helped_by(units, most: int) -> set[int]:
    """The rows that these units support and others lead. One query; some at `most`."""
    found = _fetched(
        f"SELECT help.renaksi_id FROM {SUPPORTS} help JOIN {RENAKSI} renaksi ON renaksi.id = help.renaksi_id "  # noqa: S608  names of tables and keys
        f"WHERE help.unit_id IN %s AND NOT renaksi.lead_unit_id IN %s LIMIT {most}",
        units,
        units,
    )
    return {key for (key,) in found}


def bodies_of(units) -> frozenset[int]:
    """The bodies of every row that one of these units leads or supports. One query, two when a unit leads rows of
    several bodies."""
    rows = _fetched(
        f"SELECT unit.id, {LED} FROM {UNITS} unit WHERE unit.id IN %s "  # noqa: S608  names of tables and keys
        f"UNION SELECT 0, help.body_id, help.body_id FROM {SUPPORTS} help WHERE help.unit_id IN %s",
        units,
        units,
    )
    found = {first for _, first, _ in rows}
    if roaming := [unit for unit, first, last in rows if first != last]:
        led = _fetched(
            f"SELECT DISTINCT led.body_id FROM {RENAKSI} led WHERE led.lead_unit_id IN %s",  # noqa: S608  names of tables and keys
            roaming,
        )
        found |= {key for (key,) in led}
    return frozenset(found - {None})


def of_other_bodies(units, bodies, most: int) -> set[int]:
    """The rows of other bodies that these units lead or support; some at `most`. One query, and one more for each
    of both when a unit has such rows or rows of several bodies."""
    ends = _fetched(
        f"SELECT unit.id, {LED}, {HELPED} FROM {UNITS} unit WHERE unit.id IN %s",  # noqa: S608  names of tables and keys
        units,
    )
    found = set()
    for table, key, column, at in (
        (RENAKSI, "id", "lead_unit_id", 1),
        (SUPPORTS, "renaksi_id", "unit_id", 3),
    ):
        roaming = [row[0] for row in ends if row[at] and {row[at]} != {row[at + 1]} & bodies]
        if roaming:
            sql = (
                f"SELECT {key} FROM {table} WHERE {column} IN %s AND NOT body_id IN %s LIMIT {most}"  # noqa: S608  names of tables and keys
            )
            found |= {pk for (pk,) in _fetched(sql, roaming, bodies)}
    return found


def of_other_leads(units, bodies, most: int) -> set[int]:
    """The rows of these bodies, and those elsewhere with the support of these units, that other units lead; some
    at `most`. Three queries, and up to three for what is elsewhere."""
    leads = _fetched(
        f"SELECT unit.id FROM {UNITS} unit WHERE NOT unit.id IN %s AND EXISTS (SELECT 1 "  # noqa: S608  names of tables and keys
        f"FROM {RENAKSI} renaksi WHERE renaksi.lead_unit_id = unit.id AND renaksi.body_id IN %s)",
        units,
        bodies,
    )
    led = _fetched(
        f"SELECT renaksi.id FROM {RENAKSI} renaksi WHERE renaksi.lead_unit_id IN %s "  # noqa: S608  names of tables and keys
        f"AND renaksi.body_id IN %s LIMIT {most}",
        [lead for (lead,) in leads],
        bodies,
    )
    if elsewhere := of_other_bodies(units, bodies, most):
        led += _fetched(
            f"SELECT renaksi.id FROM {RENAKSI} renaksi WHERE renaksi.id IN %s "  # noqa: S608  names of tables and keys
            "AND NOT renaksi.lead_unit_id IN %s",
            elsewhere,
            units,
        )
    return {key for (key,) in led}


def people_of(bodies) -> list[tuple]:
    """Key, name, user name and unit of everybody in charge of a row of these bodies; None for all bodies."""
    within = "" if bodies is None else "AND renaksi.body_id IN %s"
    return _fetched(
        f"SELECT person.id, person.name, person.username, person.unit_id FROM {PEOPLE} person "  # noqa: S608  names of tables and keys
        f"WHERE EXISTS (SELECT 1 FROM {RENAKSI} renaksi WHERE renaksi.person_id = person.id {within}) "
        "ORDER BY person.name, person.id",
        *(() if bodies is None else (bodies,)),
    )


def _fetched(sql, *lists):
    """The answer to a question in which each list of keys stands for a %s; no key is 0."""
    texts = (f"({', '.join(map(str, map(int, keys))) or '0'})" for keys in lists)
    with connection.cursor() as cursor:
        cursor.execute(sql % tuple(texts))
        return cursor.fetchall()
