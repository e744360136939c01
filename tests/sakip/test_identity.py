"""Signing in through the province's identity provider, against a provider that runs beside the tests."""

import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.management import CommandError, call_command
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from sakip.history.entries import HistoryEntry
from sakip.models import User
from sakip.sign_in.identity import ProvinceAdapter
from tests import factories
from tests.sakip.test_second_factor import CODE, code_of, give_app

# The provider of the tests uses its libraries in an older way.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

SIGN_IN, COME_BACK = "/akun/masuk/provinsi/", "/akun/masuk/provinsi/kembali/"
OUT = "/akun/keluar/provinsi/"
FACTORS = "/akun/dua-langkah/"


@pytest.fixture(scope="module")
def server():
    with run_server_in_thread(require_nonce=True) as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture
def provider(server, settings):
    """The settings of an office that uses it. `provider(sub, claims)` makes a person known there."""
    settings.OIDC_ISSUER = server
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "sakip", "rahasia"
    settings.OIDC_LABEL = "akun Kaltim"

    def know(sub, **claims):
        requests.put(f"{server}/users/{sub}", json=claims, timeout=60).raise_for_status()
        return sub

    return know


def go(client, sub, *, start=SIGN_IN):
    """From our sign-in page to the provider, in as `sub`, and back to us."""
    there = client.get(start)
    assert there.status_code == 302, there.content.decode()
    back = requests.post(there.url, data={"sub": sub}, allow_redirects=False, timeout=60)
    return client.get(back.headers["Location"].removeprefix("http://testserver"))


def is_in(client):
    return client.get(FACTORS).status_code == 200


def words(response):
    return response.content.decode()


# ── In ──────────────────────────────────────────────────────────────────────────────────────────
def test_nothing_of_it_is_there_unless_it_is_set(client, cast):
    for page in (SIGN_IN, COME_BACK, OUT, OUT + "lanjut/"):
        assert client.get(page).status_code == 404
    assert SIGN_IN not in words(client.get("/akun/masuk/"))


def test_an_account_that_exists_comes_in_and_is_linked_once(client, cast, provider):
    assert "Masuk dengan akun Kaltim" in words(client.get("/akun/masuk/"))
    sub = provider("asn-1", preferred_username="rina", name="Orang Lain", email="x@example.id")
    for _ in range(2):
        client = Client()
        assert go(client, sub).url == "/"
        assert client.get("/").wsgi_request.user == cast.rina
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()
    assert HistoryEntry.objects.about(cast.rina).get().action == "link_identity"
    cast.rina.refresh_from_db()
    assert (cast.rina.name, cast.rina.email) == ("Rina", "")


def test_the_request_carries_state_nonce_and_pkce(client, cast, provider):
    asked = parse_qs(urlsplit(client.get(SIGN_IN + "?scope=admin&process=connect").url).query)
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["code_challenge_method"] == ["S256"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["redirect_uri"] == ["http://testserver" + COME_BACK]


def test_the_way_leads_on_to_the_page_that_was_asked_for(client, cast, provider):
    sub = provider("asn-1", preferred_username="rina")
    assert go(client, sub, start=SIGN_IN + "?next=/renaksi/").url == "/renaksi/"
    assert go(Client(), sub, start=SIGN_IN + "?next=https://jahat.example/").url == "/"


@pytest.mark.parametrize(
    ("match", "claim", "claims"),
    [
        ("nip", "nip_baru", {"nip_baru": "197108081991032007"}),
        ("email", "email", {"email": "RINA@example.go.id", "email_verified": True}),
    ],
)
def test_the_office_names_the_claim(client, cast, provider, settings, match, claim, claims):
    rina = {"nip": "197108081991032007", "email": "rina@example.go.id"}
    User.objects.filter(pk=cast.rina.pk).update(**rina)
    settings.OIDC_MATCH, settings.OIDC_CLAIM = match, claim
    go(client, provider(f"asn-{match}", **claims))
    assert is_in(client)


# ── Outside ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({"preferred_username": "siapa"}, "belum ada akun Anda"),
        ({}, "belum ada akun Anda"),
        ({"preferred_username": "tono"}, "sudah dinonaktifkan"),
        ({"preferred_username": "admin"}, "masuk dengan kata sandi"),
    ],
)
def test_who_does_not_belong_here_stays_outside(client, cast, provider, claims, told):
    factories.make_user("admin", "", is_superuser=True)
    answer = go(client, provider("asn-9", **claims))
    assert answer.status_code == 403
    assert told in words(answer)
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 8


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_address_that_nobody_verified_is_no_proof(client, cast, provider, settings, verified):
    User.objects.filter(pk=cast.rina.pk).update(email="rina@example.go.id")
    settings.OIDC_MATCH = settings.OIDC_CLAIM = "email"
    answer = go(client, provider("asn-8", email="rina@example.go.id", email_verified=verified))
    assert "belum diverifikasi" in words(answer)


