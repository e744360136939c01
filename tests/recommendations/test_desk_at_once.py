"""Many at the same moment: one reminder a day, one row for each pair of eyes, on both databases."""

from datetime import UTC, date, datetime

from recommendations.models import Notice, ReviewPresence
from recommendations.services import presence
from recommendations.services.hand_reminders import remind_by_hand
from sakip.history.entries import HistoryEntry
from tests import factories
from tests.parallel import at_once as at_once

TIMES = 10
AT = datetime(2026, 7, 15, 2, 0, tzinfo=UTC)


def test_ten_presses_remind_once(at_once, cast, units, recommendation):
    factories.make_renaksi(recommendation, units.organisasi, due_date="2026-06-30")

    def press():
        actor = type(cast.dewi).objects.get(pk=cast.dewi.pk)
        about = {"bodies": None, "actor": actor, "at": AT, "today": date(2026, 7, 15)}
        return len(remind_by_hand(**about).sent)

    assert sum(at_once(TIMES, press)) == 1
    entries = at_once(1, HistoryEntry.objects.filter(action="remind").count)
    assert (entries, at_once(1, Notice.objects.count)) == ([1], [1])


def test_ten_tabs_of_one_person_are_one_row(at_once, cast, renaksi):
    at_once(TIMES, lambda: presence.look(renaksi=renaksi, actor=cast.dewi, at=AT))
    assert at_once(1, ReviewPresence.objects.count) == [1]
