"""Who wants to write to SQLite stands in a queue, and waits no longer than the connection's limit."""

import sqlite3
import threading
import time
from contextlib import closing

import pytest
from django.db import Error
from django.db.utils import ConnectionHandler

from sakip.operations.outages import BUSY, outage_of
from sakip.operations.sqlite.base import FRONT


@pytest.fixture
def path(tmp_path):
    return tmp_path / "db.sqlite3"


@pytest.fixture
def ours(path, django_db_blocker):
    """connection(limit) is one of the program's to the database at `path`; the limit is in seconds."""
    opened = []

    def connection(limit):
        options = {"timeout": limit, "transaction_mode": "IMMEDIATE"}
        database = {"ENGINE": "sakip.operations.sqlite", "NAME": path, "OPTIONS": options}
        handler = ConnectionHandler({"default": database})
        opened.append(handler["default"])
        handler["default"].inc_thread_sharing()
        handler["default"].ensure_connection()
        return handler["default"]

    with django_db_blocker.unblock():
        yield connection
        for one in opened:
            one.close()


@pytest.fixture
def neighbour(path):
    """Another process that writes."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as one:
        one.execute("PRAGMA journal_mode = WAL")
        yield one


def write(connection):
    """Begins and ends a transaction; gives the seconds that it had to wait."""
    began = time.monotonic()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    waited = time.monotonic() - began
    connection.rollback()
    connection.set_autocommit(True)
    return waited


def limit_of(connection):
    return connection.connection.execute("PRAGMA busy_timeout").fetchone()[0]


def test_a_writer_is_served_as_soon_as_the_lock_is_free(ours, neighbour):
    connection = ours(30)
    neighbour.execute("BEGIN IMMEDIATE")
    end = threading.Timer(0.3, neighbour.execute, ["COMMIT"])
    end.start()
    assert write(connection) < 10
    end.join()
    assert limit_of(connection) == 30_000
    assert not FRONT.locked()


@pytest.mark.parametrize("is_queued", [False, True])
def test_the_wait_ends_at_the_limit_also_for_who_never_got_to_the_front(ours, neighbour, is_queued):
    connection = ours(0.2)
    neighbour.execute("BEGIN IMMEDIATE")
    if is_queued:
        FRONT.acquire()
    began = time.monotonic()
    try:
        with pytest.raises(Error) as caught:
            write(connection)
    finally:
        if is_queued:
            FRONT.release()
    assert 0.2 <= time.monotonic() - began < 10
    assert outage_of(caught.value) is BUSY
    assert limit_of(connection) == 200
    assert not FRONT.locked()


def test_only_the_front_asks(ours):
    """The second one has not begun while another stands at the front, though nothing is locked."""
    connection, begun = ours(30), threading.Event()

    def second():
        write(connection)
        begun.set()

    with FRONT:
        behind = threading.Thread(target=second)
        behind.start()
        assert not begun.wait(0.3)
    behind.join(60)
    assert begun.is_set()


def test_another_failure_is_not_tried_again(ours):
    connection = ours(30)
    connection.connection.execute("BEGIN")  # a transaction that nobody told Django of
    began = time.monotonic()
    with pytest.raises(Error, match="within a transaction"):
        write(connection)
    assert time.monotonic() - began < 10
    assert not FRONT.locked()
