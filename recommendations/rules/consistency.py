"""Consistency checks on evaluations and renaksi (docs/design.md §2.6). Each yields Findings; `selectors/findings.py` joins them."""

import re

from django.utils.html import strip_tags

from recommendations.rules import grades
from recommendations.transitions import CLAIMED
from sakip.consistency.finding import Finding
from sakip.dates import format_date
from sakip.numbers import format_number, round_half_up

# Words of a proposal. Something that is only proposed has not been followed up.
PROPOSAL = re.compile(r"\b(disarankan|diusulkan|akan)\b", re.IGNORECASE)


def of_evaluation(evaluation, previous) -> list[Finding]:
    """Yields the findings on one evaluation, also on its change since `previous`. No query.

    Both must be loaded with `with_scores()`; `previous` is None for the first evaluation.
    """
    found = list(check_evaluation(evaluation, previous))
    return [*found, *total_differs(previous)] if previous else found


def of_renaksi(renaksi, on) -> list[Finding]:
    """Yields the findings on one renaksi loaded with `for_detail()` and `has_evidence`. One query."""
    return [finding for check in RENAKSI_CHECKS for finding in check(renaksi, on)]


def check_evaluation(current, previous):
    yield from total_differs(current)
    yield from grade_differs(current)
    yield from scores_against_weights(current)
    if previous:
        yield from changes_differ(current, previous)
        yield from rubrics_differ(current, previous)


def _about(record, code, severity, message, printed=None, computed=None, label="", detail=""):
    return Finding(code, severity, label or str(record), message, printed, computed, record, detail)


def _scores(evaluation):
    return {row.component_id: row for row in evaluation.scores.all()}


def _total(evaluation):
    return grades.total(row.score for row in evaluation.scores.all())


def total_differs(evaluation):
    total = _total(evaluation)
    if None not in (total, evaluation.reported_total) and total != evaluation.reported_total:
        printed, computed = format_number(evaluation.reported_total), format_number(total)
        yield _about(
            evaluation,
            "total-differs",
            "error",
            f"Nilai {evaluation.performance_year} tercetak {printed}, sedangkan jumlah nilai "
            f"komponennya {computed}.",
            printed,
            computed,
        )


def grade_differs(evaluation):
    total = _total(evaluation)
    grade = grades.grade(total) if total is not None and total <= 100 else None
    if grade and evaluation.reported_grade and grade != evaluation.reported_grade:
        yield _about(
            evaluation,
            "grade-differs",
            "error",
            f"Predikat tercetak {evaluation.reported_grade}, sedangkan nilai {format_number(total)} "
            f"berpredikat {grade}.",
            evaluation.reported_grade,
            grade,
        )


def scores_against_weights(evaluation):
    scores = _scores(evaluation)
    for row in evaluation.rubric.weights.all():
        score = scores.pop(row.component_id, None)
        if score is None and evaluation.scores.all():
            message = f"Komponen {row.component} belum mempunyai nilai."
            yield _about(evaluation, "score-missing", "warning", message, detail=row.component.code)
        elif score and score.score > row.weight:
            printed, weight = format_number(score.score), format_number(row.weight)
            message = f"Nilai {row.component} {printed} melebihi bobotnya {weight}."
            detail = row.component.code
            yield _about(
                evaluation, "score-above-weight", "error", message, printed, weight, detail=detail
            )
    for score in scores.values():
        message = f"Komponen {score.component} tidak ada dalam rubrik {evaluation.rubric}."
        detail = score.component.code
        yield _about(evaluation, "score-outside-rubric", "error", message, detail=detail)


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
    rounded = [round_half_up(value) for value in accepted if value is not None]
    if reported is not None and reported not in rounded:
        printed, computed = format_number(reported), format_number(accepted[0])
        message = (
            f"Perubahan {name} tercetak {printed}, hasil hitung {computed} dibanding LHE "
            f"{previous.performance_year}."
        )
        yield _about(
            evaluation, "score-change-differs", "error", message, printed, computed, detail=detail
        )


def rubrics_differ(current, previous):
    def weights(evaluation):
        return {row.component_id: row.weight for row in evaluation.rubric.weights.all()}

    if weights(current) != weights(previous):
        yield _about(
            current,
            "rubrics-differ",
            "warning",
            f"Bobot komponen tahun {previous.performance_year} ({previous.rubric}) dan "
            f"{current.performance_year} ({current.rubric}) berbeda: selisih nilai mentah "
            "membandingkan skala yang berbeda. Lihat persen terhadap bobot.",
        )


def _about_renaksi(renaksi, code, message):
    evaluation = renaksi.recommendation.evaluation
    return _about(renaksi, code, "warning", message, label=f"{renaksi} ({evaluation})")


def missing_evidence(renaksi, on):
    if renaksi.status in CLAIMED and not renaksi.has_evidence:
        message = "Dinyatakan “Sudah” tanpa bukti dukung. Lampirkan berkas, tautan, atau dokumen terpisah."
        yield _about_renaksi(renaksi, "missing-evidence", message)


def repeats_recommendation(renaksi, on):
    recommendation = renaksi.recommendation
    texts = {_normal(point.text) for point in recommendation.points.all()}
    texts.add(_normal(recommendation.text))
    if _normal(renaksi.follow_up) in texts - {""}:
        message = (
            "Uraian tindak lanjut sama dengan bunyi rekomendasi. Tulis apa yang telah dilakukan."
        )
        yield _about_renaksi(renaksi, "repeats-recommendation", message)


def proposal_wording(renaksi, on):
    if renaksi.status not in CLAIMED:
        return
    text = " ".join([renaksi.follow_up, *(step.text for step in renaksi.steps.all())])
    words = dict.fromkeys(word.lower() for word in PROPOSAL.findall(_plain(text)))
    if words:
        quoted = ", ".join(f"“{word}”" for word in words)
        message = f"Dinyatakan “Sudah”, tetapi uraiannya masih berupa usul ({quoted})."
        yield _about_renaksi(renaksi, "proposal-wording", message)


def due_date_passed(renaksi, on):
    if renaksi.is_overdue(on):
        message = f"Batas waktu {format_date(renaksi.due_date)} telah lewat."
        yield _about_renaksi(renaksi, "overdue", message)


def person_left(renaksi, on):
    if problem := renaksi.person_problem:
        message = f"Petugas {renaksi.person} {problem}. Tunjuk petugas lain, atau kosongkan."
        yield _about_renaksi(renaksi, "person-left", message)


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
)
