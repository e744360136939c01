"""Figures for Prometheus: by route and not by path, no person in them, nothing where nobody asks."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest

from reports.exports.background import make_document
from sakip import __version__, environment
from sakip.models import Beat
from sakip.operations import figures


@pytest.fixture
def counting():
    """counting(figure, **labels) tells by how much it has grown since it was first asked."""
    before = {}

    def grown(figure, **labels):
        key = (figure, *sorted(labels.items()))
        value = REGISTRY.get_sample_value(figure, labels) or 0
        return value - before.setdefault(key, value)

    return grown


def now_said():
    registry = CollectorRegistry()
    registry.register(figures.Now())
    return generate_latest(registry).decode()


def test_an_answer_is_counted_by_its_route(signed_in, cast, renaksi, counting):
    answer = {"route": "recommendations:renaksi-detail", "method": "GET", "status": "404"}
    counting("sakip_request_seconds_count", **answer)
    signed_in(cast.umar).get(renaksi.get_absolute_url())
    assert counting("sakip_request_seconds_count", **answer) == 1


def test_a_wrong_password_and_a_document_are_counted(client, signed_in, cast, renaksi, counting):
    table = {"name": "follow-up-table", "format": "csv"}
    counting("sakip_sign_ins_failed_total")
    counting("sakip_documents_total", **table)
    client.post(reverse("account_login"), {"login": cast.rina.username, "password": "salah"})
    address = reverse("reports:report-download", args=[*table.values()])
    b"".join(signed_in(cast.kadir).get(address))
    assert counting("sakip_sign_ins_failed_total") == 1
    assert counting("sakip_documents_total", **table) == 1


def test_a_failure_is_counted_by_its_kind(signed_in, cast, counting, monkeypatch):
    monkeypatch.setattr("reports.views.history.render", lambda *args: 1 / 0)
    client = signed_in(cast.kadir)
    client.raise_request_exception = False
    counting("sakip_failures_total", kind="program")
    client.get(reverse("reports:history"))
    assert counting("sakip_failures_total", kind="program") == 1


def test_the_queue_the_workers_and_the_disks(db):
    make_document.enqueue(1)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=5))
    Beat.objects.create(name="alive", at=timezone.now())
    said = now_said()
    assert 'sakip_tasks{status="ready"} 1.0' in said
    assert "sakip_workers 1.0" in said
    assert 300 <= float(said.split("\nsakip_oldest_task_seconds ")[1].split()[0]) < 400
    assert "sakip_disk_free_bytes{" in said
    assert "sakip_database_bytes" in said
    assert f'sakip_info{{version="{__version__}"}}' in said


def test_a_database_that_is_away_is_a_figure(monkeypatch, db):
    def away():
        raise OSError

    monkeypatch.setattr(figures, "_is_up", away)
    monkeypatch.setattr(figures.connection, "close", lambda: None)
    said = now_said()
    assert "sakip_database_up 0.0" in said
    assert "sakip_disk_free_bytes{" in said


def test_without_an_address_nothing_is_served(settings):
    settings.METRICS_ADDRESS = None
    with pytest.raises(CommandError, match="METRICS_ADDRESS"):
        call_command("serve_figures")


@pytest.mark.parametrize("value", ["9100", "127.0.0.1", "*:9100", "127.0.0.1:0", "a b:1"])
def test_an_address_that_is_none_is_refused(monkeypatch, value):
    monkeypatch.setenv("METRICS_ADDRESS", value)
    with pytest.raises(ImproperlyConfigured, match="such as METRICS_ADDRESS=127"):
        environment.read_address("METRICS_ADDRESS")


def test_it_is_off_by_default():
    assert settings.METRICS_ADDRESS is None
