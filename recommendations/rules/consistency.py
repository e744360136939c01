"""Consistency checks on evaluations and renaksi (docs/design.md §2.6). Each yields Findings; `selectors/findings.py` joins them."""

import re
from datetime import date, timedelta

from django.utils.html import strip_tags

from recommendations.rules import grades, prose
from recommendations.rules.progress import Progress
from recommendations.transitions import CLAIMED, WORKABLE
from sakip.consistency.finding import ALWAYS, Finding
from sakip.dates import format_date
from sakip.numbers import DECIMALS, format_number, own_places, round_half_up

# Words of a proposal. Something that is only proposed has not been followed up.
PROPOSAL = re.compile(r"\b(disarankan|diusulkan|akan)\b", re.IGNORECASE)


def check_evaluation(current, previous):
    """The findings on the scores of one evaluation, also on its change since `previous`. No query.

    Both must be loaded with `with_scores()`; `previous` is None for the first evaluation.
    """
    yield from total_differs(current)
    yield from grade_differs(current)
    yield from scores_against_weights(current)
    if previous:
        yield from changes_differ(current, previous)
        yield from rubrics_differ(current, previous)


def _about(record, code, /, detail="", **data):
    return Finding(code, record, str(record), data, detail)


def _scores(evaluation):
    return {row.component_id: row for row in evaluation.scores.all()}


def _total(evaluation):
    return grades.total(row.score for row in evaluation.scores.all())


def _is_printed(figure, printed, evaluation):
    """Whether a figure is printed as `printed`. An LHE prints with one decimal when all its printed
    figures have one: 88,5 for 88,48. Otherwise with two, because zeros at the end are not stored.
    """
    changes = [row.reported_change for row in evaluation.scores.all()]
    figures = [evaluation.reported_total, evaluation.reported_change, *changes]
    places = {own_places(one) for one in figures if one is not None}
    return figure is not None and round_half_up(figure, 1 if places == {1} else DECIMALS) == printed


def total_differs(evaluation):
    total, reported = _total(evaluation), evaluation.reported_total
    if None not in (total, reported) and not _is_printed(total, reported, evaluation):
        yield _about(
            evaluation,
            "total-differs",
            year=str(evaluation.performance_year),
            printed=format_number(reported),
            computed=format_number(total),
        )


def grade_differs(evaluation):
    total = _total(evaluation)
    grade = grades.grade(total) if total is not None and total <= 100 else None
    if grade and evaluation.reported_grade and grade != evaluation.reported_grade:
        both = {"printed": evaluation.reported_grade, "computed": grade}
        yield _about(evaluation, "grade-differs", total=format_number(total), **both)


def scores_against_weights(evaluation):
    scores = _scores(evaluation)
    for row in evaluation.rubric.weights.all():
        score = scores.pop(row.component_id, None)
        given = {"detail": row.component.code, "component": str(row.component)}
        if score is None and evaluation.scores.all():
            yield _about(evaluation, "score-missing", **given)
        elif score and score.score > row.weight:
            both = {"printed": format_number(score.score), "computed": format_number(row.weight)}
            yield _about(evaluation, "score-above-weight", **given, **both)
    for score in scores.values():
        given = {"detail": score.component.code, "component": str(score.component)}
        yield _about(evaluation, "score-outside-rubric", rubric=str(evaluation.rubric), **given)


def changes_differ(current, previous):
    earlier = _scores(previous)
    for row in current.scores.all():
        before = earlier.get(row.component_id)
        computed = grades.difference(row.score, before.score if before else None)
        yield from _change(
            current,
            previous,
            f"{row.component}",
            row.reported_change,
            [computed],
            row.component.code,
        )
    # The printed change may be computed from the printed totals; another check covers those totals.
    computed = grades.difference(_total(current), _total(previous))
    printed = grades.difference(current.reported_total, previous.reported_total)
    yield from _change(
        current, previous, "nilai total", current.reported_change, [computed, printed]
    )


def _change(evaluation, previous, name, reported, accepted, detail="total"):
    if reported is None or any(_is_printed(value, reported, evaluation) for value in accepted):
        return
    yield _about(
        evaluation,
        "score-change-differs",
        detail=detail,
        name=name,
        printed=format_number(reported),
        computed=format_number(accepted[0]),
        before=str(previous.performance_year),
    )


