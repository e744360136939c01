"""Turns a chart into a table with the same numbers. `sakip.charts` draws the chart."""

from reports.tables.table import Cell, CellKind, Column, Table
from sakip.charts import Chart, ChartKind, Point, Series, draw
from sakip.charts.data import CARRIED_OVER

__all__ = ["Chart", "ChartKind", "Point", "Series", "draw", "table_of"]


def table_of(chart: Chart) -> Table:
    """Returns one row per category. Points that are drawn hollow get an annotation."""
    columns = [Column(chart.category_label, lambda row: row[0], width=30)]
    columns += [_column(number, row.label) for number, row in enumerate(chart.series, start=1)]
    points = (row.points for row in chart.series)
    rows = list(zip(chart.categories, *points, strict=True))
    notes = [f"Angka dalam {chart.suffix}."] if chart.suffix else []
    return Table(title=chart.title, columns=columns, rows=rows, notes=notes)


def _column(number, label):
    return Column(label, lambda row: _cell(row[number]), CellKind.NUMBER, width=14)


def _cell(point):
    return Cell(
        value=point.text or point.value,
        places=point.places,
        mark=point.mark,
        annotation=f"({CARRIED_OVER})" if point.is_hollow else "",
        url=point.url,
    )
