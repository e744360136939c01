"""Remarks about something that is left out stay apart from the others, also when a draft was stored."""

import json

import pytest

from workbooks.word.content import DraftEntry, TableDraft
from workbooks.word.losses import Loss

READ = "Nomornya tidak tertulis; dibaca sebagai 2."
LOST = Loss("Catatan kaki “lihat LHE” tidak dibaca.")


def kinds(remarks):
    return [(str(one), isinstance(one, Loss)) for one in remarks]


@pytest.mark.parametrize("remarks", [[], [READ], [LOST], [READ, LOST]])
def test_a_stored_draft_still_knows_its_losses(remarks):
    entry = DraftEntry("Tabel 1 baris 2", 1, "", "Teks", "", remarks=remarks)
    draft = TableDraft([entry], remarks=[*remarks])
    stored = json.loads(json.dumps(draft.as_json()))
    again = TableDraft.from_json(stored)
    assert kinds(again.remarks) == kinds(again.entries[0].remarks) == kinds(remarks)
    assert again.as_json() == draft.as_json()


def test_a_draft_of_an_older_release_has_none():
    draft = TableDraft([DraftEntry("Tabel 1 baris 2", 1, "", "", "", remarks=[LOST])])
    stored = json.loads(json.dumps(draft.as_json()))
    del stored["losses"], stored["entries"][0]["losses"]
    assert kinds(TableDraft.from_json(stored).entries[0].remarks) == [(str(LOST), False)]
