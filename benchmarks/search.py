"""The words of the search in the list of renaksi: a rare one and one that nearly every text has.

Ours is what the list asks before it loads the rows of its first page: the count, up to its limit, and the keys
in the order of the list. The peer is the search of a stock list: `icontains` over the same texts, its count
and the keys of its first page in the same order. Bare is the same question about the search words in
SQL by hand, without rights, filters and models.
"""

from functools import cache

from benchmarks.measuring import ask
from benchmarks.province import COMMON, COORDINATOR, RARE
from benchmarks.rows import Measurement, Row

AIMS = {"PostgreSQL": 50}
LIMIT = 2
ROUNDS, FULL_ROUNDS = 7, 15
WORDS = {"rare": RARE, "common": COMMON}
PAGE = 51  # a page, and one more to know whether another follows
MATCH = {
    "sqlite": (
        "SELECT rowid FROM recommendations_search WHERE recommendations_search MATCH %s",
        '"{}"*',
    ),
    "postgresql": (
        "SELECT renaksi_id FROM recommendations_searchdocument "
        "WHERE words @@ to_tsquery('simple', %s)",
        "'{}':*",
    ),
}
DOCUMENT_ORDER = ("latest_first", "evaluation_id", "recommendation_number", "position")


def rows(bench):
    size, rounds = bench.size, ROUNDS if bench.quick else FULL_ROUNDS
    for name, database in bench.databases(size, maker="make_province").items():
        found = ask("benchmarks.search:times", rounds, database=database)
        for kind in WORDS:
            ours, peer, bare = (
                Measurement(found[f"{kind} {by}"]) for by in ("ours", "peer", "bare")
            )
            row = f"search of {size:,} renaksi, {kind} word, {name}"
            yield Row(row, ours, peer, AIMS.get(name), bare=bare, limit=LIMIT)


def warm_up():
    """The first round of `take_turns` warms up."""


def times(rounds) -> dict[str, float]:
    from benchmarks.turns import take_turns

    calls = {
        f"{kind} {by.__name__}": lambda by=by, word=word: by(word)
        for kind, word in WORDS.items()
        for by in (ours, peer, bare)
    }
    agree(*WORDS.values())
    return take_turns(calls, rounds=rounds)


def agree(*words):
    """All three must find the same rows, or the comparison is worth nothing."""
    for word in words:
        if not list(ours(word)) == list(peer(word)) == list(bare(word)):
            raise SystemExit(f"“{word}”: the three searches find different rows.")


def ours(word) -> list[int]:
    from django.conf import settings
    from django.utils.timezone import localdate

    from recommendations.selectors.renaksi_paths import walk

    offered, chosen = _reader()
    rows = walk(offered, chosen | {"text": word}, "number", localdate())
    rows.count(settings.MOST_COUNTED)
    return [key for key, *_ in rows.keys(0, PAGE)]


def peer(word) -> list[int]:
    from django.db.models import Q

    from recommendations.models import Renaksi

    fields = ("plan", "follow_up", "recommendation__text")
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__icontains": word})
    rows = Renaksi.objects.filter(condition).order_by(*DOCUMENT_ORDER)
    rows.count()
    return list(rows.values_list("pk", flat=True)[:PAGE])


def bare(word) -> list[int]:
    from django.db import connection

    match, form = MATCH[connection.vendor]
    order = ", ".join(DOCUMENT_ORDER)
    table = f"recommendations_renaksi WHERE id IN ({match})"
    with connection.cursor() as cursor:
        asked = [form.format(word)]
        cursor.execute(f"SELECT COUNT(*) FROM (SELECT 1 FROM {table} LIMIT 1001) found", asked)
        cursor.fetchone()
        cursor.execute(f"SELECT id FROM {table} ORDER BY {order} LIMIT {PAGE}", asked)
        return [key for (key,) in cursor.fetchall()]


@cache
def _reader():
    """What the reader may choose, and the filters that choose nothing: every page of the list asks for them."""
    from recommendations.forms.renaksi_list import FilterForm
    from sakip.models import User

    reader = User.objects.select_related("unit").get(username=COORDINATOR)
    filters = FilterForm({}, user=reader)
    filters.is_valid()
    return filters.offered, filters.chosen
