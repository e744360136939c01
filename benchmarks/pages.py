"""The pages of each role beside an empty page for a signed-in person, as their data grows.

First pages, queue, one renaksi, one LHE, history and the small lists cost the same however many renaksi there
are, and no page is heavier than LIGHT.
"""

from benchmarks.measuring import ask
from benchmarks.rows import Bound, Growth, Row
from benchmarks.visiting import EMPTY, page, page_times

SIZES, SMALL = (10_000, 30_000, 100_000), (1_000, 10_000)
LIMIT, GROWTH, LIGHT = 3, 0.1, 120
NOTHING = "empty page"
FIXED = {
    "operator's first page": ("operator", "/"),
    "evaluator's first page": ("evaluator", "/"),
    "coordinator's first page, province": ("koordinator", "/"),
    "coordinator's first page, one body": ("koordinator-dinas", "/"),
    "review queue, LHE after LHE": ("evaluator", "/reviu/"),
    "review queue, oldest first": ("evaluator", "/reviu/?urut=lama"),
    "own decisions": ("evaluator", "/reviu/keputusan/"),
    "LHEs": ("koordinator", "/evaluasi/"),
    "history, province": ("koordinator", "/riwayat/"),
    "history, one body": ("koordinator-dinas", "/riwayat/"),
    "history, operator": ("operator", "/riwayat/"),
    "notices": ("koordinator", "/pemberitahuan/"),
    "requests for more time": ("koordinator", "/perpanjangan/"),
    "people": ("koordinator", "/pengaturan/pengguna/"),
    "indicators": ("koordinator", "/kinerja/"),
    "imports": ("koordinator", "/impor/"),
}


def rows(bench):
    sizes = SMALL if bench.quick else SIZES
    found: dict[str, dict[int, float]] = {}
    for size in sizes:
        for kind, database in bench.databases(size, maker="make_province").items():
            visits = FIXED | ask("benchmarks.pages:of_records", database=database)
            times = page_times(bench, database, visits | {NOTHING: ("pimpinan", EMPTY)})
            for name in visits:
                found.setdefault(f"{name}, {kind}", {})[size] = times[name].seconds
                if size == sizes[-1]:
                    limit = {"bare": times[NOTHING], "limit": LIMIT}
                    yield Row(f"{name}, {size:,} renaksi, {kind}", times[name], **limit)
            if size == sizes[-1] and kind == "SQLite":
                for name, weight in ask(
                    "benchmarks.pages:weights", visits, database=database
                ).items():
                    yield Bound(f"{name}, HTML", weight, LIGHT, "kB")
    for name, seconds in found.items():
        yield Growth(name, seconds, GROWTH)


def of_records() -> dict:
    """The pages of one record: of the LHE with the latest key, and of the renaksi that is much discussed."""
    from recommendations.models import Renaksi

    discussed = Renaksi.objects.latest("pk")
    waiting = Renaksi.objects.filter(status="submitted").exclude(pk=discussed.pk).latest("pk")
    plain = Renaksi.objects.filter(status="open").exclude(pk=discussed.pk).latest("pk")
    recommendation = plain.recommendation
    lhe = f"/evaluasi/{recommendation.evaluation_id}/"
    return {
        "one renaksi": ("koordinator", plain.get_absolute_url()),
        "one renaksi, 400 comments and proofs": ("koordinator", discussed.get_absolute_url()),
        "one renaksi under review": ("evaluator", f"/reviu/{waiting.pk}/"),
        "one recommendation": ("koordinator", recommendation.get_absolute_url()),
        "one LHE": ("koordinator", lhe),
        "follow-up table of one LHE": ("koordinator", f"{lhe}tindak-lanjut/"),
    }


def warm_up():
    """The first round of `take_turns` warms up."""


def weights(visits) -> dict[str, float]:
    """Kilobytes of each page before compression."""
    return {name: len(page(who, path).content) / 1000 for name, (who, path) in visits.items()}
