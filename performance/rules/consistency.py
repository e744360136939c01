"""Consistency checks of indicators (docs/design.md §2.6). Each yields Findings; `selectors/findings.py` collects them."""

from functools import partial
from itertools import pairwise

from performance.rules import change_and_achievement, quarters, ranks
from performance.rules.typed_figures import PlannedTarget, TypedFigure
from sakip.consistency.finding import Finding
from sakip.numbers import DECIMALS, exact_number, format_number, own_places

EARLIER_YEARS = 3  # recommendation 3a of the source asks for three years of comparison


def of_indicator(indicator) -> list[Finding]:
    """The findings of all checks. Four queries, none when all figures and the sources are loaded."""
    rows = by_year(indicator.realisations.all())
    return [finding for check in CHECKS for finding in check(indicator, rows)]


def by_year(rows):
    return {row.year: row for row in rows}


def _value(rows, year):
    return rows[year].value if year in rows else None


def _finding(indicator, year, code, /, **data):
    return Finding(code, indicator, named(indicator, year), data, str(year))


def named(indicator, year) -> str:
    """The name of the object of a finding. The objective must be loaded."""
    return f"{indicator} ({indicator.objective}, {year})"


def change_differs(indicator, rows):
    for year, row in rows.items():
        if row.reported_change is None:
            continue
        computed = change_and_achievement.year_on_year(row.value, _value(rows, year - 1))
        if change_and_achievement.differs_from_print(
            row.reported_change, computed, _places(indicator, row)
        ):
            printed, figure = _both(row.reported_change, computed)
            yield _finding(indicator, year, "change-differs", printed=printed, computed=figure)


def achievement_differs(indicator, rows):
    targets = by_year(indicator.targets.all())
    for year, row in rows.items():
        if row.reported_achievement is None or year not in targets:
            continue
        target = targets[year]
        is_other = partial(
            change_and_achievement.differs_from_print, places=_places(indicator, row)
        )
        figures = {
            lower: change_and_achievement.achievement(
                row.value, target.value, high=target.high, lower_is_better=lower
            )
            for lower in (True, False)
        }
        computed = figures[indicator.lower_is_better]
        if target.text_value:
            computed = change_and_achievement.scale_achievement(
                change_and_achievement.compare_scale(
                    row.text_value, target.text_value, indicator.scale_values
                )
            )
        if not is_other(row.reported_achievement, computed):
            continue
        printed, figure = _both(row.reported_achievement, computed)
        formula = ""
        if indicator.lower_is_better and not is_other(row.reported_achievement, figures[False]):
            formula = " Angka tercetak memakai rumus R/T, padahal makin rendah makin baik."
        yield _finding(
            indicator,
            year,
            "achievement-differs",
            printed=printed,
            computed=figure,
            formula=formula,
        )


def carried_over(indicator, rows):
    for year, row in rows.items():
        if row.is_carried_over:
            change = change_and_achievement.year_on_year(row.value, _value(rows, year - 1))
            note = f" ({row.footnote})" if row.footnote else ""
            printed = format_number(change)
            yield _finding(
                indicator, year, "carried-over", year=str(year), note=note, printed=printed
            )


def same_as_last_year(indicator, rows):
    """A value with decimals hardly comes twice; a round one does: 100 %, or a count."""
    for year, row in rows.items():
        before = _value(rows, year - 1)
        if row.is_carried_over or None in (row.value, before) or row.value != before:
            continue
        if own_places(row.value):
            printed = exact_number(row.value)
            yield _finding(
                indicator,
                year,
                "same-as-last-year",
                year=str(year),
                before=str(year - 1),
                printed=printed,
            )


def rank_unchanged(indicator, rows):
    for run in ranks.unchanged(ranks.ranked_years(rows.values())):
        first, last = run[0], run[-1]
        yield _finding(
            indicator,
            last.year,
            "rank-unchanged",
            rank=str(last.rank),
            years=f"{first.year}–{last.year}",
            before=exact_number(first.value),
            after=exact_number(last.value),
        )


def rank_opposite(indicator, rows):
    years = ranks.ranked_years(rows.values())
    for before, after in ranks.opposite(years, indicator.polarity):
        yield _finding(
            indicator,
            after.year,
            "rank-opposite",
            direction="naik" if after.value > before.value else "turun",
            moved="turun" if after.rank > before.rank else "naik",
            before=exact_number(before.value),
            after=exact_number(after.value),
            rank_before=str(before.rank),
            rank=str(after.rank),
        )


def few_earlier_years(indicator, rows):
    year = _latest_year(rows)
    if year is None:
        return
    known = [y for y in range(year - EARLIER_YEARS, year) if _has_figure(rows.get(y))]
    if len(known) < EARLIER_YEARS:
        counts = {"known": str(len(known)), "wanted": str(EARLIER_YEARS)}
        yield _finding(indicator, year, "few-earlier-years", **counts)


def without_source(indicator, rows):
    year = _latest_year(rows)
    if year is None or indicator.data_source or rows[year].source:
        return
    if not any(source.year == year for source in indicator.objective.sources.all()):
        yield _finding(indicator, year, "without-source")


def target_zero(indicator, rows):
    for target in indicator.targets.all():
        if target.value == 0 and not target.high:
            yield _finding(indicator, target.year, "target-zero", year=str(target.year))


def tenfold(indicator, rows):
    for before, after in pairwise(sorted(rows)):
        if change_and_achievement.is_tenfold(rows[after].value, rows[before].value):
            now, then = exact_number(rows[after].value), exact_number(rows[before].value)
            yield _finding(indicator, after, "tenfold", after=now, year=str(before), before=then)


def quarters_differ(indicator, rows):
    targets = by_year(indicator.targets.all())
    by_years: dict[int, list] = {}
    for row in indicator.quarters.all():
        by_years.setdefault(row.year, []).append(row)
    for year, some in by_years.items():
        made = quarters.year_of(indicator, some)
        own = TypedFigure.of(rows[year]) if year in rows else None
        if made and own and made.contradicts(own):
            said = {"sentence": made.complaint(own, year)}
            both = {"printed": str(own), "computed": str(made.figure)}
            yield _finding(indicator, year, "quarters-differ", **said, **both)
        planned = PlannedTarget.of(targets[year]) if year in targets else None
        if sentence := quarters.target_complaint(indicator, some, year, planned):
            given = {"sentence": sentence, "printed": str(planned)}
            yield _finding(indicator, year, "quarter-targets-differ", **given)


def _places(indicator, row):
    """An indicator with one decimal has its percentages printed with one: 5,6 for 5,56."""
    own = indicator.decimals if row.decimals is None else row.decimals
    return min(own or DECIMALS, DECIMALS)


def _both(printed, computed):
    """Both figures with the decimals of the printed one, at least two."""
    places = own_places(printed, DECIMALS)
    return format_number(printed, places), format_number(computed, places)


def _has_figure(row):
    return row is not None and not row.missing


def _latest_year(rows):
    return max((year for year, row in rows.items() if _has_figure(row)), default=None)


CHECKS = (
    change_differs,
    achievement_differs,
    carried_over,
    same_as_last_year,
    rank_unchanged,
    rank_opposite,
    few_earlier_years,
    without_source,
    target_zero,
    tenfold,
    quarters_differ,
)
