"""The rules of the quarters, from rows alone. Needs no database."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from performance.rules.quarters import Made, followed, target_complaint, target_of, year_of
from performance.rules.typed_figures import PlannedTarget, TypedFigure


def indicator(rule, scale=()):
    return SimpleNamespace(accumulation=rule, scale_values=scale)


def targets(*values):
    return [
        SimpleNamespace(quarter=quarter, target=None if value is None else Decimal(value))
        for quarter, value in enumerate(values, start=1)
    ]


def test_both_figures_of_a_contradiction_are_told():
    text = Made(TypedFigure(text="WTP"), (4,), "latest").complaint(TypedFigure(text="WDP"), 2025)
    assert text == (
        "Triwulan IV WTP, tetapi angka tahun 2025: WDP. Perbaiki triwulannya, atau tulis WTP pada "
        "realisasi 2025."
    )
    made = Made(TypedFigure(Decimal(1200)), (1, 2), "sum")
    assert made.complaint(TypedFigure(Decimal("1234.5")), 2025) == (
        "Jumlah triwulan I–II 1.200, tetapi angka tahun 2025: 1.234,5. Perbaiki triwulannya, atau tulis "
        "1200 pada realisasi 2025."
    )


def test_of_texts_the_last_one_counts_whatever_the_rule():
    rows = [
        SimpleNamespace(quarter=quarter, value=None, text_value=text)
        for quarter, text in ((1, "WDP"), (2, "WTP"), (3, ""))
    ]
    assert year_of(indicator("sum", ["WTP", "WDP"]), rows) == Made(
        TypedFigure(text="WTP"), (2,), "latest"
    )


@pytest.mark.parametrize(("through", "missing"), [(2, ""), (None, "not_released"), (None, "")])
def test_a_year_that_no_quarter_made_and_no_reason_explains_stays(through, missing):
    stored = SimpleNamespace(through_quarter=through)
    rows = [SimpleNamespace(quarter=1, value=None, missing=missing)]
    assert followed(indicator("sum"), stored, rows) == {}


@pytest.mark.parametrize(
    ("rule", "quarters", "target"),
    [
        ("sum", (1, 2, 3, 4), 10),
        ("sum", (1, 2, None, 4), None),
        ("latest", (None, None, None, 4), 4),
        ("once", (1, 2, 3, None), None),
    ],
)
def test_the_target_of_a_year(rule, quarters, target):
    assert target_of(indicator(rule), targets(*quarters)) == target


@pytest.mark.parametrize(
    ("planned", "quarters"),
    [
        (None, (1, 2, 3, 4)),
        (PlannedTarget(Decimal(9)), (1, 2, 3, None)),
        (PlannedTarget(text="WTP"), (1, 2, 3, 4)),
        (PlannedTarget(Decimal(10)), (1, 2, 3, 4)),
        (PlannedTarget(Decimal(10), Decimal(12)), (1, 2, 3, 4)),
        (PlannedTarget(Decimal(8), Decimal(10)), (1, 2, 3, 4)),
    ],
)
def test_targets_that_agree_or_cannot_be_compared(planned, quarters):
    assert target_complaint(indicator("sum"), targets(*quarters), 2025, planned) == ""


@pytest.mark.parametrize(
    ("rule", "planned", "sentence"),
    [
        (
            "sum",
            PlannedTarget(Decimal("10.5"), Decimal(12)),
            "Jumlah target triwulan I–IV 10, tetapi target tahun 2025: 10,5 – 12. Perbaiki target "
            "triwulannya, atau tulis 10 pada target 2025.",
        ),
        (
            "latest",
            PlannedTarget(Decimal(3)),
            "Target triwulan IV 4, tetapi target tahun 2025: 3. Perbaiki target triwulannya, atau tulis "
            "4 pada target 2025.",
        ),
    ],
)
def test_targets_that_differ_are_told(rule, planned, sentence):
    assert target_complaint(indicator(rule), targets(1, 2, 3, 4), 2025, planned) == sentence
