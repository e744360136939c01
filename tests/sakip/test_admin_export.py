"""Lists of the admin site that no workbook holds can be taken along as an Excel file."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from sakip.models import Official
from tests import factories

OFFICIALS = "admin:sakip_official_export"


@pytest.fixture
def admin(units, signed_in):
    return signed_in(
        factories.make_user("ada", "coordinator", units.province, is_superuser=True, is_staff=True)
    )


@pytest.fixture
def officials(units):
    fields = {"rank": "Pembina", "unit": units.organisasi}
    Official.objects.create(name="=1+1", nip="1" * 18, position="Kepala", **fields)
    Official.objects.create(
        name="Wati", nip="2" * 18, position="Sekretaris", is_active=False, **fields
    )


def rows(response):
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith('.xlsx"')
    sheet = load_workbook(BytesIO(response.content)).active
    return [[cell.value for cell in row] for row in sheet]


def test_the_file_has_the_columns_of_the_list_and_its_words(admin, officials):
    head, *found = rows(admin.get(reverse(OFFICIALS)))
    assert head == [
        "Nama dan gelar", "Jabatan", "Menjabat sejak", "Menjabat sampai", "Pangkat", "NIP",
        "Unit kerja", "Aktif",
    ]  # fmt: skip
    assert [[row[1], row[4], *row[6:]] for row in found] == [
        ["Kepala", "Pembina", "Biro Organisasi", "Ya"],
        ["Sekretaris", "Pembina", "Biro Organisasi", "Tidak"],
    ]


def test_a_text_is_never_a_formula(admin, officials):
    sheet = load_workbook(BytesIO(admin.get(reverse(OFFICIALS)).content)).active
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "inlineStr"}


def test_the_file_holds_what_the_list_was_filtered_to(admin, officials):
    found = rows(admin.get(reverse(OFFICIALS), {"q": "Wati"}))[1:]
    assert [row[0] for row in found] == ["Wati"]


def test_the_list_offers_its_file_unless_it_has_a_workbook(admin, officials):
    for page in ("sakip_official", "recommendations_rubric"):
        text = admin.get(reverse(f"admin:{page}_changelist")).text
        assert f'href="{reverse(f"admin:{page}_export")}' in text
    assert "Unduh daftar" not in admin.get(reverse("admin:sakip_unit_changelist")).text


def test_only_who_may_see_the_list_gets_the_file(officials, signed_in, cast):
    helper = factories.make_user("bantu", "", None, is_staff=True)
    for person in (helper, cast.kadir):
        assert signed_in(person).get(reverse(OFFICIALS)).status_code == 302
