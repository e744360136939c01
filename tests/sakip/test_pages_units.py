"""Units, officials and letterheads: kept by coordinators, within their reach."""

import io
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from sakip.history.entries import HistoryEntry
from sakip.models import Letterhead, Official, Unit
from sakip.roles import Role
from sakip.services.records import save_record
from tests import factories, photographs
from tests.workbooks.books import plan_of, upload

NEW_UNIT = "/pengaturan/unit/baru/"


def unit_data(parent, **changes):
    data = {"parent": parent.pk, "kind": "bureau", "name": "Biro Hukum", "code": "hukum"}
    return data | {"position": "3", "is_active": "on", "version": 0} | changes


@pytest.fixture
def kadir(signed_in, cast):
    return signed_in(cast.kadir)


def test_a_new_unit_joins_the_tree_and_the_history(kadir, cast, units):
    response = kadir.post(NEW_UNIT, unit_data(units.setda))
    assert response.status_code == 302
    unit = Unit.objects.get(name="Biro Hukum")
    assert unit.parent == units.setda
    entry = HistoryEntry.objects.about(unit).get()
    assert (entry.actor, entry.action) == (cast.kadir, "create")


def test_a_unit_is_switched_off_and_said_so(kadir, units):
    address = reverse("sakip:unit-edit", args=[units.umum.pk])
    data = unit_data(units.setda, name="Biro Umum", code=units.umum.code)
    data.pop("is_active")
    assert "masih mempunyai 1 pengguna aktif" in kadir.post(address, data).text
    units.umum.people.update(is_active=False)
    assert kadir.post(address, data).status_code == 302
    units.umum.refresh_from_db()
    assert not units.umum.is_active
    assert HistoryEntry.objects.about(units.umum).get().action == "edit"


def test_a_unit_that_is_switched_off_can_no_longer_be_chosen(kadir, units):
    units.umum.is_active = False
    units.umum.save()
    response = kadir.post(NEW_UNIT, unit_data(units.umum))
    assert "Unit Biro Umum sudah tidak aktif. Pilih unit lain." in response.content.decode()
    assert "Biro Hukum" in response.content.decode()  # what was typed is still there


def test_a_unit_above_active_ones_stays(kadir, units):
    part = Unit.objects.create(name="Bagian A", code="a", kind="bureau", parent=units.umum)
    address = reverse("sakip:unit-edit", args=[units.umum.pk])
    data = unit_data(units.setda, name="Biro Umum", code=units.umum.code)
    data.pop("is_active")
    assert "Nonaktifkan dulu unit di bawahnya." in kadir.post(address, data).content.decode()
    assert part.is_active


def test_the_own_unit_stays_where_it_is(kadir, units):
    address = reverse("sakip:unit-edit", args=[units.setda.pk])
    data = unit_data(units.dinas, name="Setda", code=units.setda.code, kind="body")
    kadir.post(address, data)
    units.setda.refresh_from_db()
    assert (units.setda.name, units.setda.parent) == ("Setda", units.province)


def test_a_unit_cannot_move_below_itself(kadir, units):
    part = Unit.objects.create(name="Bagian A", code="a", kind="bureau", parent=units.umum)
    address = reverse("sakip:unit-edit", args=[units.umum.pk])
    response = kadir.post(address, unit_data(part, name="Biro Umum", code=units.umum.code))
    assert response.context["form"].errors["parent"]


@pytest.mark.parametrize("parent", ["dinas", "province"])
def test_no_unit_is_made_outside_the_reach(kadir, units, parent):
    response = kadir.post(NEW_UNIT, unit_data(getattr(units, parent)))
    assert response.context["form"].errors["parent"]
    assert not Unit.objects.filter(name="Biro Hukum").exists()


def test_a_unit_outside_the_reach_is_not_there(kadir, units):
    assert kadir.get(reverse("sakip:unit-edit", args=[units.dinas.pk])).status_code == 404


