"""In a real browser: the policy blocks nothing of ours, the editor writes plain HTML, and no script is needed."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from recommendations.models import Recommendation

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"


@pytest.fixture(scope="module")
def chromium():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in the tests' thread
    path = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET.split())
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(chromium, live_server, client):
    """open_page(user, path) gives a page; what the browser complains about is in `page.complaints`."""
    contexts = []

    def open_page(user, path, **options):
        client.force_login(user)
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        context.add_cookies([cookie | {"url": live_server.url}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("rina", "/"),
        ("dewi", "/"),
        ("laila", "/"),
        ("kadir", "/"),
        ("kadir", "/pengaturan/pengguna/baru/"),
        ("kadir", "/pengaturan/unit/"),
    ],
)
@pytest.mark.parametrize("width", [1280, 360])
def test_a_page_breaks_no_rule_and_fits(open_page, cast, renaksi, person, path, width):
    page = open_page(getattr(cast, person), path, viewport={"width": width, "height": 800})
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_editor_writes_plain_html(open_page, cast, recommendation):
    page = open_page(cast.kadir, f"/rekomendasi/{recommendation.pk}/ubah/")
    text = page.get_by_role("textbox", name="Isi rekomendasi")
    text.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Beri ")
    italic = page.get_by_role("button", name="Miring").first
    italic.click()
    page.keyboard.type("reward")
    assert italic.get_attribute("aria-pressed") == "true"
    italic.click()
    page.keyboard.type(" kepada")
    page.locator("main form button.btn-primary").click()
    page.wait_for_load_state("networkidle")
    assert page.complaints == []
    stored = Recommendation.objects.get(pk=recommendation.pk).text
    assert stored == "<p>Beri <em>reward</em> kepada</p>"


def test_the_menu_is_reached_without_scripts(open_page, cast):
    narrow = {"width": 360, "height": 800}
    page = open_page(cast.kadir, "/", java_script_enabled=False, viewport=narrow)
    assert page.get_by_role("link", name="Pengaturan").is_visible()
    page.get_by_role("button", name="Keluar").click()
    assert page.url.endswith("/akun/masuk/")
