"""Which passwords are refused, with which reason, in each of the two profiles."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from sakip.models import FormerPassword, User
from sakip.services.passwords import choose, mark_temporary
from sakip.sign_in import passwords
from sakip.sign_in.accounts import AccountAdapter
from tests import factories

PASSWORD = "rahasia-sekali-1"
CHANGE = "/akun/kata-sandi/"
AT = datetime(2026, 6, 1, tzinfo=UTC)
OFFICE, ONLY, COMMON, KEYS = "mudah ditebak di sini", "hanya angka", "umum", "papan ketik"
WEAK = [
    ("rahasia1", "pendek"),
    ("197108081991032007", ONLY),
    ("19710808 199103 2 007", ONLY),
    ("081254321987", ONLY),
    ("17081945-17081945", ONLY),
    ("rinakartika2023", OFFICE),
    ("Rina Kartika 123", OFFICE),
    ("R1n4K4rt1k4!!", OFFICE),
    ("akitrakanir2024", OFFICE),
    ("rina.kartika@kaltim", OFFICE),
    ("rina197108081991032007", OFFICE),
    ("Biro Organisasi 2023", OFFICE),
    ("BiroOrganisasi#24", OFFICE),
    ("Inspektorat2024!", OFFICE),
    ("Setda Kaltim 2024", OFFICE),
    ("dinas-pariwisata-1", OFFICE),
    ("sakip-demo-2023", OFFICE),
    ("sakipsakipsakip", OFFICE),
    ("Sakip2026Sakip2026", OFFICE),
    ("evaluator-sakip-01", OFFICE),
    ("Rahasia123456", OFFICE),
    ("katasandi12345", OFFICE),
    ("Januari2026Januari", OFFICE),
    ("bismillah2024", OFFICE),
    ("merdeka17081945", OFFICE),
    ("qwertyuiop[]", KEYS),
    ("1q2w3e4r5t6y", "mudah ditebak"),
    ("asdfghjkl;'asdfghjkl", KEYS),
    ("abcdefghijklm", "urutan"),
    ("aaaaaaaaaaaaaaaa", "mengulang"),
    ("password12345678", "mudah ditebak"),
    ("iloveyou1234", "dicoba orang"),
]
GOOD = [
    "kuda-baterai-stapler-7",
    "hujan sore di dermaga",
    "Tiga ekor kancil lewat",
    "x7$Kp9!qLm2w",
    "kopi-tubruk-tanpa-gula",
    "payung biru tetangga lama",
    "Gerobak8Melaju;pelan",
    "lampu teras menyala sendiri",
    "vD3nq-8sLw0-zzTk1",
    "nelayan pulang membawa kepiting dan cerita panjang",
    "nelayan pulang membawa kepiting, lalu payung biru tetangga lama terbang melewati lampu teras yang menyala",
]
# Good in the first profile, but without four kinds of characters.
THREE_KINDS = [
    ("hujan sore di dermaga", "huruf besar, angka"),
    ("kuda-baterai-stapler-7", "huruf besar"),
    ("KUDA-BATERAI-STAPLER-7", "huruf kecil"),
    ("KudaBateraiStapler7", "tanda baca"),
]
GOOD_OF_FOUR = [f"Ku7 {text}" for text in GOOD]


@pytest.fixture
def rina(cast):
    return factories.make_user(
        "rina.kartika",
        unit=cast.rina.unit,
        name="Rina Kartika",
        nip="197108081991032007",
        email="rina.kartika@kaltimprov.go.id",
    )


@pytest.fixture
def bssn(settings):
    settings.PASSWORDS_BY_BSSN = True
    settings.AUTH_PASSWORD_VALIDATORS = [
        *settings.AUTH_PASSWORD_VALIDATORS,
        {"NAME": "sakip.sign_in.passwords.FourKindsValidator"},
    ]


def why_refused(password, person):
    with pytest.raises(ValidationError) as caught:
        validate_password(password, person)
    return " ".join(caught.value.messages)


def test_each_weak_password_is_refused_with_its_reason(rina):
    wrong = {}
    for password, reason in WEAK:
        said = why_refused(password, rina)
        if reason not in said:
            wrong[password] = said
    assert wrong == {}


def test_a_short_password_has_one_reason(rina):
    with pytest.raises(ValidationError) as refused:
        validate_password("pendek", rina)
    assert [error.code for error in refused.value.error_list] == ["password_too_short"]


def test_good_passwords_are_taken(rina):
    for password in GOOD:
        validate_password(password, rina)


def test_the_other_profile_asks_for_four_kinds_as_well(rina, bssn):
    for password, reason in WEAK:
        assert reason in why_refused(password, rina)
    for password, missing in THREE_KINDS:
        assert f"belum berisi {missing}" in why_refused(password, rina)
    for password in GOOD_OF_FOUR:
        validate_password(password, rina)


def sign_in(client, name="rina", password=PASSWORD):
    return client.post("/akun/masuk/", {"login": name, "password": password})


def change(client, new, old=PASSWORD):
    data = {"oldpassword": old, "password1": new, "password2": new}
    return client.post(CHANGE, data)


# ── A password that somebody else gave ──────────────────────────────────────────────────────────
def test_a_given_password_opens_only_the_page_for_an_own_one(client, cast):
    mark_temporary(username="rina")
    sign_in(client)
    for path in ("/", "/pengaturan/", "/akun/dua-langkah/"):
        assert client.get(path).url == CHANGE
    assert client.get("/", headers={"HX-Request": "true"})["HX-Redirect"] == CHANGE
    page = client.get(CHANGE).content.decode()
    assert "diberikan oleh orang lain" in page
    assert "Menu utama" not in page
    again = change(client, PASSWORD)
    assert "pernah Anda pakai" in again.content.decode()
    assert change(client, GOOD[0]).url == "/"
    assert client.get("/").status_code == 200
    assert sign_in(client, password=GOOD[0]).status_code == 302


def test_who_has_to_choose_may_leave(client, cast):
    mark_temporary(username="rina")
    sign_in(client)
    client.post("/akun/keluar/")
    assert client.get("/").url.startswith("/akun/masuk/")


def test_the_command_line_gives_temporary_passwords(cast, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda *args, **kwargs: GOOD[0])
    call_command("changepassword", "rina")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", GOOD[1])
    call_command(
        "createsuperuser", interactive=False, username="admin", email="a@contoh.example", name="A"
    )
    people = User.objects.filter(password_is_temporary=True).order_by("username")
    assert [person.username for person in people] == ["admin", "rina"]
    assert people[1].check_password(GOOD[0])
    with pytest.raises(CommandError):
        call_command("changepassword", "siapa")


def test_choosing_a_password_writes_nothing_else(cast):
    mark_temporary(username="rina")
    stale = User.objects.get(pk=cast.rina.pk)
    User.objects.filter(pk=cast.rina.pk).update(name="Rina Baru")
    AccountAdapter().set_password(stale, GOOD[0])
    cast.rina.refresh_from_db()
    assert (cast.rina.name, cast.rina.password_is_temporary) == ("Rina Baru", False)


# ── The profile of BSSN ─────────────────────────────────────────────────────────────────────────
def test_a_password_of_more_than_six_months_is_replaced_first(client, cast, bssn, passing):
    choose(cast.rina, PASSWORD, at=passwords.timezone.now())
    passing(182 * 24 * 60)
    sign_in(client)
    assert client.get("/").status_code == 200
    passing(2 * 24 * 60)
    sign_in(client)
    assert client.get("/").url == CHANGE
    assert "berumur enam bulan" in client.get(CHANGE).content.decode()
    assert change(client, GOOD_OF_FOUR[0]).url == "/"
    assert client.get("/").status_code == 200


def test_the_last_five_are_not_chosen_again(cast, bssn, settings):
    for days, password in enumerate(GOOD_OF_FOUR[:8]):
        choose(cast.rina, password, at=AT + timedelta(days=days))
    for password in GOOD_OF_FOUR[2:8]:  # the present one and five before it
        assert "pernah Anda pakai" in why_refused(password, cast.rina)
    validate_password(GOOD_OF_FOUR[1], cast.rina)
    assert FormerPassword.objects.filter(person=cast.rina).count() == 5


def test_without_this_profile_nothing_expires_and_no_old_hash_is_kept(client, cast):
    choose(cast.rina, PASSWORD, at=AT)
    sign_in(client)
    assert client.get("/").status_code == 200
    assert not FormerPassword.objects.exists()
