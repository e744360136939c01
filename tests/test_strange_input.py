"""What nobody types by mistake but some send: an answer in words on both databases, never a failure."""

import pytest
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from tests.test_permission_matrix import EVERYONE, MATRIX, NO, made_once, world  # noqa: F401 (fixtures)

STRANGE = ("²", "9" * 5000, "9" * 20, "é–'\"%\\")
NUL = "a\x00b"


@pytest.fixture
def asked_for(monkeypatch):
    """The names that a view and its forms look up in what was sent, as they are looked up."""
    names = set()

    def spied(original):
        def look_up(data, name, *more):
            names.add(name)
            return original(data, name, *more)

        return look_up

    for method in ("get", "getlist", "__getitem__", "__contains__"):
        monkeypatch.setattr(QueryDict, method, spied(getattr(QueryDict, method)))
    return names


def send(client, method, address, data):
    """The status, with everything the request changed undone."""
    with transaction.atomic():
        response = client.get(address, data) if method == "GET" else client.post(address, data)
        if response.streaming:
            b"".join(response)
        transaction.set_rollback(True)
    return response.status_code


def who_may(codes):
    """Kadir where he may, who sees most; else the first who does."""
    names = dict(zip(EVERYONE, codes.split(), strict=True))
    allowed = [name for name, code in names.items() if code in {"200", "302", "400"}]
    return "kadir" if "kadir" in allowed else next(iter(allowed), "")


def fillings(method, names):
    """Each of the values in each of the fields, many at a time."""
    names = sorted(names)
    for turn in range(len(STRANGE)):
        yield {name: STRANGE[(place + turn) % len(STRANGE)] for place, name in enumerate(names)}
    if method == "POST":  # in a question it goes no further than the middleware
        yield dict.fromkeys(names, NUL)


def fields_of(client, method, address, asked_for):
    """The names of the fields, and the counts of rows without which the rows are not looked at."""
    asked_for.clear()
    send(client, method, address, {})
    counts = {name for name in asked_for if name.endswith("_FORMS")}
    counts = {name: "2" if "TOTAL" in name else "0" for name in counts}
    if counts:
        send(client, method, address, counts)
    return asked_for - counts.keys() - {"csrfmiddlewaretoken"}, counts


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_page_fails_on_strange_values(client, world, asked_for, method):  # noqa: F811
    client.raise_request_exception = False
    failed = set()
    for route, takes, *codes in MATRIX:
        allowed = codes[method == "POST"]
        if allowed == NO or not who_may(allowed):
            continue
        client.force_login(getattr(world.cast, who_may(allowed)))
        address = reverse(route, kwargs=world.arguments[takes])
        names, counts = fields_of(client, method, address, asked_for)
        for data in fillings(method, names) if names - {"page"} else ():
            if send(client, method, address, data | counts) >= 500:
                failed.add((route, next(iter(data.values()))[:10]))
    assert failed == set()


def test_the_character_nul_in_a_choice_of_an_import_chooses_nothing(client, world):  # noqa: F811
    client.force_login(world.cast.kadir)
    address = reverse("workbooks:import-choose", kwargs=world.arguments["run"])
    assert client.post(address, {"Unit!A\x001": "sheet"}).status_code == 302