def test_a_code_is_given_once(kadir, units):
    response = kadir.post(NEW_UNIT, unit_data(units.setda, code=units.umum.code))
    assert response.context["form"].errors["code"]


def test_the_list_costs_the_same_for_one_and_for_fifty(kadir, units, django_assert_num_queries):
    address = reverse("sakip:unit-list")
    kadir.get(address)  # what a process remembers for good is asked once
    with CaptureQueriesContext(connection) as few:
        kadir.get(address)
    for number in range(50):
        Unit.objects.create(name=f"B{number}", code=f"b{number}", kind="bureau", parent=units.setda)
    with django_assert_num_queries(len(few)):
        kadir.get(address)


# ── What a coordinator may not raise ────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", ["province", "inspectorate", "dinas"])
def test_a_body_makes_parts_and_no_bodies(kadir, cast, units, kind):
    assert kadir.post(NEW_UNIT, unit_data(units.setda, kind=kind)).context["form"].errors["kind"]
    umum = unit_data(units.setda, name="Biro Umum", code=units.umum.code, kind=kind)
    address = reverse("sakip:unit-edit", args=[units.umum.pk])
    assert kadir.post(address, umum).context["form"].errors["kind"]
    for unit in (units.umum, Unit(parent=units.setda, name="Biro Hukum", code="hukum")):
        with pytest.raises(ValidationError, match="hanya diatur oleh koordinator provinsi"):
            save_record(record=unit, actor=cast.kadir, at=timezone.now(), kind=kind)


def test_the_own_unit_is_not_raised(kadir, cast, units):
    address = reverse("sakip:unit-edit", args=[units.setda.pk])
    data = unit_data(units.province, name="Setda", code=units.setda.code, kind="province")
    kadir.post(address, data)
    units.setda.refresh_from_db()
    assert (units.setda.name, units.setda.kind) == ("Setda", "secretariat")
    for fields in ({"kind": "province"}, {"parent": units.umum}, {"parent": None}):
        with pytest.raises(ValidationError, match="hanya diubah oleh koordinator provinsi"):
            save_record(record=units.setda, actor=cast.kadir, at=timezone.now(), **fields)


def test_a_body_within_the_reach_stays_what_and_where_it_is(cast, units):
    hospital = factories.make_unit("RSUD", parent=units.setda, kind="hospital")
    for fields in ({"kind": "bureau"}, {"parent": units.umum}):
        with pytest.raises(ValidationError, match="koordinator provinsi"):
            save_record(record=hospital, actor=cast.kadir, at=timezone.now(), **fields)


def test_the_province_makes_and_changes_bodies(signed_in, units):
    client = signed_in(factories.make_user("gita", Role.COORDINATOR, units.province))
    data = unit_data(units.province, kind="dinas", name="Dinas Baru")
    assert client.post(NEW_UNIT, data).status_code == 302
    dinas = Unit.objects.get(name="Dinas Baru")
    address = reverse("sakip:unit-edit", args=[dinas.pk])
    assert client.post(address, data | {"kind": "badan"}).status_code == 302
    dinas.refresh_from_db()
    assert dinas.kind == "badan"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["{setda}", "Sekretariat Daerah", "Provinsi", "Provinsi"], "Jenis"),
        (["{umum}", "Biro Umum", "Inspektorat", "Sekretariat Daerah"], "Jenis"),
        (["baru", "Baru", "Dinas", "Sekretariat Daerah"], "Jenis"),
    ],
)
def test_a_workbook_raises_nothing_either(cast, units, row, column):
    codes = {"{setda}": units.setda.code, "{umum}": units.umum.code}
    row = [codes.get(cell, cell) for cell in row]
    plan = plan_of(
        "units", cast.kadir, upload({"Unit": [["Kode", "Nama", "Jenis", "Unit induk"], row]})
    )
    assert [problem.column for problem in plan.errors] == [column]
    assert "koordinator provinsi" in plan.errors[0].message


