"""The list of renaksi, beside the stock admin on the same rows and beside an empty signed-in page.

For each kind of reader: every order, filters, a word, and a page far down, which is found by its row as the
links of the list do. The stock admin turns to the same page by number. `plans` prints what PostgreSQL does
for each statement: `python -m benchmarks.lists` with its DATABASE_URL.
"""

from benchmarks import province
from benchmarks.rows import Growth, Row
from benchmarks.visiting import EMPTY, STOCK, page_times

OURS = "/renaksi/"
AIM, LIMIT, GROWTH = 7, 2.5, 0.1
LARGEST, LEAST_JUDGED = 1_000_000, 5_000
DEEP, LENGTH = 2_000, 50
READERS = {
    "province": province.LEADER,
    "one body": province.OF_ONE_BODY,
    "eight bodies": province.OF_EIGHT_BODIES,
    "operator": province.OPERATOR,
}
VISITS = {
    "": "",
    "by number": "urut=number",
    "by status": "urut=status",
    "by unit": "urut=unit",
    "overdue": "batas=overdue",
    "waiting, by number": "status=submitted&urut=number",
    "common word": f"q={province.COMMON}",
    "rare word": f"q={province.RARE}",
}
# The same question to the stock admin, where it can be asked.
PEERS = {
    "": "",
    "by number": "o=2.1",
    "by status": "o=6",
    "by unit": "o=3",
    "waiting, by number": "status__exact=submitted",
    "common word": f"q={province.COMMON}",
    "rare word": f"q={province.RARE}",
}


def rows(bench):
    first = {}
    for size in bench.sizes:
        for name, database in bench.databases(size, maker="make_province").items():
            times = yield from _of(
                bench, database, f"{size:,}, {name}", is_judged=size >= LEAST_JUDGED
            )
            first.setdefault(name, {})[size] = times
    if not bench.quick and (database := bench.postgresql(LARGEST, maker="make_province")):
        times = yield from _of(bench, database, f"{LARGEST:,}, PostgreSQL", is_judged=True)
        first["PostgreSQL"][LARGEST] = times
    for name, seconds in first.items():
        yield Growth(f"list, first page, {name}", seconds, None if bench.quick else GROWTH)


def _of(bench, database, about, *, is_judged):
    """Yields the rows of one database; returns the seconds of the first page."""
    visits = {"empty": (province.LEADER, EMPTY)}
    visits |= {
        f"list, {who}{', ' * bool(what)}{what}": (user, _address(OURS, query))
        for who, user in READERS.items()
        for what, query in VISITS.items()
    }
    stock = {what: (province.SUPERUSER, _address(STOCK, query)) for what, query in PEERS.items()}
    visits |= {f"stock {what}": visit for what, visit in stock.items()}
    deep = measured_deep(database)
    if deep:
        visits["list, province, far down"] = (province.LEADER, deep)
        visits["stock far down"] = (province.SUPERUSER, f"{STOCK}?p={DEEP - 1}")
    times = page_times(bench, database, visits)
    for name, ours in times.items():
        if name.startswith("list"):
            what = name.removeprefix("list, ").partition(", ")[2]
            yield Row(
                f"{name}, {about}",
                ours,
                peer := times.get(f"stock {what}"),
                AIM if is_judged and peer else None,
                times["empty"],
                LIMIT if is_judged else None,
            )
    return times["list, province"].seconds


def measured_deep(database) -> str:
    """The address of page DEEP of the list; "" when it has no so many."""
    from benchmarks.measuring import ask

    return ask("benchmarks.lists:deep", database=database)


def warm_up():
    pass


def deep() -> str:
    from recommendations.models import Renaksi
    from recommendations.selectors.renaksi_list import ordered
    from sakip.paging import written

    names = ("is_closed", "due_order", "latest_first", "evaluation", "recommendation_number")
    rows = ordered(Renaksi.objects.all(), "due").values_list(*names, "position")
    start = (DEEP - 1) * LENGTH
    found = list(rows[start - 1 : start])
    return f"{OURS}?page={DEEP}&setelah={written(found[0])}" if found else ""


def plans():
    """Prints each plan that reads a large table whole or sorts more rows than a few pages."""
    from django.db import connection
    from django.http import QueryDict
    from django.utils import timezone

    from recommendations.forms.renaksi_list import FilterForm
    from sakip.models import User

    for who, username in READERS.items():
        for what, query in VISITS.items():
            form = FilterForm(QueryDict(query), user=User.objects.get(username=username))
            walk = form.walk(timezone.localdate())
            for sql, parameters in walk.statements(LENGTH + 1):
                with connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql}", parameters)
                    plan = "\n".join(line for (line,) in cursor.fetchall())
                is_bad = "Seq Scan on recommendations_renaksi" in plan or " Sort (" in plan
                print(
                    f"{who}, {what or 'unfiltered'}: {'READS TOO MUCH' if is_bad else 'by index'}"
                )
                if is_bad:
                    print(plan)


def _address(path, query):
    return f"{path}?{query}" if query else path


if __name__ == "__main__":
    import django

    django.setup()
    plans()
