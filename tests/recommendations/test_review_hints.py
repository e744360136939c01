"""Reasons for which the same recommendation or criterion came back before are told before submitting."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from recommendations.models import ReviewDecision
from recommendations.selectors.review_queue import hints
from tests import factories

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def returned(cast):
    def make(renaksi, reason="unsigned", note="Tanda tangani dahulu.", outcome="returned"):
        ReviewDecision.objects.create(
            renaksi=renaksi,
            evaluator=cast.dewi,
            decided_at=NOON,
            outcome=outcome,
            reason=reason,
            note=note,
        )

    return make


def told(user, renaksi):
    return [(hint.reason, hint.count, hint.notes) for hint in hints(user, renaksi)]


def test_nothing_returned_nothing_told(cast, renaksi, returned):
    returned(renaksi, reason="", outcome="accepted")
    assert hints(cast.rina, renaksi) == []


def test_the_most_frequent_reason_comes_first(cast, renaksi, returned):
    returned(renaksi, "incomplete", "Lampirkan notulen.")
    returned(renaksi)
    returned(renaksi)
    assert told(cast.rina, renaksi) == [
        ("Belum ditandatangani", 2, ("Tanda tangani dahulu.",)),
        ("Belum lengkap", 1, ("Lampirkan notulen.",)),
    ]


def test_notes_on_items_of_other_units_stay_theirs(cast, units, recommendation, renaksi, returned):
    theirs = factories.make_renaksi(recommendation, units.umum)
    returned(theirs, note="Rahasia Biro Umum.")
    assert told(cast.rina, renaksi) == [("Belum ditandatangani", 1, ())]
    assert told(cast.kadir, renaksi) == [("Belum ditandatangani", 1, ("Rahasia Biro Umum.",))]


def test_last_years_recommendation_and_the_same_criterion_count(
    cast, units, evaluation, recommendation, renaksi, returned
):
    before = factories.make_evaluation(units.setda, 2021, rubric=evaluation.rubric)
    last_year = factories.make_recommendation(before)
    same_criterion = factories.make_recommendation(before, criterion_code="2.3.2")
    unrelated = factories.make_recommendation(before)
    recommendation.previous, recommendation.criterion_code = last_year, "2.3.2"
    recommendation.save()
    for row, reason in (
        (last_year, "unsigned"),
        (same_criterion, "unreadable"),
        (unrelated, "other"),
    ):
        returned(factories.make_renaksi(row, units.organisasi), reason)
    assert {reason for reason, *_ in told(cast.rina, renaksi)} == {
        "Belum ditandatangani",
        "Tidak terbaca",
    }


def test_another_body_with_the_same_criterion_says_nothing(
    cast, units, recommendation, renaksi, returned
):
    other = factories.make_recommendation(
        factories.make_evaluation(units.dinas), criterion_code="2.3.2"
    )
    recommendation.criterion_code = "2.3.2"
    recommendation.save()
    returned(factories.make_renaksi(other, units.dinas))
    assert hints(cast.rina, renaksi) == []


def test_no_criterion_is_no_common_criterion(cast, units, evaluation, renaksi, returned):
    other = factories.make_recommendation(evaluation)
    returned(factories.make_renaksi(other, units.organisasi))
    assert hints(cast.rina, renaksi) == []


@pytest.mark.parametrize("name", ["edit", "submit"])
def test_told_where_it_is_written_and_before_it_is_sent(signed_in, cast, renaksi, returned, name):
    url, client = (
        reverse(f"recommendations:renaksi-{name}", args=[renaksi.pk]),
        signed_in(cast.rina),
    )
    assert "Pernah dikembalikan karena" not in client.get(url).text
    returned(renaksi)
    text = client.get(url).text
    assert "Pernah dikembalikan karena" in text
    assert "Tanda tangani dahulu." in text


def test_one_query_however_many(cast, renaksi, returned, django_assert_num_queries):
    for _ in range(30):
        returned(renaksi)
    with django_assert_num_queries(1):
        hints(cast.rina, renaksi)
