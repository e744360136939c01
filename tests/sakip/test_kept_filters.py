"""The filters of a list stay for the session, until they are removed, and only for one person."""

import pytest
from django.urls import reverse

URL = reverse("recommendations:renaksi-list")


@pytest.fixture
def kadir(signed_in, cast, renaksi):
    return signed_in(cast.kadir)


def test_who_comes_back_finds_the_list_as_it_was_left(kadir, renaksi):
    kadir.get(URL, {"status": "open", "q": "", "urut": "unit"})
    assert kadir.get(URL).url == f"{URL}?status=open&urut=unit"
    page = kadir.get(renaksi.get_absolute_url()).content.decode()
    assert f'href="{URL}">Kembali ke daftar' in page


@pytest.mark.parametrize("gone", [{"bersih": "ya"}, {"status": "", "q": ""}])
def test_removed_filters_are_forgotten(kadir, gone):
    kadir.get(URL, {"status": "open"})
    kadir.get(URL, gone)
    assert kadir.get(URL).status_code == 200


def test_another_person_at_the_same_machine_gets_none(kadir, cast):
    kadir.get(URL, {"q": "rahasia"})
    kadir.force_login(cast.rina)
    assert kadir.get(URL).status_code == 200


def test_a_changed_cookie_is_no_filter(kadir):
    kadir.get(URL, {"status": "open"})
    kadir.cookies["saringan_renaksi"] = "status=done:bukan:tanda"
    assert kadir.get(URL).status_code == 200


def test_a_head_sorts_and_says_so(kadir):
    page = kadir.get(URL, {"status": "open", "urut": "number"}).content.decode()
    assert (
        '<th scope="col" aria-sort="ascending"><a href="/renaksi/?status=open&amp;urut=number">No'
        in page
    )
    assert '<a href="/renaksi/?status=open">Batas waktu' in page


def test_every_kept_list_can_be_shown_whole_again(signed_in, cast):
    """A link to the bare address would lead back to the filter."""
    for person, name, query in (
        (cast.dewi, "recommendations:review-list", {"kembali": "ya"}),
        (cast.kadir, "sakip:user-list", {"cari": "x"}),
        (cast.kadir, "recommendations:evaluation-list", {"tahun": "2020"}),
    ):
        client, address = signed_in(person), reverse(name)
        page = client.get(address, query).content.decode()
        assert 'href="?bersih=ya"' in page or name.endswith("evaluation-list")
        assert client.get(address).status_code == 302
        assert client.get(address, {"bersih": "ya"}).url == address
        assert client.get(address).status_code == 200


def test_behind_tls_the_cookie_belongs_to_tls(signed_in, cast, settings):
    settings.SESSION_COOKIE_SECURE = True
    answer = signed_in(cast.kadir).get(URL, {"status": "open"}, secure=True)
    cookie = answer.cookies["__Secure-saringan_renaksi"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"]) == (True, True, URL)
