"""What is no mistake of the program: the database, the disk or another service is away, busy or full.

Such a failure passes by itself or by a hand on the machine. The page says so with 503 or 507, and
nobody has to restart the program afterwards.
"""

import errno
import logging
import shutil
import smtplib
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import Error, InterfaceError, connection

logger = logging.getLogger(__name__)

NO_ROOM = 2**20  # bytes
OPTIONAL_WAIT = 500  # milliseconds that a reader waits for a write that he can do without


@dataclass(frozen=True)
class Outage:
    """`kind` is its name in the log and in the figures, `wait` the seconds after which to try again."""

    kind: str
    title: str
    words: str
    wait: int = 30
    status: int = 503


BUSY = Outage(
    "database-busy",
    "Basis data sedang sibuk",
    "Terlalu banyak yang sedang ditulis, jadi permintaan ini belum dikerjakan.",
    wait=15,
)
DATABASE = Outage(
    "database",
    "Basis data sedang tidak dapat dipakai",
    "Program tidak dapat membaca atau menulis data untuk sementara.",
    wait=60,
)
FULL = Outage(
    "disk-full",
    "Tempat penyimpanan penuh",
    "Tempat penyimpanan di peladen penuh, jadi ini tidak tersimpan. Beri tahu pengelola program.",
    wait=600,
    status=507,
)
STORAGE = Outage(
    "storage",
    "Tempat penyimpanan berkas tidak dapat dipakai",
    "Berkas tidak dapat dibaca atau disimpan untuk sementara.",
    wait=60,
)
SERVICE = Outage(
    "service",
    "Layanan lain tidak menjawab",
    "Layanan yang dibutuhkan halaman ini, misalnya pengirim surel, tidak menjawab.",
    wait=60,
)

# By the beginning of the name (SQLite) or of the SQLSTATE (PostgreSQL, Appendix A of its handbook).
SQLITE = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": DATABASE,
    "SQLITE_CANTOPEN": DATABASE,
    "SQLITE_IOERR": DATABASE,
    "SQLITE_CORRUPT": DATABASE,
    "SQLITE_NOTADB": DATABASE,
}
POSTGRES = {
    "53100": FULL,
    "53": DATABASE,  # too many connections, no memory
    "57014": BUSY,  # statement_timeout
    "57": DATABASE,  # shut down, crashed, starting
    "55P03": BUSY,  # lock_timeout
    "40": BUSY,  # deadlock
    "25P03": BUSY,  # idle in a transaction for too long
    "25006": DATABASE,  # read-only, as a replica is
    "58": DATABASE,
    "08": DATABASE,
}
FILES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), FULL),
    **dict.fromkeys(
        (errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM, errno.ESTALE, errno.ENXIO), STORAGE
    ),
}


def outage_of(exception: BaseException | None) -> Outage | None:
    """The outage behind an exception, or None when the program itself is to blame.

    Looks also at what the exception was raised from: Django makes “the session was deleted” of a
    database that cannot be written.
    """
    seen = set()
    while exception is not None and id(exception) not in seen:
        seen.add(id(exception))
        if outage := _of_database(exception) or _of_file(exception):
            return outage
        exception = exception.__cause__ or exception.__context__
    return None


def _of_database(exception):
    if not isinstance(exception, Error | InterfaceError):
        return None
    driver = exception.__cause__
    if name := getattr(driver, "sqlite_errorname", None):
        # SQLite also says only “disk I/O error” when there is no room for its small file beside the database.
        is_full = name.startswith("SQLITE_IOERR") and _has_no_room()
        return FULL if is_full else _first(SQLITE, name)
    if code := getattr(driver, "sqlstate", None):
        return _first(POSTGRES, code)
    # psycopg tells no SQLSTATE when there is no connection, or none any more.
    is_lost = type(exception).__name__ in ("OperationalError", "InterfaceError")
    return DATABASE if is_lost and hasattr(driver, "sqlstate") else None


def _has_no_room() -> bool:
    folder = Path(connection.settings_dict["NAME"]).parent
    return folder.is_dir() and shutil.disk_usage(folder).free < NO_ROOM


def _first(table, name):
    return next((outage for start, outage in table.items() if name.startswith(start)), None)


def _of_file(exception):
    if type(exception).__module__.startswith("botocore."):
        return STORAGE
    if isinstance(
        exception, smtplib.SMTPException | socket.gaierror | ConnectionRefusedError | TimeoutError
    ):
        return SERVICE
    return FILES.get(exception.errno) if isinstance(exception, OSError) else None


@contextmanager
def optional(what: str):
    """For a write that a page does beside reading. A database that cannot take it now stays without it.

    It waits for a lock only briefly. What is written within must be whole by itself (`transaction.atomic`).
    """
    try:
        with _brief_wait():
            yield
    except Error as error:
        if (outage := outage_of(error)) is None:
            raise
        logger.warning("Left out while reading: %s (%s).", what, outage.kind)


@contextmanager
def _brief_wait():
    """Lowers the time that this connection waits for a lock. Within a transaction it has waited already."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    is_sqlite = connection.vendor == "sqlite"
    ask, say = (
        ("PRAGMA busy_timeout", "PRAGMA busy_timeout = %d")
        if is_sqlite
        else ("SHOW lock_timeout", "SET lock_timeout = '%s'")
    )
    with connection.cursor() as cursor:
        cursor.execute(ask)
        [usual] = cursor.fetchone()
        cursor.execute(say % OPTIONAL_WAIT)
    try:
        yield
    finally:
        if connection.connection is not None and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(say % usual)
