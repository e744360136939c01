"""Ranks beside values: those that hardly can be right are asked about, the others are not."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from performance.rules.ranks import RankedYear, opposite, rank_in, ranked_years, unchanged


def years(*pairs, first=2020):
    return [RankedYear(first + at, Decimal(value), rank) for at, (value, rank) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("annotation", "rank"),
    [("peringkat 4", 4), ("Rangking ke-12", 12), ("(rank: 3)", 3), ("", None), ("4 dari 10", None)],
)
def test_the_rank_of_an_annotation(annotation, rank):
    assert rank_in(annotation) == rank


def test_the_source_repeats_its_rank_for_four_years():
    [run] = unchanged(years(("65.64", 4), ("68.14", 4), ("71.53", 4), ("88.48", 4)))
    assert (run[0].year, run[-1].year) == (2020, 2023)


@pytest.mark.parametrize(
    ("pairs", "is_found"),
    [
        ([("71.53", 4), ("88.48", 4)], True),  # a jump of more than a tenth
        ([("71.53", 4), ("72.10", 4)], False),
        ([("70", 4), ("77", 4)], False),  # exactly a tenth
        ([("70", 1), ("70.5", 1), ("71", 1)], True),  # three years
        ([("70", 1), ("70", 1), ("70", 1)], False),  # the same value, the same rank
        ([("65.64", 7), ("68.14", 5), ("71.53", 4)], False),
    ],
)
def test_a_rank_that_stays(pairs, is_found):
    assert bool([*unchanged(years(*pairs))]) is is_found


def test_a_gap_of_years_ends_the_run():
    rows = years(("65.64", 4)) + years(("68.14", 4), ("71.53", 4), first=2022)
    assert [*unchanged(rows)] == []


@pytest.mark.parametrize(
    ("pairs", "polarity", "is_found"),
    [
        ([("70", 4), ("80", 6)], "higher", True),
        ([("70", 4), ("80", 2)], "higher", False),
        ([("80", 4), ("70", 2)], "higher", True),
        ([("70", 4), ("80", 6)], "lower", False),
        ([("70", 4), ("80", 4)], "higher", False),
    ],
)
def test_a_rank_that_goes_the_other_way(pairs, polarity, is_found):
    assert bool([*opposite(years(*pairs), polarity)]) is is_found


def test_only_years_with_a_value_and_a_rank_are_looked_at():
    rows = [
        SimpleNamespace(year=year, value=value, annotation=annotation)
        for year, value, annotation in (
            (2022, Decimal(70), "peringkat 4"),
            (2021, Decimal(90), "rank 5"),
            (2020, None, "peringkat 1"),
            (2019, Decimal(60), ""),
        )
    ]
    assert ranked_years(rows) == [
        RankedYear(2021, Decimal(90), 5),
        RankedYear(2022, Decimal(70), 4),
    ]
