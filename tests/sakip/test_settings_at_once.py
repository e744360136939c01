"""Twenty equal forms at the same moment make one record, on SQLite and on PostgreSQL."""

import re
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from sakip.history.entries import HistoryEntry
from sakip.models import Letterhead, Official, Unit, User
from sakip.services import invitations
from tests.parallel import at_once as at_once

TIMES = 20


def presses(person, address, data):
    """A deed that posts the form and gives the page."""
    visitor = Client()
    visitor.force_login(person)

    def press():
        client = Client()
        client.cookies = visitor.cookies.copy()
        response = client.post(address, data)
        return response.status_code, response.content.decode()

    return press


def new(kind):
    return reverse(f"sakip:{kind}-create")


def test_one_account_and_its_link_on_the_page_that_made_it(at_once, cast, units):
    data = {"name": "Nur Contoh", "username": "nur", "role": "operator", "unit": units.umum.pk}
    press = presses(cast.kadir, new("user"), data | {"is_active": "on"})
    pages = at_once(TIMES, press)
    assert Counter(status for status, _ in pages) == {200: TIMES}
    given = [
        found[1] for _, page in pages if (found := re.search(r"undangan/([\w-]+)/</code>", page))
    ]
    refused = [page for _, page in pages if "Nama pengguna ini sudah dipakai" in page]
    assert (len(given), len(refused)) == (1, TIMES - 1)

    def look():
        nur = User.objects.get(username="nur")
        return invitations.token_of(nur) == given[0], HistoryEntry.objects.about(nur).count()

    assert at_once(1, look) == [(True, 2)]


@pytest.mark.parametrize(
    ("kind", "model"),
    [("unit", Unit), ("official", Official), ("letterhead", Letterhead)],
)
def test_one_record_and_nineteen_sentences(at_once, cast, units, kind, model):
    data = {
        "unit": {"parent": units.setda.pk, "kind": "bureau", "name": "Biro Hukum", "code": "hukum"},
        "official": {"name": "Hasnah", "nip": "1" * 18, "rank": "Pembina", "position": "Kepala"},
        "letterhead": {"government": "Pemerintah", "body": "Setda", "address": "Jalan"},
    }[kind] | {"is_active": "on"}
    data.setdefault("unit", units.setda.pk)
    before = model.objects.count()
    pages = at_once(TIMES, presses(cast.kadir, new(kind), data))
    assert Counter(status for status, _ in pages) == {302: 1, 200: TIMES - 1}
    assert all(
        re.search(" (sudah|telah)[^.]* ada| sudah ", page)
        for status, page in pages
        if status == 200
    )
    assert at_once(1, model.objects.count) == [before + 1]


def test_twenty_editors_of_one_unit_are_one_change(at_once, cast, units):
    data = {"parent": units.setda.pk, "kind": "bureau", "name": "Biro Umum", "version": 0}
    data |= {"code": units.umum.code, "is_active": "on", "head_title": "Kepala Biro"}
    address = reverse("sakip:unit-edit", args=[units.umum.pk])
    pages = at_once(TIMES, presses(cast.kadir, address, data))
    assert Counter(status for status, _ in pages) == {302: 1, 409: TIMES - 1}
    assert at_once(1, HistoryEntry.objects.count) == [1]
