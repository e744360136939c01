"""Twenty impatient clicks at once make one record."""

import pytest
from django.test import Client
from django.urls import reverse

from recommendations.models import Draft, Evidence, Renaksi
from sakip.history.entries import HistoryEntry
from tests.parallel import at_once as at_once
from tests.recommendations import files
from tests.recommendations.test_drafts_in_place import LINK
from tests.recommendations.test_renaksi_edit import posted

TIMES = 20


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def send(at_once, cast, renaksi):
    """send(name, data) posts the same twenty times at once as Rina; gives the statuses."""
    visitor = Client()
    visitor.force_login(cast.rina)
    cookies = visitor.cookies

    def send(name, make_data):
        def post():
            client = Client()
            client.cookies = cookies.copy()
            address = reverse(f"recommendations:{name}", args=[renaksi.pk])
            return client.post(address, make_data()).status_code

        return at_once(TIMES, post)

    return send


def with_file():
    return posted(follow_up="<p>Sudah</p>") | {"bukti-kind": "file", "bukti-file": files.upload()}


def outcome():
    renaksi = Renaksi.objects.get()
    actions = HistoryEntry.objects.about(renaksi).values_list("action", flat=True)
    return renaksi.version, Evidence.objects.exclude(title="Laporan").count(), sorted(actions)


@pytest.mark.parametrize(
    "make_data", [with_file, lambda: posted(follow_up="<p>Sudah</p>") | LINK], ids=["file", "link"]
)
def test_a_follow_up_with_its_proof_is_saved_once(send, at_once, make_data):
    statuses = send("renaksi-edit", make_data)
    assert statuses.count(302) == 1
    assert set(statuses) == {302, 200}
    assert at_once(1, outcome) == [(2, 1, ["add_evidence", "edit"])]


def test_words_alone_are_saved_once(send, at_once):
    assert set(send("renaksi-edit", posted)) == {302}
    assert at_once(1, outcome) == [(1, 0, ["edit"])]


def test_a_draft_is_kept_once(send, at_once):
    assert set(send("renaksi-draft", posted)) == {200}
    assert at_once(1, Draft.objects.count) == [1]
