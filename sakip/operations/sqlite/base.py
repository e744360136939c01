"""SQLite knows no queue: who finds the database locked sleeps for longer and longer, up to a tenth of a
second, and whoever looks at the right moment is served. With a slow disk some of thirty people who sign in
at once find it locked for as long as a page may wait, while others are served three times.

So those who want to write stand in a queue within their process. Only the first of them asks SQLite, and
asks often.
"""

import threading
import time
from contextlib import contextmanager

from django.db.backends.sqlite3 import base
from django.db.backends.utils import debug_transaction

FRONT = threading.Lock()
PATIENCE = 20  # milliseconds, in which SQLite looks five times


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self):
        """Waits no longer than the connection's own limit, in the queue and at its front together."""
        sql = f"BEGIN {self.transaction_mode or 'DEFERRED'}"
        with debug_transaction(self, sql), self.wrap_database_errors, self._at_the_front() as end:
            while not self._begins(sql, time.monotonic() >= end):
                pass

    def _begins(self, sql, is_last) -> bool:
        """Whether the transaction has begun; else somebody else writes. The last try raises instead.

        Without a cursor of Django: each failure would keep one, until it is collected in whatever thread,
        while this connection closes; SQLite's module does not survive that.
        """
        try:
            self.connection.execute(sql)
        except self.Database.OperationalError as error:
            if is_last or not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise
            return False
        return True

    @contextmanager
    def _at_the_front(self):
        """Gives the moment (`time.monotonic`) at which the wait must end."""
        [limit] = self.connection.execute("PRAGMA busy_timeout").fetchone()
        end = time.monotonic() + limit / 1000
        is_first = FRONT.acquire(timeout=limit / 1000)
        try:
            self.connection.execute(f"PRAGMA busy_timeout = {min(PATIENCE, limit)}")
            yield end
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {limit}")
            if is_first:
                FRONT.release()
