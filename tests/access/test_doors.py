"""The pages before and beside the work: signing in, the second factor, invitations, verification, refusals."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from sakip.operations import outages
from sakip.services import invitations
from sakip.services.passwords import mark_temporary
from tests import factories
from tests.axe import needs_axe
from tests.sakip.test_second_factor import (
    APP,
    CODE,
    SIGN_IN,
    code_of,
    confirmed,
    sign_in,
)

pytestmark = [needs_axe, pytest.mark.django_db]

FACTORS, KEY, CODES = (
    "/akun/dua-langkah/",
    "/akun/dua-langkah/kunci/",
    "/akun/dua-langkah/kode-pemulihan/",
)
CHOOSE, RESET = "/akun/kata-sandi/", "/akun/kata-sandi/lupa/"


@pytest.fixture
def look(window, tally):
    """look(address) opens it as whoever the test client is, look(address, data) sends it."""

    def look(address, data=None, *, state="filled", status=200):
        method = window.client.get if data is None else window.client.post
        response = method(address, data or {}, follow=True)
        response.body = response.content
        assert response.status_code == status, (address, response.status_code)
        window.person = None
        window.show(response, address)
        faults = window.faults(address, state=state if data is None else "error")
        tally["faults"] += faults
        assert faults == []
        return response

    return look


@pytest.mark.parametrize(
    "address",
    [
        SIGN_IN,
        RESET,
        RESET + "terkirim/",
        RESET + "1-x-y/",
        "/akun/nonaktif/",
        "/akun/daftar/",
        "/verifikasi/",
    ],
)
def test_before_signing_in(look, cast, address):
    look(address)


@pytest.mark.parametrize("address", [SIGN_IN, RESET])
def test_filled_in_wrongly(look, cast, address):
    look(address, {"login": "rina", "password": "salah"})


def test_a_document_is_verified(look, units, cast):
    issued = factories.make_issued(units.setda, cast.kadir)
    look(reverse("reports:verification", args=[issued.code]))
    look("/verifikasi/?kode=salah", state="error", status=404)
    look(reverse("reports:verification", args=["0000-0000-0000-0000"]), status=404)


def test_an_invitation(look, cast, client):
    invitations.invite(actor=cast.kadir, at=timezone.now(), people=[cast.umar])
    cast.umar.refresh_from_db()
    address = invitations.path_of(cast.umar)
    look(address)
    look(reverse("invitation-accept"), {"password1": "a", "password2": "b"})
    look("/akun/undangan/tidak-ada/", status=410)


def test_the_second_factor(look, cast, client, passing):
    sign_in(client, cast.rina)
    look(FACTORS)
    look(APP)  # asks for the password
    look(client.get(APP).url, {"password": "salah"})
    confirmed(client, APP)
    for address in (APP, KEY):
        look(address)
        look(address, {})
    client.post(APP, {"code": code_of(client.get(APP).context["form"].secret)})
    for address in (FACTORS, CODES, CODES + "baru/", APP + "hapus/"):
        look(address)
    client.logout()
    sign_in(client, cast.rina)
    look(CODE)
    look(CODE, {"code": "000000"})


def test_a_first_factor_that_is_demanded(look, cast, client, settings):
    settings.MFA_REQUIRED_FOR = ["everybody"]
    sign_in(client, cast.rina)
    look("/")
    look(FACTORS)


def test_a_password_of_ones_own(look, cast, client):
    mark_temporary(username="rina")
    sign_in(client, cast.rina)
    look("/")
    look(CHOOSE, {})


def test_refusals(look, cast, client, renaksi):
    client.force_login(cast.umar)
    look(renaksi.get_absolute_url(), state="refused", status=404)
    client.force_login(cast.rina)
    look("/reviu/", state="refused", status=403)
    look("/tidak-ada/", state="refused", status=404)


@pytest.mark.parametrize("name", ["400", "403_csrf", "409", "413", "429", "500", "503"])
def test_failures(window, tally, rf, db, name):
    """As the program renders them, without a person."""
    request = rf.get("/")
    request.user, request.htmx = AnonymousUser(), False
    context = {"code": "abc", "wait": "satu menit", "reason": "Sudah dikirim."}
    context["outage"] = outages.DATABASE
    response = HttpResponse(render_to_string(f"{name}.html", context, request))
    response.body = response.content
    window.show(response, "/")
    faults = window.faults(f"{name}.html", state="refused")
    tally["faults"] += faults
    assert faults == []
