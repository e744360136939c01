"""The inbox and the choices: only the own ones, read when one says so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from recommendations.models import NoticeChoices
from tests import factories

INBOX = reverse("recommendations:notice-list")
CHOICES = reverse("recommendations:notice-choices")
RENEW = reverse("recommendations:calendar-renew")
READ_ALL = reverse("recommendations:notice-read-all")


@pytest.fixture
def notice(renaksi, cast):
    return factories.make_notice(renaksi, cast.rina)


def read(notice):
    return reverse("recommendations:notice-read", args=[notice.pk])


def test_unread_comes_first_and_is_counted_in_the_menu(signed_in, cast, renaksi, notice):
    later = datetime(2026, 6, 2, tzinfo=UTC)
    factories.make_notice(renaksi, cast.rina, text="Sudah dibaca.", created_at=later, read_at=later)
    page = signed_in(cast.rina).get(INBOX).content.decode()
    assert page.index("Renaksi 1.a dikembalikan.") < page.index("Sudah dibaca.")
    assert '<span class="notice-count">1<' in page


def test_others_have_their_own_inbox(signed_in, cast, notice):
    client = signed_in(cast.umar)
    assert "Belum ada pemberitahuan." in client.get(INBOX).content.decode()
    assert client.post(read(notice)).status_code == 404
    client.post(READ_ALL, {"until": notice.pk})
    notice.refresh_from_db()
    assert notice.read_at is None


def test_opening_marks_read_and_leads_to_the_item(signed_in, cast, notice):
    client = signed_in(cast.rina)
    assert client.get(read(notice)).status_code == 405
    response = client.post(read(notice), {"buka": ""})
    assert response.url == notice.renaksi.get_absolute_url()
    notice.refresh_from_db()
    first = notice.read_at
    assert client.post(read(notice)).url == INBOX
    notice.refresh_from_db()
    assert notice.read_at == first is not None


def test_all_means_all_that_was_shown(signed_in, cast, renaksi, notice):
    newer = factories.make_notice(renaksi, cast.rina)
    client = signed_in(cast.rina)
    assert client.post(READ_ALL, {"until": "x"}).status_code == 302
    client.post(READ_ALL, {"until": notice.pk})
    notice.refresh_from_db()
    newer.refresh_from_db()
    assert (notice.read_at is None, newer.read_at is None) == (False, True)


def test_what_went_to_another_unit_is_no_longer_told(signed_in, cast, units, notice):
    notice.renaksi.lead_unit = units.umum
    notice.renaksi.save()
    page = signed_in(cast.rina).get(INBOX).content.decode()
    assert "dikembalikan." not in page
    assert "Rencana aksi ini tidak lagi menjadi urusan Anda." in page


def test_fifty_cost_no_more_queries_than_one(
    signed_in, cast, recommendation, units, notice, django_assert_num_queries
):
    client = signed_in(cast.rina)
    for rows in (0, 49):
        for number in range(rows):
            renaksi = factories.make_renaksi(recommendation, units.organisasi)
            factories.make_notice(
                renaksi, cast.rina, created_at=notice.created_at + timedelta(minutes=number)
            )
        with django_assert_num_queries(10):
            client.get(INBOX)


def test_choices_are_kept_and_shown_again(signed_in, cast):
    client = signed_in(cast.rina)
    assert client.post(CHOICES, {"wanted": ["returned", "overdue"]}).url == CHOICES
    unwanted = NoticeChoices.objects.get(person=cast.rina).unwanted
    assert "assigned" in unwanted
    assert not {"returned", "overdue", "submitted"} & set(unwanted)
    page = client.get(CHOICES).content.decode()
    assert page.count("checked") == 2


def test_nonsense_is_no_choice(signed_in, cast):
    response = signed_in(cast.rina).post(CHOICES, {"wanted": ["submitted"]})
    assert response.status_code == 200
    assert not NoticeChoices.objects.exists()


def test_a_new_calendar_address_replaces_the_old_one(signed_in, cast):
    client = signed_in(cast.rina)
    assert ".ics" not in client.get(CHOICES).content.decode()
    client.post(RENEW)
    first = NoticeChoices.objects.get(person=cast.rina).calendar_key
    assert first in client.get(CHOICES).content.decode()
    client.post(RENEW)
    second = NoticeChoices.objects.get(person=cast.rina).calendar_key
    assert second != first
    assert len(second) >= 40
