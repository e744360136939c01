"""What a unit was called on a day, and what must be true of a rename or a move."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sakip.history.entries import HistoryEntry
from sakip.models import Unit, UnitName
from sakip.selectors.unit_names import FormerNames
from sakip.services.records import save_record
from sakip.services.unit_names import change_unit

DAY = date(2024, 3, 1)
BASIS = "Pergub 5/2024"


def change(actor, unit, day=DAY, **fields):
    return change_unit(
        unit=unit, actor=actor, at=timezone.now(), day=day, legal_basis=BASIS, **fields
    )


def test_a_name_holds_until_the_day_of_the_rename(cast, units, django_assert_num_queries):
    change(cast.kadir, units.umum, date(2022, 1, 1), name="Biro Umum dan Humas", short_name="BUH")
    change(cast.kadir, units.umum, name="Biro Rumah Tangga", short_name="")
    with django_assert_num_queries(1):
        names = FormerNames()
        day_names = {
            day: str(names.on(units.umum.pk, day) or "kini")
            for day in (date(2021, 12, 31), date(2022, 1, 1), date(2024, 2, 29), DAY)
        }
    assert list(day_names.values()) == ["Biro Umum", "BUH", "BUH", "kini"]
    assert str(HistoryEntry.objects.about(units.umum).first().in_words[0]) == str(
        ["Nama", "Biro Umum dan Humas", "Biro Rumah Tangga"]
    )


def test_a_loaded_unit_wears_the_name_of_any_day(cast, units):
    change(cast.kadir, units.umum, name="Biro Rumah Tangga")
    unit, names = Unit.objects.get(pk=units.umum.pk), FormerNames()
    for day, name, later in (
        (date(2023, 1, 1), "Biro Umum", "Biro Rumah Tangga"),
        (DAY, "Biro Rumah Tangga", ""),
        (date(2020, 1, 1), "Biro Umum", "Biro Rumah Tangga"),
    ):
        names.put_on([unit, units.organisasi], day)
        assert (unit.name, unit.later_name) == (name, later)
    assert units.organisasi.later_name == ""


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2024, 3, 1), "baru ada dengan nama dan tempatnya sekarang sejak 1 Maret 2024"),
        (date(2020, 3, 1), "baru ada dengan nama dan tempatnya sekarang sejak 1 Maret 2024"),
        (date(2999, 1, 1), "tidak melewati hari ini"),
    ],
)
def test_a_day_before_what_is_known_or_after_today_is_refused(cast, units, day, sentence):
    change(cast.kadir, units.umum, name="Biro Rumah Tangga")
    with pytest.raises(ValidationError, match=sentence):
        change(cast.kadir, units.umum, day, name="Biro Lain")
    assert UnitName.objects.count() == 1


def test_a_unit_is_not_renamed_before_it_was_founded(cast, units):
    save_record(record=units.umum, actor=cast.kadir, at=timezone.now(), from_date=DAY)
    with pytest.raises(ValidationError, match="1 Maret 2024"):
        change(cast.kadir, units.umum, date(2024, 2, 1), name="Biro Lain")


def test_a_move_keeps_the_old_place(cast, units):
    hukum = Unit.objects.create(name="Hukum", parent=units.setda, kind="section", code="h")
    change(cast.kadir, hukum, parent=units.umum)
    assert Unit.objects.get(pk=hukum.pk).parent == units.umum
    assert UnitName.objects.get().parent == units.setda


def test_a_move_makes_no_cycle(cast, units):
    hukum = Unit.objects.create(name="Hukum", parent=units.umum, kind="section", code="h")
    with pytest.raises(ValidationError, match="di bawah dirinya sendiri"):
        change(cast.kadir, units.umum, parent=hukum)
    with pytest.raises(ValidationError, match="di bawah dirinya sendiri"):
        save_record(record=units.umum, actor=cast.kadir, at=timezone.now(), parent=units.umum)
    assert Unit.objects.get(pk=units.umum.pk).parent == units.setda
    assert not UnitName.objects.exists()


def test_nothing_changed_is_no_rename(cast, units):
    with pytest.raises(ValidationError, match="Tidak ada yang berubah"):
        change(cast.kadir, units.umum, name="Biro Umum")


def test_only_within_the_own_reach(cast, units):
    with pytest.raises(PermissionDenied):
        change(cast.sari, units.umum, name="Biro Lain")
    with pytest.raises(PermissionDenied):
        change(cast.kadir, units.umum, parent=units.dinas)
    with pytest.raises(PermissionDenied):
        change(cast.rina, units.organisasi, name="Biro Lain")
    with pytest.raises(ValidationError, match="Puncak jangkauan"):
        change(cast.kadir, units.setda, parent=units.umum)


def test_the_list_shows_former_names_in_one_query(client, cast, units, django_assert_num_queries):
    client.force_login(cast.kadir)
    address = reverse("sakip:unit-list")
    with CaptureQueriesContext(connection) as few:
        assert "dahulu" not in client.get(address).text
    for number, unit in enumerate((units.umum, units.organisasi)):
        change(cast.kadir, unit, date(2022, 1, 1), name=f"Baru {number}")
        change(cast.kadir, unit, name=f"Terbaru {number}")
    with django_assert_num_queries(len(few)):
        page = client.get(address)
    assert "dahulu Baru 0, Biro Umum" in page.text
