"""The browser of all tests that need one."""

import os
import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

WHOLE = ("chromium", "chromium-browser", "google-chrome")
# The same without windows: the whole one draws them although nobody looks, four times the work of a page.
WINDOWLESS = ("chromium-headless-shell", *WHOLE)
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"


@contextmanager
def driver():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in the tests' thread
    with sync_playwright() as playwright:
        yield playwright
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def launched(playwright, names=WINDOWLESS):
    """`names` are those of its program; the first that is there is taken."""
    path = next(filter(None, map(shutil.which, names)), None)
    browser = playwright.chromium.launch(executable_path=path, args=QUIET.split())
    yield browser
    browser.close()


@contextmanager
def started():
    with driver() as playwright, launched(playwright) as browser:
        yield browser
