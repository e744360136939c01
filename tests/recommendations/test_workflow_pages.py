"""The pages that confirm a transition."""

import pytest
from django.urls import reverse

from recommendations.models import Renaksi
from sakip.history.entries import HistoryEntry
from sakip.history.write import record
from tests import factories


def url_of(action, renaksi):
    return reverse(f"recommendations:renaksi-{action}", args=[renaksi.pk])


def test_submitting_twice_is_one_transition_and_a_409(signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    first, second = (client.post(url_of("submit", renaksi)) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Menunggu reviu" in second.content.decode()
    assert HistoryEntry.objects.filter(action="submit").count() == 1


def test_what_is_missing_is_said_before_and_after(signed_in, cast, recommendation, units):
    renaksi = factories.make_renaksi(recommendation, units.organisasi, follow_up="")
    client = signed_in(cast.rina)
    for response in (client.get(url_of("submit", renaksi)), client.post(url_of("submit", renaksi))):
        text = response.content.decode()
        assert response.status_code == 200
        assert "Tulis uraian tindak lanjut" in text
        assert "paling sedikit satu bukti" in text
    assert Renaksi.objects.get().status == "open"


@pytest.mark.parametrize(("action", "status"), [("return", "submitted"), ("reopen", "done")])
def test_a_note_is_asked_for_and_what_was_typed_stays(signed_in, cast, renaksi, action, status):
    Renaksi.objects.update(status=status)
    response = signed_in(cast.dewi).post(url_of(action, renaksi), {"reason": "unsigned"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "error-summary" in text
    if action == "return":
        assert 'value="unsigned"' in text
        assert text.count("checked") == 1
    assert Renaksi.objects.get().status == status


def test_the_author_is_told_why_another_must_review(signed_in, cast, renaksi):
    record(actor=cast.dewi, action="add_evidence", target=renaksi)
    Renaksi.objects.update(status="submitted")
    response = signed_in(cast.dewi).get(url_of("accept", renaksi))
    assert response.status_code == 403
    assert "evaluator lain" in response.content.decode()


def test_the_reviewer_can_open_the_proof_while_judging(signed_in, cast, renaksi):
    factories.make_evidence(renaksi, "JDIH", kind="link", url="https://jdih.example.go.id/1")
    Renaksi.objects.update(status="submitted")
    for action in ("accept", "return"):
        text = signed_in(cast.dewi).get(url_of(action, renaksi)).content.decode()
        assert 'href="https://jdih.example.go.id/1"' in text
        assert "Arsipkan" not in text
