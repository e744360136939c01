"""The admin site writes what was changed and nothing else, with history."""

import pytest
from django.urls import reverse
from django.utils import timezone

from sakip.history.entries import HistoryEntry
from sakip.models import Letterhead, Unit, User
from sakip.services import users
from tests import factories


@pytest.fixture
def admin(client, db):
    client.force_login(factories.make_user("root", "", is_superuser=True, is_staff=True))
    return client


def change(record):
    meta = type(record)._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def sent_from(page, **changes):
    """What a browser sends back of an admin page, with some fields typed over."""
    form = page.context["adminform"].form
    values = {bound.name: bound.value() for bound in form if bound.name not in ("logo", "password")}
    values = {name: value for name, value in values.items() if value or str(value) == "0"}
    return values | changes


def records(units, cast):
    letterhead = Letterhead.objects.create(
        unit=units.setda, government="Pemerintah", body="Setda", address="Jalan"
    )
    return {
        "unit": (units.umum, "head_title", "Kepala Biro"),
        "user": (cast.umar, "name", "Umar Baru"),
        "official": (factories.make_official(units.umum), "rank", "Pembina"),
        "letterhead": (letterhead, "address", "Jalan Baru"),
    }


@pytest.mark.parametrize("kind", ["unit", "user", "official", "letterhead"])
def test_a_change_is_one_entry_and_raises_the_version(admin, cast, units, kind):
    record, name, value = records(units, cast)[kind]
    page = admin.get(change(record))
    assert admin.post(change(record), sent_from(page, **{name: value})).status_code == 302
    record.refresh_from_db()
    assert (getattr(record, name), record.version) == (value, 1)
    entry = HistoryEntry.objects.about(record).get()
    assert (entry.action, entry.actor.username, len(entry.in_words)) == ("edit", "root", 1)


@pytest.mark.parametrize("kind", ["unit", "user", "official", "letterhead"])
def test_what_somebody_else_saved_meanwhile_is_not_undone(admin, cast, units, kind):
    record, name, value = records(units, cast)[kind]
    mine = sent_from(admin.get(change(record)), **{name: value})
    type(record).objects.update(version=1)
    page = admin.post(change(record), mine)
    assert "menyimpan perubahan pada" in page.content.decode()
    record.refresh_from_db()
    assert getattr(record, name) != value


def test_only_the_changed_columns_are_written(admin, cast, units, monkeypatch):
    """Somebody signs in between the reading and the writing of the page."""
    page = admin.get(change(cast.umar))
    held = users.lock_record

    def signs_in(record, version=None):
        User.objects.filter(pk=record.pk).update(last_login=timezone.now(), password="!lain")
        return held(record, version)

    monkeypatch.setattr(users, "lock_record", signs_in)
    admin.post(change(cast.umar), sent_from(page, name="Umar Baru"))
    umar = User.objects.get(pk=cast.umar.pk)
    assert (umar.name, umar.password, umar.last_login is None) == ("Umar Baru", "!lain", False)


def test_bodies_given_here_are_on_record_too(admin, units):
    irban = factories.make_user("irban", "evaluator", units.inspektorat)
    admin.post(change(irban), sent_from(admin.get(change(irban)), assigned_bodies=[units.dinas.pk]))
    assert list(irban.assigned_bodies.all()) == [units.dinas]
    row = ["Perangkat daerah yang dievaluasi", "-", "Dinas Pariwisata"]
    assert HistoryEntry.objects.about(irban).get().in_words == [row]


def test_what_does_not_fit_together_is_refused_in_words(admin, cast, units):
    data = sent_from(admin.get(change(cast.dewi)), assigned_bodies=[units.dinas.pk])
    page = admin.post(change(cast.dewi), data)
    assert page.context["adminform"].form.errors["assigned_bodies"]
    assert User.objects.get(pk=cast.dewi.pk).reach is None


def test_nobody_gives_a_password_here(admin, cast):
    address = reverse("admin:auth_user_password_change", args=[cast.umar.pk])
    word = "kuda-baterai-stapler-7"
    response = admin.post(address, {"password1": word, "password2": word})
    assert response.url == reverse("sakip:user-invite", args=[cast.umar.pk])
    assert admin.get(response.url).status_code == 200
    assert not User.objects.get(pk=cast.umar.pk).check_password(word)


def test_new_records_have_a_history_too(admin, units):
    data = {"parent": units.setda.pk, "kind": "bureau", "name": "Biro Hukum", "code": "hukum"}
    data |= {"position": 0, "is_active": "on", "read_version": 0}
    assert admin.post(reverse("admin:sakip_unit_add"), data).status_code == 302
    hukum = Unit.objects.get(code="hukum")
    assert HistoryEntry.objects.about(hukum).get().action == "create"
    data = {"username": "nur", "name": "Nur", "role": "operator", "unit": hukum.pk}
    data |= {"read_version": 0}
    assert admin.post(reverse("admin:sakip_user_add"), data).status_code == 302
    assert not User.objects.get(username="nur").has_usable_password()


def test_nothing_is_deleted_here(admin, cast, units):
    letterhead, _, _ = records(units, cast)["letterhead"]
    address = reverse("admin:sakip_letterhead_delete", args=[letterhead.pk])
    assert admin.post(address, {"post": "yes"}).status_code == 403
    assert Letterhead.objects.get() == letterhead
