"""How each person wants to see the long lists: which columns, how many rows on a page, how close together.

It is kept for the person, so it is the same on every device. An app names its lists in
`selectors/listed_tables.py`. What is stored says what is hidden: a column that a list gets later is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

HIDDEN, LENGTH, DENSE = "hidden", "length", "dense"
LENGTHS = (25, 50, 100)  # rows on a page


@dataclass(frozen=True)
class ListedTable:
    """`name` stands in the address and in what is stored; `columns` are those that may be hidden, by their
    codes. `always` says in words what the list cannot do without: its name and its link."""

    name: str
    title: str
    route: str
    always: str
    columns: Mapping[str, str]
    is_paged: bool = True


@dataclass(frozen=True)
class ShownTable:
    """What one person sees of a list. `length` is the number of rows on a page."""

    columns: frozenset[str]
    length: int
    is_dense: bool
    hides_some: bool


TABLES: dict[str, ListedTable] = {}


def register(table: ListedTable) -> ListedTable:
    TABLES[table.name] = table
    return table


def shown_to(person, table: ListedTable) -> ShownTable:
    """What this person has chosen, else everything. Codes of former columns mean nothing. No query."""
    kept = person.table_settings.get(table.name, {})
    length = kept.get(LENGTH)
    columns = frozenset(table.columns) - frozenset(kept.get(HIDDEN, ()))
    return ShownTable(
        columns,
        length if length in LENGTHS else settings.PAGE_LENGTH,
        bool(kept.get(DENSE)),
        len(columns) < len(table.columns),
    )


def in_words(stored: dict) -> dict[str, str]:
    """What is stored, for the person it belongs to: title of a list → what was chosen."""
    return {
        TABLES[name].title: _words(TABLES[name], kept)
        for name, kept in stored.items()
        if name in TABLES
    }


def _words(table, kept):
    hidden = [table.columns[code] for code in kept.get(HIDDEN, ()) if code in table.columns]
    words = [f"tanpa {', '.join(hidden)}"] if hidden else []
    words += [f"{kept[LENGTH]} baris"] if kept.get(LENGTH) else []
    words += ["rapat"] if kept.get(DENSE) else []
    return "; ".join(words)
