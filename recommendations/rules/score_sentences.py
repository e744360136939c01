"""Describes a comparison of scores in sentences (docs/design.md §2.1). Figures are rounded only here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from recommendations.models import Evaluation
from recommendations.rules.score_comparison import Comparison, ComparisonRow, Figures, figures
from sakip.numbers import format_number, in_words, movement, round_half_up

MOST_YEARS = (
    6  # evaluations, with the present one, on which a sentence about several years looks back
)


def sentences(comparison: Comparison) -> list[str]:
    """Returns sentences on the total, on components that gained or lost, and on misleading raw scores."""
    now, then = comparison.current, comparison.previous
    if then is None or comparison.total_change is None:
        return [_alone(now, then)]
    found = [_total(comparison)]
    if moved := _gains_and_losses(comparison):
        found.append(moved)
    if comparison.rubrics_differ:
        found += [_misleading(row) for row in comparison.rows if _misleads(row)]
    return found


def _alone(now, then):
    year = now.evaluation.performance_year
    if now.total is None:
        return f"Nilai {year} belum lengkap: belum semua komponen dinilai."
    rest = (
        f"nilai {then.evaluation.performance_year} belum lengkap"
        if then
        else "belum ada nilai tahun sebelumnya"
    )
    return f"Nilai {year} {_with_grade(now)}; {rest}, sehingga belum dapat dibandingkan."


def _total(comparison):
    now, then = comparison.current, comparison.previous
    year, before = now.evaluation.performance_year, then.evaluation.performance_year
    change = round_half_up(comparison.total_change)
    if not change:
        return f"Nilai {year} tetap {_with_grade(now)}, sama dengan {before}."
    return (
        f"Nilai {year} {_moved(change)} poin menjadi {_with_grade(now)} "
        f"dari {_with_grade(then)} pada {before}."
    )


def _with_grade(figures):
    return f"{format_number(figures.total)} ({figures.grade})"


def _moved(change: Decimal) -> str:
    return f"{movement(change)} {format_number(abs(change))}"


def _gains_and_losses(comparison):
    """Compares percent of weight when the weights differ, else scores; the largest change comes first."""
    name = "points_change" if comparison.rubrics_differ else "change"
    changes = [(row, getattr(row, name)) for row in comparison.rows]
    changes = [(row, round_half_up(change)) for row, change in changes if change is not None]
    gained = sorted((pair for pair in changes if pair[1] > 0), key=_size)
    lost = sorted((pair for pair in changes if pair[1] < 0), key=_size)
    parts = [
        f"{movement(sign)} {_listed(pairs)}" for sign, pairs in ((1, gained), (-1, lost)) if pairs
    ]
    if not parts:
        return ""
    basis = "Terhadap bobotnya" if comparison.rubrics_differ else "Menurut komponen"
    return f"{basis}, yang {'; yang '.join(parts)}."


def _size(pair):
    return -abs(pair[1])


def _listed(pairs):
    texts = [f"{row.component} ({format_number(abs(change))} poin)" for row, change in pairs]
    return " dan ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _misleads(row: ComparisonRow) -> bool:
    """Says whether the raw score rises while its percent of weight falls, or the other way round."""
    if row.change is None or row.points_change is None:
        return False
    return round_half_up(row.change) * round_half_up(row.points_change) < 0


def _misleading(row):
    return (
        f"Nilai mentah {row.component} {_moved(row.change)}, tetapi bobotnya berubah dari "
        f"{format_number(row.previous_weight)} menjadi {format_number(row.current_weight)}: "
        f"terhadap bobot capaiannya {_moved(row.points_change)} poin."
    )


@dataclass(frozen=True)
class Course:
    """How the total moved over several years. `words` is a predicate; `totals` are those it speaks of."""

    words: str
    totals: tuple[tuple[int, Decimal], ...]

    @property
    def listed(self) -> str:
        *first, last = [f"{format_number(total)} ({year})" for year, total in self.totals]
        return f"{', '.join(first)}, dan {last}"


def course(totals: Sequence[tuple[int, Decimal]]) -> Course | None:
    """Says what three or more totals (year, total), oldest first, tell together: a movement that goes on,
    or one that turned. None when there are fewer.

    Years without an evaluation in between are not “tahun berturut-turut”.
    """
    if len(totals) < 3:
        return None
    signs = [_sign(after - before) for (_, before), (_, after) in pairwise(totals)]
    runs = [(sign, len(list(same))) for sign, same in groupby(signs)]
    (sign, steps), (earlier, before) = runs[-1], runs[-2] if len(runs) > 1 else (0, 0)
    shown = totals[-1 - steps - (before if steps == 1 else 0) :]
    years = [year for year, _ in shown]
    unit = "tahun" if years[-1] - years[0] == len(years) - 1 else "evaluasi"
    if steps > 1:
        words = f"{movement(sign)} {in_words(steps)} {unit} berturut-turut"
    elif before > 1:
        turned = f"{movement(earlier)} {in_words(before)} {unit} berturut-turut"
        words = f"{movement(sign)} pada {years[-1]} setelah {turned}"
    else:
        turned = f"{movement(earlier)} pada {years[-2]}"
        words = f"{movement(sign)} pada {years[-1]} setelah {turned}"
    return Course(words, tuple(shown))


def course_of(evaluations: Sequence[Evaluation]) -> Course | None:
    """The course of these evaluations, oldest first, loaded `with_scores`; it ends with the last of them.

    An evaluation without all scores counts with the total printed in its LHE, and is left out without one.
    """
    years = [figures(evaluation) for evaluation in evaluations]
    rows = [(year.evaluation.performance_year, known_total(year)) for year in years]
    told = course([(year, total) for year, total in rows if total is not None])
    return told if told and told.totals[-1][0] == rows[-1][0] else None


def known_total(year: Figures) -> Decimal | None:
    """The computed total, else the one printed in the LHE."""
    return year.reported_total if year.total is None else year.total


def _sign(change: Decimal) -> int:
    printed = round_half_up(change)
    return (printed > 0) - (printed < 0)
