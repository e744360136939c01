"""The two addresses for the machine's watchmen, and what they ask."""

import logging
import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reports.exports.background import make_document
from sakip import __version__
from sakip.operations import readiness
from sakip.operations.readiness import NotReady
from sakip.uploads.refusals import Refused


def works():
    pass


def fails():
    raise OSError("no space in /srv/sakip")


@pytest.fixture
def checks(monkeypatch):
    """checks(name=function) makes these the only checks, and has them asked anew."""

    def replace(*, patience=60, **found):
        monkeypatch.setattr(readiness, "CHECKS", found)
        monkeypatch.setattr(readiness, "_watch", readiness._Watch())
        monkeypatch.setattr(readiness, "PATIENCE", patience)

    return replace


def test_the_process_answers_without_a_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_all_is_well(client, checks):
    checks(database=works, disk=works)
    answer = client.get("/siap")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "version": __version__})
    assert answer["Cache-Control"] == "no-store"


def test_a_stranger_learns_no_reason_but_the_log_does(client, checks, caplog):
    checks(database=works, disk=fails)
    answer = client.get("/siap")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "version": __version__})
    assert "disk: OSError: no space" in caplog.text


def test_what_hangs_is_told_in_time(client, checks):
    ended = threading.Event()
    checks(patience=0.1, database=works, storage=ended.wait)
    assert [client.get("/siap").status_code for _ in range(3)] == [503, 503, 503]
    assert not readiness._watch.round.is_over  # the answers came while one still hung
    threads = readiness._watch.round.threads
    assert len(threads) == 2  # no second thread waits for the same
    ended.set()
    for thread in threads:
        thread.join()


def test_a_folder_that_is_gone_is_told_and_not_made_anew(tmp_path, settings, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setenv("MEDIA_ROOT", str(settings.MEDIA_ROOT))
    with pytest.raises(readiness.NotReady, match="MEDIA_ROOT"):
        readiness.storage()
    assert not settings.MEDIA_ROOT.exists()


def test_the_log_says_the_same_only_once(checks, caplog):
    caplog.set_level(logging.INFO)
    checks(disk=fails)
    for _ in range(3):
        readiness._watch._tell(dict(readiness._watch.failures()), time.monotonic())
    readiness._watch._tell({}, time.monotonic())
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


@pytest.mark.parametrize(
    "options", [{"HTTP_HOST": "10.1.2.3:8000"}, {"HTTP_X_FORWARDED_PROTO": "http"}]
)
def test_a_probe_needs_no_name_and_no_tls(client, checks, settings, options):
    settings.SECURE_SSL_REDIRECT = True
    checks(database=works)
    assert client.get("/siap", **options).status_code == 200
    assert client.post("/siap", **options).status_code == 405


def test_each_check_passes_here(db, settings):
    settings.DISK_MIN_FREE_MEGABYTES = 0
    for check in readiness.CHECKS.values():
        check()


def test_a_scanner_that_is_away_is_told(settings):
    settings.CLAMD_ADDRESS = "unix:/nowhere"
    with pytest.raises(Refused, match="tidak menjawab"):
        readiness.virus_scanner()


def test_a_full_disk_is_told(settings):
    settings.DISK_MIN_FREE_MEGABYTES = 10**9
    with pytest.raises(NotReady, match="MB free"):
        readiness.disk()


def test_a_task_that_nobody_takes_is_told(db):
    make_document.enqueue(1)
    readiness.worker()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=3))
    with pytest.raises(NotReady, match="no worker"):
        readiness.worker()
