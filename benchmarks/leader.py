"""The leader's page of a whole province beside an empty signed-in page.

The leader sees 100,000 renaksi: forty bodies over five years. Both pages are asked for as a browser
would, ten times, after one time that warms the process up.
"""

from functools import cache

from benchmarks.measuring import Row, in_turn, measure

SIZE = 100_000
AIM = 1 / 3  # at most three times as long
TIMES = 10
LEADERS_PAGE, EMPTY_PAGE = "/", "/dokumen-saya/"


def rows(bench):
    size = SIZE // 10 if bench.quick else SIZE
    database = bench.database(size, maker="make_province")
    ours, peer = in_turn(
        lambda: _measured(bench, database, LEADERS_PAGE),
        lambda: _measured(bench, database, EMPTY_PAGE),
        rounds=bench.rounds,
    )
    yield Row(f"leader's page, {size:,} renaksi", ours, peer, AIM)


def _measured(bench, database, path):
    output = bench.folder / "page.html"
    return measure("benchmarks.leader:pages", path, database=database, output=output)


def warm_up():
    for path in (LEADERS_PAGE, EMPTY_PAGE):
        _client().get(path)


def pages(path) -> bytes:
    for _ in range(TIMES):
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
