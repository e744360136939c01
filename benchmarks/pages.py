"""The pages of each role beside an empty page for a signed-in person, as their data grows.

First pages, queue, one renaksi, one LHE, history and the small lists cost the same however many renaksi there
are, and no page is heavier than LIGHT.
"""

from benchmarks.measuring import ask
from benchmarks.province import (
    COMMON,
    COORDINATOR,
    EVALUATOR,
    LEADER,
    OF_ONE_BODY,
    OPERATOR,
    RARE,
)
from benchmarks.rows import Bound, Growth, Row
from benchmarks.visiting import EMPTY, page, page_times

LIMIT, GROWTH, LIGHT = 3, 0.1, 120
NOTHING = "empty page"
FIXED = {
    "operator's first page": (OPERATOR, "/"),
    "evaluator's first page": (EVALUATOR, "/"),
    "coordinator's first page, province": (COORDINATOR, "/"),
    "coordinator's first page, one body": (OF_ONE_BODY, "/"),
    "review queue, LHE after LHE": (EVALUATOR, "/reviu/"),
    "review queue, oldest first": (EVALUATOR, "/reviu/?urut=lama"),
    "own decisions": (EVALUATOR, "/reviu/keputusan/"),
    "LHEs": (COORDINATOR, "/evaluasi/"),
    "history, province": (COORDINATOR, "/riwayat/"),
    "history, one body": (OF_ONE_BODY, "/riwayat/"),
    "history, operator": (OPERATOR, "/riwayat/"),
    "notices": (COORDINATOR, "/pemberitahuan/"),
    "requests for more time": (COORDINATOR, "/perpanjangan/"),
    "people": (COORDINATOR, "/pengaturan/pengguna/"),
    "indicators": (COORDINATOR, "/kinerja/"),
    "imports": (COORDINATOR, "/impor/"),
    "leader's page, province": (LEADER, "/"),
    "leader's page, one body": (OF_ONE_BODY, "/ringkasan/"),
    "findings, province": (COORDINATOR, "/uji-konsistensi/"),
    "search of a common word, province": (COORDINATOR, f"/cari/?teks={COMMON}"),
    "search of a common word, one body": (OF_ONE_BODY, f"/cari/?teks={COMMON}"),
    "search of a rare word, province": (COORDINATOR, f"/cari/?teks={RARE}"),
    "search of a number, province": (COORDINATOR, "/cari/?teks=2.b"),
    "what has changed, province": (COORDINATOR, "/yang-berubah/"),
    "findings of one rule": (COORDINATOR, "/uji-konsistensi/?aturan=overdue"),
    "bodies with late items, province": (COORDINATOR, "/ingatkan/"),
    "bodies with late items, one body": (OF_ONE_BODY, "/ingatkan/"),
    "history by a person": (COORDINATOR, f"/riwayat/?orang={OPERATOR}"),
    "units": (COORDINATOR, "/pengaturan/unit/"),
}
# After each of these writes (`visiting.CHANGES`) the first pages, as they are stored until something changes.
ONE_BODY = (
    "operator's first page",
    "coordinator's first page, one body",
    "leader's page, one body",
)
EVERY_READER = (*ONE_BODY, "evaluator's first page", "coordinator's first page, province")
AFTER = {
    "a common write": EVERY_READER,
    "a write of the own body": EVERY_READER,
    "a write of another body": ONE_BODY,
}


def rows(bench):
    found: dict[str, dict[int, float]] = {}
    for size in bench.sizes:
        for kind, database in bench.databases(size, maker="make_province").items():
            visits = FIXED | ask("benchmarks.pages:of_records", database=database)
            times = page_times(bench, database, visits | {NOTHING: (LEADER, EMPTY)})
            for name in visits:
                found.setdefault(f"{name}, {kind}", {})[size] = times[name].seconds
                if size == bench.size:
                    limit = {"bare": times[NOTHING], "limit": LIMIT}
                    yield Row(f"{name}, {size:,} renaksi, {kind}", times[name], **limit)
            if size == bench.size:
                yield from _after_writes(bench, database, kind)
            if size == bench.size and kind == "SQLite":
                for name, weight in ask(
                    "benchmarks.pages:weights", visits, database=database
                ).items():
                    yield Bound(f"{name}, HTML", weight, LIGHT, "kB")
    for name, seconds in found.items():
        yield Growth(f"{name}, growth", seconds, None if bench.quick else GROWTH)


def _after_writes(bench, database, kind):
    for change, names in AFTER.items():
        visits = {name: FIXED[name] for name in names} | {NOTHING: (LEADER, EMPTY)}
        times = page_times(bench, database, visits, after=change)
        limit = {"bare": times[NOTHING], "limit": LIMIT}
        for name in names:
            yield Row(f"{name}, after {change}, {kind}", times[name], **limit)


def of_records() -> dict:
    """The pages of one record: of the LHE with the latest key, and of the renaksi that is much discussed."""
    from recommendations.models import Renaksi

    discussed = Renaksi.objects.latest("pk")
    waiting = Renaksi.objects.filter(status="submitted").exclude(pk=discussed.pk).latest("pk")
    plain = Renaksi.objects.filter(status="open").exclude(pk=discussed.pk).latest("pk")
    recommendation = plain.recommendation
    lhe = f"/evaluasi/{recommendation.evaluation_id}/"
    return {
        "one renaksi": (COORDINATOR, plain.get_absolute_url()),
        "one renaksi, 400 comments and proofs": (COORDINATOR, discussed.get_absolute_url()),
        "one renaksi under review": (EVALUATOR, f"/reviu/{waiting.pk}/"),
        "one recommendation": (COORDINATOR, recommendation.get_absolute_url()),
        "one LHE": (COORDINATOR, lhe),
        "follow-up table of one LHE": (COORDINATOR, f"{lhe}tindak-lanjut/"),
    }


def warm_up():
    """The first round of `take_turns` warms up."""


def weights(visits) -> dict[str, float]:
    """Kilobytes of each page before compression."""
    return {name: len(page(who, path).content) / 1000 for name, (who, path) in visits.items()}
