"""What every answer carries, whoever gives it: the program, or nginx alone."""

import re
from pathlib import Path

import pytest
import requests

from tests.deploy.machine import HOME

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}


def assert_guarded(answer):
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert ("default-src 'none'" in policy, "'unsafe" in policy) == (True, False)
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Server" not in answer.headers


@pytest.fixture(scope="module")
def style(machine):
    """The address of a static file, as a page names it."""
    return re.search(
        r"/static/css/site[\w-]*\.\w+\.css", machine.client().get("/akun/masuk/").text
    )[0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/akun/masuk/", 200),
        ("/", 302),
        ("/tidak-ada/", 404),
        ("/verifikasi/", 200),
        ("/healthz", 200),
        ("/static/tidak-ada.css", 404),
        ("/galat/galat.css", 200),
        ("/galat/502.html", 404),
    ],
)
def test_every_answer_is_guarded(machine, path, status):
    answer = machine.client().get(path)
    assert answer.status_code == status
    assert_guarded(answer)


def test_pages_and_refusals_of_a_person_are_guarded(machine):
    coordinator = machine.client("koordinator")
    for path, status in [("/", 200), ("/laporan/", 200), ("/tidak-ada/", 404), ("/admin/", 302)]:
        answer = coordinator.get(path)
        assert answer.status_code == status
        assert_guarded(answer)


def test_static_files_are_kept_and_compressed(machine, style):
    for encoding in ("br", "gzip"):
        answer = machine.client().get(style, headers={"Accept-Encoding": encoding})
        assert answer.headers["Content-Encoding"] == encoding
        assert "immutable" in answer.headers["Cache-Control"]
        assert_guarded(answer)
    assert machine.client().post(style).status_code == 403


def test_pages_are_compressed_and_never_kept(machine):
    answer = machine.client().get("/akun/masuk/", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_token_is_masked_anew_in_every_answer(machine):
    """So a compressed page does not tell it byte by byte (BREACH)."""
    person = machine.client("koordinator")
    pages = [person.get("/laporan/").text for _ in range(3)]
    assert len({re.search('name="csrf-token" content="([^"]+)"', page)[1] for page in pages}) == 3


@pytest.mark.parametrize(
    ("path", "megabytes"),
    [("/akun/masuk/", 1), ("/renaksi/", 12), ("/impor/", 65), ("/verifikasi/x/", 102)],
)
def test_too_much_is_refused_in_words(machine, path, megabytes):
    answer = machine.client().post(path, data=b"x" * megabytes * 2**20)
    assert answer.status_code == 413
    assert "Berkas terlalu besar" in answer.text
    assert_guarded(answer)


def test_a_stopped_program_is_told_in_words(machine):
    socket = Path("/run/sakip/web.sock")
    socket.chmod(0)
    try:
        answer = machine.client().get("/akun/masuk/")
    finally:
        socket.chmod(0o660)
    assert answer.status_code == 502
    assert "Program sedang tidak menjawab" in answer.text
    assert_guarded(answer)


def test_maintenance_is_told_in_words(machine):
    mark = Path("/etc/nginx/sakip-maintenance")
    mark.touch()
    try:
        answer = machine.client().get("/akun/masuk/")
    finally:
        mark.unlink()
    assert (answer.status_code, "Sedang dalam pemeliharaan" in answer.text) == (503, True)
    assert_guarded(answer)


def test_an_unknown_name_gets_no_page(machine):
    with pytest.raises(requests.ConnectionError):
        machine.client().get("/", headers={"Host": "lain.example"})
    with pytest.raises(requests.exceptions.SSLError):
        requests.get("https://127.0.0.1/", verify=False, timeout=10)


def test_the_pages_of_nginx_lead_back_and_load_nothing_else():
    for page in (HOME / "deploy/nginx/pages").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert set(re.findall(r'(?:href|src)="([^"]+)"', text)) == {"/", "/galat/galat.css"}
