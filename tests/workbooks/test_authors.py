"""Who brings in a follow-up has written it, and does not judge it in another office."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.selectors import review_queue
from recommendations.services.daily_counts import backfill
from recommendations.workflow import has_authored, perform
from sakip.history.entries import HistoryEntry
from sakip.history.sentences import tell
from sakip.history.write import record
from sakip.roles import Role
from tests import factories
from tests.workbooks.test_undo import carried_out
from workbooks.services import imports

HEAD = ["Rekomendasi", "Urutan", "Penanggung jawab"]
NAME = "Sekretariat Daerah 2022 / 1"
NEW = [NAME, "a", "Biro Organisasi"]
WORKS = {
    "follow-up": {"Rencana_aksi": [[*HEAD, "Tindak lanjut"], [*NEW, "Sudah dirapatkan"]]},
    "claim": {
        "Rencana_aksi": [[*HEAD, "Alasan tidak dapat ditindaklanjuti"], [*NEW, "Tidak ada dana"]]
    },
    "steps": {
        "Rencana_aksi": [HEAD, NEW],
        "Langkah": [["Rencana aksi", "Nomor", "Langkah"], [NAME + "a", 1, "Rapat"]],
    },
    "evidence": {
        "Rencana_aksi": [HEAD, NEW],
        "Bukti_dukung": [
            ["Rencana aksi", "Nomor", "Jenis", "Judul"],
            [NAME + "a", 1, "Dokumen terpisah", "Notula"],
        ],
    },
}


@pytest.fixture
def moved(cast, units):
    """moved() makes Kadir, who coordinated, an evaluator, as happens in January."""

    def move():
        cast.kadir.role, cast.kadir.unit = Role.EVALUATOR, units.inspektorat
        cast.kadir.evaluates_all = True
        cast.kadir.save()
        return type(cast.kadir).objects.get(pk=cast.kadir.pk)

    return move


def submitted():
    Renaksi.objects.update(status="submitted")
    return Renaksi.objects.get()


def refused(renaksi, evaluator):
    with pytest.raises(PermissionDenied, match="evaluator lain"):
        perform(action="accept", renaksi=renaksi, actor=evaluator, at=timezone.now())
    return has_authored(evaluator, renaksi) and renaksi not in review_queue.queue(evaluator)


@pytest.mark.parametrize("work", WORKS)
def test_who_imports_a_new_item_with_its_work_does_not_accept_it(cast, recommendation, moved, work):
    carried_out(cast.kadir, "all", **WORKS[work])
    assert refused(submitted(), moved())


def test_who_imports_a_word_table_does_not_accept_what_it_tells(cast, evaluation, moved):
    run = factories.make_word_run(cast.kadir, evaluation)
    imports.carry_out(run, at=timezone.now())
    evaluator, items = moved(), list(Renaksi.objects.order_by("position"))
    told, planned = items
    assert told.follow_up
    assert planned.plan
    assert [has_authored(evaluator, item) for item in items] == [True, False]


def test_who_imports_a_plan_alone_has_written_no_follow_up(cast, recommendation, moved):
    carried_out(cast.kadir, "all", Rencana_aksi=[[*HEAD, "Rencana aksi"], [*NEW, "Rapat"]])
    evaluator, renaksi = moved(), submitted()
    assert renaksi in review_queue.queue(evaluator)
    perform(action="accept", renaksi=renaksi, actor=evaluator, at=timezone.now())


def test_an_import_of_earlier_days_is_known_by_what_it_wrote(cast, renaksi, moved):
    """One action then told of every new row."""
    changes = [("plan", "", 'Isi kolom "follow_up", lalu kirim')]
    record(actor=cast.kadir, action="import_new", target=renaksi, changes=changes)
    assert not has_authored(cast.kadir, renaksi)
    changes += [("follow_up", "", "Sudah dirapatkan")]
    record(actor=cast.kadir, action="import_new", target=renaksi, changes=changes)
    assert not has_authored(cast.dewi, renaksi)
    assert refused(submitted(), moved())


def test_the_history_says_that_the_follow_up_came_along(cast, recommendation):
    carried_out(cast.kadir, "all", **WORKS["follow-up"])
    entry = HistoryEntry.objects.about(Renaksi.objects.get()).get()
    assert str(tell(entry)) == (
        "Kadir membuat Renaksi 1.a beserta tindak lanjutnya lewat impor karena “Impor buku.xlsx”."
    )


def test_a_trend_still_knows_where_such_an_item_began(cast, recommendation):
    carried_out(cast.kadir, "all", **WORKS["follow-up"])
    later = timezone.localdate() + timedelta(days=3)
    assert backfill(evaluation=recommendation.evaluation, today=later, days=5) == 2
