"""Snapshot and restoring of a PostgreSQL database, with the tools of PostgreSQL."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from sakip.backup import contents
from sakip.backup.errors import BackupRefused

ENGINE = "postgresql"
OURS = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%%'"


def size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def take(folder: Path) -> contents.Snapshot:
    """pg_dump, the hashes and the names of files all read the same snapshot; nobody waits for it."""
    path = folder / "database.dump"
    with _one_moment() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        path.touch(0o600)
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={path}",
        )
        contents.write_names(cursor, connection.ops.quote_name, folder / "names")
        return contents.Snapshot(
            path, folder / "names", _tables(cursor), contents.migrations(cursor)
        )


@contextmanager
def _one_moment():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # The transaction waits for pg_dump, and large tables take their time.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SET LOCAL statement_timeout = 0")
        yield cursor


def check(path: Path, tables=None):
    """Reads the whole dump. The rows can only be counted in a database: `restore` compares them."""
    with path.open("rb") as source:
        _run("pg_restore", "--file=/dev/null", is_connected=False, stdin=source)


def refuse_unless_empty():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "  # noqa: S608  only names of our own tables
            f"WHERE {OURS} AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')"
        )
        found = cursor.fetchone()[0]
    if found:
        raise BackupRefused(
            f"Basis data {connection.settings_dict['NAME']} sudah berisi {found} tabel atau hitungan. "
            "Cadangan hanya dipulihkan ke tempat kosong. Buat basis data baru yang kosong (createdb) dan "
            "tulis namanya pada DATABASE_URL, lalu ulangi."
        )


def room_needed(size_of_database: int):
    """(bytes, folder): only the copy that pg_restore reads; the room on the server cannot be asked."""
    return size_of_database, Path(tempfile.gettempdir())


def restore(source, tables):
    """All or nothing: one transaction. Then every table is compared with the manifest."""
    with tempfile.TemporaryFile() as dump:
        shutil.copyfileobj(source, dump)
        dump.seek(0)
        _run(
            "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
            stdin=dump,
        )  # fmt: skip
    with _one_moment() as cursor:
        found = contents.differences(tables, _tables(cursor))
    if found:
        raise BackupRefused(
            f"Basis data yang dipulihkan berbeda dari cadangannya: {'; '.join(found)}. Jangan dipakai."
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _run(program, *options, is_connected=True, stdin=subprocess.DEVNULL):
    command, environment = [program, *options], {}
    if is_connected:
        args, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
        name = args.pop()
        command += [*args[1:], f"--dbname={name}"]
    try:
        subprocess.run(  # noqa: S603 (no part of the command comes from a user)
            command,
            env={**os.environ, **(environment or {})},
            stdin=stdin,
            capture_output=True,
            check=True,
            text=True,
        )
    except FileNotFoundError as error:
        raise BackupRefused(
            f"{program} tidak ada. Pasang klien PostgreSQL (apt install postgresql-client), versinya "
            "tidak lebih lama daripada servernya."
        ) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines() or ["tanpa pesan"]
        raise BackupRefused(f"{program} gagal: {said[0]}") from error


def _tables(cursor):
    cursor.execute(
        "SELECT c.relname, coalesce((SELECT string_agg(quote_ident(a.attname), ', ' "  # noqa: S608  only names of our own tables
        "ORDER BY array_position(i.indkey::int2[], a.attnum)) FROM pg_index i JOIN pg_attribute a "
        "ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) WHERE i.indrelid = c.oid "
        "AND i.indisprimary), 'ctid') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        f"WHERE {OURS} AND c.relkind = 'r' ORDER BY c.relname"
    )
    return {name: _digest(cursor, name, keys) for name, keys in cursor.fetchall()}


def _digest(cursor, table, keys):
    """COPY sends rows as the server writes them, one after another."""
    digest = contents.TableDigest()
    query = f"COPY (SELECT * FROM {connection.ops.quote_name(table)} ORDER BY {keys}) TO STDOUT"  # noqa: S608  only names of our own tables
    with cursor.copy(query) as copy:
        for row in copy:
            digest.add(bytes(row))
    return digest.as_json()
