"""The second factor: set up, asked for once per code, demanded where a setting says so, and reset."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.models import Post, User
from sakip.roles import Role
from sakip.services.factors import reset_factors, tell_reset
from sakip.services.passwords import choose
from sakip.services.users import save_user
from sakip.sign_in.second_factor import must_have_factor
from tests import factories

SIGN_IN, CODE = "/akun/masuk/", "/akun/masuk/kode/"
FACTORS, APP = "/akun/dua-langkah/", "/akun/dua-langkah/aplikasi/"
CODES = "/akun/dua-langkah/kode-pemulihan/"
PASSWORD = "rahasia-sekali-1"


def code_of(secret, *, step=0):
    """What the app of a phone shows now, or so many steps of 30 seconds later."""
    now = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, now + step))


def give_app(person) -> str:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def sign_in(client, person):
    return client.post(SIGN_IN, {"login": person.username, "password": PASSWORD})


def enter(person, secret, **code):
    """A new browser, signed in with both."""
    client = Client()
    assert sign_in(client, person).url == CODE
    assert client.post(CODE, {"code": code_of(secret, **code)}).status_code == 302
    return client


def is_in(client):
    return client.get("/").status_code == 200


def confirmed(client, page, password=PASSWORD):
    """Opens a page that asks for the password first."""
    asked = client.get(page)
    assert asked.url.startswith("/akun/pastikan/")
    return client.post(asked.url, {"password": password}, follow=True)


def actions(person):
    return list(HistoryEntry.objects.about(person).values_list("action", flat=True))


@pytest.fixture
def demanded(settings):
    def demand(*names):
        settings.MFA_REQUIRED_FOR = list(names)

    return demand


# ── Setting one up ──────────────────────────────────────────────────────────────────────────────
def test_an_app_is_set_up_and_its_secret_is_not_in_the_database(client, cast, passing):
    sign_in(client, cast.rina)
    page = confirmed(client, APP)
    secret = page.context["form"].secret
    text = page.content.decode()
    assert "<svg" in text and 'href="otpauth://totp/' in text
    assert " ".join(re.findall("....", secret)) in text
    answer = client.post(APP, {"code": code_of(secret)}, follow=True)
    assert answer.redirect_chain == [(CODES, 302)]
    assert len(answer.context["unused_codes"]) == 10
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert actions(cast.rina) == ["add_factor"]
    assert is_in(client)


def test_recovery_codes_are_shown_once(client, cast, passing):
    sign_in(client, cast.rina)
    secret = confirmed(client, APP).context["form"].secret
    shown = client.post(APP, {"code": code_of(secret)}, follow=True).context["unused_codes"]
    again = client.get(CODES).content.decode()
    assert not any(code[:5] in again for code in shown)
    assert "hanya ditampilkan sekali" in again


def test_a_wrong_code_sets_nothing_up_and_keeps_the_secret(client, cast, passing):
    sign_in(client, cast.rina)
    secret = confirmed(client, APP).context["form"].secret
    answer = client.post(APP, {"code": "000000"})
    assert "Kode ini salah" in answer.content.decode()
    assert answer.context["form"].secret == secret
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("page", [APP, "/akun/dua-langkah/kunci/", CODES + "baru/"])
def test_every_change_asks_for_the_password_first(signed_in, cast, page):
    assert signed_in(cast.rina).get(page).url.startswith("/akun/pastikan/")


# ── Signing in ──────────────────────────────────────────────────────────────────────────────────
def test_the_password_alone_opens_nothing(client, cast, passing):
    give_app(cast.rina)
    assert sign_in(client, cast.rina).url == CODE
    assert not is_in(client)
    assert "Kode ini salah" in client.post(CODE, {"code": "000000"}).content.decode()
    assert not is_in(client)


def _reset(person, actor):
    reset_factors(person=person, actor=actor, at=timezone.now())


def _new_password(person, actor):
    choose(person, "kuda-baterai-stapler-7", at=timezone.now())


def _out_and_in(person, actor):
    save_user(user=person, actor=actor, at=timezone.now(), is_active=False)
    save_user(user=person, actor=actor, at=timezone.now(), is_active=True)


@pytest.mark.parametrize("change", [_reset, _new_password, _out_and_in])
def test_what_ends_sessions_ends_a_sign_in_that_waits_for_the_code(client, cast, passing, change):
    """After a reset the page would lead to the sign-in page and that one back, for a quarter of an hour."""
    secret = give_app(cast.rina)
    sign_in(client, cast.rina)
    change(User.objects.get(pk=cast.rina.pk), cast.kadir)
    page = client.post(CODE, {"code": code_of(secret)}, follow=True)
    assert page.redirect_chain == [(SIGN_IN, 302)]
    assert "Silakan masuk lagi dari awal" in page.content.decode()
    assert not is_in(client)


def test_the_code_can_be_typed_at_once_and_no_key_is_offered_to_who_has_none(client, cast):
    give_app(cast.rina)
    sign_in(client, cast.rina)
    page = client.get("/akun/masuk/kode/").content.decode()
    assert "autofocus" in page
    assert "Pakai kunci keamanan" not in page


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_phone_may_be_half_a_minute_off(cast, passing, step):
    assert is_in(enter(cast.rina, give_app(cast.rina), step=step))


def test_a_phone_may_not_be_a_minute_off(client, cast, passing):
    secret = give_app(cast.rina)
    sign_in(client, cast.rina)
    client.post(CODE, {"code": code_of(secret, step=2)})
    assert not is_in(client)


@pytest.mark.parametrize("seconds", [0, 31, 59])
def test_a_code_opens_the_door_once(client, cast, passing, seconds):
    secret = give_app(cast.rina)
    used = code_of(secret, step=1)
    enter(cast.rina, secret, step=1)
    passing(seconds / 60)
    sign_in(client, cast.rina)
    client.post(CODE, {"code": used})
    assert not is_in(client)


def test_the_code_that_set_the_app_up_is_used_too(client, cast, passing):
    sign_in(client, cast.rina)
    secret = confirmed(client, APP).context["form"].secret
    code = code_of(secret)
    client.post(APP, {"code": code})
    other = Client()
    sign_in(other, cast.rina)
    other.post(CODE, {"code": code})
    assert not is_in(other)


def test_a_recovery_code_opens_the_door_once(client, cast, passing):
    sign_in(client, cast.rina)
    secret = confirmed(client, APP).context["form"].secret
    codes = client.post(APP, {"code": code_of(secret)}, follow=True).context["unused_codes"]
    for is_first in (True, False):
        other = Client()
        sign_in(other, cast.rina)
        other.post(CODE, {"code": f"{codes[0][:5]} {codes[0][5:]}"})
        assert is_in(other) is is_first
    assert "Tersisa 9 kode" in client.get(FACTORS).content.decode()


def test_a_wrong_code_or_key_is_in_the_log(client, cast, passing, caplog):
    give_app(cast.rina)
    sign_in(client, cast.rina)
    client.post(CODE, {"code": "000001"})
    client.post(CODE, {"credential": '{"id": "x"}'})
    said = [line.getMessage() for line in caplog.records if line.name.endswith("second_factor")]
    assert said == [
        f"Wrong {what} for person {cast.rina.pk} from 127.0.0.1." for what in ("code", "key")
    ]


def test_codes_cannot_be_guessed_for_long(client, cast, passing, settings):
    secret = give_app(cast.rina)
    sign_in(client, cast.rina)
    for number in range(settings.SIGN_IN_ATTEMPTS):
        client.post(CODE, {"code": f"{number:06}"})
    client.post(CODE, {"code": code_of(secret)})
    assert not is_in(client)


def test_another_secret_key_is_told_in_words(client, cast, passing, settings):
    secret = give_app(cast.rina)
    settings.SECRET_KEY = "another-key-" + "y" * 50
    sign_in(client, cast.rina)
    answer = client.post(CODE, {"code": code_of(secret)})
    assert "Minta koordinator Anda mengatur ulang" in answer.content.decode()


def test_the_former_secret_key_still_reads(cast, passing, settings):
    secret = give_app(cast.rina)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-" + "y" * 50
    assert is_in(enter(cast.rina, secret))


NO_KEYS = [
    "",
    "x",
    "[]",
    "{}",
    '"x"',
    '{"id": 1}',
    '{"id": "AA", "rawId": "AA", "type": "public-key"}',
]


@pytest.mark.parametrize("credential", NO_KEYS)
def test_what_is_no_key_opens_nothing(client, cast, passing, credential):
    give_app(cast.rina)
    sign_in(client, cast.rina)
    answer = client.post(CODE, {"credential": credential})
    assert answer.status_code == 200
    assert '#id_credential">Kunci keamanan: ' in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("credential", NO_KEYS)
def test_what_is_no_key_is_not_added(client, cast, passing, credential):
    sign_in(client, cast.rina)
    confirmed(client, "/akun/dua-langkah/kunci/")
    data = {"name": "Laptop", "credential": credential}
    answer = client.post("/akun/dua-langkah/kunci/", data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Authenticator.objects.exists()


# ── Other browsers ──────────────────────────────────────────────────────────────────────────────
def test_whoever_else_is_signed_in_is_out_when_a_factor_comes_or_goes(client, cast, passing):
    thief = Client()
    sign_in(thief, cast.rina)
    sign_in(client, cast.rina)
    secret = confirmed(client, APP).context["form"].secret
    client.post(APP, {"code": code_of(secret)})
    assert (is_in(thief), is_in(client)) == (False, True)
    thief = enter(cast.rina, secret, step=1)
    client.post(APP + "hapus/")
    assert (is_in(thief), is_in(client)) == (False, True)
    assert not Authenticator.objects.exists()
    assert actions(cast.rina) == ["remove_factor", "add_factor"]


def test_an_old_session_stays_dead_when_the_account_comes_back(signed_in, cast):
    client = signed_in(cast.umar)
    for is_active in (False, True):
        save_user(user=cast.umar, actor=cast.kadir, at=timezone.now(), is_active=is_active)
    assert not is_in(client)


# ── Demanded ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("names", "who"),
    [
        (["none"], ""),
        (["evaluators"], "dewi"),
        (["coordinators", "evaluators"], "dewi kadir sari"),
        (["everybody"], "rina umar dewi kadir laila sari tono"),
    ],
)
def test_who_must_have_one(cast, demanded, names, who):
    demanded(*names)
    assert {name for name, one in vars(cast).items() if must_have_factor(one)} == set(who.split())


def test_a_superuser_must_where_the_setting_says_so(db, demanded):
    demanded("superusers")
    assert must_have_factor(factories.make_user("admin", "", is_superuser=True))


def test_any_post_that_demands_it_counts(cast, units, demanded):
    demanded("coordinators")
    Post.objects.create(person=cast.rina, role=Role.COORDINATOR, unit=units.dinas)
    assert must_have_factor(User.objects.get(pk=cast.rina.pk))


@pytest.mark.parametrize(
    "page", ["/", "/renaksi/", "/pengaturan/pengguna/", "/riwayat/", CODES, "/akun/penugasan/"]
)
def test_who_has_none_is_led_to_it_and_nowhere_else(signed_in, cast, demanded, page):
    demanded("coordinators")
    client = signed_in(cast.kadir)
    for answer in (client.get(page), client.post(page)):
        assert (answer.status_code, answer.url) == (302, APP)
    answer = client.get(page, headers={"HX-Request": "true"})
    assert (answer.headers["HX-Redirect"], answer.content) == (APP, b"")


def test_files_and_the_admin_site_are_closed_too(signed_in, cast, evaluation, demanded):
    demanded("everybody")
    client = signed_in(cast.kadir)
    for page in ("/laporan/follow-up-table/unduh/csv/", "/bukti/1/berkas/1/"):
        assert client.get(page).status_code in (302, 404)
    admin = factories.make_user("admin", "", is_superuser=True, is_staff=True)
    client.force_login(admin)
    assert client.get("/admin/").url == APP
    assert client.get("/admin/sakip/user/").url == APP


def test_the_page_that_sets_it_up_shows_no_menu(signed_in, cast, demanded):
    demanded("coordinators")
    text = signed_in(cast.kadir).get(FACTORS).content.decode()
    assert "Peran Anda mewajibkannya" in text
    assert "Menu utama" not in text
    assert "Keluar</button>" in text


def test_who_must_set_one_up_gives_the_password_once(client, cast, demanded, passing):
    """It was given a moment ago, to sign in. Later, and for whoever is not obliged, it is asked for again."""
    demanded("coordinators")
    sign_in(client, cast.kadir)
    page = client.get(APP)
    assert "Peran Anda mewajibkannya" in page.content.decode()
    passing(6)
    assert client.get(APP).url.startswith("/akun/pastikan/")


def test_who_lost_one_by_a_reset_learns_it_while_setting_up_the_next(
    client, cast, demanded, passing
):
    give_app(cast.kadir)
    admin = factories.make_user("admin", "", is_superuser=True, is_staff=True)
    reset(cast.kadir, admin)
    demanded("coordinators")
    sign_in(client, cast.kadir)
    assert "diatur ulang oleh Admin" in client.get(APP).content.decode()


def test_with_a_factor_the_way_is_free(cast, demanded, passing):
    demanded("coordinators")
    assert is_in(enter(cast.kadir, give_app(cast.kadir)))


def test_others_are_not_bothered(signed_in, cast, demanded):
    demanded("coordinators", "evaluators", "superusers")
    assert is_in(signed_in(cast.rina))


# ── Lost ────────────────────────────────────────────────────────────────────────────────────────
def reset(person, actor):
    return reset_factors(person=person, actor=actor, at=timezone.now())


def test_a_coordinator_resets_the_factors_of_who_lost_the_phone(client, cast, passing):
    User.objects.filter(pk=cast.rina.pk).update(email="rina@example.go.id")
    phone = enter(cast.rina, give_app(cast.rina))
    sign_in(client, cast.kadir)
    page = f"/pengaturan/pengguna/{cast.rina.pk}/dua-langkah/"
    assert page in client.get(f"/pengaturan/pengguna/{cast.rina.pk}/ubah/").content.decode()
    asked = client.post(page)
    answer = client.post(asked.url, {"password": PASSWORD}, follow=True)
    assert "sudah diatur ulang" in answer.content.decode()
    assert not is_in(phone)
    assert actions(cast.rina) == ["reset_factors"]
    mine = Client()
    assert sign_in(mine, cast.rina).url == "/"
    assert "diatur ulang oleh Kadir" in mine.get(FACTORS).content.decode()


def test_the_person_is_told_by_mail(cast):
    User.objects.filter(pk=cast.rina.pk).update(email="rina@example.go.id")
    tell_reset(cast.rina.pk, "Kadir", timezone.now().isoformat())
    (letter,) = mail.outbox
    assert letter.to == ["rina@example.go.id"]
    assert "diatur ulang oleh Kadir" in letter.body


@pytest.mark.parametrize("actor", ["kadir", "sari", "rina", "laila", "dewi"])
def test_no_judged_body_reaches_its_evaluator(cast, actor):
    give_app(cast.dewi)
    with pytest.raises(PermissionDenied):
        reset(cast.dewi, getattr(cast, actor))
    assert Authenticator.objects.exists()


@pytest.mark.parametrize("actor", ["kadir", "sari", "umar", "dewi"])
def test_nobody_resets_the_own_factors_or_those_beyond_reach(cast, actor):
    give_app(cast.kadir)
    with pytest.raises(PermissionDenied):
        reset(cast.kadir, getattr(cast, actor))


def test_the_province_resets_those_of_an_evaluator(cast, units, passing):
    give_app(cast.dewi)
    reset(cast.dewi, factories.make_user("prov", Role.COORDINATOR, units.province))
    assert not Authenticator.objects.exists()


def test_without_a_factor_there_is_nothing_to_reset(cast):
    with pytest.raises(WrongState):
        reset(cast.rina, cast.kadir)


def test_the_last_administrator_is_helped_by_a_command(db, capsys):
    admin = factories.make_user("admin", "", is_superuser=True)
    give_app(admin)
    call_command("reset_factors", "admin")
    assert not Authenticator.objects.exists()
    assert actions(admin) == ["reset_factors"]
    with pytest.raises(CommandError, match="tidak memakai"):
        call_command("reset_factors", "admin")
    with pytest.raises(CommandError, match="siapa"):
        call_command("reset_factors", "siapa")
