"""T7: a temporary password, the own one, the code of the phone: a page each, and everything may be pasted."""

import re

import pytest
from playwright.sync_api import expect

from sakip.services.passwords import mark_temporary
from tests.e2e import budgets
from tests.sakip.test_second_factor import code_of

TEMPORARY, OWN = "rahasia-sekali-1", "langit biru kursi 7"
SIGN_IN, CHOOSE, APP = "/akun/masuk/", "/akun/kata-sandi/", "/akun/dua-langkah/aplikasi/"


def paste(page, name, text):
    """By the keys, as from a password manager."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    field = page.locator(f"main [name={name}]")
    field.focus()
    page.keyboard.press("Control+V")
    expect(field).to_have_value(text)


@pytest.mark.django_db(transaction=True)
def test_a_page_each(visit, cast, settings):
    settings.MFA_REQUIRED_FOR = ["coordinators"]
    mark_temporary(username="kadir")
    guest = visit(cast.rina, permissions=["clipboard-read", "clipboard-write"])
    guest.sign_out()
    page, pages = guest.page, []
    page.on("framenavigated", lambda frame: pages.append(frame.url.removeprefix(guest.server)))

    guest.open("/")
    paste(page, "login", "kadir")
    paste(page, "password", TEMPORARY)
    page.get_by_role("button", name="Masuk", exact=True).click()

    page.wait_for_url(f"**{CHOOSE}**")
    for name, text in (("oldpassword", TEMPORARY), ("password1", OWN), ("password2", OWN)):
        paste(page, name, text)
    page.get_by_role("button", name="Simpan kata sandi").click()

    page.wait_for_url(f"**{APP}**")
    secret = re.sub(r"\s", "", page.locator(".factor-key").inner_text())
    paste(page, "code", code_of(secret))
    page.get_by_role("button", name="Aktifkan").click()
    page.get_by_role("link", name="Sudah saya simpan").click()

    page.get_by_role("button", name="Menu pengguna: Kadir").wait_for()
    filled = [path.partition("?")[0] for path in pages][: budgets.FIRST.count]
    assert filled == [SIGN_IN, CHOOSE, APP]
    assert len(pages) == budgets.FIRST.count + 2  # the recovery codes, and the first page
    assert guest.complaints == []
