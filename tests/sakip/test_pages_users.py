"""Accounts: made by coordinators, never with more reach than their own."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from sakip.history.entries import HistoryEntry
from sakip.models import User
from sakip.roles import Role
from sakip.services import users as services
from tests import factories

NEW_USER = "/pengaturan/pengguna/baru/"


def user_data(unit, **changes):
    data = {"name": "Nur Contoh", "username": "nur", "role": "operator", "unit": unit.pk}
    return data | {"is_active": "on", "version": 0} | changes


def edit(person):
    return reverse("sakip:user-edit", args=[person.pk])


@pytest.fixture
def kadir(signed_in, cast):
    return signed_in(cast.kadir)


def test_a_person_moves_and_the_history_says_so(kadir, cast, units):
    data = user_data(units.organisasi, username="umar", name="Umar")
    assert kadir.post(edit(cast.umar), data).status_code == 302
    cast.umar.refresh_from_db()
    assert cast.umar.unit == units.organisasi
    changes = HistoryEntry.objects.about(cast.umar).get().in_words
    assert ["Unit kerja", "Biro Umum", "Biro Organisasi"] in changes


def test_a_person_who_left_is_switched_off(kadir, cast, units):
    data = user_data(units.umum, username="umar", name="Umar")
    data.pop("is_active")
    kadir.post(edit(cast.umar), data)
    cast.umar.refresh_from_db()
    assert not cast.umar.is_active


# ── Reach ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("unit", ["dinas", "province"])
def test_no_account_outside_the_reach(kadir, units, unit):
    response = kadir.post(NEW_USER, user_data(getattr(units, unit), role="coordinator"))
    assert response.context["form"].errors["unit"]
    assert not User.objects.filter(username="nur").exists()


def test_the_service_judges_for_itself(cast, units):
    """What a form narrows, an import or a command must not widen."""
    with pytest.raises(ValidationError, match="di bawah jangkauan Anda"):
        services.save_user(
            user=User(username="nur", name="Nur", role="operator", unit=units.dinas),
            actor=cast.kadir,
            at=timezone.now(),
        )
    assert not User.objects.filter(username="nur").exists()


def test_who_reaches_the_whole_province_makes_evaluators_of_everything(signed_in, units):
    client = signed_in(factories.make_user("prov", Role.COORDINATOR, units.province))
    client.post(NEW_USER, user_data(units.inspektorat, role="evaluator", evaluates_all="on"))
    assert User.objects.get(username="nur").reach is None


def test_accounts_with_more_reach_cannot_be_taken_over(kadir, units):
    make = factories.make_user
    beyond = [
        make("sari2", Role.COORDINATOR, units.dinas),
        make("eva", Role.EVALUATOR, units.umum, evaluates_all=True),
        make("root", Role.OPERATOR, units.umum, is_superuser=True),
    ]
    for person in beyond:
        invite = reverse("sakip:user-invite", args=[person.pk])
        assert kadir.get(edit(person)).status_code == 404, person
        assert kadir.post(invite, {"undang": "ya"}).status_code == 404, person


def test_a_coordinator_does_not_lift_the_own_account(kadir, cast, units):
    data = user_data(units.province, username="kadir", name="Kadir Baru", role="evaluator")
    kadir.post(edit(cast.kadir), data)
    cast.kadir.refresh_from_db()
    assert (cast.kadir.name, cast.kadir.role) == ("Kadir Baru", "coordinator")
    assert cast.kadir.unit == units.setda


def test_a_unit_that_is_switched_off_takes_no_new_people(kadir, units):
    units.umum.is_active = False
    units.umum.save()
    text = kadir.post(NEW_USER, user_data(units.umum)).content.decode()
    assert "Unit Biro Umum sudah tidak aktif. Pilih unit lain." in text


def test_the_list_holds_whom_one_may_manage(kadir, units):
    factories.make_user("root", Role.OPERATOR, units.umum, is_superuser=True)
    rows = kadir.get(reverse("sakip:user-list")).context["rows"]
    assert {person.username for person, _, _ in rows} == {"rina", "umar", "kadir", "laila", "tono"}
