"""A plan that was sent or accepted changes only after it was taken back or reopened, on every path."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.services import bulk_plan
from recommendations.services.extensions import decide_extension
from recommendations.services.recommendations import edit_recommendation
from recommendations.services.renaksi import delete_renaksi, plan_renaksi
from recommendations.workflow import perform
from sakip.errors import WrongState
from tests import factories
from tests.browsing import fields_of
from tests.workbooks.books import upload
from tests.workbooks.word.papers import paper
from workbooks.services import imports
from workbooks.word import services as word

NAME = "Sekretariat Daerah 2022 / 1"
LOCKED = "terkunci karena sudah dikirim atau selesai"


@pytest.fixture(params=["submitted", "done", "not_actionable"])
def locked(request, recommendation, units):
    point = recommendation.points.create(position=1, text="<p>Butir</p>")
    return factories.make_renaksi(
        recommendation,
        units.organisasi,
        point=point,
        plan="<p>Semula</p>",
        due_date="2026-06-30",
        status=request.param,
        not_actionable_reason="Peraturan" if request.param == "not_actionable" else "",
    )


@pytest.fixture
def unchanged(locked):
    """unchanged() says whether plan, units and due date are what they were."""

    def as_stored():
        row = Renaksi.objects.values("plan", "lead_unit", "point", "due_date").get(pk=locked.pk)
        return row, set(locked.supporting_units.all())

    before = as_stored()
    return lambda: as_stored() == before


def by(person):
    return {"actor": person, "at": timezone.now()}


def planned(renaksi, **fields):
    given = {"plan": renaksi.plan, "lead_unit": renaksi.lead_unit, "point": renaksi.point}
    return given | {"due_date": renaksi.due_date, "renaksi": renaksi} | fields


@pytest.mark.parametrize(
    "change", [{"plan": "<p>Lain</p>"}, {"due_date": date(2027, 1, 1)}, {"point": None}]
)
def test_the_service_refuses(cast, locked, unchanged, change):
    locked.refresh_from_db()
    with pytest.raises(WrongState):
        plan_renaksi(**planned(locked, **change), **by(cast.kadir))
    assert unchanged()


def test_units_stay(cast, locked, unchanged, units):
    for change in ({"lead_unit": units.umum}, {"supporting_units": [units.umum]}):
        with pytest.raises(WrongState):
            plan_renaksi(**planned(locked, **change), **by(cast.kadir))
    assert unchanged()


def test_a_page_opened_before_keeps_what_was_typed(signed_in, cast, locked, unchanged):
    url = reverse("recommendations:renaksi-plan", args=[locked.pk])
    client = signed_in(cast.kadir)
    status = locked.status
    Renaksi.objects.update(status="open")
    page = fields_of(client.get(url)) | {"plan": "<p>Yang diketik</p>"}
    Renaksi.objects.update(status=status)
    answer = client.post(url, page)
    assert answer.status_code == 409
    if status == "submitted":
        assert LOCKED in answer.text
        assert "Yang diketik" in answer.text
    assert unchanged()


def test_many_at_once_skip_it_and_say_why(cast, locked, unchanged):
    wanted = {"renaksi_ids": [locked.pk], "due_date": date(2027, 1, 1)}
    outcome = bulk_plan.change_many(**wanted, **by(cast.kadir))
    assert not outcome.changed
    [reason] = outcome.skipped
    assert LOCKED in reason or "Sudah ditutup dengan status" in reason
    assert unchanged()


def test_a_unit_hands_over_only_what_is_open(cast, locked, unchanged, units):
    pair = {"from_unit": units.organisasi, "to_unit": units.umum}
    seen = bulk_plan.hand_over_preview(**pair, actor=cast.kadir)
    outcome = bulk_plan.hand_over(**pair, seen=seen.digest, **by(cast.kadir))
    assert not outcome.changed
    named = [row for rows in seen.skipped.values() for row in rows]
    assert named == ([locked] if locked.status == "submitted" else [])
    assert unchanged()


def test_a_later_date_is_not_granted(cast, locked, unchanged):
    locked.refresh_from_db()
    extension = factories.make_extension(locked, cast.rina, "2026-12-31")
    with pytest.raises(WrongState):
        decide_extension(extension=extension, granted=True, **by(cast.kadir))
    assert unchanged()


def preview(person, head, row):
    book = upload({"Rencana aksi": [["Rekomendasi", "Urutan", *head], [NAME, "a", *row]]})
    run = imports.start(kind="renaksi", upload=book, **by(person))
    return [problem.message for problem in imports.preview(run).errors]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Rencana aksi", "Dari Excel"),
        ("Penanggung jawab", "Biro Umum"),
        ("Unit pendukung", "Biro Umum"),
        ("Batas waktu", "31 Desember 2027"),
        ("Menjawab butir", ""),
    ],
)
def test_a_workbook_is_refused(cast, locked, column, value):
    [sentence] = preview(cast.kadir, [column], [value])
    assert LOCKED in sentence


def test_a_word_file_is_refused(cast, evaluation, locked):
    Renaksi.objects.update(follow_up="")
    row = ["1", "Perencanaan Kinerja\nTarget.", "a. Rencana dari Word", "a. Belum"]
    run = word.start(upload=paper(row), evaluation=evaluation, **by(cast.kadir))
    sentences = [problem.message for problem in imports.preview(run).errors]
    assert any(LOCKED in sentence for sentence in sentences) or any(
        "tidak dapat dilakukan saat status" in sentence for sentence in sentences
    )


def test_an_import_is_not_undone_under_it(cast, recommendation, units):
    renaksi = factories.make_renaksi(recommendation, units.organisasi, plan="<p>Semula</p>")
    book = upload(
        {"Rencana aksi": [["Rekomendasi", "Urutan", "Rencana aksi"], [NAME, "a", "Dari Excel"]]}
    )
    run = imports.start(kind="renaksi", upload=book, **by(cast.kadir))
    imports.preview(run)
    imports.carry_out(run, at=timezone.now())
    Renaksi.objects.update(status="done")
    with pytest.raises(WrongState, match="terkunci"):
        imports.undo(run, **by(cast.kadir))
    renaksi.refresh_from_db()
    assert renaksi.plan == "<p>Dari Excel</p>"


def test_the_point_it_answers_keeps_its_letter(cast, recommendation, locked):
    first = recommendation.points.get()
    other = recommendation.points.create(position=2, text="<p>Lain</p>")
    given = {"recommendation": recommendation, "version": 0, "text": recommendation.text}
    swapped = [{"id": point.pk, "text": point.text} for point in (other, first)]
    with pytest.raises(ValidationError, match="hurufnya tetap"):
        edit_recommendation(points=swapped, **given, **by(cast.kadir))
    with pytest.raises(ValidationError, match="tidak dapat dihapus"):
        edit_recommendation(points=swapped[:1], **given, **by(cast.kadir))
    edit_recommendation(points=swapped[::-1], **given, **by(cast.kadir))


def test_it_is_not_deleted(cast, locked):
    with pytest.raises(WrongState):
        delete_renaksi(renaksi=locked, **by(cast.kadir))
    assert Renaksi.objects.filter(pk=locked.pk).exists()


# ── The person in charge ────────────────────────────────────────────────────────────────────────
@pytest.fixture
def sent(recommendation, units):
    return factories.make_renaksi(recommendation, units.organisasi, status="submitted")


def test_the_person_of_a_sent_item_may_change(signed_in, cast, sent, unchanged_text):
    url = reverse("recommendations:renaksi-plan", args=[sent.pk])
    client = signed_in(cast.kadir)
    page = client.get(url)
    assert set(fields_of(page)) & {"plan", "lead_unit", "due_date"} == set()
    assert client.post(url, fields_of(page) | {"person": cast.rina.pk}).status_code == 302
    sent.refresh_from_db()
    assert sent.person == cast.rina
    assert unchanged_text() == (sent.plan, sent.lead_unit_id)


@pytest.fixture
def unchanged_text(sent):
    return lambda: (sent.plan, sent.lead_unit_id)


def test_a_person_who_leaves_hands_over_sent_items(cast, sent, units):
    Renaksi.objects.update(person=cast.rina)
    rini = factories.make_user("rini", unit=units.organisasi)
    pair = {"from_person": cast.rina, "to_person": rini}
    outcome = bulk_plan.hand_over_person(**pair, **by(cast.kadir))
    assert outcome.changed == [sent]
    assert Renaksi.objects.get().person == rini


def test_the_person_of_a_closed_item_stays(cast, sent):
    Renaksi.objects.update(status="done")
    with pytest.raises(WrongState, match="sudah selesai"):
        plan_renaksi(**planned(sent, person=cast.rina), **by(cast.kadir))


def test_after_reopening_the_plan_changes(cast, sent):
    Renaksi.objects.update(status="done")
    sent.refresh_from_db()
    perform(action="reopen", renaksi=sent, note="Keliru", **by(cast.kadir))
    plan_renaksi(**planned(sent, plan="<p>Lain</p>"), **by(cast.kadir))
    assert Renaksi.objects.get().plan == "<p>Lain</p>"


def test_an_open_page_offers_only_what_is_possible(signed_in, cast, sent):
    page = signed_in(cast.kadir).get(sent.get_absolute_url()).text
    assert "Ganti petugas" in page
    assert "Ubah rencana" not in page
    Renaksi.objects.update(status="done")
    page = signed_in(cast.kadir).get(sent.get_absolute_url()).text
    assert "Ganti petugas" not in page
