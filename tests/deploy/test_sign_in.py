"""A person reaches the program through TLS and the proxy."""

import requests

from tests.deploy.machine import HOST


def test_a_person_signs_in(machine):
    coordinator = machine.client("koordinator")
    assert coordinator.get("/").status_code == 200
    cookies = {cookie.name: cookie for cookie in coordinator.cookies}
    assert {"__Host-sesi", "__Host-csrf"} <= set(cookies)
    assert all(name.startswith("__Host-") for name in cookies)
    assert all(cookie.secure and cookie.path == "/" for cookie in cookies.values())


def test_plain_http_leads_to_https(machine):
    answer = requests.get(f"http://{HOST}/akun/masuk/?next=/", allow_redirects=False, timeout=10)
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"https://{HOST}/akun/masuk/?next=/"
    assert "Server" not in answer.headers
