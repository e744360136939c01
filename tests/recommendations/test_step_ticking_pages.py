"""Steps are ticked off with one click on the page of the renaksi, and the tick can be taken back."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.services.renaksi import write_follow_up
from recommendations.workflow import has_authored
from sakip.dates import format_date
from sakip.editing import StaleEdit
from sakip.history.entries import HistoryEntry


@pytest.fixture
def step(renaksi):
    return renaksi.steps.create(position=1, text="<p>Rapat <em>koordinasi</em></p>")


def press(client, word, step, method="post"):
    return getattr(client, method)(reverse(f"recommendations:step-{word}", args=[step.pk]))


def test_a_tick_sets_today_and_leaves_one_history_row(signed_in, cast, renaksi, step):
    response = press(signed_in(cast.rina), "tick", step)
    assert response.url == f"{renaksi.get_absolute_url()}#tindak-lanjut"
    step.refresh_from_db()
    assert step.done_on == timezone.localdate()
    assert Renaksi.objects.get().status == "in_progress"
    entry = HistoryEntry.objects.get()
    assert (entry.action, entry.target) == ("tick_step", renaksi)
    today = format_date(timezone.localdate())
    assert entry.in_words[1] == ["Langkah (1) Rapat koordinasi", "-", today]


def test_a_tick_is_taken_back(signed_in, cast, step):
    client = signed_in(cast.rina)
    press(client, "tick", step)
    press(client, "untick", step)
    step.refresh_from_db()
    assert step.done_on is None
    assert HistoryEntry.objects.first().action == "untick_step"


def test_pressing_twice_changes_nothing_more(signed_in, cast, step):
    step.done_on = date(2026, 1, 5)
    step.save()
    assert press(signed_in(cast.rina), "tick", step).status_code == 302
    step.refresh_from_db()
    assert step.done_on == date(2026, 1, 5)
    assert not HistoryEntry.objects.exists()


def test_the_page_offers_what_can_be_pressed(signed_in, cast, renaksi, step):
    def buttons():
        text = signed_in(cast.rina).get(renaksi.get_absolute_url()).text
        return ["Selesai hari ini" in text, "Batalkan" in text]

    assert buttons() == [True, False]
    press(signed_in(cast.rina), "tick", step)
    assert buttons() == [False, True]
    Renaksi.objects.update(status="submitted")
    assert buttons() == [False, False]
    assert "Selesai hari ini" not in signed_in(cast.dewi).get(renaksi.get_absolute_url()).text


def test_a_text_opened_before_the_tick_cannot_write_it_away(signed_in, cast, renaksi, step):
    press(signed_in(cast.rina), "tick", step)
    with pytest.raises(StaleEdit):
        write_follow_up(
            renaksi=renaksi, actor=cast.rina, at=timezone.now(), version=0, follow_up="<p>Lain</p>"
        )


def test_who_ticks_is_an_author_and_does_not_review(signed_in, cast, renaksi, step):
    press(signed_in(cast.rina), "tick", step)
    assert has_authored(cast.rina, renaksi)


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("umar", "open", 404),
        ("sari", "open", 404),
        ("dewi", "open", 403),
        ("laila", "open", 403),
        ("rina", "submitted", 409),
        ("kadir", "done", 409),
        ("kadir", "returned", 302),
    ],
)
@pytest.mark.parametrize("word", ["tick", "untick"])
def test_who_may_press_and_when(signed_in, cast, step, who, status, code, word):
    Renaksi.objects.update(status=status)
    client = signed_in(getattr(cast, who))
    assert press(client, word, step).status_code == code
    assert press(client, word, step, method="get").status_code == 405
    step.refresh_from_db()
    assert bool(step.done_on) is (code == 302 and word == "tick")
