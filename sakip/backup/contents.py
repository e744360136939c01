"""What a database holds: rows and a hash for each table, the names of all stored files, migrations."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sakip.uploads.removing import file_fields

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Snapshot:
    """The database at one moment, as a file. `names` is a file with the name of a stored file on each line."""

    path: Path
    names: Path
    tables: dict
    migrations: list


def file_names_query(quote) -> str:
    """SQL that gives the name of every stored file that a row names, each once."""
    columns = sorted((field.model._meta.db_table, field.column) for field in file_fields())
    selects = [
        f"SELECT {quote(column)} AS name FROM {quote(table)} WHERE {quote(column)} <> ''"  # noqa: S608  only names of our own tables
        for table, column in columns
    ]
    return " UNION ".join(selects) + " ORDER BY name"


def write_names(cursor, quote, path):
    cursor.execute(file_names_query(quote))
    with path.open("w", encoding="utf-8") as file:
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            file.writelines(f"{name}\n" for (name,) in rows)


def migrations(cursor) -> list:
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    return [list(row) for row in cursor.fetchall()]


class TableDigest:
    """Number of rows of a table and one hash over them, in the order of their keys."""

    def __init__(self):
        self.rows, self.hash = 0, sha256()

    def add(self, row: bytes):
        self.rows += 1
        self.hash.update(row)

    def as_json(self):
        return [self.rows, self.hash.hexdigest()]


def differences(expected, found) -> list:
    """The tables that are not the same, each with its rows then and now, in words."""
    return [
        f"{table}: {expected.get(table, [0])[0]} baris saat dicadangkan, "
        f"{found.get(table, [0])[0]} sekarang"
        for table in sorted(expected.keys() | found.keys())
        if list(expected.get(table, ())) != list(found.get(table, ()))
    ]
