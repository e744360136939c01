"""Workers that die: what they were doing goes back into the queue, once, and never for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports.exports.background import make_document
from sakip import background
from sakip.models import Beat
from sakip.services.invitations import mail_invitations

NOW = timezone.now()


def taken(task, *, by="worker", attempts=1, seconds=60):
    """A task that a worker took so many seconds ago."""
    key = task.enqueue(1 if task.takes_context else [1]).id
    row = DBTaskResult.objects.get(pk=key)
    row.worker_ids = [f"earlier-{number}" for number in range(attempts - 1)]
    row.claim(by)
    DBTaskResult.objects.filter(pk=key).update(started_at=NOW - timedelta(seconds=seconds))
    return row


def status_of(row):
    return DBTaskResult.objects.get(pk=row.pk).status


@pytest.mark.parametrize(
    ("task", "attempts", "seconds", "becomes"),
    [
        (make_document, 1, 60, TaskResultStatus.READY),
        (make_document, 3, 60, TaskResultStatus.READY),
        (make_document, 4, 60, TaskResultStatus.FAILED),
        (make_document, 1, 10, TaskResultStatus.RUNNING),
        (mail_invitations, 1, 60, TaskResultStatus.FAILED),
    ],
)
def test_the_task_of_a_silent_worker(db, task, attempts, seconds, becomes):
    row = taken(task, attempts=attempts, seconds=seconds)
    background.revive(NOW)
    assert status_of(row) == becomes


def test_a_worker_that_shows_that_it_lives_keeps_its_task(db):
    row = taken(make_document, by="alive")
    background.beat("alive")
    background.revive(NOW)
    assert status_of(row) == TaskResultStatus.RUNNING


def test_looking_writes_nothing_while_all_is_well(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        background.revive(NOW)


@pytest.fixture
def started(monkeypatch, settings):
    settings.DOCUMENT_WORKER = "on-demand"
    background.cache.clear()
    calls = []
    monkeypatch.setattr(background, "start", lambda: calls.append(1))
    return calls


def test_after_the_machine_was_off_a_worker_is_started(db, started):
    taken(make_document)
    Beat.objects.create(name=Beat.PROBE, at=NOW)  # no worker
    background.look_after(NOW)
    background.look_after(NOW)
    assert started == [1]


def test_a_living_worker_finds_the_task_itself(db, started):
    make_document.enqueue(1)
    Beat.objects.create(name="alive", at=NOW)
    background.look_after(NOW)
    assert started == []


def test_old_signs_of_life_go_away(db):
    taken(make_document)
    for name, days in (("gone", 2), ("alive", 0), (Beat.PROBE, 2)):
        Beat.objects.create(name=name, at=NOW - timedelta(days=days))
    background.revive(NOW)
    assert set(Beat.objects.values_list("name", flat=True)) == {"alive", Beat.PROBE}


def test_a_worker_shows_that_it_lives_and_says_goodbye(transactional_db, monkeypatch):
    seen = []
    monkeypatch.setattr(background, "_beat", lambda worker_id, over: seen.append(worker_id))
    Beat.objects.create(name="mine", at=NOW)
    with background.beating("mine"):
        assert seen == ["mine"]
    assert not Beat.objects.exists()


def test_a_database_that_is_away_does_not_end_the_watch(monkeypatch, caplog):
    monkeypatch.setattr(background, "close_old_connections", lambda: None)
    background._without_fail(lambda: 1 / 0)
    assert "could not be watched" in caplog.text
