"""What is known of backups, and what waits while one is made."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.functions import Now

from reports.models import StoredFile
from sakip.models import BackupRun
from sakip.selectors import backup_runs as reading
from sakip.services import backup_runs
from sakip.system_checks.backup import check_last_backup
from sakip.uploads.removing import remove, remove_unnamed


def past(run, **ages):
    BackupRun.objects.filter(pk=run.pk).update(
        **{name: Now() - timedelta(hours=age) for name, age in ages.items()}
    )


@pytest.fixture
def run(db):
    return backup_runs.begin(path="/srv/cadangan/sakip.tar")


def test_a_backup_runs_until_it_is_finished_given_up_or_silent(run):
    assert reading.is_running()
    past(run, alive_at=1)
    assert not reading.is_running()
    backup_runs.go_on(run=run)
    assert reading.is_running()
    backup_runs.finish(run=run, files=3, size=10)
    assert not reading.is_running()
    backup_runs.give_up(run=backup_runs.begin(path="x"))
    assert not reading.is_running()


def test_only_a_finished_backup_has_an_age(run, django_assert_num_queries):
    assert reading.age_of_last() is None
    backup_runs.finish(run=run, files=3, size=10)
    past(run, finished_at=30)
    with django_assert_num_queries(1):
        age = reading.age_of_last()
    assert timedelta(hours=29, minutes=59) < age < timedelta(hours=30, minutes=1)


def test_no_backup_and_an_old_one_are_told(run):
    assert [warning.id for warning in check_last_backup(None)] == ["sakip.W005"]
    backup_runs.finish(run=run, files=3, size=10)
    assert check_last_backup(None) == []
    past(run, finished_at=30)
    [warning] = check_last_backup(None)
    assert warning.msg == "The last backup is 30 hours old."


def test_no_file_goes_while_a_backup_is_made(run):
    name = default_storage.save("dokumen/x.pdf", ContentFile(b"%PDF"))
    remove(default_storage, [name])
    assert default_storage.exists(name)
    backup_runs.finish(run=run, files=1, size=1)
    remove(default_storage, [name, ""])
    assert not default_storage.exists(name)


def test_a_backup_removes_at_its_end_what_had_to_wait(db):
    named = StoredFile(key="k", rights="r", size=4)
    named.file.save("a.pdf", ContentFile(b"%PDF"))
    unnamed = default_storage.save("dokumen/x.pdf", ContentFile(b"%PDF"))
    remove_unnamed(default_storage, iter([named.file.name, unnamed]))
    assert default_storage.exists(named.file.name)
    assert not default_storage.exists(unnamed)
