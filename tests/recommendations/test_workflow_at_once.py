"""Twenty identical submits at the same moment are one transition, on SQLite and on PostgreSQL."""

from collections import Counter
from datetime import UTC, datetime

from django.test import Client
from django.urls import reverse

from recommendations.models import Renaksi, ReviewDecision
from recommendations.workflow import perform
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from tests.parallel import at_once as at_once

TIMES = 20
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def outcome():
    """The statuses, how often each action is on record, and how many judgements there are."""
    statuses = list(Renaksi.objects.values_list("status", flat=True))
    actions = Counter(HistoryEntry.objects.values_list("action", flat=True))
    return statuses, actions, ReviewDecision.objects.count()


def attempt(action, renaksi, actor, **words):
    def act():
        try:
            perform(action=action, renaksi=renaksi, actor=actor, at=NOON, **words)
        except WrongState:
            return "refused"
        return "done"

    return act


def test_twenty_submits_are_one_transition(at_once, cast, renaksi):
    answers = at_once(TIMES, attempt("submit", renaksi, cast.rina))
    assert Counter(answers) == {"done": 1, "refused": TIMES - 1}
    assert at_once(1, outcome) == [(["submitted"], {"submit": 1}, 0)]


def test_twenty_judgements_leave_one_decision(at_once, cast, renaksi):
    Renaksi.objects.update(status="submitted")
    words = {"reason": "unsigned", "note": "Tanda tangani dahulu."}
    answers = at_once(TIMES, attempt("return", renaksi, cast.dewi, **words))
    assert Counter(answers) == {"done": 1, "refused": TIMES - 1}
    assert at_once(1, outcome) == [(["returned"], {"return": 1}, 1)]


def test_twenty_presses_of_the_button_are_one_302_and_nineteen_409(at_once, cast, renaksi):
    visitor = Client()
    visitor.force_login(cast.rina)

    def press():
        client = Client()
        client.cookies = visitor.cookies.copy()
        return client.post(reverse("recommendations:renaksi-submit", args=[renaksi.pk])).status_code

    assert Counter(at_once(TIMES, press)) == {302: 1, 409: TIMES - 1}
    assert at_once(1, outcome)[0][:2] == (["submitted"], {"submit": 1})
