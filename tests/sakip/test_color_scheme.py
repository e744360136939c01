"""Light or dark: by the device, or as chosen in this browser, also before signing in."""

import re

import pytest
from django.urls import reverse

LINK = re.compile(r"css/site(-\w+)?\.css")
BY_DEVICE = "-device"


def choose(client, scheme, target="/bantuan/"):
    return client.post(reverse("scheme-choose"), {"tampilan": scheme, "next": target})


@pytest.mark.parametrize(
    ("scheme", "sheet"), [("gelap", "-dark"), ("terang", ""), ("perangkat", BY_DEVICE)]
)
def test_the_choice_is_kept_and_leads_back(signed_in, cast, settings, scheme, sheet):
    client = signed_in(cast.rina)
    choose(client, "gelap")
    assert choose(client, scheme).headers["Location"] == "/bantuan/"
    page = client.get("/bantuan/").text
    assert LINK.findall(page) == [sheet]
    pressed = re.findall(r'value="(\w+)" aria-pressed="true"', page)
    assert pressed == [scheme]
    del client.cookies[settings.SESSION_COOKIE_NAME]
    assert LINK.findall(client.get(reverse("account_login")).text) == [sheet]


def test_without_a_choice_the_device_decides(client, db):
    assert LINK.findall(client.get(reverse("account_login")).text) == [BY_DEVICE]


def test_a_strange_cookie_is_no_choice(client, db, settings):
    client.cookies[settings.COLOR_SCHEME_COOKIE_NAME] = '"><script>'
    page = client.get(reverse("account_login")).text
    assert LINK.findall(page) == [BY_DEVICE]


@pytest.mark.parametrize(
    "target", ["https://contoh.id/", "//contoh.id/", "javascript:alert(1)", ""]
)
def test_it_leads_to_no_other_site(signed_in, cast, target):
    answer = choose(signed_in(cast.rina), "gelap", target)
    assert answer.headers["Location"] == reverse("reports:home")


def test_the_form_names_only_a_page_that_can_be_opened(signed_in, cast):
    client = signed_in(cast.rina)
    page = client.post(reverse("account_change_password"), {}).text
    menu = page[page.index('id="menu-pengguna"') : page.index("</header>")]
    assert 'name="next"' not in menu
    assert 'name="next" value="/bantuan/?a=1"' in client.get("/bantuan/?a=1").text
