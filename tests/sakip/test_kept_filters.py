"""The filters of a list stay for the session, until they are removed, and only for one person."""

import pytest
from django.urls import reverse

URL = reverse("recommendations:renaksi-list")


@pytest.fixture
def client(signed_in, cast, renaksi):
    return signed_in(cast.kadir)


def test_who_comes_back_finds_the_list_as_it_was_left(client, renaksi):
    client.get(URL, {"status": "open", "q": "", "urut": "unit"})
    assert client.get(URL).url == f"{URL}?status=open&urut=unit"
    page = client.get(renaksi.get_absolute_url()).content.decode()
    assert f'href="{URL}">Kembali ke daftar' in page


@pytest.mark.parametrize("gone", [{"bersih": "ya"}, {"status": "", "q": ""}])
def test_removed_filters_are_forgotten(client, gone):
    client.get(URL, {"status": "open"})
    client.get(URL, gone)
    assert client.get(URL).status_code == 200


def test_another_person_at_the_same_machine_gets_none(client, cast):
    client.get(URL, {"q": "rahasia"})
    client.force_login(cast.rina)
    assert client.get(URL).status_code == 200


def test_a_changed_cookie_is_no_filter(client):
    client.get(URL, {"status": "open"})
    client.cookies["saringan_renaksi"] = "status=done:bukan:tanda"
    assert client.get(URL).status_code == 200


def test_a_head_sorts_and_says_so(client):
    page = client.get(URL, {"status": "open", "urut": "number"}).content.decode()
    assert (
        '<th scope="col" aria-sort="ascending"><a href="/renaksi/?status=open&amp;urut=number">No'
        in page
    )
    assert '<a href="/renaksi/?status=open">Batas waktu' in page
