"""A telaah staf to print, and a way to issue whatever can be printed."""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from reports.exports import kept_pages
from reports.exports.catalogue import ExportSpec
from reports.seed.source import load_source
from reports.services import issuing
from tests import factories

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="session")
def loaded(django_db_setup, django_db_blocker):
    """loaded(load) keeps what `load()` writes for as long as the context lasts, longer than one test."""

    @contextmanager
    def keep(load):
        with django_db_blocker.unblock(), transaction.atomic():
            yield load()
            transaction.set_rollback(True)

    return keep


@pytest.fixture(scope="module")
def source_once(loaded):
    with loaded(lambda: load_source(at=timezone.now())):
        yield


@pytest.fixture
def source(source_once, db):
    """The source document, loaded for all tests of a module, every one of which must want it; each undoes
    what it changed."""


@pytest.fixture
def issue(cast, renaksi):
    """Issues the follow-up table as Kadir, or what `order` says."""

    def issue(number="1", **order):
        order = {"name": "follow-up-table", "format": "pdf"} | order
        prepared = issuing.prepare(ExportSpec(**order), cast.kadir, today=TODAY)
        return issuing.issue(
            prepared=prepared,
            number=number,
            date=TODAY,
            submission=uuid4(),
            origin="https://sakip.example.go.id",
            actor=cast.kadir,
            at=AT,
        )

    return issue


@pytest.fixture
def telaah_staf(evaluation):
    """Complete: it could be issued."""
    return factories.make_telaah_staf(evaluation, number="7/2026", date="2026-06-01")


@pytest.fixture
def confirm(signed_in, cast, evaluation):
    """The address of the confirm page and, of a page, the form as a browser would send it."""
    address = reverse("reports:issue", args=["follow-up-table"])
    query = urlencode({"evaluasi": evaluation.pk})

    def fill(**changes):
        shown = signed_in(cast.kadir).get(f"{address}?{query}").context["form"]
        values = {name: shown[name].value() for name in shown.fields}
        return values | {"date": "1 Juni 2026"} | changes

    fill.address = f"{address}?{query}"
    return fill


@pytest.fixture(autouse=True)
def no_page_is_stored(monkeypatch):
    """The factories write no history, so a stored page would not know what they make."""
    monkeypatch.setattr(kept_pages, "MIN_ROWS", 10**9)
