"""Guessing passwords: the attacker is stopped, and the people whom the attack is about get in."""

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import OperationalError
from django.test import Client

from sakip.models import KnownPlace, TryCount, User
from sakip.services import tries
from sakip.sign_in.accounts import AccountAdapter
from tests import factories

PASSWORD, WRONG = "rahasia-sekali-1", "salah-sekali-99"
NEW = "kuda-baterai-stapler-7"
OFFICE, HOME = "10.0.0.1", "36.70.1.1"


@pytest.fixture(autouse=True)
def small(settings):
    """tests/hard/test_brute_force.py tries the real limits."""
    settings.SIGN_IN_ATTEMPTS, settings.GUESSES_KEPT = 3, 2
    settings.GUESSES_PER_ACCOUNT, settings.GUESSES_PER_ADDRESS = 6, 8


def sign_in(username, password=PASSWORD, address=OFFICE, client=None, **headers):
    """With a new browser, unless one is given."""
    client = client or Client()
    data = {"login": username, "password": password}
    return client.post("/akun/masuk/", data, REMOTE_ADDR=address, **headers)


def guesses(names, addresses):
    """How many of the guesses, one for each name and address, were checked."""
    answers = [
        sign_in(name, WRONG, address) for name, address in zip(names, addresses, strict=True)
    ]
    return [answer.status_code for answer in answers].count(200)


def attack_from_everywhere(name="rina", times=9):
    return guesses([name] * times, [f"203.0.113.{n}" for n in range(times)])


def spray(address=OFFICE, times=9):
    return guesses([f"orang{n}" for n in range(times)], [address] * times)


def test_the_wrong_guess_too_many_within_a_quarter_of_an_hour_has_to_wait(cast, passing):
    assert guesses(["rina"] * 4, [OFFICE] * 4) == 3
    passing(4.5)
    answer = sign_in("rina")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) == 10.5 * 60
    text = answer.content.decode()
    assert "Terlalu banyak percobaan. Coba lagi sebelas menit lagi." in text
    assert 'value="rina"' in text
    passing(10.4)
    assert sign_in("rina").status_code == 429
    passing(0.2)
    assert sign_in("rina").status_code == 302


def test_other_names_for_one_account_count_together(cast):
    assert guesses(["rina", "RINA", " rina", "Rina "], [OFFICE] * 4) == 3


def test_one_account_is_not_guessed_from_everywhere(cast):
    sign_in("rina")
    assert attack_from_everywhere() == 4
    assert sign_in("rina").status_code == 302  # at her own address, with another browser
    answer = sign_in("rina", address=HOME)
    assert answer.status_code == 429
    assert "Coba lagi dua puluh empat jam lagi." in answer.content.decode()


def test_known_and_unknown_addresses_count_together_for_one_account(cast):
    known = [f"10.0.1.{n}" for n in range(4)]
    for address in known:
        sign_in("rina", address=address)
    addresses = [*(f"203.0.113.{n}" for n in range(6)), *known]
    assert guesses(["rina"] * 10, addresses) == 6


def test_one_address_does_not_try_every_account(cast):
    sign_in("rina")
    assert spray() == 6
    assert sign_in("umar").status_code == 429  # never here before
    assert sign_in("umar", address=HOME).status_code == 302
    assert sign_in("rina").status_code == 302  # with another browser than before


def test_the_limit_of_an_address_holds_when_the_attacker_knows_who_works_there(cast, passing):
    people = ["rina", "dewi", "kadir", "laila"]
    for name in people:
        sign_in(name)
    assert spray() + guesses(people, [OFFICE] * 4) == 8
    passing(61)
    assert sign_in("umar").status_code == 302


def test_the_own_browser_is_never_shut_out_by_others(cast):
    browser = Client()
    sign_in("rina", client=browser)
    browser.post("/akun/keluar/")
    spray()
    attack_from_everywhere()
    guesses(["rina"] * 4, [OFFICE] * 4)
    assert sign_in("rina", client=browser).status_code == 302
    browser.post("/akun/keluar/")
    assert sign_in("umar", client=browser).status_code == 429


def test_but_it_has_limits_of_its_own(cast):
    browser = Client()
    sign_in("rina", client=browser)
    browser.post("/akun/keluar/")
    answers = [sign_in("rina", WRONG, client=browser).status_code for _ in range(4)]
    assert answers == [200] * 3 + [429]


def test_a_room_full_of_people_signs_in(units):
    names = [f"peserta{n}" for n in range(9)]
    for name in names:
        factories.make_user(name, unit=units.umum)
    assert [sign_in(name).status_code for name in names] == [302] * 9
    assert not TryCount.objects.exclude(taken=0).exists()


def test_right_guesses_between_wrong_ones_do_not_help(cast):
    sign_in("umar")
    checked = 0
    for n in range(9):
        checked += sign_in(f"orang{n}", WRONG).status_code == 200
        sign_in("umar")
    assert checked == 6


