"""The tables of a test database: the migrations make them once, every process of the tests copies them.

They would take each process ten seconds. The copy is kept under the hash of whatever makes it: a changed
migration begins anew, and what stands outside the hash (triggers, permissions) Django's own `migrate`
puts up again in each process. `python -m tests.tables` makes them ahead, while others still read tests.

An installation is no such copy: what seals its history is its own secret key.
"""

import fcntl
import os
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "build" / "tables"
MAKERS = ("*/migrations/*.py", "sakip/history/*.py", "requirements.lock")


def name():
    paths = sorted(path for pattern in MAKERS for path in ROOT.glob(pattern))
    digest = sha256(b"".join(path.name.encode() + path.read_bytes() for path in paths))
    return f"sakip_tables_{digest.hexdigest()[:16]}"


@contextmanager
def alone():
    """Who comes meanwhile waits, and finds what is made."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate(url):
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def in_sqlite():
    """The file to copy from."""
    kept = KEPT / f"{name()}.sqlite3"
    with alone():
        if not kept.exists():
            for old in KEPT.glob("*.sqlite3*"):
                old.unlink()
            made = KEPT / "made.sqlite3"
            migrate(f"sqlite:///{made}")
            with closing(sqlite3.connect(made)) as source:
                source.execute("VACUUM INTO ?", [str(kept.with_suffix(".part"))])
            made.unlink()
            kept.with_suffix(".part").rename(kept)
    return kept


def in_postgres():
    """The database to copy from, in the server that DATABASE_URL names."""
    kept, made = name(), "sakip_tables_made"
    with alone(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept])
        if not cursor.fetchone():
            cursor.execute(f"DROP DATABASE IF EXISTS {made}")
            cursor.execute(f"CREATE DATABASE {made}")
            migrate(f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{made}")
            cursor.execute(f"ALTER DATABASE {made} RENAME TO {kept}")
    return kept


@contextmanager
def as_beginning():
    """Whatever Django makes for the tests meanwhile begins as such a copy."""
    with pytest.MonkeyPatch.context() as patch, ExitStack() as opened:
        if connection.vendor == "postgresql":
            patch.setitem(connection.settings_dict["TEST"], "TEMPLATE", in_postgres())
        else:
            create = connection.creation._create_test_db

            def create_filled(*arguments, **options):
                target = create(*arguments, **options)
                # A database in memory lasts as long as somebody is connected to it.
                copy = opened.enter_context(closing(sqlite3.connect(target, uri=True)))
                with closing(sqlite3.connect(in_sqlite())) as kept:
                    kept.backup(copy)
                return target

            patch.setattr(connection.creation, "_create_test_db", create_filled)
        yield


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    in_postgres() if settings.DATABASES["default"]["ENGINE"].endswith("postgresql") else in_sqlite()
