"""What the consistency checks find, dismissed with a reason and heeded again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from reports.definitions import consistency
from reports.exports.catalogue import ExportSpec, build
from reports.services.findings import dismiss_finding, heed_finding
from sakip.consistency.finding import DismissedFinding
from sakip.consistency.marks import mark_everything
from sakip.models import HistoryEntry
from tests import factories

TODAY = date(2026, 7, 1)
REASON = "Bukti disimpan di Biro Umum."


@pytest.fixture
def claimed(recommendation, units):
    """“Sudah” without evidence."""
    return factories.make_renaksi(recommendation, units.organisasi, status="submitted")


def found(user):
    return consistency.find(user, on=TODAY)


@pytest.fixture
def finding(claimed, cast):
    [finding] = [row for row in found(cast.kadir).waiting if row.record == claimed]
    return finding


@pytest.fixture
def dismissed(finding, cast):
    return dismiss_finding(finding=finding, actor=cast.kadir, at=timezone.now(), reason=REASON)


def test_it_waits_no_more_and_says_why(dismissed, finding, claimed, cast):
    outcome = found(cast.dewi)
    assert finding not in outcome.waiting
    [(row, said)] = outcome.dismissed
    assert (row, said.reason, said.dismissed_by) == (finding, REASON, cast.kadir)
    entry = HistoryEntry.objects.about(claimed).get()
    assert (entry.action, entry.note) == ("dismiss_finding", REASON)


def test_other_figures_are_a_new_finding(evaluation, cast):
    evaluation.reported_total = "73.91"
    evaluation.save()
    mark_everything()
    [finding] = found(cast.kadir).waiting
    dismiss_finding(finding=finding, actor=cast.kadir, at=timezone.now(), reason=REASON)
    assert found(cast.kadir).waiting == []
    evaluation.reported_total = "73.92"
    evaluation.save()
    mark_everything()
    [again] = found(cast.kadir).waiting
    assert again.key == finding.key
    dismiss_finding(finding=again, actor=cast.kadir, at=timezone.now(), reason="Sudah disurati.")
    assert DismissedFinding.objects.count() == 1


def test_heeded_it_waits_again(dismissed, finding, cast):
    heed_finding(finding=finding, actor=cast.kadir, at=timezone.now())
    heed_finding(finding=finding, actor=cast.kadir, at=timezone.now())
    assert finding in found(cast.kadir).waiting
    assert HistoryEntry.objects.filter(action="heed_finding").count() == 1


@pytest.mark.parametrize("name", ["rina", "dewi", "laila"])
def test_only_the_coordinator_dismisses(finding, cast, name):
    actor = getattr(cast, name)
    with pytest.raises(PermissionDenied):
        dismiss_finding(finding=finding, actor=actor, at=timezone.now(), reason=REASON)
    with pytest.raises(PermissionDenied):
        heed_finding(finding=finding, actor=actor, at=timezone.now())


def test_the_pages(finding, claimed, cast, signed_in):
    client, address = signed_in(cast.kadir), reverse("reports:finding-dismiss", args=[finding.key])
    page = client.get(claimed.get_absolute_url()).content.decode()
    assert finding.message in page
    assert address in page
    assert "Tulis mengapa temuan ini boleh diabaikan." in client.post(address).content.decode()
    page = client.post(address, {"reason": REASON}, follow=True).content.decode()
    assert f"Diabaikan oleh {cast.kadir}" in page
    assert f"karena: {REASON}" in client.get(claimed.get_absolute_url()).content.decode()
    heed = reverse("reports:finding-heed", args=[finding.key])
    assert REASON not in client.post(heed, follow=True).content.decode()


def test_nobody_is_offered_what_they_may_not(finding, claimed, cast, signed_in):
    page = signed_in(cast.rina).get(claimed.get_absolute_url()).content.decode()
    assert finding.message in page
    assert "Abaikan" not in page
    assert "Abaikan" not in signed_in(cast.rina).get("/uji-konsistensi/").content.decode()


def test_the_list_is_narrowed(finding, evaluation, cast, signed_in):
    evaluation.reported_total = "73.91"
    evaluation.save()
    mark_everything()
    client = signed_in(cast.kadir)
    page = client.get("/uji-konsistensi/", {"tingkat": "error"}).content.decode()
    assert "tercetak 73,91" in page
    assert finding.message not in page
    other = factories.make_evaluation(evaluation.unit, 2020)
    page = client.get("/uji-konsistensi/", {"evaluasi": other.pk}).content.decode()
    assert "tercetak 73,91" not in page


def test_report_and_dossier_print_both(dismissed, finding, cast, evaluation):
    names = [
        table.title
        for table in build(
            ExportSpec(name="consistency", format="pdf"), cast.kadir, today=TODAY
        ).tables
    ]
    assert names == ["Uji Konsistensi", "Temuan yang Diabaikan"]
    for chosen in (True, False):
        order = ExportSpec(
            name="dossier",
            format="pdf",
            evaluation_id=evaluation.pk,
            options={"with_consistency": chosen},
        )
        dossier = build(order, cast.kadir, today=TODAY)
        assert ("uji-konsistensi" in [part.anchor for part in dossier.parts]) is chosen
        assert (REASON in dossier.parts[-1].html) is chosen


def test_the_home_page_asks_for_the_number_once_it_is_there(finding, cast, signed_in):
    client, address = signed_in(cast.kadir), reverse("reports:finding-count")
    assert f'hx-get="{address}"' in client.get("/").text
    assert "menemukan 1 hal" in client.get(address).text
    assert "tidak menemukan apa pun" in signed_in(cast.sari).get(address).text
