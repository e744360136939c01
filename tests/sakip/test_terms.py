"""Officials through time: their term, Plt. and Plh., a.n., and no two of them in one post at once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sakip.history.entries import HistoryEntry
from sakip.models import Official
from sakip.services.records import save_record
from tests import factories

YEAR_END = date(2023, 12, 31)
NEW = reverse("sakip:official-create")


def save(actor, official=None, **fields):
    return save_record(record=official or Official(), actor=actor, at=timezone.now(), **fields)


@pytest.fixture
def person(units):
    return {
        "name": "Hasnah",
        "nip": "1" * 18,
        "rank": "Pembina",
        "position": "Kepala Biro",
        "unit": units.organisasi,
    }


@pytest.fixture
def earlier(units):
    return factories.make_official(
        units.organisasi, name="Alawiyah", from_date=date(2020, 1, 1), to_date=YEAR_END
    )


@pytest.mark.parametrize(
    ("term", "refused"),
    [
        ((None, None), True),
        ((date(2023, 12, 31), None), True),
        ((date(2024, 1, 1), None), False),
        ((None, date(2020, 1, 1)), True),
        ((None, date(2019, 12, 31)), False),
        ((date(2021, 1, 1), date(2021, 2, 1)), True),
    ],
)
def test_terms_of_one_post_do_not_overlap(cast, earlier, person, term, refused):
    term = dict(zip(("from_date", "to_date"), term, strict=True))
    if not refused:
        assert save(cast.kadir, **person, **term).pk
        return
    with pytest.raises(ValidationError) as refusal:
        save(cast.kadir, **person, **term)
    assert refusal.value.message_dict == {
        "from_date": [
            "Kepala Biro sudah dijabat Alawiyah sejak 1 Januari 2020 sampai 31 Desember 2023. "
            "Tulis masa jabatan yang tidak beririsan."
        ]
    }
    assert list(Official.objects.all()) == [earlier]
    assert not HistoryEntry.objects.exists()


def test_an_open_term_is_ended_first(client, cast, person, earlier):
    Official.objects.update(to_date=None)
    client.force_login(cast.kadir)
    data = person | {"unit": person["unit"].pk, "from_date": "1 Januari 2024", "is_active": "on"}
    page = client.post(NEW, data)
    assert "sudah dijabat Alawiyah sejak 1 Januari 2020, tanpa tanggal akhir" in page.text
    assert 'value="1 Januari 2024"' in page.text
    assert client.post(NEW, data | {"position": "Kepala Bagian"}).status_code == 302


def test_capitals_make_no_other_post_but_another_unit_does(cast, units, person, earlier):
    with pytest.raises(ValidationError):
        save(cast.kadir, **person | {"position": "KEPALA BIRO"})
    assert save(cast.kadir, **person | {"unit": units.umum}).pk


def test_a_plt_acts_while_the_holder_is_away_but_not_beside_another(cast, person, earlier):
    acting = {"acting": "Plt.", "from_date": date(2023, 6, 1), "to_date": date(2023, 7, 1)}
    assert str(save(cast.kadir, **person, **acting)) == "Hasnah (Plt. Kepala Biro)"
    assert save(cast.kadir, **person | acting | {"acting": "Plh."}).pk
    with pytest.raises(ValidationError):
        save(cast.kadir, **person | acting | {"name": "Lain", "nip": "2" * 18})


def test_one_person_may_hold_a_post_twice(cast, person, earlier):
    again = {"nip": earlier.nip, "name": earlier.name, "from_date": date(2024, 1, 1)}
    assert save(cast.kadir, **person | again).pk != earlier.pk


def test_moving_into_a_taken_post_is_refused_too(cast, units, person, earlier):
    other = save(cast.kadir, **person | {"unit": units.umum})
    with pytest.raises(ValidationError):
        save(cast.kadir, other, unit=units.organisasi)
    assert Official.objects.get(pk=other.pk).unit == units.umum


def test_a_term_that_ends_before_it_begins_is_refused(client, cast, person):
    client.force_login(cast.kadir)
    data = person | {"unit": person["unit"].pk, "from_date": "2/1/2024", "to_date": "1/1/2024"}
    assert "Masa jabatan berakhir sebelum dimulai" in client.post(NEW, data).text
    fields = person | {"from_date": date(2024, 1, 2), "to_date": date(2024, 1, 1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Official.objects.create(**fields)


def test_the_admin_site_keeps_the_rule(client, units, person, earlier):
    client.force_login(
        factories.make_user("ada", "coordinator", units.province, is_superuser=True, is_staff=True)
    )
    data = person | {"unit": person["unit"].pk, "is_active": "on", "read_version": 0}
    page = client.post(reverse("admin:sakip_official_add"), data)
    assert page.context["adminform"].form.errors["from_date"]
    assert list(Official.objects.all()) == [earlier]


def test_former_holders_stay_readable(client, cast, earlier):
    client.force_login(cast.kadir)
    page = client.get(reverse("sakip:official-list"))
    assert "Sejak 1 Januari 2020 sampai 31 Desember 2023" in page.text
    assert "Tidak menjabat" in page.text


def test_in_office_knows_the_first_and_the_last_day(earlier):
    def there(day):
        assert earlier.is_in_office(day) is Official.objects.in_office(day).exists()
        return earlier.is_in_office(day)

    days = (date(2019, 12, 31), date(2020, 1, 1), YEAR_END, date(2024, 1, 1))
    assert [there(day) for day in days] == [False, True, True, False]
    earlier.from_date = earlier.to_date = None
    earlier.save()
    assert there(date(1990, 1, 1))


def test_the_list_costs_the_same_for_many(client, cast, units, django_assert_num_queries):
    client.force_login(cast.kadir)
    address = reverse("sakip:official-list")
    factories.make_official(units.organisasi)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(20):
        unit = factories.make_unit(f"Biro {number}", parent=units.setda)
        factories.make_official(unit, to_date=YEAR_END)
    with django_assert_num_queries(len(few)):
        assert client.get(address).text.count("Tidak menjabat") == 20
