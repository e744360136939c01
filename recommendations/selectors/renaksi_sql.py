"""Short questions that come with each page of the renaksi list: what some units and bodies have.

Their SQL is written out, because Django takes longer to put it together than a database to answer it. All
values in it are keys that the program has found.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from recommendations.models import Renaksi
from sakip.models import Unit, User

RENAKSI, UNITS, PEOPLE = (model._meta.db_table for model in (Renaksi, Unit, User))
SUPPORTS = Renaksi.supporting_units.through._meta.db_table
OF_LEAD = f"FROM {RENAKSI} led WHERE led.lead_unit_id = unit.id ORDER BY led.body_id"  # noqa: S608  names of tables


@dataclass(frozen=True)
class Led:
    """A unit with the first and the last body, by key, whose renaksi it leads."""

    unit: int
    first: int
    last: int


def led_by(units: Collection[int]) -> list[Led]:
    """What each of these units leads; without those that lead nothing. One query."""
    rows = _fetched(
        f"SELECT unit.id, (SELECT led.body_id {OF_LEAD} LIMIT 1), "  # noqa: S608  names of tables and keys
        f"(SELECT led.body_id {OF_LEAD} DESC LIMIT 1) FROM {UNITS} unit WHERE unit.id IN %s",
        units,
    )
    return [Led(*row) for row in rows if row[1] is not None]


def bodies_of(units) -> frozenset[int]:
    """The bodies of every row that one of these units leads or supports. One query, two when a unit leads rows of
    several bodies."""
    rows = _fetched(
        f"SELECT unit.id, (SELECT led.body_id {OF_LEAD} LIMIT 1), "  # noqa: S608  names of tables and keys
        f"(SELECT led.body_id {OF_LEAD} DESC LIMIT 1) FROM {UNITS} unit WHERE unit.id IN %s "
        f"UNION SELECT 0, renaksi.body_id, renaksi.body_id FROM {SUPPORTS} help "
        f"JOIN {RENAKSI} renaksi ON renaksi.id = help.renaksi_id WHERE help.unit_id IN %s",
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


def of_other_bodies(led: list[Led], units, bodies, most: int) -> set[int]:
    """The rows of other bodies that these units lead or support. At most two queries; some at `most`."""
    found = _fetched(
        f"SELECT help.renaksi_id FROM {SUPPORTS} help JOIN {RENAKSI} renaksi ON renaksi.id = help.renaksi_id "  # noqa: S608  names of tables and keys
        f"WHERE help.unit_id IN %s AND NOT renaksi.body_id IN %s LIMIT {most}",
        units,
        bodies,
    )
    roaming = [one.unit for one in led if one.first != one.last or one.first not in bodies]
    found += _fetched(
        f"SELECT renaksi.id FROM {RENAKSI} renaksi WHERE renaksi.lead_unit_id IN %s "  # noqa: S608  names of tables and keys
        f"AND NOT renaksi.body_id IN %s LIMIT {most}",
        roaming,
        bodies,
    )
    return {key for (key,) in found}


def of_other_leads(units, bodies, most: int) -> set[int]:
    """The rows of these bodies, or with the support of these units, that other units lead. Three queries."""
    found = _fetched(
        f"SELECT help.renaksi_id FROM {SUPPORTS} help JOIN {RENAKSI} renaksi ON renaksi.id = help.renaksi_id "  # noqa: S608  names of tables and keys
        f"WHERE help.unit_id IN %s AND NOT renaksi.lead_unit_id IN %s LIMIT {most}",
        units,
        units,
    )
    leads = _fetched(
        f"SELECT unit.id FROM {UNITS} unit WHERE NOT unit.id IN %s AND EXISTS (SELECT 1 "  # noqa: S608  names of tables and keys
        f"FROM {RENAKSI} renaksi WHERE renaksi.lead_unit_id = unit.id AND renaksi.body_id IN %s)",
        units,
        bodies,
    )
    found += _fetched(
        f"SELECT renaksi.id FROM {RENAKSI} renaksi WHERE renaksi.lead_unit_id IN %s "  # noqa: S608  names of tables and keys
        f"AND renaksi.body_id IN %s LIMIT {most}",
        [lead for (lead,) in leads],
        bodies,
    )
    return {key for (key,) in found}


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
