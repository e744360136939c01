"""The calendar feed: what its owner may see, to whoever holds the key and to nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from recommendations.models import NoticeChoices
from tests import factories


@pytest.fixture
def soon():
    return timezone.localdate() + timedelta(days=10)


@pytest.fixture
def feed(client):
    def read(person):
        choices = NoticeChoices.objects.get_or_create(person=person)[0]
        return client.get(reverse("recommendations:calendar", args=[choices.calendar_key]))

    return read


def events(response):
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]


def test_due_dates_of_the_own_unit_without_signing_in(
    feed, cast, units, recommendation, soon, renaksi
):
    plan = "<p>Susun; lalu tetapkan, ya.</p>"
    factories.make_renaksi(recommendation, units.organisasi, due_date=soon, plan=plan)
    response = feed(cast.rina)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert (
        event["SUMMARY"]
        == "Batas waktu Renaksi 1.b Sekretariat Daerah tahun 2022 · Biro Organisasi"
    )
    assert event["DTSTART"].dt == soon
    assert event["DESCRIPTION"] == "Belum. Susun; lalu tetapkan, ya."
    assert rb"Susun\; lalu tetapkan\, ya." in response.content


def test_only_what_the_person_may_see_and_what_is_open(feed, cast, units, recommendation, soon):
    factories.make_renaksi(recommendation, units.organisasi, due_date=soon)
    factories.make_renaksi(recommendation, units.umum, due_date=soon)
    factories.make_renaksi(recommendation, units.umum, due_date=soon, status="done")
    factories.make_renaksi(recommendation, units.umum, due_date=soon - timedelta(days=900))
    assert len(events(feed(cast.umar))) == 1
    assert len(events(feed(cast.kadir))) == 2
    assert events(feed(cast.sari)) == []


def test_wrong_keys_and_leavers_are_answered_alike(feed, client, cast):
    assert feed(cast.tono).status_code == 404
    assert client.get(reverse("recommendations:calendar", args=["salah"])).status_code == 404


def test_it_is_only_read(client, cast):
    choices = NoticeChoices.objects.create(person=cast.rina)
    address = reverse("recommendations:calendar", args=[choices.calendar_key])
    assert client.post(address).status_code == 405


def test_fifty_cost_no_more_queries_than_one(
    feed, cast, units, recommendation, soon, django_assert_num_queries
):
    feed(cast.kadir)
    for count in (1, 49):
        for _ in range(count):
            factories.make_renaksi(recommendation, units.umum, due_date=soon)
        with django_assert_num_queries(5):
            feed(cast.kadir)
