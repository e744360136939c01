"""A security key and the end of a session, before a real browser."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

PASSWORD = "rahasia-sekali-1"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.django_db(transaction=True)
def test_a_key_is_added_and_opens_the_door(visit, cast):
    rina = visit(cast.rina)
    device = rina.context.new_cdp_session(rina.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page = rina.open("/akun/dua-langkah/kunci/")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_label("Nama kunci").fill("Laptop kantor")
    page.get_by_role("button", name="Tambah kunci").click()
    page.wait_for_url("**/kode-pemulihan/")
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Laptop kantor"

    rina.sign_out()
    page = rina.open("/akun/masuk/")
    page.get_by_label("Nama pengguna").fill("rina")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("button", name="Pakai kunci keamanan").click()
    page.wait_for_url(f"{rina.server}/")
    assert rina.page.get_by_role("button", name="Menu pengguna: Rina").count() == 1
    assert rina.complaints == []


@pytest.mark.django_db(transaction=True)
def test_the_end_is_announced_and_the_keyboard_puts_it_off(visit, cast, settings):
    rina = visit(cast.rina)
    rina.page.clock.install()
    page = rina.open("/akun/perangkat/")
    # The page asks again at each tenth second: not while its answer and that to the key could cross.
    state = {"left": 109, "person": cast.rina.pk, "token": "Q" * 64}
    page.route("**/akun/sesi/", lambda route: route.fulfill(json=state))
    page.clock.fast_forward(settings.SESSION_COOKIE_AGE * 1000)
    dialog = page.get_by_role("alertdialog", name="Anda masih di sini?")
    expect(dialog).to_contain_text("Sisa waktu 1 menit")
    expect(page.get_by_role("button", name="Tetap masuk")).to_be_focused()
    page.unroute("**/akun/sesi/")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()

    page.route("**/akun/sesi/", lambda route: route.fulfill(status=204))
    page.clock.fast_forward(settings.SESSION_COOKIE_AGE * 1000)
    ended = page.get_by_role("alertdialog", name="Sesi berakhir")
    expect(ended).to_contain_text("tetap ada di halaman ini")
    page.keyboard.press("Escape")
    expect(ended).to_be_hidden()
