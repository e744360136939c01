"""Snapshot and restoring of a SQLite database."""

import os
import shutil
from contextlib import closing
from pathlib import Path

from django.db import connection

from sakip.backup import contents
from sakip.backup.archive import copy_hashed
from sakip.backup.errors import BackupRefused

ENGINE = "sqlite"


def size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return cursor.fetchone()[0]


def take(folder: Path) -> contents.Snapshot:
    """VACUUM INTO reads one moment of the database, also what still stands in its WAL; nobody waits for it."""
    path = folder / "database.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    path.chmod(0o600)
    check(path)
    with closing(_open(path)) as copy:
        cursor = copy.cursor()
        contents.write_names(cursor, _quote, folder / "names")
        return contents.Snapshot(
            path, folder / "names", _tables(cursor), contents.migrations(cursor)
        )


def check(path: Path, tables=None):
    """Raises BackupRefused when the file is no sound database or does not hold these tables."""
    problem = ""
    try:
        with closing(_open(path)) as copy:
            cursor = copy.cursor()
            found = cursor.execute("PRAGMA integrity_check").fetchone()[0]
            problem = "" if found == "ok" else found
            if not problem and tables is not None:
                problem = "; ".join(contents.differences(tables, _tables(cursor)))
    except connection.Database.DatabaseError as error:
        problem = str(error)
    if problem:
        raise BackupRefused(
            f"Basis data dalam cadangan tidak utuh: {problem}. Pakai cadangan lain."
        )


def refuse_unless_empty():
    if tables := connection.introspection.table_names():
        raise BackupRefused(
            f"Basis data {connection.settings_dict['NAME']} sudah berisi {len(tables)} tabel. Cadangan "
            "hanya dipulihkan ke tempat kosong. Pindahkan basis data itu lebih dahulu, lalu ulangi."
        )
    connection.close()
    path = Path(connection.settings_dict["NAME"])
    if path.with_name(f"{path.name}-wal").exists():
        raise BackupRefused(f"{path} masih dibuka program lain. Hentikan program itu, lalu ulangi.")


def room_needed(size_of_database: int):
    """(bytes, folder) that restoring needs."""
    return size_of_database, Path(connection.settings_dict["NAME"]).parent


def restore(source, tables):
    """Puts the database in its place in one step, after it was compared with the manifest."""
    path = Path(connection.settings_dict["NAME"])
    part = path.with_name(f".{path.name}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            copy_hashed(source, target)
            target.flush()
            os.fsync(target.fileno())
        check(part, tables)
        if path.exists():  # empty: it was made when the program looked into it
            shutil.copymode(path, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _open(path):
    return connection.Database.connect(f"file:{_in_uri(path)}?mode=ro&immutable=1", uri=True)


def _in_uri(path):
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _quote(name):
    return connection.ops.quote_name(name)


def _tables(cursor):
    """Full-text tables are left out: they repeat words of another table in a form of SQLite's own."""
    cursor.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    return {name: _digest(cursor, name) for (name,) in cursor.fetchall()}


def _digest(cursor, table):
    cursor.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", [table])
    keys = ", ".join(_quote(name) for (name,) in cursor.fetchall()) or "rowid"
    digest = contents.TableDigest()
    cursor.execute(f"SELECT * FROM {_quote(table)} ORDER BY {keys}")  # noqa: S608  only names of our own tables
    while rows := cursor.fetchmany(contents.ROWS_AT_ONCE):
        for row in rows:
            digest.add(f"{row!r}\n".encode())
    return digest.as_json()
