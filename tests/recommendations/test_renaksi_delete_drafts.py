"""A renaksi deleted while a colleague is writing: the coordinator is told whose words go, and so is the colleague."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.urls import reverse

from recommendations.models import Draft, Notice, Renaksi
from recommendations.services import drafts, mail_digest
from tests import factories

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def renaksi(recommendation, units):
    """Nobody has worked on it: it can be deleted."""
    return factories.make_renaksi(
        recommendation, units.organisasi, supporting=[units.umum], follow_up=""
    )


def typing(renaksi, person, text="<p>RAHASIA</p>"):
    content = drafts.content_of(renaksi)
    content["follow_up"]["follow_up"] = text
    return drafts.keep_draft(
        renaksi=renaksi, actor=person, at=NOON, base_version=0, content=content
    )


def url(renaksi):
    return reverse("recommendations:renaksi-delete", args=[renaksi.pk])


def test_the_page_says_whose_drafts_go_and_not_what_they_say(signed_in, cast, renaksi):
    typing(renaksi, cast.rina)
    page = signed_in(cast.kadir).get(url(renaksi)).text
    assert "Rina (Biro Organisasi), terakhir 2 Maret 2026 12.00 WITA" in page
    assert "RAHASIA" not in page


def test_a_draft_that_says_nothing_new_is_not_worth_a_word(signed_in, cast, renaksi):
    typing(renaksi, cast.rina, "")
    page = signed_in(cast.kadir).get(url(renaksi)).text
    assert "draf" not in page.lower()


def test_the_colleague_is_told_in_the_inbox_and_by_mail(signed_in, cast, renaksi):
    type(cast.rina).objects.filter(pk=cast.rina.pk).update(email="rina@example.go.id")
    typing(renaksi, cast.rina)
    client = signed_in(cast.kadir)
    assert client.post(url(renaksi), {"draf": [cast.rina.pk]}).status_code == 302
    assert not Renaksi.objects.exists() and not Draft.objects.exists()
    notice = Notice.objects.get()
    words = (
        "Renaksi 1.a Sekretariat Daerah tahun 2022 dihapus oleh Kadir. "
        "Draf Anda yang belum disimpan ikut terhapus."
    )
    assert (notice.person, notice.text, notice.kind) == (cast.rina, words, "deleted")
    client = signed_in(cast.rina)
    inbox = client.get(reverse("recommendations:notice-list"))
    assert words in inbox.text and "Buka" not in inbox.context["rows"].__repr__()
    opened = client.post(
        reverse("recommendations:notice-read", args=[notice.pk]), {"buka": ""}, follow=True
    )
    assert opened.status_code == 200
    Notice.objects.update(read_at=None)
    mail_digest.send_digests(today=notice.created_at.date(), at=notice.created_at)
    assert words in mail.outbox[0].body


def test_a_draft_begun_while_the_page_was_open_is_asked_about(signed_in, cast, renaksi):
    typing(renaksi, cast.rina)
    typing(renaksi, cast.umar)
    client = signed_in(cast.kadir)
    answer = client.post(url(renaksi), {"draf": [cast.rina.pk, "abc"]})
    assert answer.status_code == 409
    assert "Umar mulai menulis" in answer.text
    assert Renaksi.objects.exists() and Draft.objects.count() == 2
    shown = [str(draft.author_id) for draft in answer.context["drafts"]]
    assert client.post(url(renaksi), {"draf": shown}).status_code == 302
    assert Notice.objects.count() == 2


def test_the_own_draft_is_named_and_leaves_no_notice(signed_in, cast, renaksi):
    typing(renaksi, cast.kadir)
    client = signed_in(cast.kadir)
    assert "draf Anda sendiri" in client.get(url(renaksi)).text
    client.post(url(renaksi), {"draf": [cast.kadir.pk]})
    assert not Renaksi.objects.exists() and not Notice.objects.exists()


def test_who_may_no_longer_see_the_item_is_not_told_of_it(signed_in, cast, renaksi, units):
    typing(renaksi, cast.rina)
    cast.rina.unit = units.dinas
    cast.rina.save()
    signed_in(cast.kadir).post(url(renaksi), {"draf": [cast.rina.pk]})
    assert not Renaksi.objects.exists() and not Notice.objects.exists()


def test_where_nobody_writes_it_goes_at_once(signed_in, cast, renaksi):
    assert signed_in(cast.kadir).post(url(renaksi)).status_code == 302
    assert not Notice.objects.exists()


def test_a_draft_kept_after_the_deletion_is_refused_in_words(signed_in, cast, renaksi, monkeypatch):
    held = Renaksi.objects.for_check().get()
    Renaksi.objects.all().delete()
    held.pk = 987654
    monkeypatch.setattr("recommendations.views.drafts.find_renaksi", lambda request, pk: held)
    address = reverse("recommendations:renaksi-draft", args=[held.pk])
    answer = signed_in(cast.rina).post(address, {"version": "0"})
    assert answer.status_code == 409
    assert answer.text.startswith("Rencana aksi ini sudah tidak ada")