def test_an_address_of_two_accounts_opens_neither(client, cast, provider, settings):
    User.objects.filter(pk__in=[cast.rina.pk, cast.umar.pk]).update(email="biro@example.go.id")
    settings.OIDC_MATCH = settings.OIDC_CLAIM = "email"
    answer = go(client, provider("asn-7", email="biro@example.go.id", email_verified=True))
    assert "cocok dengan beberapa akun" in words(answer)


def test_who_has_left_stays_outside_though_linked(client, cast, provider):
    sub = provider("asn-1", preferred_username="rina")
    go(client, sub)
    User.objects.filter(pk=cast.rina.pk).update(is_active=False)
    assert "sudah dinonaktifkan" in words(go(Client(), sub))
    assert not is_in(client)


def test_a_name_that_the_provider_gives_to_another_opens_nothing(client, cast, provider):
    go(Client(), provider("asn-1", preferred_username="rina"))
    answer = go(client, provider("asn-2", preferred_username="rina"))
    assert "ditautkan dengan identitas lain" in words(answer)
    assert not is_in(client)


def test_a_link_is_undone_by_a_command(client, cast, provider):
    go(Client(), provider("asn-1", preferred_username="rina"))
    call_command("unlink_identity", "rina")
    go(client, provider("asn-2", preferred_username="rina"))
    assert is_in(client)
    with pytest.raises(CommandError, match="tidak ditautkan"):
        call_command("unlink_identity", "umar")


def test_whoever_cancels_reads_so(client, cast, provider):
    (state,) = parse_qs(urlsplit(client.get(SIGN_IN).url).query)["state"]
    answer = client.get(COME_BACK, {"error": "access_denied", "state": state})
    assert "Anda membatalkan masuk dengan akun Kaltim" in words(answer)


def test_a_provider_that_is_away_is_told_in_words(client, cast, provider, settings):
    settings.OIDC_ISSUER = "http://localhost:9"
    answer = client.get(SIGN_IN)
    assert answer.status_code == 503
    assert "Akun Kaltim sedang tidak dapat dihubungi" in words(answer)


# ── Forged ──────────────────────────────────────────────────────────────────────────────────────
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def with_token(monkeypatch):
    """with_token(change) lets the provider answer with what `change` makes of its token."""

    def answer_with(change):
        real = ProvinceAdapter.get_access_token_data

        def fetch(self, *args, **kwargs):
            data = real(self, *args, **kwargs)
            return data | {"id_token": change(data["id_token"])}

        monkeypatch.setattr(ProvinceAdapter, "get_access_token_data", fetch)

    return answer_with


def signed(token, key=KEY, algorithm="RS256", **changes):
    """The same token with other claims, signed by somebody else."""
    claims = jwt.decode(token, options={"verify_signature": False}) | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, key, algorithm=algorithm)


def cut(token):
    return token.rpartition(".")[0] + "."


@pytest.mark.parametrize(
    "forge",
    [
        signed,
        cut,
        lambda token: signed(token, key=None, algorithm="none"),
        lambda token: signed(token, key="rahasia" * 8, algorithm="HS256"),
        lambda token: jwt.encode({}, KEY, "RS256", headers={"kid": "lain"}),
        lambda token: "x.y.z",
        lambda token: "",
    ],
    ids=[
        "other key",
        "no signature",
        "none",
        "shared secret",
        "unknown key",
        "nonsense",
        "missing",
    ],
)
def test_a_forged_token_opens_nothing(client, cast, provider, with_token, forge):
    with_token(forge)
    answer = go(client, provider("asn-1", preferred_username="rina"))
    assert answer.status_code == 403
    assert "tidak dapat dipercaya" in words(answer)
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("changes", "lets_in"),
    [
        ({}, True),
        ({"iss": "https://jahat.example"}, False),
        ({"aud": "program-lain"}, False),
        ({"aud": ["sakip", "program-lain"], "azp": "program-lain"}, False),
        ({"aud": ["sakip", "program-lain"]}, False),
        ({"aud": ["sakip"]}, True),
        ({"nonce": "lama"}, False),
        ({"nonce": None}, False),
        ({"exp": int(time.time()) - 120}, False),
        ({"sub": None}, False),
        ({"sub": "asn-lain"}, False),  # the userinfo is still about the first one
    ],
)
def test_a_token_for_another_purpose_opens_nothing(
    client, cast, provider, with_token, monkeypatch, changes, lets_in
):
    monkeypatch.setattr(ProvinceAdapter, "_key_of", lambda self, token: KEY.public_key())
    with_token(lambda token: signed(token, **changes))
    go(client, provider("asn-1", preferred_username="rina"))
    assert is_in(client) is lets_in


