"""The kept figures of the follow-up: when they are renewed, and what a page shows when they cannot be."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from recommendations.figures import keeping
from recommendations.models import CountedEvaluation, FollowUpCount, Renaksi
from recommendations.rules.figures import LATE
from recommendations.selectors.figures import KeptFigures
from sakip.history.write import record
from sakip.models import ChangedScope
from tests import factories
from tests.kept_figures import keep

TODAY = date(2026, 7, 1)


def late(user, on=TODAY):
    return KeptFigures(user, today=on).overdue()


def test_days_make_things_late_without_a_change(recommendation, units, cast):
    """Each item comes into the next age on its day, and the figures hold until then."""
    for days in (0, 45):
        due = TODAY - timedelta(days=days)
        factories.make_renaksi(recommendation, units.organisasi, due_date=due)
    told = {}
    for days in range(0, 95, 2):
        day = TODAY + timedelta(days=days)
        renewed = keeping.renew(day)
        [row] = KeptFigures(cast.laila, today=day).counted([recommendation.evaluation])
        ages = tuple(getattr(row.figures, name) for name in LATE)
        if renewed:
            told[days] = ages
        assert [ages] == [told[max(told)]]
    assert told == {
        0: (0, 1, 0, 0), 2: (1, 1, 0, 0), 16: (1, 0, 1, 0), 32: (0, 1, 1, 0), 46: (0, 1, 0, 1),
        62: (0, 0, 1, 1), 92: (0, 0, 0, 2),
    }  # fmt: skip


def test_what_is_done_holds_for_ever(recommendation, units, cast):
    factories.make_renaksi(recommendation, units.organisasi, status="done", due_date=TODAY)
    keep(TODAY)
    assert CountedEvaluation.objects.get().holds_until is None


def test_one_query_sees_that_nothing_has_changed(renaksi, django_assert_num_queries):
    keep(TODAY)
    with django_assert_num_queries(1):
        assert keeping.renewed_if_possible(TODAY) == set()


def test_only_what_changed_is_counted_again(renaksi, units, cast):
    other = factories.make_evaluation(units.dinas, 2022)
    keep(TODAY)
    record(actor=cast.kadir, action="edit", target=renaksi)
    assert keeping.renew(TODAY) == {renaksi.recommendation.evaluation_id} != {other.pk}
    assert not ChangedScope.objects.filter(subject="follow_up").exists()


def test_what_cannot_be_renewed_is_counted_from_the_records(renaksi, cast, monkeypatch):
    """As while the database takes no writes, or while another process counts."""
    keep(TODAY)
    Renaksi.objects.update(due_date=TODAY - timedelta(days=1))
    record(actor=cast.kadir, action="edit", target=renaksi)
    monkeypatch.setattr(keeping, "_lock", lambda keys, today: [])
    for person in (cast.laila, cast.rina):
        assert late(person) == 1
    assert FollowUpCount.objects.filter(late_30=1).count() == 0
    monkeypatch.undo()
    assert late(cast.laila) == 1
    assert FollowUpCount.objects.filter(late_30=1).count() == 2  # of the unit, and of all together


def test_the_command_finds_and_mends_what_is_wrong(renaksi, capsys):
    today = timezone.localdate()
    keep(today)
    FollowUpCount.objects.update(open=7)
    CountedEvaluation.objects.update(repeated=3)
    with pytest.raises(CommandError, match="3 yang tersimpan tidak sesuai"):
        call_command("recount", "--check")
    call_command("recount", verbosity=0)
    call_command("recount", "--check")
    assert "Semua yang tersimpan sesuai dengan data." in capsys.readouterr().out
