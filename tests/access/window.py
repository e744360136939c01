"""A browser that the test client answers: no server, and what a page writes is undone at once."""

import mimetypes
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from tests import axe

ORIGIN = "http://testserver"
PROBES = (Path(__file__).parent / "probes.js").read_text(encoding="utf-8")
QUIET = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
WIDE, NARROW = 1280, 360


def is_page(response) -> bool:
    """Neither a file nor a part of a page that htmx asks for."""
    return response["Content-Type"].startswith("text/html") and b"<html" in response.body


class Window:
    def __init__(self, chromium, client):
        self.client, self.first, self.person = client, None, None
        self.connection = connections[DEFAULT_DB_ALIAS]
        self.strangers, self.seen, self.open_questions = set(), Counter(), Counter()
        self.mains = set()
        self.context = chromium.new_context(locale="id-ID", base_url=ORIGIN)
        self.context.route("**/*", self._answer)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)

    def ask(self, person, address, method="GET"):
        """The answer, with everything undone that the request changed."""
        self.person = person
        if person:
            self.client.force_login(person)
        with transaction.atomic():
            response = self.client.generic(method, address)
            response.body = response.getvalue()
            transaction.set_rollback(True)
        return response

    def _answer(self, route):
        # Playwright calls from a context of its own, where another connection would wait for the test's.
        connections[DEFAULT_DB_ALIAS] = self.connection
        address = urlsplit(route.request.url)
        path = address.path + (f"?{address.query}" if address.query else "")
        if f"{address.scheme}://{address.netloc}" != ORIGIN:
            self.strangers.add(route.request.url)
            route.abort()
        elif self.first is not None and route.request.is_navigation_request():
            response, self.first = self.first, None
            self._give(route, response)
        elif address.path.startswith("/static/"):
            file = finders.find(address.path.removeprefix("/static/"))
            kind = "text/javascript" if file.endswith(".js") else mimetypes.guess_type(file)[0]
            route.fulfill(path=file, content_type=kind)
        elif route.request.method == "GET":
            self._give(route, self.ask(self.person, path))
        else:
            route.abort()

    def _give(self, route, response):
        route.fulfill(
            status=response.status_code, headers=dict(response.headers), body=response.body
        )

    def show(self, response, address):
        self.first = response
        self._resize(WIDE)
        self.page.goto(ORIGIN + address)
        self.page.wait_for_function(QUIET)

    def is_new(self, response, state) -> bool:
        """Whether what stands between head and foot has not been looked at for somebody else."""
        main = MAIN.search(response.body.decode())
        key = (state, main[0] if main else response.body)
        self.seen[state, "pages"] += 1
        is_new = key not in self.mains
        self.mains.add(key)
        return is_new

    def faults(self, address, *, state) -> list[str]:
        """Everything that is wrong with the open page."""
        found = []
        for width in (WIDE, NARROW):
            self._resize(width)
            wrong, unsure = axe.findings(self.page)
            self.seen[state, width] += 1
            self.open_questions.update(row["rule"] for row in unsure)
            found += [f"{width} {row['rule']}: {row['at']} ({row['why']})" for row in wrong]
        self.page.evaluate(PROBES)
        found += self._probe("structure", "errors", "mainButtons", "sideways")
        found += self._stretched() if state == "filled" else []
        found += [f"asks another host: {url}" for url in self.strangers]
        self.strangers.clear()
        who = self.person.username if self.person else "-"
        return [f"{state} {who} {address} {one}" for one in found]

    def _resize(self, width, height=800):
        self.page.set_viewport_size({"width": width, "height": height})

    def _stretched(self):
        """With more space between letters, on a telephone's screen, at 200 %, and with less motion."""
        found = []
        self.page.evaluate("probes.space()")
        for width in (NARROW, WIDE):
            self._resize(width)
            found += [f"text spacing, {width}: {one}" for one in self._probe("sideways", "cut")]
        self.page.evaluate("probes.noSpace()")
        for width, height, name in ((320, 800, "320"), (640, 400, "200 %")):
            self._resize(width, height)
            found += [f"{name}: {one}" for one in self._probe("sideways", "stuck")]
        self.page.emulate_media(reduced_motion="reduce")
        found += self._probe("moving")
        self.page.emulate_media(reduced_motion="no-preference")
        return found

    def _probe(self, *names):
        return [one for name in names for one in self.page.evaluate(f"probes.{name}()")]
