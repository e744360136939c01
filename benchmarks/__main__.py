"""`python -m benchmarks [--quick] [SUBJECT …]` measures the subjects and prints them beside their aims."""

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks import excel, leader, pdf
from benchmarks.databases import Bench

SUBJECTS = {"excel": excel, "leader": leader, "pdf": pdf}
HEAD = ("", "ours", "peer", "ratio", "aim", "ours", "peer")
UNITS = ("", "s", "s", "", "", "MB", "MB")


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    parser.add_argument(
        "--quick", action="store_true", help="one round, the largest sizes left out"
    )
    options = parser.parse_args()
    if unknown := set(options.subjects) - set(SUBJECTS):
        parser.error(f"unknown: {', '.join(unknown)}; there are: {', '.join(SUBJECTS)}")
    print(f"{len(os.sched_getaffinity(0))} processors; a ratio above 1: the program is faster\n")
    show(HEAD)
    show(UNITS)
    with tempfile.TemporaryDirectory(prefix="sakip-bench-") as folder:
        bench = Bench(Path(folder), quick=options.quick)
        for name in options.subjects or SUBJECTS:
            for row in SUBJECTS[name].rows(bench):
                show(cells(row))


def cells(row):
    peer = row.peer
    return (
        row.name,
        f"{row.ours.seconds:.2f}",
        f"{peer.seconds:.2f}" if peer else "",
        f"{row.ratio:.2f}" if peer else "",
        f"{row.aim:g}" if row.aim else "",
        f"{row.ours.megabytes:.0f}",
        f"{peer.megabytes:.0f}" if peer else "",
    )


def show(texts):
    name, *figures = texts
    print(f"{name:40}" + "".join(f"{figure:>9}" for figure in figures), flush=True)


if __name__ == "__main__":
    main()
