"""Nobody decides on what was not on the page: it is shown anew, and the next press decides."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from recommendations.models import ExtensionRequest, Renaksi, ReviewDecision
from recommendations.services.comments import write_comment
from recommendations.services.drafts import find_draft, keep_draft
from recommendations.services.evidence import add_evidence, archive_evidence
from recommendations.services.renaksi import write_follow_up
from recommendations.workflow import perform
from sakip.editing import StaleEdit
from tests import factories
from tests.browsing import fields_of

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NOTE = "Lampirkan yang sudah ditandatangani."


def page_of(name, record):
    return reverse(f"recommendations:{name}", args=[record.pk])


@pytest.fixture
def do(cast, renaksi):
    """do("submit") as Rina, on the item as it is now."""

    def act(action, actor=None, **words):
        return perform(action=action, renaksi=renaksi, actor=actor or cast.rina, at=NOON, **words)

    return act


@pytest.fixture
def rewrite(cast, renaksi, do):
    """Rina takes it back, writes something else and sends it again."""

    def act(text="<p>Belum ada apa-apa</p>"):
        do("withdraw")
        version = Renaksi.objects.get(pk=renaksi.pk).version
        about = {"renaksi": renaksi, "actor": cast.rina, "at": NOON, "version": version}
        write_follow_up(follow_up=text, **about)
        do("submit")

    return act


def status(renaksi):
    return Renaksi.objects.get(pk=renaksi.pk).status


@pytest.mark.parametrize(
    ("page", "pressed"),
    [
        ("review-item", {"decision": "accept", "note": NOTE}),
        ("review-item", {"decision": "return", "note": NOTE, "reason": "unsigned"}),
        ("renaksi-accept", {}),
        ("renaksi-return", {"note": NOTE, "reason": "unsigned"}),
    ],
)
def test_a_text_that_was_rewritten_is_read_before_it_is_judged(
    signed_in, cast, renaksi, do, rewrite, page, pressed
):
    do("submit")
    client, url = signed_in(cast.dewi), page_of(page, renaksi)
    opened = fields_of(client.get(url))
    rewrite()
    answer = client.post(url, opened | pressed)
    assert answer.status_code == 409
    for words in ("berubah sejak halaman ini", "Belum ada apa-apa", "menarik kembali"):
        assert words in answer.text
    if "note" in pressed:
        assert NOTE in answer.text
    assert (status(renaksi), ReviewDecision.objects.count()) == ("submitted", 0)
    assert client.post(url, fields_of(answer) | pressed).status_code == 302
    assert status(renaksi) != "submitted"


@pytest.mark.parametrize("deed", ["added", "archived"])
def test_proof_that_came_or_went_counts_too(signed_in, cast, renaksi, do, deed):
    do("submit")
    client, url = signed_in(cast.dewi), page_of("review-item", renaksi)
    opened = fields_of(client.get(url)) | {"decision": "accept"}
    do("withdraw")
    who = {"actor": cast.rina, "at": NOON}
    add_evidence(renaksi=renaksi, kind="separate", title="Risalah rapat", **who)
    if deed == "archived":
        archive_evidence(evidence=renaksi.evidence.first(), **who)
    do("submit")
    answer = client.post(url, opened)
    assert answer.status_code == 409
    assert "Risalah rapat" in answer.text


def test_comments_drafts_and_views_of_the_page_do_not_count(signed_in, cast, renaksi, do):
    keep_draft(renaksi=renaksi, actor=cast.rina, at=NOON, base_version=0, content={})
    do("submit")
    client, url = signed_in(cast.dewi), page_of("review-item", renaksi)
    opened = fields_of(client.get(url)) | {"decision": "accept"}
    write_comment(renaksi=renaksi, actor=cast.rina, at=NOON, text="Mohon dibaca.")
    signed_in(cast.rina).get(renaksi.get_absolute_url())
    assert signed_in(cast.dewi).post(url, opened).status_code == 302


def test_a_colleague_took_the_proof_away_before_it_is_sent(signed_in, cast, renaksi, units):
    ratna = factories.make_user("ratna", "operator", units.organisasi)
    factories.make_evidence(renaksi, "Edaran")
    client, url = signed_in(cast.rina), page_of("renaksi-submit", renaksi)
    opened = fields_of(client.get(url))
    archive_evidence(evidence=renaksi.evidence.first(), actor=ratna, at=NOON)
    assert client.post(url, opened).status_code == 409
    assert status(renaksi) == "in_progress"


def test_what_was_opened_again_and_closed_is_read_before_it_is_reopened(
    signed_in, cast, renaksi, do
):
    do("submit")
    do("accept", cast.dewi)
    client, url = signed_in(cast.kadir), page_of("renaksi-reopen", renaksi)
    opened = fields_of(client.get(url)) | {"note": NOTE}
    do("reopen", cast.dewi, note="Ada temuan.")
    do("submit")
    do("accept", cast.dewi)
    answer = client.post(url, opened)
    assert (answer.status_code, NOTE in answer.text) == (409, True)
    assert status(renaksi) == "done"


def test_a_note_is_kept_when_there_is_nothing_left_to_return(signed_in, cast, renaksi, do):
    do("submit")
    client, url = signed_in(cast.dewi), page_of("renaksi-return", renaksi)
    opened = fields_of(client.get(url)) | {"note": NOTE, "reason": "unsigned"}
    do("withdraw")
    answer = client.post(url, opened)
    assert (answer.status_code, NOTE in answer.text) == (409, True)
    assert "Dalam proses" in answer.text


def test_the_service_compares_for_itself(cast, renaksi, do):
    do("submit")
    with pytest.raises(StaleEdit):
        do("accept", cast.dewi, version=0)
    do("accept", cast.dewi, version=1)


def test_a_draft_stays_current_when_only_proof_was_added(cast, renaksi):
    content = {"follow_up": {"follow_up": "Draf"}}
    keep_draft(renaksi=renaksi, actor=cast.rina, at=NOON, base_version=0, content=content)
    who = {"actor": cast.rina, "at": NOON}
    add_evidence(renaksi=renaksi, kind="separate", title="Risalah rapat", **who)
    renaksi.refresh_from_db()
    assert find_draft(renaksi=renaksi, actor=cast.rina).base_version == renaksi.version == 1


# ── Later due dates ─────────────────────────────────────────────────────────────────────────────
def test_a_due_date_changed_meanwhile_is_read_before_it_is_decided(signed_in, cast, renaksi):
    Renaksi.objects.update(due_date=date(2099, 6, 30))
    renaksi.refresh_from_db()
    extension = factories.make_extension(renaksi, cast.rina, date(2099, 12, 31))
    client, url = signed_in(cast.kadir), page_of("extension-decide", extension)
    opened = fields_of(client.get(url)) | {"note": NOTE, "keputusan": "granted"}
    Renaksi.objects.update(due_date=date(2099, 9, 30))
    answer = client.post(url, opened)
    assert answer.status_code == 409
    for words in ("30 September 2099", NOTE, "Belum diputuskan"):
        assert words in answer.text
    assert ExtensionRequest.objects.get().decision == "pending"
    assert client.post(url, fields_of(answer) | {"keputusan": "granted"}).status_code == 302
