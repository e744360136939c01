"""Scores and grades of an evaluation. Pure functions over Decimal; rounded at display only.

None means an unknown figure; it is never treated as zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import overload

from performance.rules.change_and_achievement import difference


@dataclass(frozen=True)
class Grade:
    """One grade: totals above `low` (exclusive) up to `high` (inclusive)."""

    code: str
    low: Decimal
    high: Decimal
    label: str


# Grades of PermenPANRB 88/2021, best first. PermenPANRB 12/2015 has the same names and intervals.
GRADES = tuple(
    Grade(code, Decimal(low), Decimal(high), label)
    for code, low, high, label in (
        ("AA", 90, 100, "Sangat Memuaskan"),
        ("A", 80, 90, "Memuaskan"),
        ("BB", 70, 80, "Sangat Baik"),
        ("B", 60, 70, "Baik"),
        ("CC", 50, 60, "Cukup (Memadai)"),
        ("C", 30, 50, "Kurang"),
        ("D", 0, 30, "Sangat Kurang"),
    )
)


@overload
def grade(total: Decimal) -> str: ...
@overload
def grade(total: None) -> None: ...
def grade(total: Decimal | None) -> str | None:
    """Returns the code of the grade for a total: 80 is BB, 80.01 is A, 0 is D. ValueError outside 0–100."""
    if total is None:
        return None
    if not 0 <= total <= 100:
        raise ValueError("a total lies between 0 and 100")
    return next(step.code for step in GRADES if total > step.low or step.low == 0)


def grade_bounds(code: str) -> Grade:
    """Returns the grade with this code. Raises LookupError when there is none."""
    for step in GRADES:
        if step.code == code:
            return step
    raise LookupError(f"no grade {code!r}")


def next_grade(total: Decimal | None) -> Grade | None:
    """Returns the grade above the one for this total; None for the highest grade or without a total."""
    code = grade(total)
    better = [step for step in GRADES if code and step.low >= grade_bounds(code).high]
    return better[-1] if better else None


def distance_to_next_grade(total: Decimal | None) -> Decimal | None:
    """Returns the points to the low bound of the next grade. The total must exceed this bound."""
    step = next_grade(total)
    return None if step is None or total is None else step.low - total


def total(scores: Iterable[Decimal | None]) -> Decimal | None:
    """Returns the sum of the component scores; None when a score is missing or there is no score."""
    scores = list(scores)
    known = [score for score in scores if score is not None]
    return sum(known, Decimal(0)) if scores and len(known) == len(scores) else None


def percent_of_weight(score: Decimal | None, weight: Decimal | None) -> Decimal | None:
    """Returns the score in percent of its weight. It can be compared when the weights differ."""
    return None if score is None or not weight else score * 100 / weight


def points_difference(
    score: Decimal | None,
    weight: Decimal | None,
    base_score: Decimal | None,
    base_weight: Decimal | None,
) -> Decimal | None:
    """Returns the change of `percent_of_weight` since the earlier evaluation, in percentage points."""
    return difference(percent_of_weight(score, weight), percent_of_weight(base_score, base_weight))
