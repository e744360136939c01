"""Every page of the permission matrix that somebody of each role may open: filled, empty, and filled in wrongly.

Looked at: axe with WCAG 2.2 A and AA and good practice at 1280 and 360 pixels, and what probes.js looks for.
"""

import re
from copy import deepcopy
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import reverse
from lxml import html

from sakip.models import Unit
from sakip.roles import Role
from tests import factories
from tests.access.window import is_page
from tests.axe import needs_axe
from tests.test_permission_matrix import MATRIX, make_world

pytestmark = needs_axe

# Operator, evaluator, coordinator and leader of a body, superuser, coordinator and leader of the province.
PEOPLE = ("rina", "dewi", "kadir", "laila", "admin", "paula", "prima")
READ = [row for row in MATRIX if row[2] != "-"]
WRITTEN = [row for row in MATRIX if row[3] != "-"]
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def with_the_province(cast):
    province = Unit.objects.get(kind=Unit.Kind.PROVINCE)
    cast.paula = factories.make_user("paula", Role.COORDINATOR, province)
    cast.prima = factories.make_user("prima", Role.LEADER, province)


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        with_the_province(world.cast)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(made_once, db):
    return deepcopy(made_once)


def ids(rows):
    return [f"{row[0]}-{row[1]}" for row in rows]


def looked_at(window, tally, world, addresses, method="GET", *, state):
    """Faults of all pages that each person is given."""
    faults = []
    for name in PEOPLE:
        for address in addresses:
            response = window.ask(getattr(world.cast, name), address, method)
            if not is_theirs(response, method) or not is_page(response):
                continue
            if window.is_new(response, state):
                window.show(response, address)
                faults += window.faults(address, state=state)
    tally["faults"] += faults
    return faults


def is_theirs(response, method):
    """A refusal is looked at once (test_doors.py); a form given back and a wrong state are what a mistake leads to."""
    return response.status_code == 200 or (method == "POST" and response.status_code in (400, 409))


@pytest.mark.parametrize(("route", "takes", "get", "post"), READ, ids=ids(READ))
def test_filled(window, tally, world, route, takes, get, post):
    address = reverse(route, kwargs=world.arguments[takes])
    assert looked_at(window, tally, world, [address], state="filled") == []


@pytest.mark.parametrize(("route", "takes", "get", "post"), WRITTEN, ids=ids(WRITTEN))
def test_sent_without_anything(window, tally, world, route, takes, get, post):
    address = reverse(route, kwargs=world.arguments[takes])
    assert looked_at(window, tally, world, [address], "POST", state="error") == []


@pytest.mark.parametrize(("route", "takes", "get", "post"), READ, ids=ids(READ))
def test_asked_for_nonsense(window, tally, world, route, takes, get, post):
    """Each filter of the page holds what it does not know."""
    address = reverse(route, kwargs=world.arguments[takes])
    fields = set()
    for name in PEOPLE:
        response = window.ask(getattr(world.cast, name), address)
        if response["Content-Type"].startswith("text/html") and b"<main" in response.body:
            fields |= filters_of(response)
    addresses = [f"{address}?{urlencode(dict.fromkeys(sorted(fields), 'zzz'))}"] if fields else []
    assert looked_at(window, tally, world, addresses, state="error") == []


def filters_of(response) -> set[str]:
    document = html.document_fromstring(response.body.decode())
    path = "//main//form[not(@method) or @method='get']//*[self::input or self::select][@name]"
    return {one.get("name") for one in document.xpath(path)}


def test_no_two_pages_have_the_same_title(window, world):
    titles = {}
    for route, takes, *_ in READ:
        address = reverse(route, kwargs=world.arguments[takes])
        response = window.ask(world.cast.kadir, address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            page = response.body.decode()
            if not (title := TITLE.search(page)):
                continue  # a part that htmx asks for
            place = "the desk" if 'id="naskah"' in page else address  # which has many addresses
            titles.setdefault(title[1].strip(), set()).add(place)
    assert {title: found for title, found in titles.items() if len(found) > 1} == {}
