"""A unit with open work is not switched off, and a person with work in hand does not leave."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from sakip.models import Unit, User
from sakip.services.records import save_record
from sakip.services.users import save_user
from tests import factories


def off(actor, unit):
    record = Unit.objects.get(pk=unit.pk)
    return save_record(record=record, actor=actor, at=timezone.now(), is_active=False)


def move(actor, person, **fields):
    return save_user(user=person, actor=actor, at=timezone.now(), **fields)


@pytest.fixture
def quiet(units):
    """A unit that nobody works in."""
    return factories.make_unit("Biro Hukum", parent=units.setda)


def led(recommendation, unit):
    factories.make_renaksi(recommendation, unit)
    return "1 rencana aksi yang belum selesai"


def supported(recommendation, unit):
    other = recommendation.evaluation.unit
    factories.make_renaksi(recommendation, other, supporting=[unit], status="returned")
    return "1 rencana aksi yang didukungnya"


def asked_for(recommendation, unit):
    renaksi = factories.make_renaksi(recommendation, unit, due_date="2026-06-30")
    factories.make_extension(
        renaksi, factories.make_user("nina", unit=recommendation.evaluation.unit)
    )
    return "1 rencana aksi yang belum selesai dan 1 permintaan perpanjangan yang belum diputuskan"


def owned(recommendation, unit):
    objective = factories.make_objective(recommendation.evaluation.unit)
    factories.make_indicator(objective, unit, year_to=2999)
    factories.make_indicator(objective, unit, number=2, name="Lama", year_to=2020)
    return "1 indikator yang masih berlaku"


def worked_in(recommendation, unit):
    factories.make_user("nina", unit=unit)
    factories.make_user("mira", unit=unit, is_active=False)
    return "1 pengguna aktif"


@pytest.mark.parametrize("work", [led, supported, asked_for, owned, worked_in])
def test_a_unit_with_open_work_stays_on(client, cast, quiet, recommendation, work):
    told = work(recommendation, quiet)
    with pytest.raises(ValidationError) as refusal:
        off(cast.kadir, quiet)
    sentence = f"Biro Hukum masih mempunyai {told}. Pindahkan dulu dengan Reorganisasi"
    assert sentence in refusal.value.message_dict["is_active"][0]
    client.force_login(cast.kadir)
    data = {"parent": quiet.parent_id, "kind": "bureau", "name": "Ketik", "code": quiet.code}
    page = client.post(reverse("sakip:unit-edit", args=[quiet.pk]), data | {"version": 0})
    assert sentence in page.text
    assert 'value="Ketik"' in page.text
    quiet.refresh_from_db()
    assert (quiet.is_active, quiet.name) == (True, "Biro Hukum")


def test_the_admin_site_keeps_the_rule(client, units, quiet, recommendation):
    led(recommendation, quiet)
    client.force_login(
        factories.make_user("ada", "coordinator", units.province, is_superuser=True, is_staff=True)
    )
    data = {"parent": quiet.parent_id, "kind": "bureau", "name": "Biro Hukum", "code": quiet.code}
    data |= {"position": 0, "read_version": 0}
    page = client.post(reverse("admin:sakip_unit_change", args=[quiet.pk]), data)
    assert page.context["adminform"].form.errors["is_active"]
    person = factories.make_user("nina", unit=quiet)
    recommendation.renaksi.update(person=person)
    data = {"username": "nina", "name": "Nina", "role": "operator", "unit": units.umum.pk}
    data |= {"is_active": "on", "read_version": 0, "date_joined_0": "2026-01-01"}
    page = client.post(reverse("admin:sakip_user_change", args=[person.pk]), data)
    assert page.context["adminform"].form.errors["unit"]


def test_what_is_done_keeps_nothing_on(cast, quiet, recommendation):
    for status in ("done", "not_actionable"):
        factories.make_renaksi(recommendation, quiet, status=status, not_actionable_reason="X")
    assert not off(cast.kadir, quiet).is_active


@pytest.mark.parametrize("gone", ["unit", "is_active"])
def test_a_person_with_work_in_hand_stays(client, cast, units, renaksi, gone):
    renaksi.person = cast.rina
    renaksi.save()
    there = {"unit": units.umum} if gone == "unit" else {"is_active": False}
    with pytest.raises(ValidationError) as refusal:
        move(cast.kadir, cast.rina, **there)
    sentence = "Rina masih menjadi petugas 1 rencana aksi yang belum selesai. Alihkan dulu"
    assert sentence in refusal.value.message_dict[gone][0]
    client.force_login(cast.kadir)
    data = {"name": "Rina Ketik", "username": "rina", "role": "operator", "version": 0}
    unit = units.umum if gone == "unit" else units.organisasi
    data |= {"unit": unit.pk} | ({"is_active": "on"} if gone == "unit" else {})
    page = client.post(reverse("sakip:user-edit", args=[cast.rina.pk]), data)
    assert sentence in page.text
    assert reverse("recommendations:hand-over-person") in page.text
    assert 'value="Rina Ketik"' in page.text
    rina = User.objects.get(pk=cast.rina.pk)
    assert (rina.unit, rina.is_active, rina.name) == (units.organisasi, True, "Rina")


def test_after_the_hand_over_the_person_goes(cast, units, renaksi):
    renaksi.person = cast.rina
    renaksi.save()
    renaksi.supporting_units.add(units.umum)
    assert move(cast.kadir, cast.rina, unit=units.umum).unit == units.umum  # it goes along
    renaksi.person = None
    renaksi.save()
    assert not move(cast.kadir, User.objects.get(pk=cast.rina.pk), is_active=False).is_active
