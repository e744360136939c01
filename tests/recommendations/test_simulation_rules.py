"""A simulated score from figures alone, down to the last hundredth. Needs no database."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.rules import grades
from recommendations.rules.follow_up_bands import Band, problems, standing
from recommendations.rules.progress import Progress
from recommendations.rules.score_simulation import Line, Simulation, simulate
from sakip.numbers import round_half_up

AA = grades.grade_bounds("AA")


def simulation(**scores):
    """By component: its score and its weight."""
    return Simulation(
        tuple(
            Line(name, Decimal(weight), Decimal(score), Decimal(score))
            for name, (score, weight) in scores.items()
        )
    )


def test_less_than_a_point_is_missing_too():
    near = simulation(full=("50", 50), half=("39.5", 50))
    assert near.missing(AA) == Decimal("0.51")
    assert [(way.line.component, way.percents) for way in near.ways(AA)] == [
        ("half", Decimal("1.02"))
    ]
    [line] = near.together(AA)
    assert (line.component, line.change) == ("half", Decimal("0.51"))


def test_a_component_with_less_than_a_point_of_room_helps():
    found = simulation(a=("49.5", 50), b=("40", 50)).together(AA)
    assert [(line.component, line.change) for line in found] == [
        ("a", Decimal("0.5")),
        ("b", Decimal("0.01")),
    ]
    assert len(simulation(a=("49.5", 50), b=("40", 50)).ways(AA)) == 2


@pytest.mark.parametrize("weight", ["49.51", "49"])
def test_what_all_together_do_not_reach_is_not_offered(weight):
    """The weights of a rubric that is not finished may add up to less than 100."""
    assert simulation(a=("40", 40), b=("40", weight)).together(AA) == []


def test_a_percent_as_it_is_shown_keeps_the_score():
    figures = SimpleNamespace(
        total=Decimal(50), weights={"a": Decimal(30)}, score=lambda name: Decimal("23.75")
    )
    assert simulate(figures, {"a": Decimal("79.17")}).total == Decimal("23.75")
    assert simulate(figures, {"a": Decimal("79.16")}).total == Decimal("23.75")
    assert simulate(figures, {"a": Decimal("79.20")}).total == Decimal("23.76")


@given(st.decimals(0, 100, places=2), st.decimals("0.01", 100, places=2))
def test_the_percent_of_the_page_gives_every_score_again(share, weight):
    score = round_half_up(share * weight / 100)
    figures = SimpleNamespace(total=score, weights={"a": weight}, score=lambda name: score)
    assert simulate(figures, {"a": round_half_up(score * 100 / weight)}).total == score


def test_without_a_total_there_is_nothing_to_start_from():
    with pytest.raises(ValueError, match="^every component needs a score to start from$"):
        simulate(SimpleNamespace(total=None), {})


BANDS = (Band("a", Decimal("33.4"), Decimal(100)), Band("b", None, Decimal(0)))


@pytest.mark.parametrize(("verified", "more"), [(0, 2), (1, 1)])
def test_the_next_band_and_how_many_are_missing(verified, more):
    found = standing(Progress(5, 5, verified), BANDS, None)
    assert (found.better, found.more) == (BANDS[0], more)


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([("a", 50, 10)], ["Isi paling sedikit dua pita."]),
        (
            [("a", 50, 10), ("b", None, 5), ("c", None, 0)],
            ["Kosongkan “di atas” pada pita terakhir saja; pita itu menampung sisanya."],
        ),
        (
            [("a", 50, 10), ("b", 50, 10), ("c", None, 10)],
            ["Batas pita b harus lebih rendah dari batas pita a."],
        ),
        ([("a", 50, 10), ("b", None, 11)], ["Nilai pita b tidak boleh melebihi nilai pita a."]),
        ([("a", 50, 10), ("a", None, 5)], ["Setiap jawaban hanya boleh ditulis sekali."]),
        ([("a", 50, 10), ("b", None, 10)], []),
    ],
)
def test_each_fault_of_the_bands_is_a_sentence(rows, faults):
    assert problems([Band(*row) for row in rows]) == faults
