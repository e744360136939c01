"""Fixtures that every test may ask for; who is who stands in `tests/people.py`."""

import gc
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cache

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from recommendations.models import Component, Rubric
from reports.exports import kept_pages
from sakip.history import guard
from sakip.history.entries import HistoryEntry
from sakip.history.links import HistoryLink
from tests import factories, people, tables

# A busy machine is no fault of the code; and what fails today failed yesterday. `--hypothesis-profile=default`
# tries other values every time.
settings.register_profile(
    "sakip", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("sakip")


def pytest_addoption(parser):
    parser.addoption("--run-hard", action="store_true", help="run the tests of tests/hard too")
    parser.addoption("--run-deploy", action="store_true", help="run the tests of tests/deploy")
    parser.addoption("--run-access", action="store_true", help="run the tests of tests/access too")
    parser.addoption(
        "--rounds", type=int, default=50, help="how often such a test causes its fault"
    )


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config):
    """Of several processes none waits for tables: they are made while the tests are still being read."""
    making = None
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        making = subprocess.Popen([sys.executable, "-m", "tests.tables"], cwd=tables.ROOT)
    try:
        return (yield)
    finally:
        if making:
            making.wait()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """What is read stays to the end. To look for garbage in it took a third of the reading, and a part of every test."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_ignore_collect(collection_path, config):
    folders = ("hard", "deploy", "access")
    asked = {name: config.getoption(f"--run-{name}") for name in folders}
    is_ours = collection_path.parent.name == "tests"
    return True if is_ours and not asked.get(collection_path.name, True) else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    with ExitStack() as opened:
        with django_db_blocker.unblock():  # not for the tests: who asks for no database has none
            opened.enter_context(tables.as_beginning())
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test begins without the national rubrics, also after one that has emptied all tables."""
    with django_db_blocker.unblock():
        Rubric.objects.all().delete()
        Component.objects.all().delete()
        with guard.lifted():
            HistoryEntry._base_manager.all().delete()
            HistoryLink.objects.all().delete()


# What stays when all tables are emptied: Django makes it anew from the code, which takes longer than all the rest.
FROM_CODE = {ContentType._meta.db_table, Permission._meta.db_table}


@pytest.fixture(scope="session", autouse=True)
def emptied_tables():
    """How all tables are emptied after a test with transactions of its own. The history is kept in every test: only
    for this are its triggers taken down."""

    @cache
    def names():
        every = connection.introspection.django_table_names(only_existing=True, include_views=False)
        return sorted({*every} - FROM_CODE)

    def empty(self):
        with guard.lifted(), connection.cursor() as cursor:
            for name in names():  # PostgreSQL's TRUNCATE makes new files for each table and index
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(scope="session", autouse=True)
def even_tokens():
    """Tokens against forged requests are the same every time, so that no word turns up in one by chance."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "django.middleware.csrf.get_random_string", lambda length, allowed_chars: "Q" * length
        )
        yield


@pytest.fixture
def units(db):
    return people.make_units()


@pytest.fixture
def cast(units):
    return people.make_cast(units)


@pytest.fixture
def evaluation(units):
    return people.make_evaluation(units)


@pytest.fixture
def recommendation(evaluation):
    return factories.make_recommendation(evaluation)


@pytest.fixture
def renaksi(recommendation, units):
    return people.make_renaksi(recommendation, units)


@pytest.fixture
def passing(monkeypatch):
    """passing(minutes) lets time go on for whatever is counted, also in the cache."""
    begin, passed = time.time(), [0]
    monkeypatch.setattr(time, "time", lambda: begin + passed[0])
    for clock in ("django.utils.timezone.now", "django.core.cache.backends.db.tz_now"):
        monkeypatch.setattr(clock, lambda: datetime.fromtimestamp(begin + passed[0], UTC))

    def let_pass(minutes):
        passed[0] += minutes * 60

    return let_pass


@pytest.fixture
def signed_in(client):
    """signed_in(user) gives the test client with that person signed in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def no_page_is_stored(monkeypatch):
    """The factories write no history, so a stored page would not know what they make."""
    monkeypatch.setattr(kept_pages, "MIN_ROWS", 10**9)
