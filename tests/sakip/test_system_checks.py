"""What the program says of the machine on which it runs."""

import sqlite3.dbapi2

import pytest
from django.db import connection

from sakip.system_checks.storage import check_sqlite_version

sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's driver")


@sqlite_only
def test_django_uses_the_driver_that_was_put_in_place():
    assert connection.Database is sqlite3.dbapi2
    assert connection.Database.__name__.startswith("pysqlite3")
    assert check_sqlite_version(None) == []


@sqlite_only
def test_an_old_sqlite_is_told(monkeypatch):
    monkeypatch.setattr(connection.Database, "sqlite_version_info", (3, 46, 1))
    [warning] = check_sqlite_version(None)
    assert warning.id == "sakip.W001"
    assert "pysqlite3" in warning.hint
