"""What a subject yields: rows that compare, bounds that hold or not, and how a time grows.

Seconds differ from machine to machine, so only ratios and exponents are judged. Each kind of row has a
`record()` for the table and for `latest.json`: `met` is True or False, and None without an aim or limit.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """`megabytes` is the largest memory of the process and its children; 0 when nobody looked at it."""

    seconds: float
    megabytes: float = 0


@dataclass(frozen=True)
class Row:
    """Compares a time of ours with that of a peer, of the bare work, or of both.

    `peer` does the same in the usual way; `aim` is the smallest wanted ratio of its time to ours. `bare` is
    the least that must be done: an empty page, the query alone, a writer without rules; `limit` is the
    largest allowed ratio of our time to that one. Requests per second come as seconds per request.
    """

    name: str
    ours: Measurement
    peer: Measurement | None = None
    aim: float | None = None
    bare: Measurement | None = None
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.peer and self.peer.seconds / self.ours.seconds

    @property
    def times(self) -> float | None:
        """How many times the bare work ours takes."""
        return self.bare and self.ours.seconds / self.bare.seconds

    @property
    def met(self) -> bool | None:
        held = []
        if self.aim is not None and self.ratio is not None:
            held.append(self.ratio >= self.aim)
        if self.limit is not None and self.times is not None:
            held.append(self.times <= self.limit)
        return all(held) if held else None

    def record(self) -> dict:
        return {
            "name": self.name,
            "unit": "s",
            "ours": self.ours.seconds,
            "peer": self.peer and self.peer.seconds,
            "ratio": self.ratio,
            "aim": self.aim,
            "bare": self.bare and self.bare.seconds,
            "times": self.times,
            "limit": self.limit,
            "megabytes": [one and one.megabytes for one in (self.ours, self.peer, self.bare)],
            "met": self.met,
        }


@dataclass(frozen=True)
class Bound:
    """One figure that must not be larger than `limit`: megabytes, requests of a page, seconds of a slow line."""

    name: str
    value: float
    limit: float | None
    unit: str

    @property
    def met(self) -> bool | None:
        return None if self.limit is None else self.value <= self.limit

    def record(self) -> dict:
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": self.value,
            "limit": self.limit,
            "met": self.met,
        }


@dataclass(frozen=True)
class Growth:
    """How a time grows with the number n of records: b in a·n^b. `seconds` has the time for each n."""

    name: str
    seconds: Mapping[int, float]
    limit: float | None = None

    @property
    def exponent(self) -> float:
        return exponent(self.seconds)

    @property
    def met(self) -> bool | None:
        return None if self.limit is None else self.exponent <= self.limit

    def record(self) -> dict:
        return {
            "name": self.name,
            "unit": "b",
            "ours": self.exponent,
            "limit": self.limit,
            "sizes": {str(size): seconds for size, seconds in self.seconds.items()},
            "met": self.met,
        }


def exponent(seconds: Mapping[int, float]) -> float:
    """The b of the curve a·n^b that fits best: the least squares of the logarithms, at least two sizes."""
    points = [(math.log(size), math.log(time)) for size, time in seconds.items()]
    middle, level = (sum(column) / len(points) for column in zip(*points, strict=True))
    spread = sum((x - middle) ** 2 for x, _ in points)
    return sum((x - middle) * (y - level) for x, y in points) / spread
