"""What the consistency checks find, dismissed with a reason and heeded again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from recommendations.models import Renaksi
from reports.definitions import consistency
from reports.exports.catalogue import ExportSpec, build
from reports.selectors import finding_page as selector
from reports.services.findings import dismiss_finding, heed_finding
from sakip import background
from sakip.consistency import keeping, reading, renewing
from sakip.consistency.finding import DismissedFinding
from sakip.consistency.kinds import TARGETS
from sakip.consistency.marks import mark_everything
from sakip.consistency.rules import RULES
from sakip.models import HistoryEntry, KeptFinding
from tests import factories
from tests.tasks import carry_out

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


@pytest.mark.parametrize("unseen", ["", " \n", "\u200b", "\ufeff \u2060\u00a0"])
def test_a_reason_that_nobody_can_read_is_none(finding, cast, unseen):
    with pytest.raises(ValidationError, match="Tulis mengapa temuan ini boleh diabaikan"):
        dismiss_finding(finding=finding, actor=cast.kadir, at=timezone.now(), reason=unseen)


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


@pytest.fixture
def several(recommendation, units):
    """Three of “Sudah” without evidence; one of them by another unit."""
    leads = (units.organisasi, units.organisasi, units.umum)
    return [factories.make_renaksi(recommendation, lead, status="submitted") for lead in leads]


def chosen(user, code="missing-evidence"):
    keeping.renew()
    rows = selector.waiting(
        user, consistency.rows(user, on=TODAY), 1, one_rule=code, about=()
    ).groups
    return [row.choice for group in rows if group.rule.code == code for row in group.rows]


def test_several_are_dismissed_with_one_reason(several, cast, signed_in):
    client, address = signed_in(cast.kadir), reverse("reports:findings-dismiss")
    choices = chosen(cast.kadir)
    assert len(choices) == 3
    page = client.post(address, {"temuan": choices[:2], "reason": REASON}, follow=True)
    assert "2 temuan diabaikan; alasannya tercatat." in page.text
    assert page.text.count(f"karena: {REASON}") == 2
    entries = HistoryEntry.objects.filter(action="dismiss_finding", note=REASON)
    assert entries.count() == 2 and len(set(entries.values_list("batch", flat=True))) == 1
    assert len(chosen(cast.kadir)) == 1


def test_what_was_typed_for_several_stays(several, cast, signed_in):
    client, address = signed_in(cast.kadir), reverse("reports:findings-dismiss")
    first, *_ = chosen(cast.kadir)
    page = client.post(address, {"temuan": [first], "reason": ""})
    assert page.status_code == 400
    assert "Tulis mengapa temuan ini boleh diabaikan." in page.text
    assert f'value="{first}" checked' in page.text
    page = client.post(address, {"reason": REASON})
    assert "Centang temuan yang hendak diabaikan." in page.text
    assert f'value="{REASON}"' in page.text
    assert not DismissedFinding.objects.exists()


def test_all_or_none(several, cast, signed_in):
    """One of them has changed since the page was opened."""
    client, address = signed_in(cast.kadir), reverse("reports:findings-dismiss")
    one, other, _ = chosen(cast.kadir)
    key = other.partition(" ")[2]
    page = client.post(address, {"temuan": [one, f"abc {key}"], "reason": REASON})
    assert page.status_code == 409
    page = client.post(address, {"temuan": [one, "abc tidak:ada"], "reason": REASON})
    assert (page.status_code, REASON in page.text) == (404, True)
    assert not DismissedFinding.objects.exists()


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/uji-konsistensi/a%00b/abaikan/", {}),
        ("/uji-konsistensi/a%00b/perhatikan/", {}),
        ("/uji-konsistensi/abaikan/", {"temuan": ["x a\0b"]}),
    ],
)
def test_a_key_that_no_database_knows_is_no_finding(several, cast, signed_in, address, data):
    answer = signed_in(cast.kadir).post(address, data | {"reason": REASON})
    assert answer.status_code == 404


@pytest.mark.parametrize(("name", "status"), [("rina", 403), ("dewi", 403), ("laila", 403)])
def test_only_the_coordinator_dismisses_several(several, cast, signed_in, name, status):
    choices = chosen(cast.kadir)
    data = {"temuan": choices[:1], "reason": REASON}
    page = signed_in(getattr(cast, name)).post(reverse("reports:findings-dismiss"), data)
    assert page.status_code == status


def test_a_reader_sees_the_findings_on_the_own_records_only(several, cast, evaluation):
    """And nobody who sees a part of an evaluation reads a count of the whole."""

    def codes(user):
        return sorted(finding.code for finding in found(user).waiting)

    assert codes(cast.kadir) == ["missing-evidence"] * 3 + ["none-verified"]
    assert codes(cast.dewi) == codes(cast.laila) == codes(cast.kadir)
    assert codes(cast.rina) == ["missing-evidence"] * 2
    assert codes(cast.umar) == ["missing-evidence"]
    narrowed = consistency.find(cast.rina, on=TODAY, evaluation=evaluation)
    assert len(narrowed.waiting) == 2


def test_the_due_date_passes_without_any_change(recommendation, units, cast):
    factories.make_renaksi(recommendation, units.organisasi, due_date=TODAY)
    assert found(cast.kadir).waiting == []
    assert [row.code for row in consistency.find(cast.kadir, on=date(2026, 7, 2)).waiting] == [
        "overdue"
    ]
    assert found(cast.kadir).waiting == []


def test_many_are_shown_by_rule_first(several, cast, signed_in, settings):
    settings.PAGE_LENGTH = 2
    client = signed_in(cast.kadir)
    page = client.get("/uji-konsistensi/").text
    assert "Sudah tanpa bukti dukung" in page and "Renaksi 1.a" not in page
    page = client.get("/uji-konsistensi/", {"aturan": "missing-evidence"}).text
    assert "Renaksi 1.a" in page and "Halaman 1 dari 2" in page


def test_the_queries_of_the_page_do_not_grow(several, recommendation, units, cast, signed_in):
    client = signed_in(cast.kadir)

    def queries():
        with CaptureQueriesContext(connection) as made:
            client.get("/uji-konsistensi/", {"aturan": "missing-evidence"})
        return len(made)

    queries()
    before = queries()
    for _ in range(10):
        factories.make_renaksi(recommendation, units.organisasi, status="submitted")
    mark_everything()
    queries()
    assert queries() == before


def test_each_rule_says_what_to_do_and_its_page_exists():
    for rule in RULES.values():
        assert rule.advice.endswith(".") and "{" not in rule.advice + rule.title
        if rule.page:
            assert reverse(rule.page, args=[1, *([2023] if rule.by_year else [])])


def test_a_dismissal_from_before_findings_were_kept_still_counts(finding, cast):
    """It has no figures: the sentence is compared."""
    DismissedFinding.objects.create(
        key=finding.key, message=finding.message, reason=REASON,
        dismissed_by=cast.kadir, dismissed_at=timezone.now(),
    )  # fmt: skip
    mark_everything()
    assert [said.reason for _, said in found(cast.kadir).dismissed] == [REASON]


def test_a_full_count_by_command(several, cast, capsys):
    found(cast.kadir)
    KeptFinding.objects.all().delete()
    assert found(cast.kadir).waiting == []
    with pytest.raises(CommandError, match="4 yang tersimpan tidak sesuai"):
        call_command("recount", "--check")
    call_command("recount")
    call_command("recount", "--check")
    assert "Semua yang tersimpan sesuai" in capsys.readouterr().out
    assert len(found(cast.kadir).waiting) == 4


def test_many_changes_are_left_to_a_worker(several, cast, signed_in, monkeypatch):
    """The page shows meanwhile what was kept, and says so; a second reader asks for no second computation."""
    started = []
    monkeypatch.setattr(background, "ensure", lambda: started.append(True))
    client = signed_in(cast.kadir)
    Renaksi.objects.update(follow_up="<p>Perbaiki.</p>", status="open")
    mark_everything()
    monkeypatch.setattr(renewing, "AT_ONCE", 0)
    for _ in range(2):
        page = client.get("/uji-konsistensi/").text
        assert "sedang dihitung ulang" in page and "Tidak ada temuan" not in page
        assert "sedang dihitung ulang" in client.get("/uji-konsistensi/jumlah/").text
    task = DBTaskResult.objects.get()
    assert started
    carry_out(task)
    assert "dihitung ulang" not in client.get("/uji-konsistensi/").text


def test_who_reads_a_finding_reads_its_record(several, units, cast, evaluation):
    """The kept columns decide as the record would; also for a unit that only supports."""
    several[2].supporting_units.add(units.organisasi)
    factories.make_indicator(
        factories.make_objective(units.setda), units.umum, values={2022: 80, 2023: 90}
    )
    factories.make_renaksi(
        factories.make_recommendation(factories.make_evaluation(units.dinas, 2022)),
        units.organisasi, status="submitted",
    )  # fmt: skip
    mark_everything()
    keeping.renew()
    rows = list(KeptFinding.objects.all())
    assert len({row.content_type for row in rows}) > 2
    whole = {rule.code for rule in RULES.values() if rule.is_whole}
    for person in vars(cast).values():
        for row in rows:
            target = TARGETS[row.content_type.model_class()]
            record = target.model.objects.get(pk=row.object_id)
            wanted = "print" if row.code in whole else "view"
            action = wanted if wanted in target.policy.actions else "view"
            sees = bool(target.policy.check(person, action, record))
            assert reading.visible_to(person, TODAY).filter(pk=row.pk).exists() is sees, row
