"""A first visit over a slow line: 400 kbit/s each way, 400 ms for every answer, nothing kept by the browser.

The server is the one of deploy/, with the collected files and the records of the demonstration. Chromium asks
for the pages as a person who comes for the first time; `load` is the moment at which it has shown the page and
run its scripts. Every page of every role is then opened once without the slow line, and the heaviest and the
one with the most requests are told. The program's own time on the page counts too, so measure on a quiet
machine.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Error, sync_playwright

from benchmarks.measuring import ROOT
from benchmarks.rows import Bound

BITS, LATENCY = 400_000, 400  # a second; milliseconds
PASSWORD = "sakip-demo-2023"  # noqa: S105  the README prints it
ROLES = (
    "operator.organisasi",
    "evaluator",
    "koordinator",
    "pimpinan",
    "pimpinan.provinsi",
    "admin",
)
MOST_KILOBYTES, MOST_REQUESTS = 120, 12
SETTLED = 300  # milliseconds in which scripts ask for what they add; some pages never stop asking
QUICK_PAGES = 2  # of each role
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
DOWNLOAD = "Download is starting"  # what Chromium says of a link that sends a file
# Links that change something, end the session or send a file.
NO_PAGE = re.compile(
    r"/(keluar|unduh|berkas|ekspor|kalender|admin)/|\.(pdf|xlsx|docx|zip|csv|ics)\b|/unduh"
)
EDITOR = "operator.organisasi", re.compile(r"/renaksi/\d+/tindak-lanjut/$")


def rows(bench):
    rounds = 1 if bench.quick else 7
    with _server(bench) as address, sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=path, args=QUIET.split())
        visits = Visits(browser, address)
        states = {name: visits.sign_in(name) for name in ROLES}
        weights = {
            (name, page): weight
            for name, state in states.items()
            for page, weight in visits.walk(state, QUICK_PAGES if bench.quick else 1_000).items()
        }
        editor = next(filter(EDITOR[1].search, weights[EDITOR[0], "/"].links))
        for name, state, page, limit in (
            ("sign-in", None, "/akun/masuk/", 2),
            ("home of an operator", states[EDITOR[0]], "/", 2.5),
            ("home of a coordinator", states["koordinator"], "/", 2.5),
            ("page with an editor", states[EDITOR[0]], editor, 4),
        ):
            seconds = [visits.first_view(page, state, slow=True).seconds for _ in range(rounds)]
            yield Bound(f"400 kbit/s, 400 ms: {name}", statistics.median(seconds), limit, "s")
        yield from _heaviest(weights)
        browser.close()


def _heaviest(weights):
    count = len({re.sub(r"\d+", "0", page) for _, page in weights})
    heavy = max(weights, key=lambda one: weights[one].kilobytes)
    many = max(weights, key=lambda one: weights[one].requests)
    name = f"heaviest of {count} kinds of pages, {heavy[1]} ({heavy[0]})"
    yield Bound(name, weights[heavy].kilobytes, MOST_KILOBYTES, "KB")
    name = f"most requests, {many[1]} ({many[0]})"
    yield Bound(name, weights[many].requests, MOST_REQUESTS, "requests")


class View:
    """What one page cost: `seconds` until it was loaded, what came over the line, and where it leads."""

    def __init__(self, seconds, sizes, links):
        self.seconds = seconds
        self.kilobytes = sum(sizes) / 1000
        self.requests = sum(1 for size in sizes if size)  # what the page had already has no size
        self.links = links


class Visits:
    def __init__(self, browser, address):
        self.browser = browser
        self.address = address

    def sign_in(self, username):
        context = self.browser.new_context()
        page = context.new_page()
        page.goto(f"{self.address}/akun/masuk/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{self.address}/")
        state = context.storage_state()
        context.close()
        return state

    def walk(self, state, most: int) -> dict[str, View]:
        """One page of each kind that can be reached by links from the first page, with what it weighs."""
        found: dict[str, View] = {}
        waiting, kinds = ["/"], {"/"}
        while waiting and len(found) < most:
            path = waiting.pop(0)
            try:
                found[path] = self.first_view(path, state)
            except Error as problem:
                if DOWNLOAD not in problem.message:
                    raise
                continue
            for link in found[path].links:
                kind = re.sub(r"\d+", "0", link)
                if kind not in kinds and not NO_PAGE.search(link):
                    kinds.add(kind)
                    waiting.append(link)
        return found

    def first_view(self, path, state, *, slow=False) -> View:
        with self.browser.new_context(
            storage_state=state, viewport={"width": 1280, "height": 800}
        ) as context:
            return self._viewed(context, path, slow)

    def _viewed(self, context, path, slow):
        page = context.new_page()
        protocol = context.new_cdp_session(page)
        protocol.send("Network.enable")
        if slow:
            line = {
                "downloadThroughput": BITS / 8,
                "uploadThroughput": BITS / 8,
                "latency": LATENCY,
            }
            protocol.send("Network.emulateNetworkConditions", line | {"offline": False})
        sizes: list[float] = []
        protocol.on(
            "Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"])
        )
        page.goto(self.address + path, wait_until="load")
        if not slow:
            page.wait_for_timeout(SETTLED)
        took = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        links = page.evaluate(
            "[...document.querySelectorAll('main a[href], header a[href]')].map(a => a.href)"
        )
        ours = [urlsplit(link) for link in links if link.startswith(self.address)]
        return View(took / 1000, sizes, sorted({one.path for one in ours}))


@contextmanager
def _server(bench):
    """The server of deploy/ with a new database of the demonstration, until the block ends."""
    if not (ROOT / "staticfiles").exists():
        raise SystemExit("staticfiles/ is missing: start with `make bench`, which collects it.")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = bench.folder
    database = shutil.copyfile(bench.empty_file(), folder / "line.sqlite3")
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "MEDIA_ROOT": str(folder),
        "DJANGO_SETTINGS_MODULE": "sakip.settings",
        "DEBUG": "off",
        "HTTPS": "off",
        "PORT": str(port),
        "WEB_CONCURRENCY": "2",
    }
    made = subprocess.run(
        [sys.executable, "manage.py", "load_demo"], cwd=ROOT, env=environment, capture_output=True
    )
    if made.returncode:
        raise SystemExit(f"load_demo has failed:\n{made.stderr.decode()[-3000:]}")
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port):
    for _ in range(600):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The server does not start; is staticfiles/ collected?")
