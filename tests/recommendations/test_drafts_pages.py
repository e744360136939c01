"""Drafts: kept while typing, shown again, thrown away, gone once saved; nobody else's business."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Draft, Renaksi
from recommendations.services.renaksi import write_follow_up
from sakip.history.entries import HistoryEntry
from tests.recommendations.test_renaksi_edit import posted

NOON = datetime(2026, 3, 2, 4, 42, tzinfo=UTC)  # 12.42 WITA


def at(name, renaksi):
    return reverse(f"recommendations:{name}", args=[renaksi.pk])


def keep(client, renaksi, **data):
    return client.post(at("renaksi-draft", renaksi), posted(**data))


def opened(client, renaksi):
    return client.get(at("renaksi-edit", renaksi)).content.decode()


def test_a_draft_is_kept_and_leaves_no_trace_on_the_record(signed_in, cast, renaksi, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    response = keep(
        signed_in(cast.rina),
        renaksi,
        follow_up="<p>Draf Rina</p>",
        steps=[("<p>Rapat</p>", "2 Okt"), ("<p></p>", "")],
        **{"bukti-kind": "link", "bukti-url": "jdih"},
    )
    assert response.content.decode() == "Draf tersimpan 12.42"
    draft = Draft.objects.get()
    assert (draft.author, draft.saved_at, draft.base_version) == (cast.rina, NOON, 0)
    assert draft.content["follow_up"]["follow_up"] == "<p>Draf Rina</p>"
    assert draft.content["steps"] == [{"text": "<p>Rapat</p>", "done_on": "2 Okt"}]
    assert draft.content["evidence"]["url"] == "jdih"
    renaksi.refresh_from_db()
    assert (renaksi.follow_up, renaksi.version) == ("<p>Target telah dianalisis.</p>", 0)
    assert not HistoryEntry.objects.exists()


def test_the_latest_words_replace_the_earlier(signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    for words in ("Satu", "Satu dua"):
        keep(client, renaksi, follow_up=words)
    assert Draft.objects.get().content["follow_up"]["follow_up"] == "Satu dua"


def test_everything_typed_is_shown_again(signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    keep(
        client,
        renaksi,
        follow_up="<p>Draf Rina</p>",
        not_actionable_reason="Aturannya dicabut",
        steps=[("<p>Rapat</p>", "2 Okt")],
        **{"bukti-kind": "separate", "bukti-title": "Buku tamu", "bukti-document_date": "kemarin"},
    )
    text = opened(client, renaksi)
    for words in ("Draf Rina", "Aturannya dicabut", "Rapat", "2 Okt", "Buku tamu", "kemarin"):
        assert words in text
    assert "kami kembalikan" in text
    assert "Hapus tulisan ini" in text


def test_a_draft_that_says_what_is_stored_is_not_worth_a_word(signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    keep(client, renaksi, follow_up=renaksi.follow_up)
    assert "kami kembalikan" not in opened(client, renaksi)


def test_a_draft_is_its_authors_own(signed_in, cast, renaksi):
    keep(signed_in(cast.rina), renaksi, follow_up="<p>Draf Rina</p>")
    assert "Draf Rina" not in opened(signed_in(cast.kadir), renaksi)
    assert "Draf Rina" in opened(signed_in(cast.rina), renaksi)


def test_a_draft_is_thrown_away(signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    keep(client, renaksi, follow_up="<p>Draf Rina</p>")
    response = client.post(at("renaksi-draft-discard", renaksi), follow=True)
    assert "Draf Rina" not in response.content.decode()
    assert not Draft.objects.exists()


def test_saving_for_good_ends_the_draft(signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    keep(client, renaksi, follow_up="<p>Baru</p>")
    client.post(at("renaksi-edit", renaksi), posted())
    assert not Draft.objects.exists()


def test_a_refused_save_leaves_the_draft(signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    keep(client, renaksi, follow_up="<p>Baru</p>")
    client.post(at("renaksi-edit", renaksi), posted(steps=[("", "2 Oktober 2023")]))
    assert Draft.objects.exists()


def test_a_draft_older_than_the_text_is_shown_beside_it(signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    keep(client, renaksi, follow_up="<p>Draf Rina</p>")
    write_follow_up(
        renaksi=renaksi, actor=cast.kadir, at=NOON, version=0, follow_up="<p>Kata Kadir</p>"
    )
    text = opened(client, renaksi)
    for words in ("Draf Rina", "Kata Kadir", "Bandingkan keduanya", 'name="version" value="1"'):
        assert words in text


def test_a_locked_item_takes_no_draft_and_says_why(signed_in, cast, renaksi):
    Renaksi.objects.update(status="submitted")
    response = keep(signed_in(cast.rina), renaksi)
    assert response.status_code == 409
    assert "Menunggu reviu" in response.content.decode()
    assert response.headers["Content-Type"].startswith("text/plain")
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("umar", 404), ("dewi", 403), ("laila", 403)])
def test_whoever_may_not_write_keeps_no_draft(signed_in, cast, renaksi, name, status):
    assert keep(signed_in(getattr(cast, name)), renaksi).status_code == status
    assert not Draft.objects.exists()


@pytest.mark.parametrize("version", ["", "-1", "1e3", "9" * 30])
def test_a_draft_names_the_version_it_began_with(signed_in, cast, renaksi, version):
    assert keep(signed_in(cast.rina), renaksi, version=version).status_code == 400


def test_a_character_no_database_takes_is_left_out(signed_in, cast, renaksi):
    keep(signed_in(cast.rina), renaksi, follow_up="Sa\0tu", version=7)
    draft = Draft.objects.get()
    assert (draft.content["follow_up"]["follow_up"], draft.base_version) == ("Satu", 0)


def test_an_ended_session_is_told_by_the_way_to_the_sign_in_page(client, renaksi):
    assert keep(client, renaksi).status_code == 302
