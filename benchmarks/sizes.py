"""How many bytes a renaksi takes in the database, with its indexes, search words, history and the rest.

The base of docs/kapasitas.md. Nothing is judged here. What the tables of units, people and rights take is left
out: it does not grow with the renaksi.
"""

import sqlite3

from benchmarks.databases import connect
from benchmarks.rows import Bound

# What grows with the renaksi, by the beginning of the name of its table.
GROUPS = {
    "renaksi, recommendations and evidence": (
        "recommendations_renaksi",
        "recommendations_recommendation",
        "recommendations_evidence",
        "recommendations_reviewdecision",
    ),
    "search": ("recommendations_search",),
    "history and its chain, one entry": ("sakip_history",),
    "findings": ("sakip_keptfinding",),
}
IN_SQLITE = """
    SELECT m.tbl_name, SUM(pgsize) FROM dbstat JOIN sqlite_master m ON m.name = dbstat.name GROUP BY 1
"""
IN_POSTGRESQL = "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r'"


def rows(bench):
    size = bench.size
    for name, database in bench.databases(size, maker="make_province").items():
        tables = _in_sqlite(database) if name == "SQLite" else _in_postgresql(database)
        for group, names in GROUPS.items():
            taken = sum(int(of or 0) for table, of in tables if table.startswith(names))
            yield Bound(f"bytes for each renaksi, {group}, {name}", taken / size, None, "B")


def _in_sqlite(path):
    """With the SQLite of Python: the driver of the program does not know `dbstat`."""
    with sqlite3.connect(path) as file:
        return file.execute(IN_SQLITE).fetchall()


def _in_postgresql(address):
    with connect(address) as connection:
        return connection.execute(IN_POSTGRESQL).fetchall()
