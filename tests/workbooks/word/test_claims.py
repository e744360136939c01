"""“Sudah” of an old document kept as the claim of the unit, when the coordinator chooses so."""

from io import BytesIO

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.workflow import has_authored, perform
from reports.exports import catalogue
from sakip.history.entries import HistoryEntry
from sakip.roles import Role
from tests import factories
from tests.workbooks.word.papers import paper
from workbooks.services import imports
from workbooks.word import services as word

ROW = ["7", "Ukur.", "a. Rapat.\nb. (1) Surat; (2) Notula.\nc. Kajian.", "Sudah\nSudah\nBelum"]


def start(actor, evaluation, *rows, keeps_claims=True):
    run = word.start(
        upload=paper(*rows or [ROW]),
        evaluation=evaluation,
        actor=actor,
        at=timezone.now(),
        keeps_claims=keeps_claims,
    )
    return run, imports.preview(run)


@pytest.fixture
def carried_out(cast, evaluation):
    run, _ = start(cast.kadir, evaluation)
    imports.carry_out(run, at=timezone.now())
    return run


def statuses():
    return list(Renaksi.objects.order_by("position").values_list("status", flat=True))


def test_sudah_waits_for_review_without_evidence_and_nobody_sent_it(carried_out):
    first, second, third = Renaksi.objects.order_by("position")
    assert [first.status, second.status, third.status] == ["submitted", "submitted", "open"]
    assert (first.submitted_at, first.submitted_by, first.evidence.count()) == (None, None, 0)
    assert second.steps.count() == 2
    assert [one.is_claimed_by_document for one in (first, third)] == [True, False]


def test_the_history_says_who_took_it_from_which_document(carried_out, cast):
    renaksi = Renaksi.objects.get(position=1)
    entry = HistoryEntry.objects.about(renaksi).get(action="claim_printed")
    assert (entry.actor, entry.note) == (cast.kadir, "Impor tindak-lanjut.docx")
    assert entry.in_words == [["Status", "Dalam proses", "Menunggu reviu"]]


def test_the_preview_counts_the_claims_and_writes_nothing(cast, evaluation):
    run, plan = start(cast.kadir, evaluation)
    assert "2 tanda Sudah masuk sebagai pernyataan unit" in plan.warnings[0].message
    marks = [row for part in plan.sheets if part.name == "Tanda Sudah" for row in part.rows]
    assert [(row.changes[0].before, row.changes[0].after) for row in marks] == [
        ("Belum", "Sudah")
    ] * 2
    assert marks[0].label.endswith("7a (Tabel 1 baris 2)")
    assert not Renaksi.objects.exists()


def test_who_took_it_from_the_document_does_not_review_it(carried_out, cast):
    assert has_authored(cast.kadir, Renaksi.objects.get(position=1))


def test_the_same_file_again_changes_nothing(carried_out, cast, evaluation):
    run, plan = start(cast.kadir, evaluation)
    assert (run.change_count, plan.errors) == (0, [])


def test_an_undo_takes_the_claims_back(cast, evaluation):
    run, _ = start(cast.kadir, evaluation, keeps_claims=False)
    imports.carry_out(run, at=timezone.now())
    before = statuses()
    run, _ = start(cast.kadir, evaluation)
    imports.carry_out(run, at=timezone.now())
    assert statuses() == ["submitted", "submitted", "open"]
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert statuses() == before == ["in_progress", "in_progress", "open"]


def test_an_undo_removes_what_was_claimed_and_new(carried_out, cast):
    imports.undo(carried_out, actor=cast.kadir, at=timezone.now())
    assert not Renaksi.objects.exists()


def test_a_text_and_its_claim_go_back_together(carried_out, cast, evaluation):
    Renaksi.objects.update(status="open")
    other = [*ROW[:2], ROW[2].replace("Rapat", "Rapat pleno"), ROW[3]]
    run, _ = start(cast.kadir, evaluation, other)
    imports.carry_out(run, at=timezone.now())
    assert (statuses()[0], Renaksi.objects.get(position=1).follow_up) == (
        "submitted",
        "<p>Rapat pleno.</p>",
    )
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert statuses() == ["open"] * 3
    assert Renaksi.objects.get(position=1).follow_up == "<p>Rapat.</p>"


def test_what_the_unit_sent_itself_stays_as_it_is(carried_out, cast, evaluation):
    Renaksi.objects.update(status="returned", submitted_at=timezone.now(), submitted_by=cast.rina)
    run, plan = start(cast.kadir, evaluation)
    assert run.change_count == 0
    assert "Renaksi 7.a tertulis Sudah, tetapi tersimpan “Dikembalikan”" in plan.warnings[0].message


def test_a_document_overrules_no_judgement(carried_out, cast, evaluation):
    """The evaluator returned the claim, and somebody has touched the item since."""
    first, second, _ = Renaksi.objects.order_by("position")
    by = {"at": timezone.now()}
    perform(
        action="return",
        renaksi=first,
        actor=cast.dewi,
        reason="incomplete",
        note="Mana notulanya?",
        **by,
    )
    perform(action="edit", entry="edit", renaksi=first, actor=cast.kadir, **by)
    perform(action="withdraw", renaksi=second, actor=lead_of(second), **by)
    assert statuses()[:2] == ["in_progress", "in_progress"]
    run, plan = start(cast.kadir, evaluation)
    assert run.change_count == 0
    assert [one.message[:32] for one in plan.warnings[:2]] == [
        "Renaksi 7.a tertulis Sudah, teta", "Renaksi 7.b tertulis Sudah, teta",
    ]  # fmt: skip


def lead_of(renaksi):
    return factories.make_user("wati", Role.OPERATOR, renaksi.lead_unit)


def test_a_mark_that_the_coordinator_made_a_plan_is_no_claim(cast, evaluation):
    run, _ = start(cast.kadir, evaluation)
    draft = word.draft_of(run)
    draft.entries[0].statuses["1"] = "open"
    word.correct(
        run, actor=cast.kadir, draft=draft, evaluation=evaluation, default_unit=evaluation.unit,
        keeps_claims=True,
    )  # fmt: skip
    run.refresh_from_db()
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())
    assert statuses() == ["open", "submitted", "open"]


def test_an_office_gets_its_document_out_again_as_it_was(carried_out, cast, evaluation):
    order = catalogue.ExportSpec(name="follow-up-table", format="docx", evaluation_id=evaluation.pk)
    product = catalogue.export_file(order, cast.kadir, today=timezone.localdate())
    (table,) = docx.Document(BytesIO(product.content)).tables
    assert table.rows[-1].cells[-1].text.split() == ["Sudah", "Sudah", "Belum"]


def test_the_evaluator_sees_where_the_mark_comes_from(carried_out, signed_in, cast):
    renaksi = Renaksi.objects.get(position=1)
    client = signed_in(cast.dewi)
    page = client.get(reverse("recommendations:review-item", args=[renaksi.pk])).text
    assert "diambil dari dokumen" in page
    assert "Kadir: Impor tindak-lanjut.docx" in page
    assert "Dari dokumen" in client.get(reverse("recommendations:review-list")).text
