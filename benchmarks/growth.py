"""How the time of pages and files grows with the number of records: the exponent b in a·n^b, over four sizes.

Pages are measured in turn in one process for each size, by the time of the processor, and as multiples of the
empty page of the same process, so that a slower moment of the machine does not bend the curve. Files are
written or read in a new process for each size, by the clock.
"""

from benchmarks.measuring import in_turn, measure
from benchmarks.province import COORDINATOR, EVALUATOR, LEADER, OPERATOR
from benchmarks.rows import Growth
from benchmarks.visiting import EMPTY, page_times

SIZES, FULL_SIZES = (500, 1_000, 2_000, 4_000), (1_000, 5_000, 20_000, 100_000)
DOCUMENTS, FULL_DOCUMENTS = (10, 20, 40, 80), (10, 50, 200, 1_000)  # recommendations
RENAKSI = 7  # the key of one
PAGE_LIMIT, FILE_LIMIT = 0.1, 1.05
VISITS = {
    "list": (COORDINATOR, "/renaksi/"),
    "one renaksi": (COORDINATOR, f"/renaksi/{RENAKSI}/"),
    "leader's page": (LEADER, "/"),
    "operator's page": (OPERATOR, "/"),
    "review queue": (EVALUATOR, "/reviu/"),
    "consistency": (COORDINATOR, "/uji-konsistensi/"),
    "history": (COORDINATOR, "/riwayat/"),
}


def rows(bench):
    sizes = SIZES if bench.quick else FULL_SIZES
    yield from _pages(bench, sizes)
    yield _file(
        "export of renaksi",
        "excel:ours_out",
        [bench.database(n, maker="make_province") for n in sizes],
        sizes,
        bench,
    )
    documents = DOCUMENTS if bench.quick else FULL_DOCUMENTS
    databases = [bench.database(size) for size in documents]
    yield _file("follow-up table as PDF", "pdf:ours", databases, documents, bench)


def _pages(bench, sizes):
    times = {}
    for size in sizes:
        visits = {name: (who, path) for name, (who, path) in VISITS.items()}
        database = bench.database(size, maker="make_province")
        times[size] = page_times(bench, database, visits | {"": (COORDINATOR, EMPTY)})
    for name in VISITS:
        multiples = {size: found[name].seconds / found[""].seconds for size, found in times.items()}
        yield Growth(f"page: {name}", multiples, PAGE_LIMIT)


def _file(name, call, databases, sizes, bench):
    output = bench.folder / "written"
    calls = [
        lambda database=database: measure(f"benchmarks.{call}", database=database, output=output)
        for database in databases
    ]
    found = in_turn(*calls, rounds=bench.rounds)
    seconds = {size: one.seconds for size, one in zip(sizes, found, strict=True)}
    return Growth(name, seconds, FILE_LIMIT)
