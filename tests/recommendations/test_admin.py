"""What a superuser writes into an item in the admin site is on its record, as on its pages."""

import pytest
from django.urls import reverse

from recommendations.models import Evidence, Renaksi
from recommendations.workflow import has_authored, perform
from sakip.history import HistoryEntry
from tests import factories

STEPS = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0"}
NO_REVISIONS = {"revisions-TOTAL_FORMS": "0", "revisions-INITIAL_FORMS": "0"}


@pytest.fixture
def ada(units):
    return factories.make_user(
        "ada", "coordinator", units.province, is_superuser=True, is_staff=True
    )


@pytest.fixture
def write(signed_in, ada, renaksi):
    """write(follow_up="…") changes the renaksi in the admin site."""

    def write(**data):
        data = {
            "recommendation": renaksi.recommendation_id,
            "position": 1,
            "lead_unit": renaksi.lead_unit_id,
            "follow_up": renaksi.follow_up,
        } | STEPS | data  # fmt: skip
        address = reverse("admin:recommendations_renaksi_change", args=[renaksi.pk])
        assert signed_in(ada).post(address, data).status_code == 302

    return write


@pytest.mark.parametrize(
    "data",
    [
        {"follow_up": "<p>Kata Ada</p>"},
        {"not_actionable_reason": "Tidak ada dana"},
        {"steps-0-position": "1", "steps-0-text": "<p>Rapat</p>"},
    ],
)
def test_who_writes_a_follow_up_is_its_author(ada, renaksi, write, data):
    write(**data)
    assert has_authored(ada, renaksi)
    entry = HistoryEntry.objects.about(renaksi).get()
    assert (entry.actor, entry.action, len(entry.changes)) == (ada, "edit", 1)
    assert Renaksi.objects.get().version == 1


def test_a_plan_is_on_record_and_no_work_of_the_unit(ada, renaksi, write):
    write(due_date="31/12/2026")
    assert HistoryEntry.objects.about(renaksi).get().action == "plan"
    assert not has_authored(ada, renaksi)


def test_saving_what_is_there_leaves_nothing(renaksi, write):
    write()
    assert not HistoryEntry.objects.exists()


def test_who_adds_an_item_with_its_follow_up_is_its_author(signed_in, ada, units, recommendation):
    data = {
        "recommendation": recommendation.pk,
        "position": 1,
        "lead_unit": units.umum.pk,
        "follow_up": "<p>Sudah</p>",
    } | STEPS  # fmt: skip
    signed_in(ada).post(reverse("admin:recommendations_renaksi_add"), data)
    actions = HistoryEntry.objects.about(Renaksi.objects.get()).values_list("action", flat=True)
    assert sorted(actions) == ["create", "edit"]


def test_who_writes_evidence_is_an_author(signed_in, ada, renaksi):
    data = {"renaksi": renaksi.pk, "position": 2, "kind": "separate", "title": "Notula"}
    client = signed_in(ada)
    client.post(reverse("admin:recommendations_evidence_add"), data | NO_REVISIONS)
    piece = Evidence.objects.get(title="Notula")
    address = reverse("admin:recommendations_evidence_change", args=[piece.pk])
    client.post(address, data | NO_REVISIONS | {"title": "Notula rapat"})
    actions = HistoryEntry.objects.about(renaksi).values_list("action", flat=True)
    assert list(actions) == ["edit_evidence", "add_evidence"]


def test_who_writes_a_quarterly_report_is_an_author(signed_in, ada, renaksi):
    data = {"renaksi": renaksi.pk, "year": 2026, "quarter": 1, "progress": 10}
    signed_in(ada).post(reverse("admin:recommendations_quarterlyreport_add"), data)
    assert HistoryEntry.objects.about(renaksi).get().action == "report_quarter"


def test_no_edit_is_told_by_a_word_that_makes_nobody_an_author(cast, renaksi):
    with pytest.raises(LookupError, match="touch_up"):
        perform(action="edit", entry="touch_up", renaksi=renaksi, actor=cast.rina, at=None)
