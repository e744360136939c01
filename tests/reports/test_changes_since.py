"""What others have changed since a person signed in before."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sakip.history.write import record
from sakip.models import User
from sakip.sign_in.last_time import BEFORE
from tests import factories

PAGE, COUNT = reverse("reports:changes-since"), reverse("reports:changes-count")
NOW = timezone.now()


@pytest.fixture
def changed(cast, renaksi, units):
    """Two changes of Kadir yesterday and one last year; one of Sari in another body."""
    for ago, old in ((1, "2026-07-01"), (1, "2026-08-01"), (400, "2025-01-01")):
        at = NOW - timedelta(days=ago)
        changes = [("due_date", old, "2026-09-01")]
        record(actor=cast.kadir, at=at, action="plan", target=renaksi, changes=changes)
    other = factories.make_recommendation(factories.make_evaluation(units.dinas))
    record(actor=cast.sari, at=NOW - timedelta(days=1), action="edit", target=other, changes=[])
    return renaksi


@pytest.fixture
def read(client):
    """read(person, days) opens the page of somebody who had signed in so many days ago."""

    def read(person, days=None, address=PAGE, **query):
        client.force_login(person)
        session = client.session
        session[BEFORE] = (NOW - timedelta(days=days)).isoformat() if days else ""
        session.save()
        response = client.get(address, query)
        assert response.status_code == 200
        return response

    return read


def names(response):
    return [one["name"] for one in response.context["records"]]


def test_changes_are_told_record_by_record(read, cast, changed):
    response = read(cast.laila, 2)
    (one,) = response.context["records"]
    assert (one["name"], one["url"]) == ("Renaksi 1.a · LHE 2022", changed.get_absolute_url())
    assert len(one["rows"]) == 2
    assert "<strong>Kadir</strong> mengubah batas waktu" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "found"),
    [("rina", 1), ("laila", 1), ("dewi", 2), ("umar", 0), ("sari", 0), ("kadir", 0)],
)
def test_only_what_one_may_see_and_has_not_done_oneself_is_told(read, cast, changed, name, found):
    assert len(names(read(getattr(cast, name), 2))) == found
    count = read(getattr(cast, name), 2, COUNT).context["count"]
    assert count == (str(found) if found else "")


def test_it_reaches_back_to_the_last_time(read, cast, changed):
    assert len(read(cast.laila, 500).context["records"][0]["rows"]) == 3
    assert names(read(cast.laila, 0.5)) == []


def test_whoever_comes_for_the_first_time_sees_the_last_week(read, cast, changed):
    assert len(names(read(cast.laila))) == 1
    assert names(read(cast.laila, 0.5, hari="7")) == names(read(cast.laila))
    assert names(read(cast.laila, 0.5, hari="²")) == []


def test_of_many_changes_of_one_record_the_newest_are_told(read, cast, changed):
    for _ in range(5):
        record(actor=cast.kadir, at=NOW, action="plan", target=changed, changes=[])
    (one,) = read(cast.laila, 2).context["records"]
    assert (len(one["rows"]), one["rest"]) == (3, 4)
    assert client_finds(read, cast.laila, one["history"])


def client_finds(read, person, address):
    path, _, query = address.partition("?")
    return read(person, 2, path, **dict(part.split("=") for part in query.split("&")))


def test_the_questions_do_not_grow_with_the_records(
    read, cast, changed, recommendation, units, django_assert_max_num_queries
):
    read(cast.dewi, 2)
    for _ in range(10):
        row = factories.make_renaksi(recommendation, units.umum)
        record(actor=cast.kadir, at=NOW, action="plan", target=row, changes=[])
    with django_assert_max_num_queries(34):
        assert len(names(read(cast.dewi, 2))) == 12


def test_signing_in_keeps_the_time_before(client, cast):
    before = NOW - timedelta(days=3)
    User.objects.filter(pk=cast.laila.pk).update(last_login=before)
    typed = {"login": "laila", "password": "rahasia-sekali-1"}
    client.post(reverse("account_login"), typed)
    assert client.session[BEFORE] == before.isoformat()
    assert client.get(PAGE).context["since"] == before


def test_the_first_page_asks_for_it_later(signed_in, cast):
    assert (
        f'hx-get="{COUNT}"' in signed_in(cast.laila).get(reverse("reports:home")).content.decode()
    )