def rubrics_differ(current, previous):
    def weights(evaluation):
        return {row.component_id: row.weight for row in evaluation.rubric.weights.all()}

    if weights(current) != weights(previous):
        yield _about(
            current,
            "rubrics-differ",
            before=str(previous.performance_year),
            rubric_before=str(previous.rubric),
            year=str(current.performance_year),
            rubric=str(current.rubric),
        )


def none_verified(evaluation, statuses):
    """`statuses` of all renaksi of the evaluation. One that waits for its review is nothing special."""
    progress = Progress.of(statuses)
    if progress.countable == progress.claimed > 1 and progress.verified == 0:
        yield _about(evaluation, "none-verified", claimed=str(progress.claimed))


def check_note(recommendation):
    """The note on a recommendation, and the opening sentence of its follow-up."""
    lead = recommendation.follow_up_lead
    yield from _prose(recommendation, "lead", lead, named(recommendation), goes_on=True)
    note = getattr(recommendation, "note", None)
    if note is None:
        return
    yield from _prose(recommendation, "note", note.text, named(recommendation))
    empty = [f"“{photo.caption}”" for photo in note.photos.all() if not photo.image]
    if empty:
        captions = {"captions": "; ".join(empty)}
        yield Finding("caption-without-picture", recommendation, named(recommendation), captions)


def _prose(record, part, html, name, *, goes_on=False):
    """The faults of one text. Findings of one rule are told apart by the part and their order in it."""
    for place, (code, data) in enumerate(prose.faults(html, goes_on=goes_on)):
        yield Finding(code, record, name, data, f"{part}-{place}")


def named(record) -> str:
    """The name of the object of a finding on a recommendation or a renaksi, with its evaluation."""
    parent = getattr(record, "recommendation", record)
    return f"{record} ({parent.evaluation})"


def _about_renaksi(renaksi, code, /, since=ALWAYS, **data):
    return Finding(code, renaksi, named(renaksi), data, since=since)


def missing_evidence(renaksi):
    if renaksi.status in CLAIMED and not renaksi.has_evidence:
        yield _about_renaksi(renaksi, "missing-evidence")


def repeats_recommendation(renaksi):
    recommendation = renaksi.recommendation
    texts = {_normal(point.text) for point in recommendation.points.all()}
    texts.add(_normal(recommendation.text))
    if _normal(renaksi.follow_up) in texts - {""}:
        yield _about_renaksi(renaksi, "repeats-recommendation")


def proposal_wording(renaksi):
    if renaksi.status not in CLAIMED:
        return
    text = " ".join([renaksi.follow_up, *(step.text for step in renaksi.steps.all())])
    words = dict.fromkeys(word.lower() for word in PROPOSAL.findall(_plain(text)))
    if words:
        quoted = ", ".join(f"“{word}”" for word in words)
        yield _about_renaksi(renaksi, "proposal-wording", words=quoted)


def due_date_passed(renaksi):
    """Holds from the day after the due date on."""
    if renaksi.due_date and renaksi.status in WORKABLE and renaksi.due_date < date.max:
        late = renaksi.due_date + timedelta(days=1)
        yield _about_renaksi(renaksi, "overdue", since=late, due=format_date(renaksi.due_date))


def person_left(renaksi):
    if problem := renaksi.person_problem:
        yield _about_renaksi(renaksi, "person-left", person=str(renaksi.person), problem=problem)


def check_renaksi(renaksi):
    """The findings on one renaksi loaded with `for_table()` and its points. No query."""
    for check in RENAKSI_CHECKS:
        yield from check(renaksi)


def written_badly(renaksi):
    has_steps = bool(renaksi.steps.all())
    yield from _prose(renaksi, "text", renaksi.follow_up, named(renaksi), goes_on=has_steps)


def _normal(html):
    """Returns only the words in lower case, so that case, punctuation and layout make no difference."""
    return " ".join(re.findall(r"\w+", _plain(html).lower()))


def _plain(html):
    return strip_tags(html.replace("<", " <"))


RENAKSI_CHECKS = (
    missing_evidence,
    repeats_recommendation,
    proposal_wording,
    due_date_passed,
    person_left,
    written_badly,
)
