"""An evaluator takes back a decision of a moment ago; nothing of it counts, and the history tells it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from recommendations.models import Notice, Renaksi, ReviewDecision
from recommendations.selectors.my_work import returns_of
from recommendations.selectors.review_place import place_in
from recommendations.selectors.review_queue import queue
from recommendations.workflow import available, perform
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.roles import Role
from tests import factories

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WORDS = {"note": "Lampirkan yang sudah ditandatangani.", "reason": "unsigned"}


@pytest.fixture
def submitted(renaksi, cast):
    return perform(action="submit", renaksi=renaksi, actor=cast.rina, at=NOON)


def decide(renaksi, actor, action="accept", at=NOON):
    words = WORDS if action == "return" else {}
    return perform(action=action, renaksi=renaksi, actor=actor, at=at, **words)


def revoke(renaksi, actor, seconds=60):
    return perform(
        action="revoke", renaksi=renaksi, actor=actor, at=NOON + timedelta(seconds=seconds)
    )


@pytest.mark.parametrize("action", ["accept", "return"])
def test_it_waits_for_review_as_before(submitted, cast, action):
    back = revoke(decide(submitted, cast.dewi, action), cast.dewi)
    back.refresh_from_db()
    assert (back.status, back.closed_at) == ("submitted", None)
    assert (back.submitted_at, back.submitted_by) == (NOON, cast.rina)
    assert not ReviewDecision.objects.exists()
    assert not Notice.objects.filter(kind__in=["returned", "accepted"]).exists()
    assert [row.action for row in HistoryEntry.objects.order_by("pk")] == [
        "submit", action, "revoke",
    ]  # fmt: skip
    assert decide(back, cast.dewi, at=NOON + timedelta(seconds=90)).status == "done"


def test_not_after_a_minute(submitted, cast):
    with pytest.raises(WrongState, match="satu menit"):
        revoke(decide(submitted, cast.dewi), cast.dewi, seconds=61)


def test_only_the_own_decision(submitted, cast, units):
    eka = factories.make_user("eka", Role.EVALUATOR, units.inspektorat, evaluates_all=True)
    done = decide(submitted, cast.dewi)
    with pytest.raises(WrongState):
        revoke(done, eka)
    with pytest.raises(PermissionDenied):
        revoke(done, cast.kadir)


def test_not_when_somebody_acted_since(submitted, cast):
    reopened = perform(
        action="reopen",
        renaksi=decide(submitted, cast.dewi),
        actor=cast.kadir,
        at=NOON,
        note="Keliru.",
    )
    with pytest.raises(WrongState):
        revoke(reopened, cast.dewi)


def test_no_page_offers_it_as_a_step(submitted, cast):
    done = decide(submitted, cast.dewi)
    assert [row.action for row in available(cast.dewi, done)] == ["reopen"]


def test_a_return_that_was_taken_back_is_no_return(submitted, cast):
    back = revoke(decide(submitted, cast.dewi, "return"), cast.dewi)
    withdrawn = perform(action="withdraw", renaksi=back, actor=cast.rina, at=NOON)
    assert returns_of([withdrawn]) == {}


def test_the_page_after_a_decision_offers_it(signed_in, cast, submitted):
    client = signed_in(cast.dewi)
    item = reverse("recommendations:review-item", args=[submitted.pk])
    answer = client.post(item, {"decision": "accept"}, follow=True)
    undo = reverse("recommendations:review-undo", args=[submitted.pk])
    assert f'action="{undo}' in answer.content.decode()
    assert client.post(undo).url == item
    assert Renaksi.objects.get().status == "submitted"
    assert client.post(undo).status_code == 409


@pytest.mark.parametrize("name", ["review-item", "renaksi-accept"])
def test_without_evidence_it_asks_before_it_is_accepted(signed_in, cast, renaksi, name):
    renaksi.evidence.all().delete()
    Renaksi.objects.update(status="submitted")
    client, page = signed_in(cast.dewi), reverse(f"recommendations:{name}", args=[renaksi.pk])
    text = client.post(page, {"decision": "accept"}).content.decode()
    assert "Tidak ada bukti dukung" in text
    assert Renaksi.objects.get().status == "submitted"
    client.post(page, {"decision": "accept", "without_evidence": "on"})
    assert Renaksi.objects.get().status == "done"


@pytest.mark.parametrize("order", ["lhe", "lama"])
def test_the_place_in_the_queue(settings, cast, recommendation, units, order):
    rows = [
        factories.make_renaksi(recommendation, units.organisasi, status="submitted")
        for _ in range(3)
    ]
    places = [place_in(queue(cast.dewi), row, order).words for row in rows]
    assert places == ["1 dari 3", "2 dari 3", "3 dari 3"]
    settings.MOST_COUNTED = 2
    assert place_in(queue(cast.dewi), rows[0], order).words == "lebih dari 2 menunggu"
