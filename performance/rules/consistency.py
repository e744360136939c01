"""Consistency checks of indicators (docs/design.md §2.6). Each yields Findings; `selectors/findings.py` collects them."""

from itertools import pairwise

from performance.rules import change_and_achievement
from sakip.consistency.finding import Finding
from sakip.numbers import format_number, round_half_up

EARLIER_YEARS = 3  # recommendation 3a of the source asks for three years of comparison


def of_indicator(indicator) -> list[Finding]:
    """The findings of all checks. Three queries, none when realisations, targets and sources are loaded."""
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
        object=f"{indicator.name} ({indicator.objective}, {year})",
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
        if computed is None or round_half_up(computed) != row.reported_change:
            yield _finding(
                indicator,
                year,
                "change-differs",
                "error",
                f"Perubahan tercetak {format_number(row.reported_change)} % tidak sama dengan hasil "
                f"hitung {format_number(computed)} % menurut rumus (7/6-1)*100.",
                format_number(row.reported_change),
                format_number(computed),
            )


def achievement_differs(indicator, rows):
    targets = by_year(indicator.targets.all())
    for year, row in rows.items():
        if row.reported_achievement is None or year not in targets:
            continue
        target = targets[year]
        figures = {
            lower: change_and_achievement.achievement(
                row.value, target.value, high=target.high, lower_is_better=lower
            )
            for lower in (True, False)
        }
        computed = figures[indicator.lower_is_better]
        if computed is not None and round_half_up(computed) == row.reported_achievement:
            continue
        message = (
            f"Capaian tercetak {format_number(row.reported_achievement)} % tidak sama dengan hasil "
            f"hitung {format_number(computed)} %."
        )
        plain = figures[False]
        if (
            indicator.lower_is_better
            and plain is not None
            and round_half_up(plain) == row.reported_achievement
        ):
            message += " Angka tercetak memakai rumus R/T, padahal makin rendah makin baik."
        printed, figure = format_number(row.reported_achievement), format_number(computed)
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
                f"Nilai {format_number(rows[after].value)} kira-kira sepuluh kali atau sepersepuluh "
                f"nilai {before} ({format_number(rows[before].value)}). Periksa letak komanya.",
            )


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
)
