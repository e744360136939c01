"""The leader's page for a whole province, compared with an empty page for a signed-in person.

The leader sees 100,000 renaksi: forty bodies over five years. Both pages are requested as a browser does:
once to warm up the process, then ten times. The row "anew" is the time for the first reader after a
change, when the figures must be counted again. The aim is for all other readers.
"""

from functools import cache

from benchmarks.measuring import in_turn, measure
from benchmarks.rows import Row

SIZE = 100_000
AIM = 1 / 3  # at most three times as long
TIMES = 10
LEADERS_PAGE, EMPTY_PAGE = "/", "/dokumen-saya/"


def rows(bench):
    size = 4_000 if bench.quick else SIZE
    database = bench.database(size, maker="make_province")
    ours, anew, peer = in_turn(
        lambda: _measured(bench, database, "pages", LEADERS_PAGE),
        lambda: _measured(bench, database, "pages_anew", LEADERS_PAGE),
        lambda: _measured(bench, database, "pages", EMPTY_PAGE),
        rounds=bench.rounds,
    )
    name = f"leader's page, {size:,} renaksi"
    yield Row(name, ours, peer, AIM)
    yield Row(f"{name}, anew", anew, peer)


def _measured(bench, database, function, path):
    output = bench.folder / "page.html"
    return measure(f"benchmarks.leader:{function}", path, database=database, output=output)


def warm_up():
    for path in (LEADERS_PAGE, EMPTY_PAGE):
        _client().get(path)


def pages(path) -> bytes:
    for _ in range(TIMES):
        response = _client().get(path)
    return response.content


def pages_anew(path) -> bytes:
    from django.core.cache import cache as kept

    for _ in range(TIMES):
        kept.clear()
        response = _client().get(path)
    return response.content


@cache
def _client():
    from django.conf import settings
    from django.test import Client

    from sakip.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.get(username="pimpinan"))
    return client
