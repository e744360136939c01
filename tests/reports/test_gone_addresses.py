"""Whatever is named by an address may have gone: 404 in words, on every page that takes a number."""

import pytest
from django.urls import get_resolver, reverse

APPS = ("reports", "workbooks", "api")
ASKS_FIRST = {"api:webhook-edit"}  # for the password, whatever the number


def routes():
    resolver = get_resolver()
    for namespace in APPS:
        _, inner = resolver.namespace_dict[namespace]
        for pattern in inner.url_patterns:
            if set(pattern.pattern.converters) == {"pk"}:
                yield f"{namespace}:{pattern.name}"


def judged():
    return [route for route in routes() if route not in ASKS_FIRST]


@pytest.mark.parametrize("pk", [987_654, 2**70])
@pytest.mark.parametrize("route", judged())
def test_a_record_that_is_not_there_has_no_page(route, pk, cast, signed_in):
    address = reverse(route, args=[pk])
    client = signed_in(cast.kadir)
    for answer in (client.get(address), client.post(address, {"text": "<p>x</p>"})):
        assert answer.status_code in (404, 405)
