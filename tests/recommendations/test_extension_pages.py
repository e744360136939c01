"""A unit asks for a later due date; the coordinator decides; the original date stays on record."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations.models import ExtensionRequest, Renaksi
from recommendations.permissions import renaksi_policy
from recommendations.services.extensions import decide_extension, pending, request_extension
from recommendations.workflow import Work, perform, perform_many
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from tests import factories

DUE, LATER = date(2099, 6, 30), date(2099, 12, 31)
LIST = reverse("recommendations:extension-list")


@pytest.fixture
def dated(renaksi):
    renaksi.due_date = DUE
    renaksi.save()
    return renaksi


@pytest.fixture
def extension(dated, cast):
    return factories.make_extension(dated, cast.rina, LATER)


def ask(client, renaksi, new_date="31 Desember 2099", reason="Data menyusul"):
    url = reverse("recommendations:extension-create", args=[renaksi.pk])
    return client.post(url, {"new_date": new_date, "reason": reason})


def decide(client, extension, decision, note=""):
    url = reverse("recommendations:extension-decide", args=[extension.pk])
    return client.post(url, {"keputusan": decision, "note": note})


# ── Asking ──────────────────────────────────────────────────────────────────────────────────────
def test_the_lead_unit_asks(signed_in, cast, dated):
    assert ask(signed_in(cast.rina), dated).url == dated.get_absolute_url()
    extension = ExtensionRequest.objects.get()
    assert (extension.old_date, extension.new_date, extension.decision) == (DUE, LATER, "pending")
    dated.refresh_from_db()
    assert (dated.due_date, dated.status) == (DUE, "open")
    entry = HistoryEntry.objects.get()
    assert (entry.action, entry.note) == ("request_extension", "Data menyusul")
    assert entry.in_words == [["Batas waktu yang diminta", "30 Juni 2099", "31 Desember 2099"]]


@pytest.mark.parametrize("new_date", ["30 Juni 2099", "1 Juni 2099", "", "12/31/2099"])
def test_the_new_date_is_later(signed_in, cast, dated, new_date):
    response = ask(signed_in(cast.rina), dated, new_date)
    assert (response.status_code, "new_date" in response.context["form"].errors) == (200, True)
    assert not ExtensionRequest.objects.exists()


def test_the_new_date_is_not_past_already(cast, dated):
    Renaksi.objects.update(due_date=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="sudah lewat"):
        request_extension(
            renaksi=dated,
            actor=cast.rina,
            at=datetime(2026, 6, 2, tzinfo=UTC),
            new_date=date(2026, 6, 1),
            reason="Data menyusul",
        )


def test_a_reason_is_needed(signed_in, cast, dated):
    assert "reason" in ask(signed_in(cast.rina), dated, reason=" ").context["form"].errors


@pytest.mark.parametrize(
    ("who", "code"), [("umar", 404), ("dewi", 403), ("kadir", 403), ("laila", 403), ("sari", 404)]
)
def test_only_the_lead_unit_asks(signed_in, cast, dated, who, code):
    assert ask(signed_in(getattr(cast, who)), dated).status_code == code


def test_a_supporting_unit_does_not_ask(signed_in, cast, dated, units):
    dated.supporting_units.add(units.umum)
    assert ask(signed_in(cast.umar), dated).status_code == 403


@pytest.mark.parametrize(
    "fields", [{"status": "submitted"}, {"status": "done"}, {"due_date": None}]
)
def test_asking_at_the_wrong_time(signed_in, cast, dated, fields):
    Renaksi.objects.update(**fields)
    assert ask(signed_in(cast.rina), dated).status_code == 409
    assert not ExtensionRequest.objects.exists()


def test_one_request_at_a_time(signed_in, cast, extension):
    assert ask(signed_in(cast.rina), extension.renaksi).status_code == 409
    assert ExtensionRequest.objects.count() == 1


# ── Deciding ────────────────────────────────────────────────────────────────────────────────────
def test_granting_moves_the_due_date_and_keeps_the_original(signed_in, cast, extension):
    assert decide(signed_in(cast.kadir), extension, "granted").url == LIST
    extension.refresh_from_db()
    assert (extension.decision, extension.decided_by) == ("granted", cast.kadir)
    assert (extension.old_date, extension.renaksi.due_date) == (DUE, LATER)
    entry = HistoryEntry.objects.get()
    assert (entry.action, entry.target) == ("grant_extension", extension.renaksi)
    assert entry.in_words == [["Batas waktu", "30 Juni 2099", "31 Desember 2099"]]


def test_refusing_says_why(signed_in, cast, extension):
    client = signed_in(cast.kadir)
    assert "note" in decide(client, extension, "refused", " ").context["form"].errors
    assert decide(client, extension, "refused", "Tidak dapat ditunda").status_code == 302
    extension.refresh_from_db()
    assert (extension.decision, extension.renaksi.due_date) == ("refused", DUE)
    entry = HistoryEntry.objects.get()
    assert (entry.action, entry.note) == ("refuse_extension", "Tidak dapat ditunda")


def test_a_refused_unit_may_ask_again(signed_in, cast, extension):
    decide(signed_in(cast.kadir), extension, "refused", "Alasan kurang jelas")
    assert ask(signed_in(cast.rina), extension.renaksi).status_code == 302


def test_neither_granted_nor_refused_is_no_decision(signed_in, cast, extension):
    assert decide(signed_in(cast.kadir), extension, "x").status_code == 200
    extension.refresh_from_db()
    assert extension.decision == "pending"


def test_a_decision_is_made_once(signed_in, cast, extension):
    client = signed_in(cast.kadir)
    decide(client, extension, "granted")
    assert decide(client, extension, "refused", "Berubah pikiran").status_code == 409
    assert HistoryEntry.objects.count() == 1


@pytest.mark.parametrize("fields", [{"status": "done"}, {"due_date": LATER}, {"due_date": None}])
def test_what_has_lost_its_sense_can_only_be_refused(signed_in, cast, extension, fields):
    Renaksi.objects.update(**fields)
    client = signed_in(cast.kadir)
    page = client.get(reverse("recommendations:extension-decide", args=[extension.pk]))
    assert "hanya dapat ditolak" in page.content.decode()
    assert decide(client, extension, "granted").status_code == 409
    assert decide(client, extension, "refused", "Sudah tidak perlu").status_code == 302


@pytest.mark.parametrize(
    ("who", "code"), [("rina", 403), ("umar", 404), ("dewi", 403), ("laila", 403), ("sari", 404)]
)
def test_only_the_coordinator_decides(signed_in, cast, extension, who, code):
    assert decide(signed_in(getattr(cast, who)), extension, "granted").status_code == code


def test_no_other_method(signed_in, cast, extension):
    url = reverse("recommendations:extension-decide", args=[extension.pk])
    assert signed_in(cast.kadir).put(url).status_code == 405
    assert signed_in(cast.kadir).post(LIST).status_code == 405


# ── The list ────────────────────────────────────────────────────────────────────────────────────
def test_the_list_holds_what_waits_and_what_was_decided(signed_in, cast, extension):
    client = signed_in(cast.kadir)
    assert [row.pk for row in client.get(LIST).context["page"]] == [extension.pk]
    renaksi_list = client.get(reverse("recommendations:renaksi-list")).content.decode()
    assert "Permintaan perpanjangan (1)" in renaksi_list
    decide(client, extension, "granted")
    page = client.get(LIST)
    assert (list(page.context["page"]), list(page.context["decided"])) == ([], [extension])


def test_another_body_sees_none_of_it(signed_in, cast, extension):
    context = signed_in(cast.sari).get(LIST).context
    assert (list(context["page"]), list(context["decided"])) == ([], [])


def test_many_requests_cost_no_more_queries_than_one(signed_in, cast, extension, units, queries_of):
    signed_in(cast.kadir)
    done = {"decision": "granted", "decided_at": timezone.now(), "decided_by": cast.kadir}
    factories.make_extension(extension.renaksi, cast.rina, LATER, **done)
    few = queries_of(LIST)
    for _ in range(10):
        row = factories.make_renaksi(extension.renaksi.recommendation, units.umum)
        factories.make_extension(row, cast.umar)
        factories.make_extension(row, cast.umar, **done)
    assert queries_of(LIST) == few


def test_a_person_cannot_ask_through_the_service_either(cast, dated):
    Renaksi.objects.update(status="submitted")
    with pytest.raises(WrongState):
        request_extension(
            renaksi=dated, actor=cast.rina, at=timezone.now(), new_date=LATER, reason="Data"
        )


def test_those_concerned_are_told(signed_in, cast, dated):
    ask(signed_in(cast.rina), dated)
    assert cast.kadir.notices.get().text.startswith("Biro Organisasi meminta batas waktu baru")
    decide(signed_in(cast.kadir), ExtensionRequest.objects.get(), "granted")
    assert "disetujui" in cast.rina.notices.get().text


# ── The item is sent ────────────────────────────────────────────────────────────────────────────
def test_asking_ends_when_the_item_is_sent(signed_in, cast, extension, dated):
    perform(action="submit", renaksi=dated, actor=cast.rina, at=timezone.now())
    extension.refresh_from_db()
    assert extension.decision == "ended" and extension.decided_by is None
    assert not list(pending(cast.kadir))
    words = HistoryEntry.objects.get(action="submit").in_words
    assert ["Keputusan", "Menunggu keputusan", "Berakhir karena tindak lanjut dikirim"] in words
    page = signed_in(cast.kadir).get(LIST).content.decode()
    assert "Berakhir: sudah dikirim" in page and "None" not in page
    with pytest.raises(WrongState, match="berakhir"):
        decide_extension(extension=extension, actor=cast.kadir, at=timezone.now(), granted=True)


def test_a_printed_document_ends_the_asking_too(cast, extension, dated):
    works = [Work(renaksi=dated)]
    perform_many(action="submit", works=works, actor=cast.kadir, at=timezone.now(), is_printed=True)
    extension.refresh_from_db()
    assert extension.decision == "ended"


def test_those_waiting_are_those_that_may_be_decided(cast, units, dated):
    """Also of a renaksi of another body that a unit of the coordinator leads or supports, and of nobody else."""
    theirs = factories.make_recommendation(factories.make_evaluation(units.dinas))
    led = factories.make_renaksi(theirs, units.organisasi, due_date="2026-12-01")
    helped = factories.make_renaksi(theirs, units.dinas, due_date="2026-12-01")
    helped.supporting_units.add(units.organisasi)
    strange = factories.make_renaksi(theirs, units.dinas, due_date="2026-12-01")
    made = [
        factories.make_extension(one, cast.rina, "2100-01-31")
        for one in (dated, led, helped, strange)
    ]
    for person in (cast.kadir, cast.sari, cast.laila, cast.rina, cast.dewi):
        decidable = [
            one for one in made if renaksi_policy.check(person, "decide_extension", one.renaksi)
        ]
        assert list(pending(person)) == decidable
    assert list(pending(cast.kadir)) == made[:3]
