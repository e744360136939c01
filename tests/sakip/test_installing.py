"""The program on the screen of a phone: what the browser is told, and what everybody may read without a session."""

import io
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from PIL import Image

from sakip import installing
from sakip.colours import BRAND

PAGES = ("manifest", "service-worker", "offline")


@pytest.fixture(scope="module")
def icons():
    logo = Path(finders.find(installing.LOGO)).read_text()
    return {name: Image.open(io.BytesIO(png)) for name, png in installing.icons(logo)}


def test_the_manifest_names_every_picture_that_is_drawn(client, db, icons):
    told = client.get(reverse("manifest"))
    assert told["Content-Type"] == "application/manifest+json"
    described = told.json()
    assert described["name"] == "Tindak Lanjut SAKIP"
    assert (described["display"], described["start_url"], described["lang"]) == (
        "standalone",
        "/",
        "id",
    )
    for icon in described["icons"][1:]:
        picture = icons[icon["src"].partition("/static/")[2]]
        assert icon["sizes"] == f"{picture.width}x{picture.height}"
    assert {icon["purpose"] for icon in described["icons"]} == {"any", "maskable"}


def test_a_picture_that_a_phone_cuts_has_colour_up_to_its_edge(icons):
    rgb = tuple(bytes.fromhex(BRAND[1:]))
    for name, picture in icons.items():
        corner = picture.convert("RGBA").getpixel((0, 0))
        expected = (0, 0, 0, 0) if "any" in name else (*rgb, 255)
        assert corner == expected, name
        assert len(picture.getcolors(100_000)) > 3, name  # the logo is on it


@pytest.mark.parametrize("name", PAGES)
def test_no_session_is_needed_and_none_is_told(client, signed_in, cast, name):
    """Nothing about the person: the same bytes for everybody."""
    stranger = client.get(reverse(name))
    assert stranger.status_code == 200
    assert not stranger.cookies
    assert signed_in(cast.rina).get(reverse(name)).content == stranger.content


def test_the_worker_keeps_the_page_without_data_and_its_style_alone(client, db):
    script = client.get(reverse("service-worker"))
    assert script["Content-Type"].startswith("text/javascript")
    assert script["Cache-Control"] == "no-cache"
    assert script.text.count("addAll") == 1
    assert "cache.put" not in script.text
    assert 'const PAGE = "/luring/"' in script.text


def test_the_page_without_connection_says_so(client, db):
    page = client.get(reverse("offline")).text
    assert "<h1>Tidak ada sambungan</h1>" in page
    assert "Data SAKIP tidak disimpan di perangkat ini" in page


@pytest.mark.parametrize("name", ["account_login", "reports:home"])
def test_every_page_leads_to_the_manifest_in_the_colour_of_its_head(signed_in, cast, client, name):
    page = (client if name == "account_login" else signed_in(cast.rina)).get(reverse(name)).text
    assert f'<link rel="manifest" href="{reverse("manifest")}"' in page
    assert f'<meta name="theme-color" content="{BRAND}">' in page
