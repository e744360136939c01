"""Renaksi are written and deleted at the same moment: their letters stay a, b, c without a gap."""

from datetime import UTC, datetime
from itertools import count

from recommendations.models import Renaksi
from recommendations.services.comments import write_comment
from recommendations.services.drafts import keep_draft
from recommendations.services.recommendations import delete_recommendation
from recommendations.services.renaksi import create_renaksi, delete_renaksi
from sakip.errors import WrongState
from tests import factories
from tests.parallel import at_once as at_once

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PAIRS = 8


def said(deed, **arguments):
    """What became of the deed; anything but a refusal in words is an error of the test."""
    try:
        deed(at=NOON, **arguments)
    except WrongState:
        return "refused"
    return "done"


def places():
    return list(Renaksi.objects.order_by("position").values_list("position", flat=True))


def test_letters_stay_without_gaps(at_once, cast, recommendation, units):
    old = [factories.make_renaksi(recommendation, units.organisasi) for _ in range(PAIRS)]
    new = {"recommendation": recommendation, "plan": "", "lead_unit": units.organisasi}
    number = count()

    def act():
        turn = next(number)
        if turn % 2:
            return said(create_renaksi, actor=cast.kadir, **new)
        return said(delete_renaksi, actor=cast.kadir, renaksi=old[turn // 2])

    assert set(at_once(2 * PAIRS, act)) == {"done"}
    assert at_once(1, places) == [list(range(1, PAIRS + 1))]


def test_what_is_hung_on_a_renaksi_that_is_deleted_meanwhile_is_refused_in_words(
    at_once, cast, recommendation, units
):
    items = [factories.make_renaksi(recommendation, units.organisasi) for _ in range(PAIRS)]
    number = count()

    def act():
        turn = next(number)
        item, actor = items[turn // 3], [cast.kadir, cast.rina, cast.rina][turn % 3]
        about = {"renaksi": item, "actor": actor}
        if turn % 3 == 0:
            return said(delete_renaksi, **about)
        if turn % 3 == 1:
            return said(write_comment, text="Halo", **about)
        return said(keep_draft, base_version=0, content={"follow_up": {"follow_up": "x"}}, **about)

    assert set(at_once(3 * PAIRS, act)) <= {"done", "refused"}
    [left] = at_once(1, places)
    assert left == list(range(1, len(left) + 1))


def test_a_recommendation_deleted_meanwhile_gets_no_renaksi(at_once, cast, evaluation, units):
    rows = [factories.make_recommendation(evaluation) for _ in range(PAIRS)]
    number = count()

    def act():
        turn = next(number)
        about = {"recommendation": rows[turn // 2], "actor": cast.kadir}
        if turn % 2:
            return said(delete_recommendation, **about)
        return said(create_renaksi, plan="", lead_unit=units.organisasi, **about)

    answers = at_once(2 * PAIRS, act)
    assert sorted(answers) == ["done"] * PAIRS + ["refused"] * PAIRS
