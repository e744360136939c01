"""Who saves what somebody else has changed meanwhile is told so, and nothing is undone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from sakip.editing import StaleEdit
from sakip.history.entries import HistoryEntry
from sakip.models import Letterhead, Unit, User
from sakip.roles import Role
from sakip.services import invitations, users
from sakip.services.records import save_record
from sakip.sign_in.accounts import AccountAdapter
from tests import factories


def edit(kind, record):
    return reverse(f"sakip:{kind}-edit", args=[record.pk])


def sent_from(page, **changes):
    """What a browser sends back of the form on this page, with some fields typed over."""
    form = page.context["form"]
    values = {bound.name: bound.value() for bound in form}
    values = {name: value for name, value in values.items() if value or name == "version"}
    values.pop("logo", None)
    values = {name: getattr(value, "pk", value) for name, value in values.items()}
    return {name: value for name, value in (values | changes).items() if value is not None}


@pytest.fixture
def kadir(signed_in, cast):
    return signed_in(cast.kadir)


@pytest.fixture
def records(cast, units):
    letterhead = Letterhead.objects.create(
        unit=units.setda, government="Pemerintah", body="Setda", address="Jalan"
    )
    return {
        "unit": (units.umum, "name", "Biro Umum Baru"),
        "user": (cast.umar, "name", "Umar Baru"),
        "official": (factories.make_official(units.umum), "rank", "Pembina"),
        "letterhead": (letterhead, "address", "Jalan Baru"),
    }


@pytest.mark.parametrize("kind", ["unit", "user", "official", "letterhead"])
def test_the_second_of_two_editors_sees_both_texts(kadir, records, kind):
    record, name, value = records[kind]
    mine = sent_from(kadir.get(edit(kind, record)), **{name: "Tulisan saya"})
    theirs = sent_from(kadir.get(edit(kind, record)), **{name: value})
    assert kadir.post(edit(kind, record), theirs).status_code == 302
    late = kadir.post(edit(kind, record), mine)
    assert late.status_code == 409
    page = late.content.decode()
    assert value in page and "Tulisan saya" in page
    record.refresh_from_db()
    assert (getattr(record, name), record.version) == (value, 1)
    assert kadir.post(edit(kind, record), sent_from(late)).status_code == 302
    record.refresh_from_db()
    assert getattr(record, name) == "Tulisan saya"
    assert HistoryEntry.objects.about(record).count() == 2


def test_an_invitation_made_meanwhile_stays(kadir, cast):
    open_form = sent_from(kadir.get(edit("user", cast.umar)), name="Umar Baru")
    kadir.post(reverse("sakip:user-invite", args=[cast.umar.pk]), {"undang": "ya"})
    assert kadir.post(edit("user", cast.umar), open_form).status_code == 409
    cast.umar.refresh_from_db()
    assert (cast.umar.has_usable_password(), cast.umar.invited_at is None) == (False, False)


def test_who_was_switched_off_meanwhile_stays_out(kadir, cast):
    open_form = sent_from(kadir.get(edit("user", cast.umar)), name="Umar Baru")
    switched_off = open_form | {"name": "Umar"}
    del switched_off["is_active"]
    kadir.post(edit("user", cast.umar), switched_off)
    assert kadir.post(edit("user", cast.umar), open_form).status_code == 409
    assert not User.objects.get(pk=cast.umar.pk).is_active


def test_bodies_assigned_meanwhile_stay(signed_in, units):
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    gita = signed_in(factories.make_user("gita", Role.COORDINATOR, units.province))
    open_form = sent_from(gita.get(edit("user", irban)), name="Irban Baru")
    gita.post(edit("user", irban), open_form | {"name": "Irban", "assigned_bodies": units.setda.pk})
    late = gita.post(edit("user", irban), open_form)
    assert late.status_code == 409
    assert ("Perangkat daerah yang dievaluasi", "Sekretariat Daerah") in late.context["saved"]
    assert list(irban.assigned_bodies.all()) == [units.setda]


def test_saving_writes_the_columns_that_changed_and_no_other(cast, units):
    """Between reading and writing others may sign in or choose a password of their own."""
    stale = User.objects.get(pk=cast.umar.pk)
    User.objects.filter(pk=stale.pk).update(last_login=timezone.now(), password="!lain")
    at, version = timezone.now(), stale.version
    users.save_user(user=stale, actor=cast.kadir, at=at, version=version, name="Umar Baru")
    cast.umar.refresh_from_db()
    assert (cast.umar.name, cast.umar.password) == ("Umar Baru", "!lain")
    assert cast.umar.last_login


def test_a_password_of_ones_own_brings_back_nothing_else(cast):
    stale = User.objects.get(pk=cast.umar.pk)
    User.objects.filter(pk=stale.pk).update(is_active=False)
    AccountAdapter().set_password(stale, "kuda-baterai-stapler-7")
    cast.umar.refresh_from_db()
    assert cast.umar.check_password("kuda-baterai-stapler-7")
    assert not cast.umar.is_active


def test_what_is_saved_unchanged_leaves_no_trace(kadir, cast, units):
    assert kadir.post(edit("unit", units.umum), sent_from(kadir.get(edit("unit", units.umum)))).url
    assert Unit.objects.get(pk=units.umum.pk).version == 0
    assert not HistoryEntry.objects.exists()


def test_a_letterhead_that_has_gone_is_told_as_such(cast, records):
    letterhead = records["letterhead"][0]
    stale = Letterhead.objects.get()
    letterhead.delete()
    with pytest.raises(StaleEdit) as refused:
        save_record(record=stale, actor=cast.kadir, at=timezone.now(), address="Lain")
    assert refused.value.current is None


@pytest.mark.parametrize("who", ["rina", "dewi", "laila", "sari"])
def test_the_services_ask_who_writes(cast, records, who):
    actor, at = getattr(cast, who), timezone.now()
    for kind in ("unit", "official", "letterhead"):
        with pytest.raises(PermissionDenied):
            save_record(record=records[kind][0], actor=actor, at=at)
    with pytest.raises(PermissionDenied):
        users.save_user(user=cast.umar, actor=actor, at=at)
    with pytest.raises(PermissionDenied):
        invitations.invite(people=[cast.umar], actor=actor, at=at)


@pytest.mark.parametrize("kind", ["unit", "user", "official", "letterhead"])
def test_saving_what_stands_there_leaves_no_history(kadir, records, kind):
    record, _, _ = records[kind]
    same = sent_from(kadir.get(edit(kind, record)))
    assert kadir.post(edit(kind, record), same).status_code == 302
    record.refresh_from_db()
    assert record.version == 0
    assert not HistoryEntry.objects.about(record).exists()
