"""The pages of figures and findings beside an empty page, and what keeping them costs.

A page is measured as its readers find it, and "anew" as the first reader after a change finds it. A renewal
counts one LHE; a recount counts all of them, as after an update.
"""

from benchmarks.province import COORDINATOR, EVALUATOR, LEADER, OF_ONE_BODY, OPERATOR
from benchmarks.rows import Measurement, Row
from benchmarks.visiting import EMPTY, page, page_times

LIMIT = 3
PAGES = {
    "province, its leader": (LEADER, "/"),
    "province": (LEADER, "/provinsi/"),
    "leader's page of all bodies": (LEADER, "/ringkasan/"),
    "leader's page of one body": (OF_ONE_BODY, "/ringkasan/"),
    "leader's page of one unit": (OPERATOR, "/ringkasan/"),
    "findings, province": (COORDINATOR, "/uji-konsistensi/"),
    "findings, every body": (EVALUATOR, "/uji-konsistensi/"),
    "findings, one body": (OF_ONE_BODY, "/uji-konsistensi/"),
    "findings, one unit": (OPERATOR, "/uji-konsistensi/"),
    "findings of one rule": (LEADER, "/uji-konsistensi/?aturan=overdue"),
    "number of findings": (COORDINATOR, "/uji-konsistensi/jumlah/"),
}
ANEW = {name: PAGES[name] for name in ("province", "leader's page of one body")}


def rows(bench):
    from benchmarks.measuring import ask

    for engine, database in bench.databases(bench.size, maker="make_province").items():
        visits = PAGES | {f"empty, {who}": (who, EMPTY) for who, _ in PAGES.values()}
        times = page_times(bench, database, visits)
        for name, (who, _) in PAGES.items():
            yield Row(f"{name}, {engine}", times[name], bare=times[f"empty, {who}"], limit=LIMIT)
        found = ask("benchmarks.figures:work", bench.rounds, database=database)
        for name, seconds in found.items():
            yield Row(f"{name}, {engine}", Measurement(seconds), bare=Measurement(found["empty"]))


def warm_up():
    """The first round of `take_turns` warms up."""


def work(rounds) -> dict[str, float]:
    """What a change and an update cost: seconds of each."""
    from django.utils.timezone import localdate

    from benchmarks.turns import take_turns
    from recommendations.figures import keeping
    from recommendations.models import Renaksi
    from sakip.consistency.kept import ChangedScope
    from sakip.consistency.marks import mark

    one, today = Renaksi.objects.select_related("recommendation").first(), localdate()

    def anew(who, path):
        mark(one)
        keeping.renew(today)
        page(who, path)

    def renewal():
        mark(one)
        keeping.renew(today)

    def recount():
        ChangedScope.objects.create(subject=ChangedScope.Subject.FOLLOW_UP)
        keeping.renew(today)

    calls = {f"{name}, anew": lambda visit=visit: anew(*visit) for name, visit in ANEW.items()}
    calls |= {"one LHE counted again": renewal, "all figures counted again": recount}
    return take_turns(calls | {"empty": lambda: page(LEADER, EMPTY)}, rounds=rounds)
