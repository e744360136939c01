"""What happens when the database, the disk or another service is away, busy or full."""

import errno
import smtplib
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError, connection, utils
from django.urls import reverse

from sakip.operations import database_waits, outages
from sakip.operations.outages import BUSY, DATABASE, FULL, SERVICE, STORAGE, outage_of


def as_django_raises(error):
    """The same error as it leaves the database layer."""
    with pytest.raises(utils.Error) as caught, connection.wrap_database_errors:
        raise error
    return caught.value


def of_sqlite(tmp_path, kind):
    """A real error of SQLite."""
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as one:
        one.execute("CREATE TABLE rows (text)")
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as two:
            if kind == "locked":
                two.execute("BEGIN IMMEDIATE")
            elif kind == "full":
                one.execute("PRAGMA max_page_count = 2")
            elif kind == "read-only":
                one.execute("PRAGMA query_only = ON")
            with pytest.raises(sqlite3.Error) as caught:
                if kind == "away":
                    sqlite3.connect(tmp_path / "nowhere" / "db.sqlite3")
                elif kind == "no table":
                    one.execute("SELECT * FROM nothing")
                one.execute("INSERT INTO rows VALUES (?)", ["x" * 100_000])
    return caught.value


@pytest.mark.parametrize(
    ("kind", "outage"),
    [
        ("locked", BUSY),
        ("full", FULL),
        ("read-only", DATABASE),
        ("away", DATABASE),
        ("no table", None),
    ],
)
def test_what_sqlite_says(tmp_path, kind, outage):
    if connection.vendor != "sqlite":
        pytest.skip("errors of SQLite")
    assert outage_of(as_django_raises(of_sqlite(tmp_path, kind))) == outage


@pytest.mark.parametrize(("free", "outage"), [(0, FULL), (2**30, DATABASE)])
def test_an_input_error_of_sqlite_on_a_full_disk(monkeypatch, free, outage):
    """SQLite cannot even be read without room for the file that its processes share."""
    monkeypatch.setitem(connection.settings_dict, "NAME", "/tmp/db.sqlite3")  # noqa: S108
    usage = SimpleNamespace(free=free)
    monkeypatch.setattr("sakip.operations.outages.shutil.disk_usage", lambda folder: usage)
    assert outage_of(of_driver("SQLITE_IOERR_SHMSIZE")) == outage


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (psycopg.errors.DiskFull, FULL),
        (psycopg.errors.LockNotAvailable, BUSY),
        (psycopg.errors.QueryCanceled, BUSY),
        (psycopg.errors.DeadlockDetected, BUSY),
        (psycopg.errors.TooManyConnections, DATABASE),
        (psycopg.errors.AdminShutdown, DATABASE),
        (psycopg.errors.ReadOnlySqlTransaction, DATABASE),
        (psycopg.OperationalError, DATABASE),
        (psycopg.InterfaceError, DATABASE),
        (psycopg.errors.UndefinedTable, None),
        (psycopg.errors.UniqueViolation, None),
    ],
)
def test_what_postgresql_says(error, outage):
    wrapper = getattr(utils, next(c.__name__ for c in error.__mro__ if hasattr(utils, c.__name__)))
    try:
        raise wrapper("…") from error("…")
    except utils.Error as raised:
        assert outage_of(raised) == outage


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EROFS, "Read-only file system"), STORAGE),
        (PermissionError(errno.EACCES, "Permission denied"), STORAGE),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), SERVICE),
        (TimeoutError(), SERVICE),
        (smtplib.SMTPServerDisconnected(), SERVICE),
        (FileNotFoundError(errno.ENOENT, "No such file"), None),
        (ZeroDivisionError(), None),
        (ObjectDoesNotExist(), None),
    ],
)
def test_what_the_machine_says(error, outage):
    assert outage_of(error) == outage


@pytest.fixture
def failing(monkeypatch, signed_in, cast):
    """failing(error) gives the answer of a page that fails with it, to a person who reads or sends."""

    def answer(error, method="get", **headers):
        def fail(*args, **kwargs):
            raise error

        monkeypatch.setattr("reports.views.history.render", fail)
        client = signed_in(cast.kadir)
        client.raise_request_exception = False
        return getattr(client, method)(reverse("reports:history"), headers=headers)

    return answer