def test_a_name_that_nobody_has_is_counted_alike(cast):
    for name in ("rina", "tidak.ada"):
        answers = [sign_in(name, WRONG, f"10.9.9.{len(name)}") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200] * 3 + [429]


def test_who_set_a_password_through_a_link_is_known(cast):
    attack_from_everywhere()
    browser = Client()
    form = browser.get(reset_link(cast.rina), follow=True).redirect_chain[-1][0]
    browser.post(form, {"password1": NEW, "password2": NEW}, REMOTE_ADDR=HOME)
    assert sign_in("rina", NEW, HOME, client=browser).status_code == 302


def reset_link(person):
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    return f"/akun/kata-sandi/lupa/{key}/"


@pytest.mark.parametrize(
    ("path", "field"), [("/akun/kata-sandi/", "oldpassword"), ("/akun/pastikan/", "password")]
)
def test_other_pages_that_ask_for_the_password_count_too(client, cast, path, field):
    client.force_login(cast.rina)
    data = {field: WRONG, "password1": NEW, "password2": NEW}
    answers = [client.post(path, data, REMOTE_ADDR=OFFICE).status_code for _ in range(4)]
    assert answers == [200] * 3 + [429]
    assert sign_in("rina").status_code == 429


def test_what_the_client_writes_about_its_address_does_not_count(cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = [
        sign_in("rina", WRONG, "127.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, {HOME}")
        for n in range(4)
    ]
    assert [answer.status_code for answer in forged] == [200] * 3 + [429]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert sign_in("rina", WRONG, HOME, HTTP_X_FORWARDED_FOR="198.51.100.1").status_code == 429


def test_a_request_that_came_past_a_proxy_counts_by_its_own_address(cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    answers = [
        sign_in("rina", WRONG, OFFICE, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}").status_code
        for n in range(4)
    ]
    assert answers == [200] * 3 + [429]
    settings.SIGN_IN_ATTEMPTS = 30
    assert sign_in("rina", PASSWORD, HOME, HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 302


def test_one_ipv6_network_is_one_address(cast):
    answers = [sign_in("rina", WRONG, f"2001:db8::{n}").status_code for n in range(1, 5)]
    assert answers == [200] * 3 + [429]
    assert sign_in("rina", WRONG, "2001:db8:0:1::1").status_code == 200


def test_a_locked_database_is_not_called_too_many_tries(cast, monkeypatch):
    def locked(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(tries, "_attempt", locked)
    client = Client(raise_request_exception=False)
    assert sign_in("rina", client=client).status_code >= 500
    monkeypatch.undo()
    assert sign_in("rina", client=client).status_code == 302


def test_a_try_whose_process_died_is_forgotten_after_a_minute(cast, passing, monkeypatch):
    def dies(*args, **kwargs):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("allauth.account.adapter.authenticate", dies)
        for _ in range(3):
            sign_in("rina", client=Client(raise_request_exception=False))
    monkeypatch.setattr(tries, "PAUSE", 0)
    answer = sign_in("rina")
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    passing(1.1)
    assert sign_in("rina").status_code == 302


def test_codes_of_the_second_factor_are_limited(client, cast):
    TOTP.activate(cast.rina, generate_totp_secret())
    assert sign_in("rina", client=client).url == "/akun/masuk/kode/"
    for _ in range(5):  # the password is right again and again
        answer = client.post("/akun/masuk/kode/", {"code": "000000"}, REMOTE_ADDR=OFFICE)
        sign_in("rina", client=client)
    assert answer.status_code == 429
    assert "Coba lagi lima belas menit lagi." in answer.content.decode()


def test_old_counts_and_places_are_removed(cast, passing):
    sign_in("rina", WRONG)
    sign_in("rina")
    passing(settings.KNOWN_PLACE_DAYS * 24 * 60 + 1)
    sign_in("umar", WRONG, HOME)
    assert TryCount.objects.count() == 3  # of this guess
    sign_in("rina", address=HOME)
    assert KnownPlace.objects.filter(person=cast.rina).count() == 2


def test_asking_for_mails_has_limits_for_known_and_unknown_addresses(client, units):
    factories.make_user("rina", unit=units.organisasi, email="rina@example.go.id")
    for email in ("rina@example.go.id", "x@example.go.id"):
        path = "/akun/kata-sandi/lupa/"
        answers = [client.post(path, {"email": email}).status_code for _ in range(6)]
        assert answers == [302] * 5 + [429]


def test_an_old_hash_is_made_new_at_sign_in(cast, settings):
    argon, old = (f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "MD5"))
    settings.PASSWORD_HASHERS = [argon, old]
    User.objects.filter(pk=cast.rina.pk).update(password=make_password(PASSWORD, hasher="md5"))
    assert sign_in("rina").status_code == 302
    cast.rina.refresh_from_db()
    assert cast.rina.password.startswith("argon2$argon2id$")


def test_a_password_may_be_set_without_a_page(cast):
    AccountAdapter().set_password(cast.rina, NEW)
    assert not KnownPlace.objects.exists()
