"""Each transition works, says why it does not, and leaves exactly one history row."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from recommendations.models import Evidence, Renaksi
from recommendations.workflow import available, perform
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.history.write import record
from sakip.roles import Role
from tests import factories

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WORDS = {"note": "Lampirkan yang sudah ditandatangani.", "reason": "unsigned"}


def do(action, renaksi, actor, **words):
    return perform(action=action, renaksi=renaksi, actor=actor, at=NOON, **words)


def put(renaksi, status, **fields):
    Renaksi.objects.filter(pk=renaksi.pk).update(status=status, **fields)
    return renaksi


@pytest.mark.parametrize(
    ("before", "action", "who", "after"),
    [
        ("open", "edit", "rina", "in_progress"),
        ("returned", "edit", "kadir", "in_progress"),
        ("open", "submit", "rina", "submitted"),
        ("returned", "submit", "rina", "submitted"),
        ("submitted", "withdraw", "rina", "in_progress"),
        ("submitted", "accept", "dewi", "done"),
        ("submitted", "return", "dewi", "returned"),
        ("done", "reopen", "dewi", "returned"),
        ("done", "reopen", "kadir", "returned"),
    ],
)
def test_a_transition_leaves_one_history_row(renaksi, cast, before, action, who, after):
    words = WORDS if action in ("return", "reopen") else {}
    result = do(action, put(renaksi, before), getattr(cast, who), **words)
    renaksi.refresh_from_db()
    assert renaksi.status == result.status == after
    entry = HistoryEntry.objects.get()
    labels = dict(Renaksi.Status.choices)
    assert (entry.actor, entry.action, entry.at) == (getattr(cast, who), action, NOON)
    assert entry.in_words[0] == ["Status", labels[before], labels[after]]
    assert entry.note == words.get("note", "")


def test_times_and_sender_are_kept(renaksi, cast):
    submitted = do("submit", renaksi, cast.rina)
    assert (submitted.submitted_at, submitted.submitted_by) == (NOON, cast.rina)
    assert do("accept", renaksi, cast.dewi).closed_at == NOON
    assert do("reopen", renaksi, cast.dewi, **WORDS).closed_at is None
    do("submit", renaksi, cast.rina)
    withdrawn = do("withdraw", renaksi, cast.rina)
    assert (withdrawn.submitted_at, withdrawn.submitted_by) == (None, None)


def test_submitting_asks_for_text_and_evidence(recommendation, units, cast):
    renaksi = factories.make_renaksi(recommendation, units.organisasi, follow_up="<p> &nbsp;</p>")
    factories.make_evidence(renaksi, is_archived=True)
    with pytest.raises(ValidationError) as error:
        do("submit", renaksi, cast.rina)
    assert error.value.messages == [
        "Tulis uraian tindak lanjut atau langkah-langkahnya.",
        "Lampirkan paling sedikit satu bukti dukung.",
    ]
    assert not HistoryEntry.objects.exists()
    renaksi.steps.create(position=1, text="<p>Rapat</p>")
    renaksi.evidence.update(is_archived=False)
    assert do("submit", renaksi, cast.rina).status == "submitted"


def test_a_claim_with_a_reason_needs_no_evidence_and_is_accepted_as_such(
    recommendation, units, cast
):
    renaksi = factories.make_renaksi(
        recommendation, units.organisasi, follow_up="", not_actionable_reason="Peraturan dicabut."
    )
    do("submit", renaksi, cast.rina)
    assert do("accept", renaksi, cast.dewi).status == "not_actionable"


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ({}, {"note", "reason"}),
        ({"note": "  ", "reason": "unsigned"}, {"note"}),
        ({"note": "Kurang.", "reason": "karena"}, {"reason"}),
    ],
)
def test_returning_asks_for_a_coded_reason_and_a_note(renaksi, cast, words, fields):
    with pytest.raises(ValidationError) as error:
        do("return", put(renaksi, "submitted"), cast.dewi, **words)
    assert set(error.value.message_dict) == fields
    renaksi.refresh_from_db()
    assert renaksi.status == "submitted"


def test_reopening_asks_for_a_note(renaksi, cast):
    with pytest.raises(ValidationError):
        do("reopen", put(renaksi, "done"), cast.kadir)


def test_the_reason_of_a_return_is_on_record(renaksi, cast):
    do("return", put(renaksi, "submitted"), cast.dewi, **WORDS)
    assert ["Alasan", "-", "Belum ditandatangani"] in HistoryEntry.objects.get().in_words


@pytest.mark.parametrize("deed", ["edit", "submit", "add_evidence", "revise_evidence"])
@pytest.mark.parametrize("action", ["accept", "return"])
def test_nobody_verifies_own_work(renaksi, cast, units, deed, action):
    """Rina wrote for the Biro and later moved to the Inspektorat."""
    record(actor=cast.rina, action=deed, target=renaksi)
    put(renaksi, "submitted")
    cast.rina.role, cast.rina.unit = Role.EVALUATOR, units.inspektorat
    cast.rina.evaluates_all = True
    with pytest.raises(PermissionDenied, match="evaluator lain"):
        do(action, renaksi, cast.rina, **WORDS)
    assert available(cast.rina, Renaksi.objects.for_check().get()) == []


def test_reviewing_before_does_not_bar_from_reviewing_again(renaksi, cast):
    do("return", put(renaksi, "submitted"), cast.dewi, **WORDS)
    assert do("accept", put(renaksi, "submitted"), cast.dewi).status == "done"


def test_the_second_of_two_submits_is_refused(renaksi, cast):
    stale = Renaksi.objects.get(pk=renaksi.pk)
    do("submit", renaksi, cast.rina)
    with pytest.raises(WrongState, match="Menunggu reviu"):
        do("submit", stale, cast.rina)
    assert HistoryEntry.objects.count() == 1


def test_a_refused_transition_changes_nothing(renaksi, cast):
    with pytest.raises(PermissionDenied):
        do("submit", renaksi, cast.umar)
    renaksi.refresh_from_db()
    assert (renaksi.status, renaksi.submitted_by) == ("open", None)
    assert not HistoryEntry.objects.exists()
    assert Evidence.objects.count() == 1