@pytest.mark.parametrize(
    ("error", "status", "title", "wait"),
    [
        (OSError(errno.ENOSPC, "/srv/secret"), 507, "Tempat penyimpanan penuh", "600"),
        (TimeoutError("10.0.0.7"), 503, "Layanan lain tidak menjawab", "60"),
    ],
)
def test_the_page_says_what_is_away_and_nothing_else(failing, error, status, title, wait):
    answer = failing(error)
    assert (answer.status_code, answer["Retry-After"]) == (status, wait)
    assert title in answer.text
    assert "kode gangguan" in answer.text
    assert "muat ulang" in answer.text
    assert not any(word in answer.text for word in ("secret", "10.0.0.7", "Error"))


def test_htmx_gets_a_fragment(failing):
    answer = failing(TimeoutError(), **{"HX-Request": "true"})
    assert answer.status_code == 503
    assert "<html" not in answer.text
    assert "tidak menjawab" in answer.text


def of_driver(name):
    error = OperationalError("…")
    error.__cause__ = type("Driver", (Exception,), {"sqlite_errorname": name})()
    return error


def locked():
    return of_driver("SQLITE_BUSY")


def test_without_a_database_the_failure_page_still_comes(client, db, monkeypatch):
    """Neither session nor person can be read, and the log asks for neither."""

    def fail(self):
        raise locked()

    monkeypatch.setattr(SessionStore, "load", fail)
    client.cookies["sessionid"] = "k" * 32
    client.raise_request_exception = False
    answer = client.get(reverse("reports:home"))
    assert answer.status_code == 503
    assert "Basis data sedang sibuk" in answer.text


@pytest.fixture
def unstored_session(monkeypatch, signed_in, cast):
    """The client of a person whose session wants to be stored with every answer, and cannot."""
    client = signed_in(cast.rina)
    client.raise_request_exception = False

    def fail(self, *args, **kwargs):
        raise locked()

    monkeypatch.setattr("django.contrib.sessions.base_session.AbstractBaseSession.save", fail)
    monkeypatch.setattr("django.conf.settings.SESSION_SAVE_EVERY_REQUEST", True, raising=False)
    return client


def test_a_session_that_can_not_be_stored_hides_no_page(unstored_session):
    assert unstored_session.get(reverse("reports:home")).status_code == 200


def test_a_session_that_can_not_be_stored_is_no_bad_request(unstored_session):
    answer = unstored_session.post(reverse("recommendations:notice-read-all"))
    assert answer.status_code == 503
    assert "mungkin belum tersimpan" in answer.text


def test_reading_the_cache_deletes_nothing(db, django_assert_num_queries):
    cache.set("old", 1, timeout=-1)
    cache.set("new", 2)
    with django_assert_num_queries(1):
        assert cache.get_many(["old", "new"]) == {"new": 2}
    assert cache.delete("new")
    assert cache.get("new") is None


def test_only_an_outage_is_left_out(db):
    with outages.optional("a write"):
        raise locked()
    with pytest.raises(utils.ProgrammingError), outages.optional("a write"):
        raise utils.ProgrammingError("no such column")


@pytest.mark.django_db(transaction=True)
def test_a_reader_waits_for_a_write_only_briefly():
    def limit():
        ask = "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout"
        with connection.cursor() as cursor:
            cursor.execute(ask)
            return str(cursor.fetchone()[0])

    usual = limit()
    with outages.optional("a write"):
        assert limit() in ("500", "500ms")
    assert limit() == usual


def test_a_page_waits_for_less_than_a_command():
    database = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"options": "-c a=b"}}
    database_waits.limit(database, database_waits.COMMANDS)
    database_waits.limit(database, database_waits.PAGES)
    words = database["OPTIONS"]["options"].split(" -c ")
    assert words[0] == "-c a=b"
    assert dict(word.split("=") for word in words[1:]) == {
        "lock_timeout": "6s",
        "statement_timeout": "15s",
        "idle_in_transaction_session_timeout": "30s",
    }
