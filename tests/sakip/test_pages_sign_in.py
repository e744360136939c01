"""The door: names and passwords, limits, and who stays outside."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import OperationalError
from django.urls import reverse

from sakip.models import User
from sakip.sign_in import rate_limits
from tests import factories
from tests.worker import work

SIGN_IN = "/akun/masuk/"
PASSWORD = "rahasia-sekali-1"
NEW = "kuda-baterai-stapler-7"


def sign_in(client, username, password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"login": username, "password": password}, **extra)


def test_the_right_password_opens_the_home_page(client, cast):
    response = sign_in(client, "rina")
    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/").status_code == 200


def test_signing_in_is_whole_or_not_at_all(client, cast, monkeypatch):
    """Its writes are one: each of several would stand in the queue of a busy database."""

    def fail(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(rate_limits, "know_place", fail)
    before = User.objects.get(username="rina").last_login
    client.raise_request_exception = False
    assert sign_in(client, "rina").status_code >= 500
    assert not Session.objects.exists()
    assert User.objects.get(username="rina").last_login == before


def test_a_wrong_password_tells_nothing_about_the_name(client, cast):
    texts = [
        sign_in(client, name, "salah-sekali-99").content.decode() for name in ("rina", "siapa")
    ]
    assert all("Nama pengguna atau kata sandi salah." in text for text in texts)


def test_who_has_left_stays_outside(client, cast):
    sign_in(client, "tono")
    assert client.get("/").status_code == 302


def test_who_is_switched_off_is_out_at_the_next_click(signed_in, cast):
    client = signed_in(cast.rina)
    cast.rina.is_active = False
    cast.rina.save()
    assert client.get("/").url.startswith(SIGN_IN)


def test_nobody_signs_up(client, db):
    assert "Pendaftaran ditutup" in client.get("/akun/daftar/").content.decode()
    client.post("/akun/daftar/", {"username": "x", "password1": NEW, "password2": NEW})
    assert client.get("/").status_code == 302


def test_signing_out_is_a_post(signed_in, cast):
    client = signed_in(cast.rina)
    client.get("/akun/keluar/")
    assert client.get("/").status_code == 200
    answer = client.post("/akun/keluar/")
    assert answer.headers["Clear-Site-Data"] == '"storage"'  # figures that were typed and not saved
    assert client.get("/").status_code == 302


def test_a_person_changes_the_own_password(signed_in, cast, client):
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    response = signed_in(cast.rina).post("/akun/kata-sandi/", data, follow=True)
    assert "Kata sandi sudah diganti." in response.content.decode()
    client.logout()
    assert sign_in(client, "rina", NEW).status_code == 302


def test_a_common_password_is_refused(signed_in, cast):
    data = {"oldpassword": PASSWORD, "password1": "password1234", "password2": "password1234"}
    response = signed_in(cast.rina).post("/akun/kata-sandi/", data)
    assert response.status_code == 200
    assert response.context["form"].errors


def mailed_link(client, email):
    response = client.post("/akun/kata-sandi/lupa/", {"email": email}, follow=True)
    assert "Periksa surel Anda" in response.content.decode()
    work()
    return re.search(r"http://127.0.0.1:8000(\S+)", mail.outbox[0].body)[1]


def test_a_forgotten_password_is_made_new_by_mail(client, units):
    factories.make_user("rina", unit=units.organisasi, email="rina@example.go.id")
    link = mailed_link(client, "rina@example.go.id")
    page = client.get(link, follow=True)
    form_address = page.redirect_chain[-1][0]
    response = client.post(form_address, {"password1": NEW, "password2": NEW}, follow=True)
    assert "Kata sandi sudah diganti" in response.content.decode()
    assert sign_in(client, "rina", NEW).status_code == 302
    assert "sudah dipakai" in client.get(link, follow=True).content.decode()


@pytest.mark.parametrize("is_open", [False, True])
def test_whoever_is_deactivated_meanwhile_chooses_no_password(client, units, is_open):
    rina = factories.make_user("rina", unit=units.organisasi, email="rina@example.go.id")
    link = mailed_link(client, "rina@example.go.id")
    if is_open:
        link = client.get(link).url
    User.objects.filter(pk=rina.pk).update(is_active=False)
    data = {"password1": NEW, "password2": NEW}
    answer = client.post(link, data) if is_open else client.get(link, follow=True)
    assert "sudah dipakai atau kedaluwarsa" in answer.text
    rina.refresh_from_db()
    assert rina.check_password(PASSWORD)


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client, db):
    response = client.post("/akun/kata-sandi/lupa/", {"email": "x@example.go.id"}, follow=True)
    assert "Periksa surel Anda" in response.content.decode()
    work()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "account_inactive", "account_signup"]
)
def test_pages_before_the_door_show_no_menu(client, db, name):
    text = client.get(reverse(name)).content.decode()
    assert 'lang="id"' in text
    assert "Menu utama" not in text


# ── The admin site ──────────────────────────────────────────────────────────────────────────────
def test_the_admin_site_has_no_door_of_its_own(client, db):
    for address in ("/admin/", "/admin/login/"):
        assert client.get(address, follow=True).redirect_chain[-1][0].startswith(SIGN_IN)
    assert client.post("/admin/login/", {"username": "x"}).url.startswith(SIGN_IN)


@pytest.mark.parametrize("person", ["rina", "kadir", "dewi"])
def test_a_role_alone_does_not_open_the_admin_site(signed_in, cast, person):
    person = getattr(cast, person)
    person.is_staff = True
    person.save()
    assert signed_in(person).get("/admin/", follow=True).status_code == 403


def test_the_superuser_enters_and_only_reads_the_history(client, db):
    client.force_login(factories.make_user("admin", "", is_superuser=True, is_staff=True))
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/").url == "/admin/"
    assert client.get("/admin/sakip/historyentry/").status_code == 200
    assert client.get("/admin/sakip/historyentry/add/").status_code == 403
