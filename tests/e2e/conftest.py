"""A real browser before a real server. `person(user)` gives a page signed in; clicks are counted."""

import threading
import time

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import expect

from tests import browser


@pytest.fixture(scope="package", autouse=True)
def one_answer_after_the_other():
    """The threads of the server share one connection to SQLite in memory: there, transactions cannot overlap."""
    lock, answer = threading.RLock(), WSGIHandler.__call__

    def answer_alone(handler, environ, start_response):
        with lock:
            return answer(handler, environ, start_response)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIHandler, "__call__", answer_alone)
        yield


PATIENCE = 30_000  # milliseconds, also on a machine that does much else


@pytest.fixture(scope="package")
def driver():
    expect.set_options(timeout=PATIENCE)
    with browser.driver() as driver:
        yield driver


@pytest.fixture(scope="package")
def chromium(driver):
    with browser.launched(driver) as chromium:
        yield chromium


@pytest.fixture(scope="package")
def whole_chromium(driver):
    """For a module that needs what only it has; there it is named `chromium`."""
    with browser.launched(driver, browser.WHOLE) as chromium:
        yield chromium


BLOCKED = "Service Worker registration blocked by Playwright"  # which we asked for
# Somebody was in a field before the page had put the cursor into the first one.
QUICKER = "Autofocus processing was blocked because a document already has a focused element."
# What was asked while somebody went on typing; a request that failed is told by another word.
OVERTAKEN = ("htmx:afterRequest,", "htmx:sendAbort,")


class Visitor:
    """A person before a browser: `click` counts, `complaints` holds what the browser says, `hosts` whom it asks."""

    def __init__(self, context):
        self.context = context
        self.clicks = 0
        self.complaints = []
        self.hosts = set()
        self.page = self.new_tab()

    def new_tab(self):
        page = self.context.new_page()
        page.on("console", lambda message: self._hear(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        # From the start, so that the browser is not told of the chooser while the key that opens it is on its way.
        page.on("filechooser", lambda chooser: None)
        return page

    def _hear(self, words):
        if words not in (BLOCKED, QUICKER) and not words.startswith(OVERTAKEN):
            self.complaints.append(words)

    def open(self, path):
        self.page.goto(path)
        return self.page

    def click(self, locator):
        self.clicks += 1
        locator.click()

    def choose_file(self, locator, *files):
        """Opening the chooser is a click; picking within it belongs to the desktop."""
        with self.page.expect_file_chooser() as chooser:
            self.click(locator)
        chooser.value.set_files(list(files))

    def sign_in(self, client, user):
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        self.context.add_cookies([cookie | {"url": self.server}])

    def sign_out(self):
        """As when the session has run out."""
        self.context.clear_cookies(name="sessionid")


@pytest.fixture
def visit(chromium, live_server, client):
    """visit(user) gives a Visitor signed in, visit(None) one who is not; options are those of a browser context."""
    contexts = []

    def visit(user, **options):
        options.setdefault("service_workers", "block")  # what a test puts in the way must be asked
        context = chromium.new_context(base_url=live_server.url, locale="id-ID", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        visitor = Visitor(context)
        visitor.server = live_server.url
        if user:
            visitor.sign_in(client, user)
        return visitor

    yield visit
    for context in contexts:
        # A page that goes sends the last words; it must not do so into the tables of the next test.
        context.set_offline(True)
        context.close()
    _wait_for_answers()


def _wait_for_answers():
    """The server still answers what the page had asked for; that must not read tables which are being emptied."""
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end and any(
        "process_request_thread" in thread.name for thread in threading.enumerate()
    ):
        time.sleep(0.02)
