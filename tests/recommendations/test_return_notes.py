"""What the evaluator wrote stays before the unit's eyes until the item is sent again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from recommendations.models import Renaksi
from recommendations.selectors.my_work import work_of
from recommendations.services.renaksi import write_follow_up
from recommendations.workflow import perform
from sakip.history.write import record
from tests import factories

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
NOTE = "Belum ditandatangani kepala biro."


@pytest.fixture
def act(renaksi, cast):
    """act(action, who, days) does one transition of the item that many days after 1 June 2026."""

    def act(action, who, days, **words):
        at = AT + timedelta(days=days)
        return perform(action=action, renaksi=renaksi, actor=getattr(cast, who), at=at, **words)

    return act


@pytest.fixture
def returned(renaksi, act):
    act("submit", "rina", 0)
    return act("return", "dewi", 1, reason="unsigned", note=NOTE)


@pytest.fixture
def saved(returned, cast):
    """Rina saved once since it came back."""
    return write_follow_up(
        renaksi=returned,
        version=returned.version,
        follow_up="<p>Sudah ditandatangani.</p>",
        steps=[],
        actor=cast.rina,
        at=AT + timedelta(days=2),
    )


def pages(client, renaksi):
    """The operator's page, the item's and the one on which it is written."""
    names = ("renaksi-detail", "renaksi-edit")
    addresses = [reverse(f"recommendations:{name}", args=[renaksi.pk]) for name in names]
    return [client.get(address).content.decode() for address in ("/", *addresses)]


def test_the_note_stays_when_the_operator_has_saved(saved, signed_in, cast):
    assert saved.status == Renaksi.Status.IN_PROGRESS
    for page in pages(signed_in(cast.rina), saved):
        assert "Dikembalikan oleh Dewi, 2 Juni 2026" in page
        assert page.count(NOTE) == 1


def test_the_side_box_tells_the_true_state(saved, act, signed_in, cast):
    address = reverse("recommendations:renaksi-detail", args=[saved.pk])
    page = signed_in(cast.rina).get(address).content.decode()
    assert "<dt>Dikembalikan</dt><dd>2 Juni 2026 10.00 WITA oleh Dewi</dd>" in page
    assert "<dt>Terakhir dikirim</dt><dd>1 Juni 2026 10.00 WITA oleh Rina</dd>" in page
    act("submit", "rina", 3)
    page = signed_in(cast.rina).get(address).content.decode()
    assert "<dt>Dikirim</dt><dd>4 Juni 2026 10.00 WITA oleh Rina</dd>" in page
    assert "<dt>Dikembalikan</dt>" not in page


def test_once_sent_again_the_note_is_history(saved, act, signed_in, cast):
    act("submit", "rina", 3)
    page = signed_in(cast.rina).get(saved.get_absolute_url())
    assert page.context["returned"] is None
    assert signed_in(cast.rina).get("/").context["work_count"] == "0"


def test_taken_back_before_anybody_judged_it_waits_for_its_answer_again(
    saved, act, signed_in, cast
):
    act("submit", "rina", 3)
    act("withdraw", "rina", 4)
    assert NOTE in signed_in(cast.rina).get("/").content.decode()


def test_a_reopened_item_keeps_the_latest_note(returned, act, signed_in, cast):
    act("submit", "rina", 3)
    act("accept", "dewi", 4)
    act("reopen", "kadir", 5, note="Buktinya ternyata milik tahun lalu.")
    page = pages(signed_in(cast.rina), returned)[1]
    assert "<dt>Dibuka kembali</dt>" in page and "milik tahun lalu" in page


def test_fifty_notes_cost_as_much_as_one(
    units, cast, recommendation, django_assert_num_queries, returned
):
    cast.rina.lineage, cast.rina.reach  # noqa: B018 (asked for once in a request)
    for count in (1, 50):
        for _ in range(count - (count > 1)):
            item = factories.make_renaksi(recommendation, units.organisasi, status="in_progress")
            record(actor=cast.dewi, action="return", target=item, note=NOTE)
        with django_assert_num_queries(5):
            lists = work_of(cast.rina, today=date(2026, 6, 1))
        assert [item.return_note for item in lists["rest"]] == [NOTE] * count
