"""How long a session lasts, what keeps it alive, where a person is signed in, and what is not lost."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sakip.history.entries import HistoryEntry
from sakip.selectors.sessions import device_name
from sakip.services.users import save_user
from sakip.sign_in.sessions import BEGAN, SessionStore, seconds_left, why_ended

SIGN_IN, STATE, DEVICES = "/akun/masuk/", "/akun/sesi/", "/akun/perangkat/"
PASSWORD = "rahasia-sekali-1"
NEW = "kuda-baterai-stapler-7"
POLL = {"X-Poll": "1"}
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0"
TEMPLATES = Path(__file__).parents[2] / "templates"


def sign_in(person, agent=CHROME):
    client = Client(headers={"User-Agent": agent})
    client.post(SIGN_IN, {"login": person.username, "password": PASSWORD})
    return client


def is_in(client):
    return client.get("/akun/dua-langkah/").status_code == 200


# ── Idle and too long ───────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("minutes", "lives"), [(29, True), (30, True), (31, False), (600, False)])
def test_a_session_lives_for_half_an_hour_without_use(signed_in, cast, passing, minutes, lives):
    client = signed_in(cast.rina)
    passing(minutes)
    assert is_in(client) is lives


def test_use_keeps_a_session_alive_until_ten_hours_are_over(signed_in, cast, passing):
    client = signed_in(cast.rina)
    for _ in range(20):
        passing(29.9)
        assert is_in(client)
    passing(2.1)
    assert not is_in(client)


def test_the_person_reads_why(signed_in, cast, passing):
    client = signed_in(cast.rina)
    passing(31)
    text = client.get("/", follow=True).content.decode()
    assert "tidak dipakai selama 30 menit" in text
    assert why_ended(began=0, seen=36_000, now=36_000).startswith(
        "Anda dikeluarkan karena sudah masuk"
    )


def test_an_ended_session_never_comes_back(signed_in, cast, passing):
    client = signed_in(cast.rina)
    cookie = client.cookies["sessionid"].value
    passing(31)
    client.get("/")
    assert not Session.objects.filter(pk=cookie).exists()


def test_what_a_page_asks_by_itself_is_no_use(signed_in, cast, passing):
    client = signed_in(cast.rina)
    for _ in range(6):
        passing(5)
        assert client.get(STATE, headers=POLL).status_code == 200
    passing(1)
    assert client.get(STATE, headers=POLL).status_code == 204
    assert not is_in(client)


def test_a_page_left_open_is_not_replaced_by_the_one_to_sign_in(signed_in, cast, passing):
    client = signed_in(cast.rina)
    passing(31)
    for _ in range(2):
        answer = client.get("/dokumen-saya/", headers=POLL | {"HX-Request": "true"})
        assert (answer.status_code, answer.content) == (204, b"")
        assert "HX-Redirect" not in answer.headers


def test_every_page_that_asks_again_and_again_says_so():
    polls = [path for path in TEMPLATES.rglob("*.html") if 'hx-trigger="every' in path.read_text()]
    assert len(polls) == 3
    assert all("X-Poll" in path.read_text() for path in polls)


def test_staying_is_a_question_that_counts(signed_in, cast, passing):
    client = signed_in(cast.rina)
    passing(29)
    assert client.get(STATE, headers=POLL).json()["left"] in (59, 60)
    assert client.get(STATE).json()["left"] == 1800
    passing(29)
    assert is_in(client)


def test_the_last_minutes_of_ten_hours_are_not_made_longer():
    assert seconds_left(began=0, seen=35_950, now=35_950) == 50


@pytest.mark.parametrize("cookie", ["", "9999999999", "9999999999:AAAA"])
def test_a_missing_or_forged_note_of_the_last_use_is_worth_nothing(
    signed_in, cast, passing, cookie
):
    client = signed_in(cast.rina)
    passing(20)
    client.get("/")
    passing(20)
    client.cookies[settings.SEEN_COOKIE_NAME] = cookie
    assert not is_in(client)


def test_the_note_of_another_session_is_worth_nothing(cast, passing):
    first = sign_in(cast.rina)
    passing(29)
    second = sign_in(cast.rina)
    passing(2)
    second.get("/")
    first.cookies[settings.SEEN_COOKIE_NAME] = second.cookies[settings.SEEN_COOKIE_NAME].value
    assert not is_in(first)


def test_reading_a_page_writes_nothing(
    signed_in, cast, passing, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(
        "sakip.sign_in.sessions.NOTED_EVERY", 10**9
    )  # else now and then, for the list
    client = signed_in(cast.rina)
    client.get(STATE)
    passing(2)
    with django_assert_num_queries(2):  # the session and the person
        client.get(STATE)


def test_a_session_gets_a_new_key_when_somebody_signs_in(client, cast):
    session = client.session
    session["a"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post(SIGN_IN, {"login": "rina", "password": PASSWORD})
    assert client.cookies["sessionid"].value != before
    assert not Session.objects.filter(pk=before).exists()


# ── What was typed ──────────────────────────────────────────────────────────────────────────────
def sent_too_late(client, renaksi, passing, **headers):
    passing(31)
    page = reverse("recommendations:comment-create", args=[renaksi.pk])
    return client.post(page, {"text": "Mohon <b>dicek</b>\r\nlagi"}, headers=headers)


def test_what_is_sent_too_late_is_offered_after_signing_in(signed_in, cast, renaksi, passing):
    client = signed_in(cast.rina)
    answer = sent_too_late(client, renaksi, passing)
    assert answer.url == f"{SIGN_IN}?next=%2Fakun%2Fbelum-terkirim%2F"
    page = client.post(answer.url, {"login": "rina", "password": PASSWORD}, follow=True)
    text = page.content.decode()
    assert "Mohon &lt;b&gt;dicek&lt;/b&gt;\r\nlagi</textarea>" in text
    address = re.search(r'action="(\S+/komentar/\S*)"', text) or re.search(
        r'<form class="card-like narrow" method="post" action="(\S+)"', text
    )
    assert address[1].startswith("http://testserver/renaksi/")


@pytest.mark.parametrize(("token", "is_kept"), [("Q" * 32, True), ("", False)])
def test_what_the_page_of_a_neighbour_sends_is_not_offered(cast, renaksi, passing, token, is_kept):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.rina)
    client.cookies["csrftoken"] = "Q" * 32
    passing(31)
    page = reverse("recommendations:comment-create", args=[renaksi.pk])
    client.post(page, {"text": "Setuju.", "csrfmiddlewaretoken": token})
    assert ("Setuju." in str(dict(client.session))) is is_kept


def test_htmx_is_led_the_same_way(signed_in, cast, renaksi, passing):
    answer = sent_too_late(signed_in(cast.rina), renaksi, passing, **{"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].endswith("next=%2Fakun%2Fbelum-terkirim%2F")


def test_nobody_else_sees_it(signed_in, cast, renaksi, passing):
    client = signed_in(cast.rina)
    answer = sent_too_late(client, renaksi, passing)
    page = client.post(answer.url, {"login": "umar", "password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == "/"
    assert "dicek" not in str(dict(client.session))


def test_a_draft_that_comes_too_late_stays_on_its_page(signed_in, cast, renaksi, passing):
    client = signed_in(cast.rina)
    answer = sent_too_late(client, renaksi, passing, **{"Sec-Fetch-Mode": "cors"})
    assert "belum-terkirim" not in answer.url


def test_passwords_are_not_kept(signed_in, cast, passing):
    client = signed_in(cast.rina)
    passing(31)
    client.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": NEW})
    assert PASSWORD not in str(dict(client.session))


# ── Devices ─────────────────────────────────────────────────────────────────────────────────────
def test_a_person_sees_where_the_account_is_used(cast, passing):
    phone, office = sign_in(cast.rina, PHONE), sign_in(cast.rina)
    sign_in(cast.umar)
    devices = office.get(DEVICES).context["devices"]
    assert [(one.name, one.is_this) for one in devices] == [
        ("Chrome di Windows", True),
        ("Firefox di Android", False),
    ]
    text = office.get(DEVICES).content.decode()
    assert "127.0.0.1" in text
    assert is_in(phone)


def test_a_person_ends_one_of_them(cast):
    phone, office = sign_in(cast.rina, PHONE), sign_in(cast.rina)
    other = office.get(DEVICES).context["devices"][1]
    office.post(f"{DEVICES}{other.pk}/keluarkan/")
    assert (is_in(phone), is_in(office)) == (False, True)
    assert HistoryEntry.objects.about(cast.rina).get().action == "end_session"


def test_nobody_ends_a_session_of_somebody_else(cast):
    rina, umar = sign_in(cast.rina), sign_in(cast.umar)
    (device,) = rina.get(DEVICES).context["devices"]
    umar.post(f"{DEVICES}{device.pk}/keluarkan/")
    assert is_in(rina)


def test_a_person_ends_all_others(cast):
    others, office = [sign_in(cast.rina) for _ in range(3)], sign_in(cast.rina)
    office.post(f"{DEVICES}lain/keluarkan/")
    assert [is_in(one) for one in others] == [False] * 3
    assert is_in(office)
    assert len(office.get(DEVICES).context["devices"]) == 1


def test_a_new_password_ends_all_others(cast):
    phone, office = sign_in(cast.rina, PHONE), sign_in(cast.rina)
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    office.post("/akun/kata-sandi/", data)
    assert (is_in(phone), is_in(office)) == (False, True)
    assert len(office.get(DEVICES).context["devices"]) == 1


def test_who_is_switched_off_and_on_again_signs_in_anew(cast):
    clients = [sign_in(cast.umar) for _ in range(3)]
    for is_active in (False, True):
        save_user(user=cast.umar, actor=cast.kadir, at=timezone.now(), is_active=is_active)
        assert [is_in(one) for one in clients] == [False] * 3


def test_the_last_use_is_known_to_some_minutes(cast, passing):
    phone, office = sign_in(cast.rina, PHONE), sign_in(cast.rina)
    before = office.get(DEVICES).context["devices"][1].last_used
    passing(6)
    phone.get("/")
    assert office.get(DEVICES).context["devices"][1].last_used > before


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (CHROME, "Chrome di Windows"),
        (CHROME + " Edg/150.0", "Edge di Windows"),
        (PHONE, "Firefox di Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari di iPhone"),
        ("curl/8.0", "Peramban lain"),
        ("", "Peramban lain"),
    ],
)  # fmt: skip
def test_a_device_in_words(agent, name):
    assert device_name(agent) == name


def test_writing_into_a_session_makes_it_no_longer(passing):
    store = SessionStore()
    store[SESSION_KEY] = "1"
    began = store[BEGAN]
    passing(60)
    store["something"] = "else"
    assert store[BEGAN] == began


def test_cookies_belong_to_one_host_behind_tls():
    names = ("SESSION", "CSRF", "SEEN", "MESSAGE")
    code = (
        "from sakip import settings;"
        f"print(*(getattr(settings, name + '_COOKIE_NAME') for name in {names}))"
    )
    environment = {**os.environ, "HTTPS": "on", "SECRET_KEY": "k" * 50}
    found = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )
    wanted = ["__Host-sesi", "__Host-csrf", "__Host-dipakai", "__Host-pesan"]
    assert found.stdout.split() == wanted, found.stderr


def test_a_message_waits_in_the_cookie_of_that_name(signed_in, cast, settings):
    """Django's own storage would write one that another host may set."""
    client = signed_in(cast.rina)
    answer = client.post(reverse("device-end-others"))
    assert "messages" not in answer.cookies
    assert answer.cookies[settings.MESSAGE_COOKIE_NAME]["httponly"]
    assert "dikeluarkan" in client.get(reverse("device-list")).text
