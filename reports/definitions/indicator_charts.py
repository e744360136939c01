"""A small chart for each indicator, with a table of its figures below (docs/design.md §2.5)."""

from dataclasses import replace

from performance.selectors.indicator_tables import indicator_tables, latest_year
from reports.definitions.indicator_table import table
from reports.tables.table import Prose, Report


def build(user, scope) -> Report:
    year = scope.year or latest_year(user, scope.unit) or scope.today.year
    tables = [found for found in indicator_tables(user, year, scope.unit) if found.rows]
    return Report(
        name="indicator-charts",
        title=f"Grafik Indikator Kinerja {year - 3}–{year}",
        sections=[section for found in tables for section in sections(found)],
        filename=f"grafik-indikator-{year}",
    )


def sections(found) -> list:
    name, key = str(found.objective), f"sasaran:{found.objective.pk}"
    return [
        Prose(name, key=f"{key}/judul"),
        *found.charts,
        replace(table(found), title="", name=name),
    ]
