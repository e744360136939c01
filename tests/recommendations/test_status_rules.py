"""docs/design.md §2.3: the three numbers, and what a recommendation is by its renaksi."""

import pytest

from recommendations.models import Renaksi
from recommendations.rules.progress import Progress
from recommendations.rules.status import (
    DONE_MARK,
    NOT_COUNTED,
    STATUS_WORDS,
    is_claimed,
    is_verified,
)
from recommendations.transitions import CLAIMED, COUNTABLE, STATUSES, VERIFIED
from tests import factories


def test_words_and_numbers_agree():
    of = STATUS_WORDS.items()
    assert set(STATUS_WORDS) == set(STATUSES) == set(Renaksi.Status.values)
    assert {status for status, words in of if words.printed == DONE_MARK} == set(CLAIMED)
    assert {status for status, words in of if words.kke != NOT_COUNTED} == set(COUNTABLE)
    assert {status for status, words in of if words.kke == "Tuntas"} == set(VERIFIED)


@pytest.mark.parametrize(
    ("statuses", "claimed", "verified"),
    [
        ([], None, None),
        (["not_actionable"], None, None),
        (["open"], False, False),
        (["done", "open"], False, False),
        (["done", "submitted"], True, False),
        (["done", "not_actionable"], True, True),
        (["done", "returned", "not_actionable"], False, False),
    ],
)
def test_a_recommendation_is_what_all_its_countable_renaksi_are(statuses, claimed, verified):
    found = Progress.of(statuses)
    assert (is_claimed(found), is_verified(found)) == (claimed, verified)


def test_a_percentage_is_of_what_counts():
    found = Progress.of({"done": 1, "submitted": 2, "open": 1, "not_actionable": 9})
    assert (found.claimed_percent, found.verified_percent, found.places) == (75, 25, 0)
    assert (Progress().claimed_percent, Progress().verified_percent) == (None, None)


def test_the_database_counts_the_same(recommendation, units):
    for position, status in enumerate(STATUSES, 1):
        reason = "Peraturan dicabut." if status == "not_actionable" else ""
        factories.make_renaksi(
            recommendation,
            units.organisasi,
            position=position,
            status=status,
            not_actionable_reason=reason,
        )
    assert Progress(**Renaksi.objects.tally()) == Progress.of(STATUSES) == Progress(5, 2, 1)