@pytest.mark.parametrize("page", ["openid-configuration", "jwks", "token", "userinfo"])
@pytest.mark.parametrize("told", [[], None, "x"], ids=["list", "null", "text"])
def test_a_provider_that_speaks_nonsense_is_refused_in_words(
    client, cast, provider, monkeypatch, page, told
):
    real = requests.Response.json
    monkeypatch.setattr(
        requests.Response,
        "json",
        lambda self, **how: told if self.url.endswith(page) else real(self, **how),
    )
    start = client.get(SIGN_IN)
    answer = start
    if page != "openid-configuration":
        back = requests.post(start.url, data={"sub": provider("asn-1")}, allow_redirects=False)
        answer = client.get(back.headers["Location"].removeprefix("http://testserver"))
    assert (answer.status_code, is_in(client)) == (403, False)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"sub": ""}, 403),  # all who have none would be one person
        ({"sub": "asn\0"}, 403),
        ({"sub": "a" * 300}, 403),
        ({"preferred_username": "ri\0na"}, 403),
        ({"preferred_username": "\ud800"}, 403),
        ({"amr": 5}, 302),
        ({"amr": {"mfa": True}}, 302),
    ],
)
def test_odd_claims_neither_open_nor_break_anything(
    client, cast, provider, with_token, monkeypatch, settings, changes, status
):
    settings.OIDC_MFA_VALUES = ["mfa"]
    monkeypatch.setattr(ProvinceAdapter, "_key_of", lambda self, token: KEY.public_key())
    told = {"sub": changes.get("sub", "asn-1")}
    monkeypatch.setattr(ProvinceAdapter, "_fetch_user_info", lambda self, token: told)
    changes = {"preferred_username": "rina"} | changes
    with_token(lambda token: signed(token, **changes))
    assert go(client, provider("asn-1")).status_code == status
    assert "sakip.sign_in.identity.factor" not in client.session


def test_a_provider_by_another_name_is_not_asked(client, cast, provider, monkeypatch):
    config = {
        "issuer": "https://jahat.example",
        "authorization_endpoint": "https://jahat.example/a",
    }
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", config)
    assert client.get(SIGN_IN).status_code == 403


def test_a_provider_that_leads_elsewhere_is_not_followed(client, cast, settings):
    """The address of its settings answers with the way to another one."""
    asked = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/lain/")
            self.end_headers()

    with HTTPServer(("localhost", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.OIDC_ISSUER = f"http://localhost:{server.server_port}"
        answer = client.get(SIGN_IN)
        server.shutdown()
    assert answer.status_code == 503
    assert asked == ["/.well-known/openid-configuration"]


def test_an_answer_to_somebody_elses_request_opens_nothing(client, cast, provider):
    there = Client().get(SIGN_IN)
    sub = provider("asn-1", preferred_username="rina")
    back = requests.post(there.url, data={"sub": sub}, allow_redirects=False, timeout=60)
    answer = client.get(back.headers["Location"].removeprefix("http://testserver"))
    assert "tidak dapat dipercaya" in words(answer)
    assert not is_in(client)


def test_whoever_is_signed_in_stays_who_they_are(cast, provider, signed_in):
    client = signed_in(cast.umar)
    assert client.get(SIGN_IN).url == "/"
    there = Client()
    asked = there.get(SIGN_IN).url
    sub = provider("asn-1", preferred_username="rina")
    back = requests.post(asked, data={"sub": sub}, allow_redirects=False, timeout=60)
    there.force_login(cast.umar)
    there.get(back.headers["Location"].removeprefix("http://testserver"))
    assert there.get("/").wsgi_request.user in (cast.umar,)


# ── The second factor ───────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("accepted", "claims", "is_proof"),
    [
        ([], {"amr": ["pwd", "otp"], "acr": "mfa"}, False),
        (["otp"], {"amr": ["pwd"]}, False),
        (["otp"], {"amr": ["pwd", "otp"]}, True),
        (["otp"], {"amr": "otp"}, True),
        (["tinggi"], {"acr": "tinggi"}, True),
        (["tinggi"], {}, False),
    ],
)
def test_the_factor_of_the_provider_counts_when_a_setting_says_so(
    client, cast, provider, settings, accepted, claims, is_proof
):
    settings.OIDC_MFA_VALUES, settings.MFA_REQUIRED_FOR = accepted, ["coordinators"]
    go(client, provider("asn-k", preferred_username="kadir", **claims))
    assert (client.get("/").status_code == 200) is is_proof


def test_an_own_factor_is_asked_for_unless_the_provider_proved_one(
    cast, provider, settings, passing
):
    secret = give_app(cast.rina)
    sub = provider("asn-1", preferred_username="rina", amr=["mfa"])
    client = Client()
    assert go(client, sub).url == CODE
    assert not is_in(client)
    client.post(CODE, {"code": code_of(secret)})
    assert is_in(client)
    settings.OIDC_MFA_VALUES = ["mfa"]
    assert go(Client(), sub).url == "/"


# ── Out ─────────────────────────────────────────────────────────────────────────────────────────
def test_signing_out_offers_to_sign_out_there_too(client, cast, provider, server):
    go(client, provider("asn-1", preferred_username="rina"))
    answer = client.post("/akun/keluar/", follow=True)
    assert answer.redirect_chain == [(OUT, 302)]
    assert "Keluar juga dari akun Kaltim" in words(answer)
    assert not is_in(client)
    there = client.get(OUT + "lanjut/").url
    assert there.startswith(
        f"{server}/oauth2/end_session?client_id=sakip&post_logout_redirect_uri="
    )


def test_whoever_came_with_a_password_signs_out_as_before(signed_in, cast, provider):
    assert signed_in(cast.rina).post("/akun/keluar/").url == "/akun/masuk/"
