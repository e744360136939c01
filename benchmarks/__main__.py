"""`python -m benchmarks [--full] [SUBJECT …]` measures the subjects, prints each figure beside its aim and limit,
and keeps what it found in `latest.json`. An aim that is missed is said, and is no failure of the command."""

import argparse
import os
import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path

from benchmarks import record
from benchmarks.databases import Bench
from benchmarks.report import HEAD, cells

FOLDER = Path(__file__).parent
# The modules with a function `rows(bench)`, which yields what `benchmarks/rows.py` defines.
# The lists come last, because their million takes longest.
SUBJECTS = sorted(
    (path.stem for path in FOLDER.glob("*.py") if "\ndef rows(bench" in path.read_text("utf-8")),
    key=lambda name: (name == "lists", name),
)
WIDTHS = (44, 10, 10, 8, 6, 10, 8, 6, 7, 7)


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    parser.add_argument("--full", action="store_true", help="the sizes of a province, many rounds")
    parser.add_argument("--folder", type=Path, help="keeps the databases here for the next run")
    options = parser.parse_args()
    if unknown := set(options.subjects) - set(SUBJECTS):
        parser.error(f"unknown: {', '.join(unknown)}; there are: {', '.join(SUBJECTS)}")
    print(f"{len(os.sched_getaffinity(0))} processors. Ratio: peer ÷ ours. Times: ours ÷ bare.\n")
    show(HEAD)
    with tempfile.TemporaryDirectory(prefix="sakip-bench-") as folder:
        bench = Bench(options.folder or Path(folder), quick=not options.full)
        failed = [name for name in options.subjects or SUBJECTS if not measured(name, bench)]
    if failed:
        sys.exit(f"Not measured, because of an error: {', '.join(failed)}.")


def measured(name: str, bench: Bench) -> bool:
    """Measures one subject and keeps its rows, also those before an error; False when one ended it."""
    rows, started, used = [], time.monotonic(), _used()
    try:
        for row in import_module(f"benchmarks.{name}").rows(bench):
            rows.append(row.record())
            show(cells(rows[-1]))
        error = ""
    except (Exception, SystemExit) as problem:
        traceback.print_exc()
        error = f"{type(problem).__name__}: {problem}".splitlines()[0]
    took = f"{time.monotonic() - started:.0f} s, {_used() - used:.0f} s of the processor without servers"
    print(f"{name}: {took}\n", flush=True)
    if rows:
        record.keep(name, rows, size="small" if bench.quick else "full", error=error)
    return not error


def _used() -> float:
    """The seconds of the processor that this process and its ended children have used."""
    return sum(os.times()[:4])


def show(texts):
    name, *figures = texts
    widths = iter(WIDTHS)
    line = f"{name:{next(widths)}}" + "".join(
        f"{figure:>{width}}" for figure, width in zip(figures, widths, strict=True)
    )
    print(line.rstrip(), flush=True)


if __name__ == "__main__":
    main()
