"""The program installed on a phone, and what it shows without a connection."""

import re

import pytest

CUT = """() => {
    self.whole = self.fetch;
    self.fetch = () => Promise.reject(new TypeError("no line"));
    return self.registration.navigationPreload.disable();
}"""


@pytest.fixture(scope="module")
def chromium(whole_chromium):
    """Only this one installs programs."""
    return whole_chromium


@pytest.fixture
def page(visit, cast, renaksi):
    visitor = visit(cast.rina, service_workers="allow", viewport={"width": 360, "height": 740})
    page = visitor.open("/")
    page.evaluate("navigator.serviceWorker.ready")
    return page


def test_the_browser_finds_nothing_that_keeps_it_from_being_installed(page):
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert '"name": "Tindak Lanjut SAKIP"' in manifest["data"]
    problems = {
        one["errorId"]
        for one in session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    }
    assert problems <= {"in-incognito"}  # every context of a test is one


def test_without_a_connection_our_own_page_says_so_and_leads_back(page):
    page.goto("/cari/")
    page.reload()  # the worker holds the page now
    worker = page.context.service_workers[0]
    worker.evaluate(CUT)  # the browser's own “offline” does not reach a worker
    page.goto("/akun/data-saya/")
    assert page.get_by_role("heading", name="Tidak ada sambungan").is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.btn-primary')).display")
        == "inline-block"
    )
    worker.evaluate("self.fetch = self.whole")
    page.get_by_role("link", name="Coba lagi").click()
    page.get_by_role("heading", name="Data saya").wait_for()


def test_no_page_with_data_is_kept(page, renaksi):
    page.goto(renaksi.get_absolute_url())
    page.reload()
    kept = page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))"
        ".then((found) => found.flat().map((one) => new URL(one.url).pathname))"
    )
    assert sorted(re.sub(r"\.\w{12}\.", ".", path) for path in kept) == [
        "/luring/",
        "/static/css/app.css",
    ]
