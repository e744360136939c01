"""Consistency checks of indicators (docs/design.md §2.6). Each yields Findings; `selectors/findings.py` collects them."""

from itertools import pairwise

from performance.rules import change_and_achievement, quarters
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


def _finding(indicator, year, code, severity, message, printed=None, computed=None):
    return Finding(
        code=code,
        severity=severity,
        object=f"{indicator} ({indicator.objective}, {year})",
        message=message,
        printed=printed,
        computed=computed,
        record=indicator,
        detail=str(year),
    )


def change_differs(indicator, rows):
    for year, row in rows.items():
        if row.reported_change is None:
            continue
        computed = change_and_achievement.year_on_year(row.value, _value(rows, year - 1))
        if change_and_achievement.differs_from_print(row.reported_change, computed):
            printed, figure = _both(row.reported_change, computed)
            yield _finding(
                indicator,
                year,
                "change-differs",
                "error",
                f"Perubahan tercetak {printed} % tidak sama dengan hasil hitung {figure} % menurut "
                "rumus (7/6-1)*100.",
                printed,
                figure,
            )


def achievement_differs(indicator, rows):
    targets = by_year(indicator.targets.all())
    for year, row in rows.items():
        if row.reported_achievement is None or year not in targets:
            continue
        target, is_other = targets[year], change_and_achievement.differs_from_print
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
        message = f"Capaian tercetak {printed} % tidak sama dengan hasil hitung {figure} %."
        if indicator.lower_is_better and not is_other(row.reported_achievement, figures[False]):
            message += " Angka tercetak memakai rumus R/T, padahal makin rendah makin baik."
        yield _finding(indicator, year, "achievement-differs", "error", message, printed, figure)


def carried_over(indicator, rows):
    for year, row in rows.items():
        if row.is_carried_over:
            change = change_and_achievement.year_on_year(row.value, _value(rows, year - 1))
            note = f" ({row.footnote})" if row.footnote else ""
            yield _finding(
                indicator,
                year,
                "carried-over",
                "warning",
                f"Nilai {year} diambil dari tahun sebelumnya{note}, sehingga perubahan "
                f"{format_number(change)} % tidak bermakna.",
                printed=format_number(change),
            )


def few_earlier_years(indicator, rows):
    year = _latest_year(rows)
    if year is None:
        return
    known = [y for y in range(year - EARLIER_YEARS, year) if _has_figure(rows.get(y))]
    if len(known) < EARLIER_YEARS:
        yield _finding(
            indicator,
            year,
            "few-earlier-years",
            "info",
            f"Pembanding baru {len(known)} tahun sebelumnya; laporan kinerja meminta minimal "
            f"{EARLIER_YEARS} tahun.",
        )


def without_source(indicator, rows):
    year = _latest_year(rows)
    if year is None or indicator.data_source or rows[year].source:
        return
    if not any(source.year == year for source in indicator.objective.sources.all()):
        yield _finding(
            indicator,
            year,
            "without-source",
            "warning",
            "Indikator tidak menyebut sumber data. Isi sumber data indikator, realisasi, atau tabelnya.",
        )


def tenfold(indicator, rows):
    for before, after in pairwise(sorted(rows)):
        if change_and_achievement.is_tenfold(rows[after].value, rows[before].value):
            yield _finding(
                indicator,
                after,
                "tenfold",
                "warning",
                f"Nilai {exact_number(rows[after].value)} kira-kira sepuluh kali atau sepersepuluh "
                f"nilai {before} ({exact_number(rows[before].value)}). Periksa letak komanya.",
            )


def quarters_differ(indicator, rows):
    targets = by_year(indicator.targets.all())
    by_years: dict[int, list] = {}
    for row in indicator.quarters.all():
        by_years.setdefault(row.year, []).append(row)
    for year, some in by_years.items():
        made = quarters.year_of(indicator, some)
        own = TypedFigure.of(rows[year]) if year in rows else None
        if made and own and made.contradicts(own):
            yield _finding(
                indicator, year, "quarters-differ", "error", made.complaint(own, year),
                str(own), str(made.figure),
            )  # fmt: skip
        planned = PlannedTarget.of(targets[year]) if year in targets else None
        if message := quarters.target_complaint(indicator, some, year, planned):
            yield _finding(
                indicator, year, "quarter-targets-differ", "warning", message, str(planned)
            )


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
    few_earlier_years,
    without_source,
    tenfold,
    quarters_differ,
)
