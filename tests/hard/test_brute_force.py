"""Passwords guessed at four server processes at once, from many addresses behind a trusted proxy."""

import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from tests.hard.office import Client, free_port, pressed

RIGHT, WRONG = "sakip-demo-2023", "salah-sekali-99"
TOKEN = "t" * 32  # of both the cookie and the header, as a program would send it
OFFICE, HOME = "198.18.0.1", "198.18.0.2"
OTHERS = [f"203.0.{n // 250}.{n % 250}" for n in range(300)]
NAMES = [f"pegawai{n}" for n in range(300)]


@pytest.fixture
def door(office):
    """Four processes behind a proxy; sign_in() and guess() come from a new browser."""
    office.environment["TRUSTED_PROXIES"] = "1"

    def guess(name, address, password=WRONG):
        client = Client(office.url)
        client.cookies["csrftoken"] = TOKEN
        client.headers["X-Forwarded-For"] = address
        return client.post("/akun/masuk/", data={"login": name, "password": password})

    def checked(names, addresses):
        """How many of these guesses, made at once, were compared with a password: two counts."""
        before = office.log.read_text().count("Wrong password")
        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(guess, names, addresses))
        let_through = [answer.status_code for answer in answers].count(200)
        assert {answer.status_code for answer in answers} <= {200, 429}
        assert all(int(a.headers["Retry-After"]) > 0 for a in answers if a.status_code == 429)
        assert office.log.read_text().count("Wrong password") - before == let_through
        return let_through

    def sign_in(name, address):
        return guess(name, address, RIGHT).status_code == 302

    office.start(workers=4)
    return SimpleNamespace(guess=guess, checked=checked, sign_in=sign_in, office=office)


def make_people(office, names):
    office.python(
        "from django.contrib.auth.hashers import make_password; from sakip.models import User\n"
        f"shared = dict(password=make_password({RIGHT!r}))\n"
        "User.objects.bulk_create([User(username=name, email=f'{name}@contoh.example', **shared)"
        f" for name in {names!r}])"
    )


def test_one_account_guessed_from_three_hundred_addresses(door, figure):
    assert door.sign_in("koordinator", OFFICE)
    let_through = door.checked(["koordinator"] * 300, OTHERS)
    figure("300 addresses on one account: passwords checked", let_through)
    assert let_through <= 25
    assert door.sign_in("koordinator", OFFICE)
    figure("the victim at the own address, another browser", "signs in")
    door.office.kill()
    door.office.start(workers=4)
    after = door.checked(["koordinator"] * 20, OTHERS[:20])
    figure("after a killed server: passwords checked", after)
    assert after == 0
    assert door.sign_in("koordinator", OFFICE)


def test_three_hundred_accounts_tried_from_one_address(door, figure):
    make_people(door.office, NAMES[:150])  # and 150 names that nobody has
    assert door.sign_in("koordinator", OFFICE)
    let_through = door.checked(NAMES, [OFFICE] * 300)
    figure("300 accounts from one address: passwords checked", let_through)
    assert let_through <= 30
    assert door.sign_in("koordinator", OFFICE)
    figure("a colleague at this address, another browser", "signs in")
    assert door.checked(["koordinator"] * 8, [OFFICE] * 8) <= 5
    forged = door.checked(NAMES[:20], [f"10.1.1.{n}, {OFFICE}" for n in range(20)])
    figure("the same with a forged X-Forwarded-For: passwords checked", forged)
    assert forged == 0


def test_a_training_room_signs_in_at_once(door, figure):
    """Nobody is taken for one who guesses. Where the disk is slow, somebody may be asked to press again."""
    names, again = NAMES[:29], []
    make_people(door.office, names)

    def sign_in(name):
        return pressed(lambda: door.guess(name, OFFICE, RIGHT), again)

    with ThreadPoolExecutor(16) as pool:
        statuses = Counter(answer.status_code for answer in pool.map(sign_in, names))
    figure(
        "29 right sign-ins at once from one address",
        f"{statuses[302]}, {len(again)} asked to press again",
    )
    assert statuses == {302: 29}
    assert door.checked(["siapa"], [OFFICE]) == 1


def timed(act, number, figure, what):
    """Calls act(n, is_known) by turns and compares the medians of both."""
    times = {True: [], False: []}
    for n in range(number):
        for is_known, passed in times.items():
            began = time.perf_counter()
            act(n, is_known)
            passed.append(time.perf_counter() - began)
    known, unknown = (statistics.median(passed) * 1000 for passed in times.values())
    apart = abs(known / unknown - 1)
    figure(what, f"{known:.0f} ms known, {unknown:.0f} ms unknown, {apart:.1%} apart, n={number}")
    assert apart < 0.1


def test_the_time_does_not_tell_who_has_an_account(door, figure, rounds):
    number = min(5 * rounds, 50)
    make_people(door.office, NAMES[:number])

    def wrong(n, is_known):  # from addresses that have tried nothing yet
        name = NAMES[n] if is_known else f"orang.lain{n}"
        assert door.guess(name, f"203.1.{n}.{is_known + 1}").status_code == 200

    timed(wrong, number, figure, "a wrong password")


def test_asking_for_a_new_password_while_the_mail_server_is_away(make_office, figure, rounds):
    office = make_office(TRUSTED_PROXIES="1", EMAIL_URL=f"smtp://127.0.0.1:{free_port()}")
    office.start(workers=4)
    number = min(5 * rounds, 50)
    make_people(office, NAMES[:number])

    def ask(n, is_known):
        client = Client(office.url)
        client.cookies["csrftoken"] = TOKEN
        client.headers["X-Forwarded-For"] = f"203.2.{n}.{is_known + 1}"
        email = f"{NAMES[n] if is_known else f'orang.lain{n}'}@contoh.example"
        answer = client.post("/akun/kata-sandi/lupa/", data={"email": email})
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            "/akun/kata-sandi/lupa/terkirim/",
        )

    timed(ask, number, figure, "asking for a new password, mail server away")
    office.manage("db_worker", "--batch", "--no-startup-delay")
    waiting = "from sakip.models import WaitingMail; print(WaitingMail.objects.count())"
    assert office.python(waiting).strip() == str(number)
    figure("mails that wait for the server", number)
