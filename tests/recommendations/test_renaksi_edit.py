"""Writing a follow-up: text, steps and the claim, without losing anybody's words."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from recommendations.models import Renaksi
from recommendations.services.renaksi import write_follow_up
from sakip.editing import StaleEdit
from sakip.history.entries import HistoryEntry

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def write(renaksi, actor, version=0, follow_up="<p>Baru</p>", **fields):
    return write_follow_up(
        renaksi=renaksi, actor=actor, at=NOON, version=version, follow_up=follow_up, **fields
    )


def posted(version=0, follow_up="<p>Baru</p>", steps=(), **fields):
    data = {
        "version": version,
        "follow_up": follow_up,
        "not_actionable_reason": "",
        "form-TOTAL_FORMS": len(steps),
        "form-INITIAL_FORMS": 0,
        **fields,
    }
    for number, (text, done_on) in enumerate(steps):
        data |= {f"form-{number}-text": text, f"form-{number}-done_on": done_on}
    return data


def post(client, renaksi, **data):
    return client.post(reverse("recommendations:renaksi-edit", args=[renaksi.pk]), posted(**data))


def test_text_and_steps_are_kept_with_one_history_row(signed_in, cast, renaksi):
    steps = [
        ("<p>Rapat <em>awal</em></p>", "2 Oktober 2023"),
        ("<p></p>", ""),
        ("<p>Surat</p>", ""),
    ]
    response = post(signed_in(cast.rina), renaksi, steps=steps)
    assert response.status_code == 302
    renaksi.refresh_from_db()
    assert (renaksi.follow_up, renaksi.status, renaksi.version) == ("<p>Baru</p>", "in_progress", 1)
    assert list(renaksi.steps.values_list("position", "text", "done_on")) == [
        (1, "<p>Rapat <em>awal</em></p>", date(2023, 10, 2)),
        (2, "<p>Surat</p>", None),
    ]
    assert HistoryEntry.objects.get().in_words == [
        ["Status", "Belum", "Dalam proses"],
        ["Tindak lanjut", "Target telah dianalisis.", "Baru"],
        ["Langkah", "-", "(1) Rapat awal, selesai 2 Oktober 2023\n(2) Surat"],
    ]


def test_saving_what_is_there_changes_nothing(renaksi, cast):
    write(renaksi, cast.rina, follow_up=renaksi.follow_up)
    renaksi.refresh_from_db()
    assert (renaksi.status, renaksi.version) == ("open", 0)
    assert not HistoryEntry.objects.exists()


def test_markup_that_is_not_ours_is_dropped(renaksi, cast):
    text = '<p onclick="x()">Aman<script>alert(1)</script></p>'
    write(renaksi, cast.rina, follow_up=text, steps=[(text, None)])
    renaksi.refresh_from_db()
    assert renaksi.follow_up == renaksi.steps.get().text == "<p>Aman</p>"


def test_a_step_is_taken_out(signed_in, cast, renaksi):
    write(renaksi, cast.rina, steps=[("<p>Satu</p>", None), ("<p>Dua</p>", None)])
    post(
        signed_in(cast.rina),
        renaksi,
        version=1,
        steps=[("<p>Satu</p>", ""), ("<p>Dua</p>", "")],
        **{"form-INITIAL_FORMS": 2, "form-0-DELETE": "on"},
    )
    assert list(renaksi.steps.values_list("position", "text")) == [(1, "<p>Dua</p>")]


def test_a_date_without_a_step_is_asked_about(signed_in, cast, renaksi):
    response = post(signed_in(cast.rina), renaksi, steps=[("", "2 Oktober 2023")])
    assert response.status_code == 200
    assert "Tulis langkahnya" in response.content.decode()


def test_the_second_of_two_writers_is_told(renaksi, cast):
    write(renaksi, cast.rina)
    with pytest.raises(StaleEdit) as conflict:
        write(renaksi, cast.kadir, follow_up="<p>Lain</p>")
    assert conflict.value.current.follow_up == "<p>Baru</p>"
    renaksi.refresh_from_db()
    assert (renaksi.follow_up, renaksi.version) == ("<p>Baru</p>", 1)


def test_both_texts_are_shown_and_the_own_can_then_be_saved(signed_in, cast, renaksi):
    write(renaksi, cast.kadir, follow_up="<p>Tulisan Kadir</p>")
    client = signed_in(cast.rina)
    mine = {"follow_up": "<p>Tulisan Rina</p>", "steps": [("<p>Langkah Rina</p>", "")]}
    response = post(client, renaksi, version=0, **mine)
    text = response.content.decode()
    assert response.status_code == 409
    for words in ("Tulisan Kadir", "Tulisan Rina", "Langkah Rina", 'name="version" value="1"'):
        assert words in text
    assert post(client, renaksi, version=1, **mine).status_code == 302
    renaksi.refresh_from_db()
    assert renaksi.follow_up == "<p>Tulisan Rina</p>"


@pytest.mark.parametrize("steps", [[], [("", "2 Oktober 2023")]], ids=["valid", "invalid"])
def test_words_typed_while_it_was_sent_are_not_lost(signed_in, cast, renaksi, steps):
    Renaksi.objects.update(status="submitted")
    response = post(signed_in(cast.rina), renaksi, follow_up="<p>Jangan hilang</p>", steps=steps)
    assert response.status_code == 409
    assert "Jangan hilang" in response.content.decode()
    assert "Menunggu reviu" in response.content.decode()
    renaksi.refresh_from_db()
    assert renaksi.follow_up == "<p>Target telah dianalisis.</p>"
