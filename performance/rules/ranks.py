"""Ranks that stand beside a value, such as “peringkat 4” (docs/design.md §2.6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from performance.rules.change_and_achievement import LOWER, direction, year_on_year

RANK = re.compile(
    r"\b(?:peringkat|ranking|rangking|rank)\s*(?:ke)?\s*[-:]?\s*(\d{1,4})\b", re.IGNORECASE
)
LONG = 3  # years in which a rank hardly stays the same while every value changes
JUMP = 10  # percent: a value that changes by more would move the rank


@dataclass(frozen=True)
class RankedYear:
    """A year with a value and the rank written beside it."""

    year: int
    value: Decimal
    rank: int


def rank_in(annotation: str) -> int | None:
    found = RANK.search(annotation)
    return int(found[1]) if found else None


def ranked_years(rows) -> list[RankedYear]:
    """The years that have both, earliest first. `rows` are realisations."""
    found = [
        RankedYear(row.year, row.value, rank)
        for row in rows
        if row.value is not None and (rank := rank_in(row.annotation)) is not None
    ]
    return sorted(found, key=lambda row: row.year)


def unchanged(years: list[RankedYear]) -> Iterator[list[RankedYear]]:
    """Yields each run of successive years whose rank stays the same although it hardly can.

    Every value of the run differs from the one before, and the run has three years or more, or one of
    its values changes by more than a tenth.
    """
    run: list[RankedYear] = []
    for row in years:
        if run and not _goes_on(run[-1], row):
            yield from _doubtful(run)
            run = []
        run.append(row)
    yield from _doubtful(run)


def opposite(years: list[RankedYear], polarity: str) -> Iterator[tuple[RankedYear, RankedYear]]:
    """Yields successive years whose value becomes better and whose rank becomes worse, or the reverse."""
    for before, after in _successive(years):
        value = direction(after.value, before.value, polarity)
        rank = direction(Decimal(after.rank), Decimal(before.rank), LOWER)
        if {value, rank} == {"better", "worse"}:
            yield before, after


def _successive(years):
    return [(a, b) for a, b in pairwise(years) if b.year == a.year + 1]


def _goes_on(before, after):
    return (
        after.year == before.year + 1 and after.rank == before.rank and after.value != before.value
    )


def _doubtful(run):
    changes = [year_on_year(after.value, before.value) for before, after in _successive(run)]
    if len(run) >= LONG or any(change is not None and abs(change) > JUMP for change in changes):
        yield run
