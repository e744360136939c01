"""The same deed by many at once, each in a thread with a connection of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection


def copy_database(file):
    """Copies the database in memory to `file`.

    A copy keeps no journal mode. Twenty connections that all switch it to WAL, each of which needs the
    file for itself, can lock each other out: it is switched before the first of them comes.
    """
    connection.cursor().execute("VACUUM INTO %s", [str(file)])
    with closing(connection.Database.connect(str(file))) as copy:
        copy.execute("PRAGMA journal_mode=WAL")


@pytest.fixture
def at_once(transactional_db, tmp_path):
    """at_once(20, act) gives what each `act()` returned; at_once(1, look) looks at the outcome.

    Connections to SQLite in memory do not wait for one another. There the threads meet in a file,
    as they would in production, which holds a copy of what the test has made until the first call.
    """
    file = tmp_path / "db.sqlite3"

    def run(times, act):
        barrier = threading.Barrier(
            times, timeout=60
        )  # whoever cannot connect keeps nobody waiting

        def one(_):
            try:
                connection.ensure_connection()
                barrier.wait()
                return act()
            finally:
                connection.close()

        with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(times) as pool:
            if connection.vendor == "sqlite" and connection.is_in_memory_db():
                if not file.exists():
                    copy_database(file)
                patch.setitem(connection.settings_dict, "NAME", str(file))
            return list(pool.map(one, range(times)))

    return run