# ── Officials ───────────────────────────────────────────────────────────────────────────────────
def official_data(unit, **changes):
    data = {"name": "Dra. Hasnah", "nip": "19710808 199103 2 007", "rank": "Pembina"}
    return data | {"position": "Kepala Biro", "unit": unit.pk, "is_active": "on"} | changes


def test_a_nip_may_be_typed_as_it_is_printed(kadir, units):
    kadir.post(reverse("sakip:official-create"), official_data(units.organisasi))
    assert Official.objects.get().nip == "197108081991032007"


def test_a_short_nip_is_refused(kadir, units):
    data = official_data(units.organisasi, nip="1971")
    response = kadir.post(reverse("sakip:official-create"), data)
    assert "NIP terdiri atas 18 angka" in response.content.decode()


def test_an_official_of_another_body_is_not_there(kadir, units):
    official = Official.objects.create(
        name="X", nip="1" * 18, rank="Y", position="Z", unit=units.dinas
    )
    assert kadir.get(reverse("sakip:official-edit", args=[official.pk])).status_code == 404


# ── Letterheads ─────────────────────────────────────────────────────────────────────────────────
def picture(kind="PNG", name="lambang.png"):
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, kind)
    return SimpleUploadedFile(name, data.getvalue())


def letterhead_data(unit, **changes):
    data = {"unit": unit.pk, "government": "PEMERINTAH PROVINSI", "body": "SEKRETARIAT DAERAH"}
    return data | {"address": "Jalan Gajah Mada 2"} | changes


def test_a_letterhead_keeps_its_picture_for_those_within_reach(kadir, units, signed_in, cast):
    data = letterhead_data(units.setda, logo=picture())
    assert kadir.post(reverse("sakip:letterhead-create"), data).status_code == 302
    logo = reverse("sakip:letterhead-logo", args=[Letterhead.objects.get().pk])
    response = kadir.get(logo)
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert signed_in(cast.sari).get(logo).status_code == 404


def test_a_logo_from_a_press_is_kept_plain_with_the_hash_of_what_was_sent(kadir, units):
    sent = photographs.STRANGE["colours of a press"]
    data = letterhead_data(units.setda, logo=SimpleUploadedFile("lambang.jpg", sent))
    kadir.post(reverse("sakip:letterhead-create"), data)
    letterhead = Letterhead.objects.get()
    assert letterhead.logo_original_sha256 == sha256(sent).hexdigest()
    url = reverse("sakip:letterhead-edit", args=[letterhead.pk])
    kadir.post(url, letterhead_data(units.setda, version=letterhead.version, phone="0541"))
    letterhead.refresh_from_db()
    assert (letterhead.phone, letterhead.logo_original_sha256) == ("0541", sha256(sent).hexdigest())


@pytest.mark.parametrize(
    "logo",
    [
        SimpleUploadedFile("lambang.png", b"<svg onload=alert(1)>"),
        picture("GIF", "lambang.png"),
        picture("PNG", "lambang.html"),
    ],
    ids=["no picture", "another format", "another name"],
)
def test_only_png_and_jpg_are_taken(kadir, units, logo):
    response = kadir.post(
        reverse("sakip:letterhead-create"), letterhead_data(units.setda, logo=logo)
    )
    assert response.context["form"].errors["logo"]
    assert not Letterhead.objects.exists()


# ── Everybody else ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("person", ["rina", "dewi", "laila"])
@pytest.mark.parametrize("name", ["settings", "unit-list", "unit-create", "user-list"])
def test_settings_are_for_coordinators(signed_in, cast, person, name):
    assert signed_in(getattr(cast, person)).get(reverse(f"sakip:{name}")).status_code == 403


def test_a_list_is_only_read(kadir):
    assert kadir.post(reverse("sakip:unit-list")).status_code == 405
