"""Two coordinators on Word templates, findings and issued reports."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi
from reports.definitions import consistency
from reports.models import IssuedReport, WordTemplate
from reports.services import findings, issuing
from reports.services import word_templates as templates
from sakip.consistency.finding import DismissedFinding
from sakip.consistency.marks import mark_everything
from sakip.editing import StaleEdit
from sakip.errors import Gone, WrongState
from sakip.roles import Role
from tests import factories
from tests.parallel import at_once  # noqa: F401 (a fixture)

AT = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def karim(units):
    return factories.make_user("karim", Role.COORDINATOR, units.setda)


@pytest.fixture
def kadir(signed_in, cast):
    return signed_in(cast.kadir)


def hidden(page):
    form = page.context["form"]
    return {name: form[name].value() for name in ("version", "seen") if name in form.fields}


# ── Word templates ──────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def mine(units):
    return factories.make_word_template(units.setda, b"x", name="Punya Kadir")


@pytest.fixture
def theirs(units):
    return factories.make_word_template(units.setda, name="Punya Karim")


@pytest.fixture
def sound(monkeypatch):
    """Checking takes a process of its own; here every template passes."""
    passed = SimpleNamespace(problems=[], remarks=[])
    monkeypatch.setattr(templates, "_checked", lambda content: passed)


def test_a_template_taken_into_use_meanwhile_is_not_silently_set_aside(
    mine, theirs, karim, kadir, sound
):
    address = reverse("reports:word-template-activate", args=[mine.pk])
    page = kadir.get(mine.get_absolute_url())
    templates.activate_template(template=theirs, actor=karim, at=AT)
    answer = kadir.post(address, hidden(page))
    assert answer.status_code == 409 and "Templat Punya Karim" in answer.text
    assert WordTemplate.objects.get(status="active") == theirs
    assert kadir.post(address, hidden(answer)).status_code == 302
    assert WordTemplate.objects.get(status="active") == mine


def test_of_two_taken_into_use_at_once_one_is_in_use(mine, theirs, cast, sound, at_once):  # noqa: F811
    turns = [mine.pk, theirs.pk] * 3

    def use():
        template = WordTemplate.objects.get(pk=turns.pop())
        try:
            return templates.activate_template(template=template, actor=cast.kadir, at=AT)
        except (WrongState, ValidationError) as refused:
            return refused

    at_once(6, use)
    assert at_once(1, WordTemplate.objects.filter(status="active").count) == [1]


@pytest.mark.parametrize(
    "service",
    [
        templates.check_template,
        templates.activate_template,
        templates.deactivate_template,
        templates.delete_template,
    ],
)
def test_a_template_that_goes_meanwhile_is_told(service, mine, cast, sound, monkeypatch):
    monkeypatch.setattr(WordTemplate, "read", lambda self: b"")
    if service is templates.deactivate_template:
        mine.status = "active"
    key = mine.pk
    WordTemplate.objects.filter(pk=key).delete()
    with pytest.raises(Gone, match="sudah tidak ada"):
        service(template=mine, actor=cast.kadir, at=AT)


def test_a_template_used_meanwhile_is_not_deleted_unseen(mine, karim, kadir, sound):
    address = reverse("reports:word-template-delete", args=[mine.pk])
    page = kadir.get(address)
    templates.activate_template(template=mine, actor=karim, at=AT)
    mine.refresh_from_db()
    templates.deactivate_template(template=mine, actor=karim, at=AT)
    answer = kadir.post(address, hidden(page))
    assert answer.status_code == 409 and WordTemplate.objects.filter(pk=mine.pk).exists()
    assert kadir.post(address, hidden(answer)).status_code == 302


# ── Findings ────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def finding(recommendation, units, cast):
    """“Sudah” without evidence."""
    claimed = factories.make_renaksi(recommendation, units.organisasi, status="submitted")
    waiting = consistency.find(cast.kadir, on=date(2026, 7, 1)).waiting
    return next(row for row in waiting if row.record == claimed)


def dismiss(finding, actor, reason="Alasan Karim.", **seen):
    return findings.dismiss_finding(finding=finding, actor=actor, at=AT, reason=reason, **seen)


def test_the_second_reason_is_shown_beside_the_first(finding, karim, kadir):
    address = reverse("reports:finding-dismiss", args=[finding.key])
    typed = hidden(kadir.get(address)) | {"reason": "Alasan Kadir."}
    dismiss(finding, karim)
    answer = kadir.post(address, typed)
    assert answer.status_code == 409
    for words in ("Alasan Karim.", "Alasan Kadir.", "Karim"):
        assert words in answer.text
    assert DismissedFinding.objects.get().reason == "Alasan Karim."
    assert kadir.post(address, typed | hidden(answer)).status_code == 302
    assert DismissedFinding.objects.get().reason == "Alasan Kadir."


def test_other_figures_are_not_dismissed_unseen(evaluation, cast, kadir):
    evaluation.reported_total = "73.91"
    evaluation.save()
    mark_everything()
    [finding] = consistency.find(cast.kadir, on=date(2026, 7, 1)).waiting
    address = reverse("reports:finding-dismiss", args=[finding.key])
    typed = hidden(kadir.get(address)) | {"reason": "Alasan Kadir."}
    evaluation.reported_total = "73.92"
    evaluation.save()
    mark_everything()
    answer = kadir.post(address, typed)
    assert answer.status_code == 409
    assert "73,92" in answer.text and "Alasan Kadir." in answer.text
    assert not DismissedFinding.objects.exists()


def test_a_reason_written_meanwhile_is_not_taken_back_unseen(finding, cast, karim, kadir):
    dismiss(finding, cast.kadir, "Alasan lama.")
    page = kadir.get(reverse("reports:consistency"))
    [row] = page.context["dismissed"].rows
    seen = row.seen
    assert f'name="seen" value="{seen}"' in page.text
    dismiss(finding, karim)
    address = reverse("reports:finding-heed", args=[finding.key])
    answer = kadir.post(address, {"seen": seen})
    assert answer.status_code == 409 and "Alasan Karim." in answer.text
    assert DismissedFinding.objects.exists()


def test_a_reason_for_a_finding_that_has_gone_is_shown(finding, kadir):
    address = reverse("reports:finding-dismiss", args=[finding.key])
    Renaksi.objects.filter(pk=finding.record.pk).update(status="open")
    mark_everything()
    answer = kadir.post(address, {"reason": "Alasan Kadir."})
    assert answer.status_code == 404 and "Alasan Kadir." in answer.text


def test_of_many_reasons_at_once_one_is_kept(finding, cast, at_once):  # noqa: F811
    seen = findings.digest_of(finding, None)

    def say():
        try:
            return dismiss(finding, cast.kadir, f"Alasan {timezone.now()}", seen=seen).reason
        except StaleEdit:
            return None

    kept = [reason for reason in at_once(5, say) if reason]
    assert at_once(1, DismissedFinding.objects.get)[0].reason == kept[0] and len(kept) == 1


# ── Issued reports ──────────────────────────────────────────────────────────────────────────────
def test_a_report_whose_records_changed_is_not_issued_unseen(confirm, kadir, renaksi):
    form = confirm()
    Renaksi.objects.filter(pk=renaksi.pk).update(follow_up="<p>Lain.</p>")
    answer = kadir.post(confirm.address, form)
    assert answer.status_code == 409 and "sejak halaman ini dibuka" in answer.text
    assert not IssuedReport.objects.exists()


def test_a_report_issued_meanwhile_is_not_superseded_unseen(confirm, kadir, issue, renaksi):
    form = confirm(number="2")
    issue("1")
    answer = kadir.post(confirm.address, form)
    assert answer.status_code == 409 and "Nomor" in answer.text
    assert IssuedReport.objects.count() == 1
    again = form | hidden(answer)
    assert kadir.post(confirm.address, again).status_code == 302
    assert IssuedReport.objects.get(number="2").supersedes.number == "1"


def test_the_second_reason_of_a_withdrawal_is_kept_for_its_writer(issue, karim, kadir):
    issued = issue()
    stale = IssuedReport.objects.get(pk=issued.pk)
    issuing.withdraw(issued=issued, reason="Alasan Karim.", actor=karim, at=AT)
    with pytest.raises(WrongState):
        issuing.withdraw(issued=stale, reason="Alasan Kadir.", actor=karim, at=AT)
    address = reverse("reports:issued-withdraw", args=[issued.pk])
    answer = kadir.post(address, {"reason": "Alasan Kadir."})
    assert answer.status_code == 409 and "Alasan Kadir." in answer.text
    issued.refresh_from_db()
    assert issued.withdrawn_reason == "Alasan Karim."
