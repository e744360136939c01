"""Release 1.0 begins with one clean set of migrations; an installation of the version before takes it over."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def replacing() -> dict:
    """The migrations of ours that stand for older ones, by (app, name)."""
    found = MigrationLoader(None).disk_migrations
    return {key: migration for key, migration in found.items() if migration.replaces}


def as_before() -> list:
    """Records what an installation of the version before has had; returns its migrations."""
    recorder, older = MigrationRecorder(connection), []
    for (app, name), migration in replacing().items():
        recorder.record_unapplied(app, name)
        older += migration.replaces
    for app, name in older:
        recorder.record_applied(app, name)
    return older


def test_every_migration_of_before_is_replaced_once():
    older = [one for migration in replacing().values() for one in migration.replaces]
    assert len(older) == len(set(older))
    assert {("sakip", "0030_tour"), ("recommendations", "0024_notice_webhook")} <= set(older)


def test_an_installation_of_before_has_nothing_to_run():
    as_before()
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    call_command("migrate", verbosity=0)
    assert replacing().keys() <= MigrationRecorder(connection).applied_migrations().keys()


def test_an_older_installation_is_told_what_to_do_first():
    as_before()
    MigrationRecorder(connection).record_unapplied("sakip", "0030_tour")
    with pytest.raises(CommandError, match="versi 0.1 yang terakhir"):
        call_command("migrate", verbosity=0)


def test_what_a_migration_tells_is_stamped_also_in_a_new_installation():
    """The order of a new installation follows from the dependencies alone."""
    plan = MigrationLoader(None).graph.forwards_plan(("sakip", "0002_history_guard"))
    assert ("recommendations", "0003_national_rubrics") in plan
