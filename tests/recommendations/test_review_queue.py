"""The evaluator's queue: what is in it, in which order, and where it leads."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi, ReviewDecision
from recommendations.selectors import review_queue
from recommendations.selectors.review_order import following
from recommendations.workflow import AUTHORING, authorship, has_authored, perform
from sakip.history.write import record
from sakip.roles import Role
from tests import factories

LIST = reverse("recommendations:review-list")
NOW = timezone.now()


@pytest.fixture
def submit(recommendation):
    """submit(unit, days_ago) makes an item of this unit that waits since then; None: nobody knows."""

    def make(unit, days_ago=None, recommendation=recommendation, **fields):
        at = None if days_ago is None else NOW - timedelta(days=days_ago)
        renaksi = factories.make_renaksi(
            recommendation, unit, status="submitted", submitted_at=at, **fields
        )
        factories.make_evidence(renaksi)
        return renaksi

    return make


def listed(client, **query):
    rows = client.get(LIST, query).context["page"]
    return [Renaksi.objects.get(pk=row.pk) for row in rows]


def test_oldest_first_and_only_what_waits(signed_in, cast, units, submit, renaksi):
    new, old, unknown = submit(units.umum, 1), submit(units.organisasi, 9), submit(units.umum)
    response = signed_in(cast.dewi).get(LIST, {"urut": "lama"})
    assert [row.pk for row in response.context["page"]] == [unknown.pk, old.pk, new.pk]
    assert "<strong>3</strong> tindak lanjut menunggu" in response.text


def test_own_work_is_not_in_the_queue(cast, units, submit):
    """Whatever Dewi once did for the unit, the filter and the check of the deed agree."""
    sent = submit(units.umum, submitted_by=cast.dewi)
    written = []
    for action in sorted(AUTHORING):
        written.append(submit(units.umum))
        record(actor=cast.dewi, action=action, target=written[-1])
    by_others = submit(units.umum)
    for action in ("return", "accept", "reopen"):
        record(actor=cast.dewi, action=action, target=by_others)
    record(actor=cast.rina, action="submit", target=by_others)
    assert list(review_queue.queue(cast.dewi)) == [by_others]
    for row in [sent, *written]:
        assert has_authored(cast.dewi, row)
        with pytest.raises(PermissionDenied, match="evaluator lain"):
            perform(action="accept", renaksi=row, actor=cast.dewi, at=NOW)
    assert not has_authored(cast.dewi, by_others)


def test_an_evaluator_with_assigned_bodies_sees_theirs_only(cast, units, submit):
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.dinas)
    submit(units.umum)
    elsewhere = factories.make_recommendation(factories.make_evaluation(units.dinas))
    theirs = submit(units.dinas, recommendation=elsewhere)
    assert list(review_queue.queue(irban)) == [theirs]
    assert review_queue.queue(cast.dewi).count() == 2


def test_nobody_else_has_a_queue(cast, units, submit):
    submit(units.umum)
    for who in ("rina", "kadir", "laila", "tono"):
        assert not review_queue.queue(getattr(cast, who)).exists()


def test_it_narrows_to_a_unit_with_all_beneath_and_to_a_component(
    signed_in, cast, units, evaluation, submit
):
    client = signed_in(cast.dewi)
    umum, organisasi = submit(units.umum, 3), submit(units.organisasi, 2)
    other = factories.make_recommendation(evaluation, component="pelaporan")
    reporting = submit(units.umum, 1, recommendation=other)
    assert listed(client, unit=units.umum.pk) == [umum, reporting]
    assert listed(client, unit=units.setda.pk) == [umum, organisasi, reporting]
    assert listed(client, unit=units.umum.pk, komponen=other.component_id) == [reporting]
    assert listed(client, komponen=reporting.recommendation.component_id, unit="") == [reporting]


@pytest.mark.parametrize("value", ["0", "99999", "satu", "1'", "²"])
def test_a_filter_that_makes_no_sense_narrows_nothing(signed_in, cast, units, submit, value):
    row = submit(units.umum)
    assert listed(signed_in(cast.dewi), unit=value, komponen=value) == [row]


def test_the_filter_stays_when_its_last_item_is_decided(signed_in, cast, units, submit):
    submit(units.organisasi, 1)
    assert listed(signed_in(cast.dewi), unit=units.umum.pk) == []


def test_a_row_tells_what_it_went_through(signed_in, cast, units, submit):
    row = submit(units.umum, 3, not_actionable_reason="Peraturan dicabut.")
    row.evidence.update(is_archived=True)
    for outcome, reason in (("returned", "unsigned"), ("returned", "other"), ("accepted", "")):
        ReviewDecision.objects.create(
            renaksi=row, evaluator=cast.dewi, decided_at=NOW, outcome=outcome, reason=reason
        )
    text = signed_in(cast.dewi).get(LIST).text
    for words in ("2 kali dikembalikan", "Tanpa bukti", "Klaim tidak dapat ditindaklanjuti"):
        assert words in text


def test_an_empty_queue_says_so(signed_in, cast):
    client = signed_in(cast.dewi)
    assert "Tidak ada tindak lanjut yang menunggu reviu Anda" in client.get(LIST).text
    assert "Semua sudah direviu" in client.get(LIST, {"selesai": "1"}).text


def test_pages_hold_fifty_and_keep_the_filter(signed_in, cast, units, submit):
    for _ in range(51):
        submit(units.umum)
    client = signed_in(cast.dewi)
    assert len(listed(client)) == 50
    page = client.get(LIST, {"unit": units.umum.pk, "page": 2})
    assert len(page.context["page"]) == 1
    assert f"?unit={units.umum.pk}" in page.text


def test_as_many_queries_for_fifty_as_for_one(signed_in, cast, units, submit, queries_of):
    signed_in(cast.dewi)
    submit(units.umum, 1)
    one = queries_of(LIST)
    for _ in range(49):
        submit(units.organisasi, 1)
    assert queries_of(LIST) == one


@pytest.mark.parametrize("who", ["rina", "kadir", "laila", "sari"])
def test_the_queue_is_for_evaluators(signed_in, cast, who):
    response = signed_in(getattr(cast, who)).get(LIST)
    assert response.status_code == 403
    assert "Hanya evaluator" in response.text


def test_the_following_item_is_found_even_when_this_one_has_left(cast, units, submit):
    first, second, third = submit(units.umum), submit(units.umum, 5), submit(units.umum, 5)
    rows = review_queue.queue(cast.dewi)
    assert [following(rows, row) for row in (first, second, third)] == [second.pk, third.pk, None]
    Renaksi.objects.filter(pk=second.pk).update(status="done")
    assert following(rows, second) == third.pk


@pytest.mark.parametrize("most", [0, 1, 200])
def test_own_work_stays_out_whether_it_is_little_or_much(cast, units, submit, monkeypatch, most):
    """A little is named key by key, much is asked for; both is the same queue."""
    monkeypatch.setattr(authorship, "MOST_OWN", most)
    written, helped, theirs = submit(units.umum), submit(units.umum), submit(units.umum)
    filled = submit(units.umum)
    record(actor=cast.dewi, action="edit", target=written)
    record(actor=cast.dewi, action="import_new", target=theirs)
    told = [["follow_up", "", "Sudah."]]
    record(actor=cast.dewi, action="import_new", target=filled, changes=told)
    helped.supporting_units.add(cast.dewi.unit)
    assert list(review_queue.queue(cast.dewi)) == [theirs]
