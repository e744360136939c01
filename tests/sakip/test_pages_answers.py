"""Headers of every page, and the pages that refuse."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import reverse

from sakip.errors import WrongState
from sakip.middleware import CompressedPagesMiddleware, WrongStateMiddleware

HOME = "/"


def test_a_page_is_kept_nowhere_and_may_use_no_device(signed_in, cast):
    headers = signed_in(cast.rina).get(HOME).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_a_page_is_sent_compressed_and_its_length_is_hidden(signed_in, cast):
    client = signed_in(cast.rina)
    answers = [client.get(HOME, headers={"Accept-Encoding": "gzip"}) for _ in range(6)]
    assert {answer.headers["Content-Encoding"] for answer in answers} == {"gzip"}
    assert len({len(answer.content) for answer in answers}) > 1
    assert gzip.decompress(answers[0].content).startswith(b"<!doctype html>")
    assert "Accept-Encoding" in answers[0].headers["Vary"]


def test_a_file_is_not_compressed_once_more():
    for response in (
        HttpResponse(b"%PDF-1.7" * 99, content_type="application/pdf"),
        StreamingHttpResponse(iter([b"row;" * 99])),
    ):
        request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
        sent = CompressedPagesMiddleware(lambda request, response=response: response)(request)
        assert "Content-Encoding" not in sent.headers


def test_a_stranger_is_sent_to_the_sign_in_page(client, db):
    response = client.get(HOME)
    assert (response.status_code, response.url) == (302, "/akun/masuk/?next=/")


def test_htmx_opens_the_sign_in_page_as_a_whole(client, db):
    """Otherwise the page would land inside a part of the one that is open."""
    response = client.get(
        "/pengaturan/unit/",
        headers={
            "HX-Request": "true",
            "HX-Current-URL": "http://testserver/pengaturan/unit/?page=2",
        },
    )
    assert response.status_code == 200
    expected = "/akun/masuk/?next=%2Fpengaturan%2Funit%2F%3Fpage%3D2"
    assert response.headers["HX-Redirect"] == expected
    assert response.content == b""


def test_the_reason_of_a_refusal_is_on_the_page(signed_in, cast):
    response = signed_in(cast.rina).get(reverse("sakip:settings"))
    assert response.status_code == 403
    assert "Pengaturan hanya untuk koordinator." in response.content.decode()


def test_a_wrong_state_is_a_conflict_in_words(cast):
    request = RequestFactory().get("/")
    request.user = cast.rina
    request.htmx = False
    request._messages = []
    middleware = WrongStateMiddleware(get_response=None)
    response = middleware.process_exception(request, WrongState("Sudah dikirim."))
    assert response.status_code == 409
    assert "Sudah dikirim." in response.content.decode()


def test_other_errors_are_not_swallowed(cast):
    middleware = WrongStateMiddleware(get_response=None)
    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None


def test_a_missing_page_says_so_in_the_look_of_the_rest(signed_in, cast):
    response = signed_in(cast.rina).get("/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.content.decode()


@pytest.mark.parametrize(
    ("person", "labels"),
    [
        ("rina", {"Laporan": True, "Reviu": False, "Pengaturan": False}),
        ("dewi", {"Laporan": True, "Reviu": True, "Pengaturan": False}),
        ("kadir", {"Laporan": True, "Reviu": False, "Pengaturan": True}),
    ],
)
def test_the_menu_shows_what_the_role_may_open(signed_in, cast, person, labels):
    text = signed_in(getattr(cast, person)).get(HOME).content.decode()
    menu = text[text.index('id="menu"') : text.index("user-menu")]
    assert {label: label in menu for label in labels} == labels
    assert 'aria-current="page">Beranda' in menu
