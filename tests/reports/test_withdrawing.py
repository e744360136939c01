"""What a withdrawal does to the paper itself, to the telaah staf it seals, and to the issue before it."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from reports.exports import catalogue
from reports.exports.catalogue import ExportSpec
from reports.models import IssuedReport, TelaahStaf
from reports.services import issuing
from reports.services import telaah_staf as services
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from tests import factories
from tests.reports.conftest import AT, TODAY

LIST = reverse("reports:telaah-staf-list")


@pytest.fixture
def seal(cast):
    def seal(telaah_staf, number="7/2026"):
        telaah_staf.number, telaah_staf.date = number, "2026-06-01"
        telaah_staf.save()
        origin = "https://sakip.example.go.id"
        issuing.issue_sealed_telaah_staf(
            telaah_staf=telaah_staf, origin=origin, actor=cast.kadir, at=AT
        )
        telaah_staf.refresh_from_db()
        return IssuedReport.objects.of_telaah_staf(telaah_staf).get()

    return seal


@pytest.fixture
def supersede(cast, seal):
    def supersede(telaah_staf, number):
        new = services.supersede_telaah_staf(telaah_staf=telaah_staf, actor=cast.kadir, at=AT)
        seal(new, number)
        return new

    return supersede


@pytest.fixture
def withdraw(cast):
    def withdraw(issued, reason="Salah angka", actor=cast.kadir):
        return issuing.withdraw(issued=issued, reason=reason, actor=actor, at=timezone.now())

    return withdraw


def sealed(telaah_staf):
    return IssuedReport.objects.of_telaah_staf(telaah_staf).get()


def default_telaah_staf(cast):
    return catalogue.build(ExportSpec(name="telaah-staf", format="pdf"), cast.kadir, today=TODAY)


# ── Once ────────────────────────────────────────────────────────────────────────────────────────
def test_the_first_reason_and_person_stay(issue, withdraw, cast, units):
    issued = issue()
    stale = IssuedReport.objects.get(pk=issued.pk)
    withdraw(issued, "Salah angka")
    other = factories.make_user("kartika", "coordinator", units.setda)
    with pytest.raises(WrongState, match="sudah dicabut"):
        withdraw(stale, "Lagi", other)
    issued.refresh_from_db()
    assert (issued.withdrawn_reason, issued.withdrawn_by) == ("Salah angka", cast.kadir)
    told = HistoryEntry.objects.about(issued).filter(action="withdraw_report")
    assert told.count() == 1


def test_the_second_press_is_answered_in_words(issue, withdraw, signed_in, cast):
    issued = issue()
    withdraw(issued)
    address = reverse("reports:issued-withdraw", args=[issued.pk])
    answer = signed_in(cast.kadir).post(address, {"reason": "Lagi"})
    assert answer.status_code == 409
    assert "sudah dicabut" in answer.text


# ── A telaah staf ──────────────────────────────────────────────────────────────────────────────────────
def test_a_withdrawn_telaah_staf_is_in_force_no_longer(
    telaah_staf, seal, withdraw, signed_in, cast
):
    withdraw(seal(telaah_staf))
    assert not TelaahStaf.objects.in_force().exists()
    assert TelaahStaf.objects.withdrawn().get() == telaah_staf
    assert TelaahStaf.objects.foremost() is None
    page = signed_in(cast.laila).get(telaah_staf.get_absolute_url()).text
    assert "Dicabut" in page
    assert HistoryEntry.objects.about(telaah_staf).first().note == "Salah angka"
    shown = signed_in(cast.laila).get(LIST, {"status": "berlaku"}).context["page"]
    assert list(shown) == []
    (row,) = signed_in(cast.laila).get(LIST, {"status": "dicabut"}).context["page"]
    assert row == telaah_staf


def test_no_report_prints_a_withdrawn_telaah_staf_unasked(
    telaah_staf, seal, withdraw, cast, tmp_path, evaluation
):
    withdraw(seal(telaah_staf))
    with pytest.raises(CommandError, match="dicabut"):
        call_command(
            "export_report", "telaah-staf", "--as-system", "--format=docx", f"--output={tmp_path}/x"
        )
    order = ExportSpec(name="dossier", format="pdf", evaluation_id=evaluation.pk)
    parts = catalogue.build(order, cast.kadir, today=TODAY).parts
    assert "telaah-staf" not in [part.anchor for part in parts]
    draft = factories.make_telaah_staf(evaluation, telaah_staf.signatory, subject="Draf")
    assert default_telaah_staf(cast).telaah_staf == draft


def test_a_withdrawn_telaah_staf_is_not_sealed_again(telaah_staf, seal, withdraw, cast):
    withdraw(seal(telaah_staf))
    order = ExportSpec(name="telaah-staf", format="pdf", document_id=telaah_staf.pk)
    with pytest.raises(WrongState, match="sudah dicabut"):
        issuing.prepare(order, cast.kadir, today=TODAY)


def test_a_withdrawn_successor_is_announced_no_longer(
    telaah_staf, seal, supersede, withdraw, signed_in, cast
):
    first = seal(telaah_staf)
    new = supersede(telaah_staf, "8/2026")
    assert default_telaah_staf(cast).telaah_staf == new
    withdraw(sealed(new))
    assert list(TelaahStaf.objects.in_force()) == [telaah_staf]
    assert not TelaahStaf.objects.superseded().exists()
    assert default_telaah_staf(cast).telaah_staf == telaah_staf
    page = signed_in(cast.laila).get(telaah_staf.get_absolute_url()).text
    assert "Digantikan oleh" not in page
    assert "berlaku lagi" in page
    verified = signed_in(cast.laila).get(reverse("reports:verification", args=[first.code])).text
    assert "Dokumen asli dan berlaku" in verified


def test_what_replaces_a_withdrawn_telaah_staf_replaces_the_one_before_too(
    telaah_staf, seal, supersede, withdraw, signed_in, cast
):
    first = seal(telaah_staf)
    second = supersede(telaah_staf, "8/2026")
    withdraw(sealed(second))
    second.refresh_from_db()
    third = supersede(second, "9/2026")
    assert list(TelaahStaf.objects.in_force()) == [third]
    assert list(TelaahStaf.objects.superseded()) == [telaah_staf]
    assert sealed(third).supersedes == sealed(second)
    assert "Digantikan oleh" in signed_in(cast.laila).get(telaah_staf.get_absolute_url()).text
    verified = signed_in(cast.laila).get(reverse("reports:verification", args=[first.code])).text
    assert "sudah diganti" in verified


# ── A report ────────────────────────────────────────────────────────────────────────────────────
def states(signed_in, cast, *issued):
    client = signed_in(cast.kadir)
    pages = [client.get(reverse("reports:verification", args=[row.code])).text for row in issued]
    heads = ("dicabut</h1>", "sudah diganti</h1>", "asli dan berlaku</h1>")
    return [next(head for head in heads if head in page).partition("<")[0] for page in pages]


def test_the_issue_before_a_withdrawn_one_holds_again(issue, withdraw, signed_in, cast):
    first, second = issue("1"), issue("2")
    withdraw(second)
    assert states(signed_in, cast, first, second) == ["asli dan berlaku", "dicabut"]
    page = signed_in(cast.kadir).get(first.get_absolute_url()).text
    assert "Diganti oleh" not in page
    assert "Berlaku" in page
    rows = signed_in(cast.kadir).get(reverse("reports:issued-list")).context["page"]
    assert {row.number: row.is_superseded for row in rows} == {"1": False, "2": False}


def test_the_next_issue_replaces_all_before_it(issue, withdraw, signed_in, cast):
    first, second = issue("1"), issue("2")
    withdraw(second)
    third = issue("3")
    assert states(signed_in, cast, first, second, third) == [
        "sudah diganti", "dicabut", "asli dan berlaku",
    ]  # fmt: skip
    page = signed_in(cast.kadir).get(first.get_absolute_url()).text
    assert third.get_absolute_url() in page


# ── One press of the button ─────────────────────────────────────────────────────────────────────
def press(prepared, actor, submission, number="1"):
    return issuing.issue(
        prepared=prepared,
        number=number,
        date=TODAY,
        submission=submission,
        origin="https://sakip.example.go.id",
        actor=actor,
        at=AT,
    )


def prepare(actor, name="follow-up-table", **values):
    return issuing.prepare(ExportSpec(name=name, format="pdf", **values), actor, today=TODAY)


SUBMISSION = "6f1b5c1e-8f6b-4b62-9d35-0d6a1f7f1a11"


def test_a_press_for_one_report_does_not_answer_for_another(renaksi, cast):
    first = press(prepare(cast.kadir), cast.kadir, SUBMISSION)
    other = press(prepare(cast.kadir, "score-comparison"), cast.kadir, SUBMISSION, "2")
    assert (first.product, other.product) == ("follow-up-table", "score-comparison")
    verified = prepare(cast.kadir, options={"verified": True})
    assert press(verified, cast.kadir, SUBMISSION, "3") not in (first, other)


def test_a_press_of_one_person_does_not_answer_for_another(renaksi, cast, units):
    press(prepare(cast.kadir), cast.kadir, SUBMISSION)
    other = factories.make_user("kartika", "coordinator", units.setda)
    assert press(prepare(other), other, SUBMISSION, "2").issued_by == other


def test_the_same_press_on_other_paper_is_another_issue(renaksi, cast):
    first = press(prepare(cast.kadir), cast.kadir, SUBMISSION)
    assert press(prepare(cast.kadir), cast.kadir, SUBMISSION) == first
    other = press(prepare(cast.kadir, options={"paper": "A4"}), cast.kadir, SUBMISSION, "2")
    assert other.supersedes == first


def test_the_number_of_another_report_is_refused_in_words(confirm, signed_in, cast, renaksi):
    form = confirm(number="9")
    press(prepare(cast.kadir, "score-comparison"), cast.kadir, form["submission"], "9")
    answer = signed_in(cast.kadir).post(confirm.address, form)
    assert "Nomor 9 sudah dipakai laporan lain" in answer.text
