"""Who is told what after which action, and who never is."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from recommendations.models import Notice
from recommendations.services import notifications
from recommendations.services.bulk_plan import change_many, hand_over
from recommendations.services.extensions import decide_extension, request_extension
from recommendations.services.renaksi import create_renaksi, plan_renaksi
from recommendations.workflow import perform
from sakip.roles import Role
from tests import factories

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)


def told():
    """(user name, kind) of every notice there is."""
    return sorted(Notice.objects.values_list("person__username", "kind"))


@pytest.fixture
def ratna(units):
    return factories.make_user("ratna", Role.OPERATOR, units.organisasi)


def test_evaluators_who_reach_it_hear_of_a_submission(units, cast, renaksi):
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.add(units.dinas)
    factories.make_user(
        "doni", Role.EVALUATOR, units.inspektorat, evaluates_all=True, is_active=False
    )
    perform(action="submit", renaksi=renaksi, actor=cast.rina, at=AT)
    assert told() == [("dewi", "submitted")]
    assert Notice.objects.get().text == (
        "Renaksi 1.a Sekretariat Daerah tahun 2022 dari Biro Organisasi menunggu reviu."
    )


def test_a_return_says_why_to_the_unit(units, cast, recommendation, ratna):
    renaksi = factories.make_renaksi(
        recommendation, units.organisasi, status="submitted", supporting=[units.umum]
    )
    words = {"reason": "unsigned", "note": "Halaman 3 belum."}
    perform(action="return", renaksi=renaksi, actor=cast.dewi, at=AT, **words)
    assert told() == [("kadir", "returned"), ("ratna", "returned"), ("rina", "returned")]
    assert Notice.objects.first().text == (
        "Renaksi 1.a Sekretariat Daerah tahun 2022 dikembalikan oleh Dewi: Belum ditandatangani. Halaman 3 belum."
    )


def test_whoever_submitted_hears_it_even_from_another_unit(units, cast, recommendation):
    renaksi = factories.make_renaksi(
        recommendation,
        units.organisasi,
        status="submitted",
        submitted_by=cast.umar,
        supporting=[units.umum],
    )
    perform(action="accept", renaksi=renaksi, actor=cast.dewi, at=AT)
    assert told() == [("rina", "accepted"), ("umar", "accepted")]
    perform(action="reopen", renaksi=renaksi, actor=cast.dewi, at=AT, note="Ada temuan.")
    assert [row for row in told() if row[1] == "reopened"] == [
        ("kadir", "reopened"),
        ("rina", "reopened"),
        ("umar", "reopened"),
    ]


def test_whoever_submitted_and_was_moved_away_hears_nothing(units, cast, recommendation):
    renaksi = factories.make_renaksi(
        recommendation, units.organisasi, status="submitted", submitted_by=cast.umar
    )
    perform(action="accept", renaksi=renaksi, actor=cast.dewi, at=AT)
    assert told() == [("rina", "accepted")]


def test_nobody_hears_of_the_own_act_or_of_a_draft(cast, renaksi, ratna):
    perform(action="edit", renaksi=renaksi, actor=cast.rina, at=AT)
    notifications.after("return", renaksi, cast.rina, AT)
    assert told() == [("kadir", "returned"), ("ratna", "returned")]


def test_a_refused_act_tells_nobody(cast, renaksi):
    with pytest.raises(PermissionDenied):
        perform(action="submit", renaksi=renaksi, actor=cast.kadir, at=AT)
    assert told() == []


def test_a_plan_tells_the_units_it_newly_names(units, cast, recommendation):
    plan = {"plan": "<p>Rencana</p>", "actor": cast.kadir, "at": AT}
    renaksi = create_renaksi(recommendation=recommendation, lead_unit=units.organisasi, **plan)
    assert told() == [("rina", "assigned")]
    plan |= {"lead_unit": units.organisasi, "supporting_units": [units.umum]}
    plan_renaksi(renaksi=renaksi, **plan)
    plan_renaksi(renaksi=renaksi, **plan)
    assert told() == [("rina", "assigned"), ("umar", "assigned")]


def test_many_items_at_once_make_one_notice(units, cast, recommendation):
    rows = [factories.make_renaksi(recommendation, units.organisasi) for _ in range(12)]
    ids = [row.pk for row in rows[:2]]
    change_many(renaksi_ids=ids, actor=cast.kadir, at=AT, lead_unit=units.umum)
    assert told() == [("umar", "assigned")] * 2
    change_many(renaksi_ids=ids, actor=cast.kadir, at=AT, lead_unit=units.organisasi)
    Notice.objects.all().delete()
    hand_over(from_unit=units.organisasi, to_unit=units.umum, actor=cast.kadir, at=AT)
    assert Notice.objects.get().text == (
        "Renaksi 1.a Sekretariat Daerah tahun 2022 dan 11 lainnya menjadi tugas unit Anda."
    )


def test_an_extension_is_asked_of_the_closest_coordinator(units, cast, renaksi):
    factories.make_user("provinsi", Role.COORDINATOR, units.province)
    renaksi.due_date = "2026-06-30"
    renaksi.save()
    asked = {"new_date": datetime(2026, 7, 31, tzinfo=UTC).date(), "reason": "Data terlambat."}
    extension = request_extension(renaksi=renaksi, actor=cast.rina, at=AT, **asked)
    assert told() == [("kadir", "extension")]
    assert Notice.objects.get().text.endswith(
        "untuk Renaksi 1.a Sekretariat Daerah tahun 2022: Data terlambat."
    )
    decide_extension(extension=extension, actor=cast.kadir, at=AT, granted=True)
    assert told() == [("kadir", "extension"), ("rina", "extension")]


def test_a_long_note_is_cut(cast, renaksi):
    notifications.after("return", renaksi, cast.dewi, AT, note="kata " * 200)
    text = Notice.objects.first().text
    assert (len(text), text[-1]) == (300, "…")


def test_telling_many_costs_no_more_than_telling_one(
    units, cast, renaksi, django_assert_num_queries
):
    perform(action="submit", renaksi=renaksi, actor=cast.rina, at=AT)  # warms the caches
    for number in range(20):
        factories.make_user(
            f"evaluator{number}", Role.EVALUATOR, units.inspektorat, evaluates_all=True
        )
    with django_assert_num_queries(5):
        notifications.after("submit", renaksi, cast.rina, AT)
