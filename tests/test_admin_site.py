"""What the admin site may write, and that all of it goes through the services, with history."""

import pytest
from django.contrib import admin
from django.urls import reverse

from sakip.admin import RecordAdmin
from sakip.history.entries import HistoryEntry
from sakip.models import Letterhead, Official, Unit, User
from tests import factories

WRITTEN_HERE = {User, Unit, Official, Letterhead}


@pytest.fixture
def superuser(db):
    return factories.make_user("root", "", is_superuser=True, is_staff=True)


@pytest.fixture
def request_of(rf, superuser):
    request = rf.get("/")
    request.user = superuser
    return request


def allowed(site, request):
    asked = {
        "add": site.has_add_permission(request),
        "change": site.has_change_permission(request),
        "delete": site.has_delete_permission(request),
    }
    return {name for name, is_allowed in asked.items() if is_allowed}


def test_only_people_and_units_are_written_even_by_a_superuser(request_of):
    found = {}
    for model, site in admin.site._registry.items():
        found[model] = allowed(site, request_of)
        for inline in site.get_inline_instances(request_of):
            parts = {
                "add": inline.has_add_permission(request_of, None),
                "change": inline.has_change_permission(request_of),
                "delete": inline.has_delete_permission(request_of),
            }
            assert not any(parts.values()), (model, inline, parts)
    assert {model for model, may in found.items() if may} == WRITTEN_HERE
    assert all(found[model] == {"add", "change"} for model in WRITTEN_HERE)


def test_what_is_written_goes_through_the_services():
    """Nobody else's `save_model` writes, no list is edited in place, and nothing is deleted in bulk."""
    for model in WRITTEN_HERE:
        site = admin.site._registry[model]
        assert isinstance(site, RecordAdmin)
        assert type(site).save_model is RecordAdmin.save_model
        assert list(site.list_editable) == list(site.inlines) == []


ACCOUNT = {
    "role": ("leader", ["Peran", "Operator", "Pimpinan"]),
    "name": ("Umar Baru", ["Nama", "Umar", "Umar Baru"]),
    "is_active": ("", ["Aktif", "ya", "tidak"]),
    "is_staff": ("on", ["Status staf", "tidak", "ya"]),
    "is_superuser": ("on", ["Status superuser", "tidak", "ya"]),
    "unit": ("dinas", ["Unit kerja", "Biro Umum", "Dinas Pariwisata"]),
}
UNIT = {
    "name": ("Biro Tata Usaha", ["Nama", "Biro Umum", "Biro Tata Usaha"]),
    "parent": ("dinas", ["Unit induk", "Sekretariat Daerah", "Dinas Pariwisata"]),
    "is_active": ("", ["Aktif", "ya", "tidak"]),
}


def typed_over(page, name, value):
    form = page.context["adminform"].form
    values = {bound.name: bound.value() for bound in form if bound.name != "password"}
    values[name] = value
    return {name: value for name, value in values.items() if value or str(value) == "0"}


@pytest.mark.parametrize(
    ("model", "name", "value", "row"),
    [("user", name, *said) for name, said in ACCOUNT.items()]
    + [("unit", name, *said) for name, said in UNIT.items()],
)
def test_a_change_in_the_admin_site_is_told(
    client, superuser, cast, units, model, name, value, row
):
    client.force_login(superuser)
    record = cast.umar if model == "user" else units.umum
    address = reverse(f"admin:sakip_{model}_change", args=[record.pk])
    value = getattr(units, value).pk if value == "dinas" else value
    if (model, name) == ("unit", "is_active"):  # only a unit without people is switched off
        User.objects.filter(unit=record).update(is_active=False)
    answer = client.post(address, typed_over(client.get(address), name, value))
    assert answer.status_code == 302
    entry = HistoryEntry.objects.about(record).get()
    assert (entry.actor, entry.in_words) == (superuser, [row])


@pytest.mark.parametrize(
    ("name", "value", "row"),
    [
        ("role", "leader", ["Peran", "Operator", "Pimpinan"]),
        ("name", "Umar Baru", ["Nama", "Umar", "Umar Baru"]),
        ("is_active", "", ["Aktif", "ya", "tidak"]),
        ("unit", "organisasi", ["Unit kerja", "Biro Umum", "Biro Organisasi"]),
    ],
)
def test_a_change_on_the_page_is_told(signed_in, cast, units, name, value, row):
    data = {"username": "umar", "name": "Umar", "role": "operator", "unit": units.umum.pk}
    data |= {"is_active": "on", "version": 0}
    data[name] = getattr(units, value).pk if name == "unit" else value
    address = reverse("sakip:user-edit", args=[cast.umar.pk])
    answer = signed_in(cast.kadir).post(
        address, {key: text for key, text in data.items() if text != ""}
    )
    assert answer.status_code == 302
    assert HistoryEntry.objects.about(cast.umar).get().in_words == [row]


def test_what_is_new_is_told_whole(client, superuser, units):
    client.force_login(superuser)
    data = {"parent": units.setda.pk, "kind": "bureau", "name": "Biro Hukum", "code": "hukum"}
    data |= {"position": 0, "is_active": "on", "read_version": 0}
    client.post(reverse("admin:sakip_unit_add"), data)
    rows = HistoryEntry.objects.about(Unit.objects.get(code="hukum")).get().in_words
    assert ["Nama", "-", "Biro Hukum"] in rows and ["Jenis", "-", "Biro"] in rows
    word = "kuda-baterai-stapler-7"
    data = {"username": "nur", "name": "Nur", "role": "operator", "unit": units.umum.pk}
    data |= {"password1": word, "password2": word, "usable_password": "true"}
    client.post(reverse("admin:sakip_user_add"), data)
    nur = User.objects.get(username="nur")
    entry = HistoryEntry.objects.about(nur).get()
    assert ["Peran", "-", "Operator"] in entry.in_words
    assert word not in str(entry.changes) and nur.password not in str(entry.changes)
