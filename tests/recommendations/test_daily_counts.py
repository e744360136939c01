"""What is counted once a day, and what history honestly tells of the days before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from recommendations.models import DailyCount, Renaksi
from recommendations.services.daily_counts import backfill, count_day
from sakip.history.write import record
from tests import factories

TODAY = date(2026, 11, 24)
Status = Renaksi.Status


def at(days_ago):
    return datetime(2026, 11, 24, 3, tzinfo=UTC) - timedelta(days=days_ago)


def change(item, days_ago, before, after, action="edit", actor=None):
    rows = [("status", before, after)]
    record(actor=actor, action=action, target=item, changes=rows, at=at(days_ago))


def claimed():
    rows = DailyCount.objects.order_by("day").values_list("day", "countable", "claimed", "verified")
    return {(TODAY - day).days: figures for day, *figures in rows}


@pytest.fixture
def told(units, recommendation):
    """Planned ten days ago, submitted five days ago, accepted two days ago."""
    item = factories.make_renaksi(recommendation, units.organisasi, status=Status.DONE)
    record(actor=None, action="create", target=item, at=at(10))
    change(item, 5, "open", "submitted", "submit")
    change(item, 2, "submitted", "done", "accept")
    return item


def test_a_day_is_counted_by_unit_and_only_once(units, recommendation):
    for status in (Status.OPEN, Status.SUBMITTED, Status.DONE):
        factories.make_renaksi(
            recommendation, units.organisasi, status=status, due_date=TODAY - timedelta(days=1)
        )
    factories.make_renaksi(recommendation, units.umum)
    assert count_day(today=TODAY) == count_day(today=TODAY) == 2
    row = DailyCount.objects.get(lead_unit=units.organisasi)
    assert (row.countable, row.claimed, row.verified, row.overdue) == (3, 2, 1, 1)


def test_what_rests_is_not_counted_again_until_it_changes(units, recommendation, cast):
    """The LHE of the year before rests when a later one has scores."""
    item = factories.make_renaksi(recommendation, units.organisasi)
    later = factories.make_evaluation(
        units.setda, 2030, rubric=recommendation.evaluation.rubric, scores=[50]
    )
    factories.make_renaksi(factories.make_recommendation(later), units.umum)
    assert count_day(today=TODAY) == 2
    assert count_day(today=TODAY + timedelta(days=1)) == 1
    record(actor=None, action="edit", target=item, at=at(-2))
    assert count_day(today=TODAY + timedelta(days=2)) == 2


def test_history_tells_the_days_before(told, evaluation):
    assert backfill(evaluation=evaluation, today=TODAY, days=30) == 10
    counts = claimed()
    assert counts[10] == counts[6] == [1, 0, 0]
    assert counts[5] == counts[3] == [1, 1, 0]
    assert counts[2] == counts[1] == [1, 1, 1]
    assert set(DailyCount.objects.values_list("overdue", flat=True)) == {None}


def test_what_was_counted_is_not_filled_again(told, evaluation):
    count_day(today=TODAY - timedelta(days=3))
    assert backfill(evaluation=evaluation, today=TODAY, days=30) == 9
    assert backfill(evaluation=evaluation, today=TODAY, days=30) == 0


def test_an_item_without_a_beginning_on_record_fills_nothing(told, evaluation, units):
    factories.make_renaksi(told.recommendation, units.umum)
    assert backfill(evaluation=evaluation, today=TODAY, days=30) == 0


def test_a_status_that_history_does_not_explain_fills_nothing(told, evaluation):
    Renaksi.objects.filter(pk=told.pk).update(status=Status.RETURNED)
    assert backfill(evaluation=evaluation, today=TODAY, days=30) == 0


def test_before_a_hand_over_nobody_knows(told, evaluation):
    record(
        actor=None,
        action="hand_over",
        target=told,
        changes=[("lead_unit", "Biro Umum", "Biro Organisasi")],
        at=at(4),
    )
    backfill(evaluation=evaluation, today=TODAY, days=30)
    assert sorted(claimed()) == [1, 2, 3]


def test_who_sees_the_counts(cast, units, renaksi):
    count_day(today=TODAY)
    for name, seen in {"rina": 1, "umar": 0, "dewi": 1, "kadir": 1, "sari": 0}.items():
        assert DailyCount.objects.visible_to(getattr(cast, name)).count() == seen


def test_the_daily_run_counts(renaksi):
    call_command("send_reminders", verbosity=0)
    assert DailyCount.objects.get().day == timezone.localdate()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_run_for_another_day_leaves_its_counts_alone(days, renaksi, capsys):
    """Nobody knows any more, or yet, how far the items are on that day."""
    day = timezone.localdate() + timedelta(days=days)
    count_day(today=day)
    Renaksi.objects.update(status=Status.SUBMITTED)
    call_command("send_reminders", today=day.isoformat())
    assert DailyCount.objects.get().claimed == 0
    assert "Hitungan harian dibiarkan" in capsys.readouterr().out


def test_the_command_counts_and_fills(told, capsys):
    call_command("count_day", backfill=3650)
    assert "1 hitungan hari ini" in capsys.readouterr().out
