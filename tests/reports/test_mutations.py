"""Every wrong figure is found: the source with its figures put right, then one changed at a time."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from performance.models import Indicator
from performance.rules import change_and_achievement
from performance.rules.consistency import of_indicator
from recommendations.models import Evaluation
from recommendations.rules import grades
from recommendations.rules.consistency import check_evaluation
from sakip.numbers import round_half_up

WRONG_FIGURE = {
    "total-differs",
    "grade-differs",
    "score-change-differs",
    "change-differs",
    "achievement-differs",
}


@pytest.fixture
def source(db):
    """(indicators, evaluations by year) of the source, every printed figure as it should be."""
    call_command("load_source", stdout=StringIO())
    indicators = list(
        Indicator.objects.select_related("objective__unit").prefetch_related(
            "realisations", "targets", "objective__sources"
        )
    )
    evaluations = {row.performance_year: row for row in Evaluation.objects.with_scores()}
    for indicator in indicators:
        _put_right(indicator)
    for evaluation in evaluations.values():
        evaluation.reported_total = grades.total(row.score for row in evaluation.scores.all())
    now, then = evaluations[2022], evaluations[2021]
    now.reported_change = now.reported_total - then.reported_total
    before = {row.component_id: row.score for row in then.scores.all()}
    for row in now.scores.all():
        row.reported_change = row.score - before[row.component_id]
    return indicators, evaluations


def _put_right(indicator):
    values = {row.year: row.value for row in indicator.realisations.all()}
    for row in indicator.realisations.all():
        if row.reported_change is not None:
            change = change_and_achievement.year_on_year(row.value, values.get(row.year - 1))
            row.reported_change = round_half_up(change)


def mutants(figure):
    """One hundredth more and less, two neighbouring digits swapped, the other sign."""
    yield from (figure + Decimal("0.01"), figure - Decimal("0.01"))
    text = f"{figure:.2f}"
    places = [n for n, sign in enumerate(text) if sign.isdigit()]
    for left, right in zip(places, places[1:], strict=False):
        digits = list(text)
        digits[left], digits[right] = digits[right], digits[left]
        if digits[left] != digits[right]:
            yield Decimal("".join(digits))
    if figure:
        yield -figure


def wrong(findings):
    return {row.code for row in findings} & WRONG_FIGURE


def check(source):
    indicators, evaluations = source
    found = [row for indicator in indicators for row in of_indicator(indicator)]
    return wrong(
        found
        + list(check_evaluation(evaluations[2021], None))
        + list(check_evaluation(evaluations[2022], evaluations[2021]))
    )


def escapes(source, record, name, matters=lambda: True):
    """The mutants of one figure that alter a printed result and are not found; how many were tried."""
    right, missed, tried = getattr(record, name), [], 0
    for figure in mutants(right):
        setattr(record, name, figure)
        if matters():
            tried += 1
            if not check(source):
                missed.append(f"{record} {name}: {right} → {figure}")
    setattr(record, name, right)
    return missed, tried


def alters(indicator):
    """Does a printed change no longer follow from the values? Told by the formula of docs/design.md §2.5."""

    def matters():
        values = {row.year: row.value for row in indicator.realisations.all()}
        for row in indicator.realisations.all():
            base = values.get(row.year - 1)
            if row.reported_change is not None and base:
                change = (row.value / base - 1) * 100
                if round_half_up(change) != row.reported_change:
                    return True
        return False

    return matters


def test_the_right_figures_raise_nothing_and_the_known_findings_stay(source):
    assert check(source) == set()
    indicators, evaluations = source
    known = {row.code for indicator in indicators for row in of_indicator(indicator)}
    assert known == {"carried-over", "few-earlier-years", "rank-unchanged"}
    of_2022 = check_evaluation(evaluations[2022], evaluations[2021])
    assert {row.code for row in of_2022} == {"rubrics-differ"}


def test_every_printed_result_that_is_changed_is_found(source):
    indicators, evaluations = source
    printed = [
        (row, "reported_change")
        for indicator in indicators
        for row in indicator.realisations.all()
        if row.reported_change is not None
    ]
    printed += [(evaluation, "reported_total") for evaluation in evaluations.values()]
    printed += [(evaluations[2022], "reported_change")]
    printed += [(row, "reported_change") for row in evaluations[2022].scores.all()]
    results = [escapes(source, *place) for place in printed]
    assert [text for missed, _ in results for text in missed] == []
    assert len(printed) >= 12 + 2 + 1 + 5
    assert sum(tried for _, tried in results) > 80


def test_every_value_that_alters_a_printed_result_is_found(source):
    indicators, evaluations = source
    results = [
        escapes(source, row, "value", alters(indicator))
        for indicator in indicators
        for row in indicator.realisations.all()
        if row.value is not None
    ]
    results += [
        escapes(source, row, "score")
        for evaluation in evaluations.values()
        for row in evaluation.scores.all()
    ]
    assert [text for missed, _ in results for text in missed] == []
    assert sum(tried for _, tried in results) > 100


def test_a_printed_grade_that_is_another_one_is_found(source):
    _, evaluations = source
    for evaluation in evaluations.values():
        right = evaluation.reported_grade
        for step in grades.GRADES:
            evaluation.reported_grade = step.code
            assert (check(source) == set()) == (step.code == right)
        evaluation.reported_grade = right
