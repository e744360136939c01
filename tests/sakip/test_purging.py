"""What has lived long enough is removed, and nothing that the law wants kept."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from recommendations.models import DailyCount, Notice
from reports.models import StoredFile
from sakip import purging
from sakip.history.links import HistoryCheck
from sakip.models import UnsavedText
from workbooks.models import ImportRun

KEPT = {
    "HistoryEntry", "HistoryLink", "IssuedReport", "Evidence", "EvidenceRevision", "FigureEvidence",
    "EvaluationLetter", "EvaluationRevision", "ReviewDecision", "Comment", "Renaksi", "User", "Post",
    "TelaahStaf", "WordTemplate",
}  # fmt: skip


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def removed(**options):
    return dict(purging.purge(at=timezone.now(), **options))


@pytest.fixture
def notice_of(cast, renaksi):
    def make(days, kind="overdue"):
        return Notice.objects.create(
            person=cast.rina, renaksi=renaksi, kind=kind, text="t", key=f"{kind}{days}", created_at=days_ago(days)
        )  # fmt: skip

    return make


def test_old_notices_go_and_young_ones_stay(notice_of):
    notice_of(366)
    young = notice_of(364)
    assert removed(dry_run=True)["pemberitahuan"] == 1
    assert Notice.objects.count() == 2
    assert removed()["pemberitahuan"] == 1
    assert Notice.objects.get() == young


def test_a_leader_is_not_told_again_of_an_item_that_is_still_open(notice_of, renaksi):
    notice_of(400, "escalated")
    assert removed()["pemberitahuan"] == 0
    renaksi.status = "done"
    renaksi.save()
    assert removed()["pemberitahuan"] == 1


def test_drafts_and_sessions_end(cast, renaksi):
    kind = ContentType.objects.get_for_model(renaksi)
    for days in (91, 89):
        UnsavedText.objects.create(
            author=cast.rina, content_type=kind, object_id=days, saved_at=days_ago(days)
        )
    Session.objects.create(session_key="a", session_data="", expire_date=days_ago(1))
    Session.objects.create(session_key="b", session_data="", expire_date=days_ago(-1))
    counts = removed()
    assert counts["tulisan yang belum disimpan"] == counts["sesi masuk yang berakhir"] == 1


def test_of_old_daily_counts_the_last_of_each_month_stays(evaluation, units):
    last = timezone.localdate() - timedelta(days=3 * 365)
    days = [last.replace(day=1), last.replace(day=15), last.replace(day=28), timezone.localdate()]
    for day in days:
        DailyCount.objects.create(
            day=day, evaluation=evaluation, lead_unit=units.umum, countable=1, claimed=0, verified=0
        )
    assert removed()["hitungan harian"] == 2
    assert list(DailyCount.objects.values_list("day", flat=True)) == days[2:]


def test_an_import_goes_with_its_files(
    cast, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    for state, days in [("previewed", 31), ("previewed", 29), ("done", 731), ("done", 31)]:
        run = ImportRun(actor=cast.kadir, kind="renaksi", state=state, created_at=days_ago(days))
        run.file.save("a.xlsx", ContentFile(b"x"))
    with django_capture_on_commit_callbacks(execute=True):
        counts = removed()
    assert counts["impor yang tidak ditulis"] == 1
    assert counts["impor lama, dengan berkas dan cara membatalkannya"] == 1
    assert len(list(tmp_path.rglob("*.xlsx"))) == ImportRun.objects.count() == 2


def test_printed_copies_go_after_a_week(db):
    for days in (8, 6):
        made = StoredFile.objects.create(key="k", rights="r", filename="f", size=1)
        StoredFile.objects.filter(pk=made.pk).update(created_at=days_ago(days))
    assert removed()["hasil cetak"] == 1


def test_rows_of_the_cache_go_when_they_are_over(db, passing):
    cache.set("lama", 1, timeout=60)
    cache.set("baru", 1, timeout=10**6)
    later = timezone.now() + timedelta(hours=1)
    assert dict(purging.purge(at=later, dry_run=True))["isi singgahan yang kedaluwarsa"] == 1
    assert dict(purging.purge(at=later))["isi singgahan yang kedaluwarsa"] == 1
    assert cache.get("baru") == 1


def test_the_newest_good_check_of_the_history_stays(db):
    for days, faults in [(900, 0), (800, 0), (750, 1)]:
        HistoryCheck.objects.create(at=days_ago(days), number=1, head="1-a", faults=faults)
    assert removed()["pemeriksaan riwayat lama"] == 2
    assert HistoryCheck.objects.get().at.date() == days_ago(800).date()


def test_nothing_that_the_law_wants_kept_is_registered(db):
    purged = {kind.lapsed(timezone.now()).model for kind in purging.KINDS if kind.lapsed}
    taken = set(purged)
    for model in purged:  # with what goes along
        taken |= {
            relation.related_model
            for relation in model._meta.related_objects
            if relation.on_delete.__name__ == "CASCADE"
        }
    assert not {model.__name__ for model in taken} & KEPT
    assert {apps.get_model("reports", "IssuedReport")}.isdisjoint(taken)


def test_the_command_tells_of_each_kind_how_many(db, capsys):
    call_command("purge", dry_run=True)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(purging.KINDS)
    assert "pemberitahuan: 0 akan dihapus" in lines
    assert connection.in_atomic_block
