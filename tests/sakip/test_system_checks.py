"""What the program says of the machine on which it runs."""

import sqlite3.dbapi2

import pytest
from django.db import connection

from sakip.environment import LOCAL_SITE
from sakip.system_checks import network, storage
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


def told(check) -> str:
    """The id of the warning, "" when there is none; each says what to do."""
    found = check(None)
    assert all(warning.msg.endswith(".") and warning.hint.endswith(".") for warning in found)
    return "".join(warning.id for warning in found)


@pytest.mark.parametrize(
    ("check", "setting", "value", "number"),
    [
        (network.check_hosts, "ALLOWED_HOSTS", ["*"], 21),
        (network.check_site_url, "SITE_URL", "http://sakip.example.go.id", 22),
        (network.check_site_url, "SITE_URL", LOCAL_SITE, 22),
        (
            network.check_mail,
            "MAIL_BACKEND",
            "django.core.mail.backends.console.EmailBackend",
            24,
        ),
        (network.check_mail, "DEFAULT_FROM_EMAIL", "SAKIP <sakip@localhost>", 25),
        (network.check_operators, "ADMINS", [], 26),
        (network.check_time_zone, "TIME_ZONE", "Europe/Berlin", 27),
        (
            storage.check_cache,
            "CACHES",
            {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
            16,
        ),
    ],
)
def test_a_setting_that_spoils_an_installation_is_told(settings, check, setting, value, number):
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "sakip@example.go.id"
    settings.SITE_URL = "https://sakip.example.go.id"
    settings.ADMINS = [("", "pengelola@example.go.id")]
    assert told(check) == ""
    setattr(settings, setting, value)
    assert told(check) == f"sakip.W{number:03}"


def test_a_proxy_that_is_not_counted_is_told(settings):
    settings.HTTPS = True
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert told(network.check_proxy) == "sakip.W023"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert told(network.check_proxy) == ""


def test_evidence_is_for_the_program_only(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("MEDIA_ROOT", str(tmp_path))
    settings.MEDIA_ROOT = tmp_path
    tmp_path.chmod(0o755)
    assert told(storage.check_media_rights) == "sakip.W018"
    tmp_path.chmod(0o750)
    assert told(storage.check_media_rights) == ""
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert told(storage.check_media_rights) == "sakip.W017"


def test_a_full_disk_is_told(settings, monkeypatch, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(storage, "LEAST_FREE", 2**63)
    assert told(storage.check_free_disk) == "sakip.W019"


def test_open_secrets_are_told(settings, monkeypatch, tmp_path):
    settings.BASE_DIR = tmp_path
    file = tmp_path / "secret_key"
    file.write_text("x")
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))
    file.chmod(0o644)
    assert told(storage.check_secrets) == "sakip.W020"
    file.chmod(0o640)
    assert told(storage.check_secrets) == ""


@pytest.mark.django_db
def test_settings_of_the_database_and_its_tables(monkeypatch):
    monkeypatch.setattr(storage, "_is_real_database", lambda: True)
    assert told(storage.check_migrations) == ""
    monkeypatch.setattr(storage, "PRAGMAS", {"foreign_keys": 2})
    monkeypatch.setattr(storage, "POSTGRES", {"server_encoding": "LATIN1"})
    assert told(storage.check_database_settings) == "sakip.W014"
