"""Makes charts of an indicator's years, from the same rows as the table beside the chart.

A missing year is a gap; a figure carried over from the year before has a hollow mark. A text of a scale
is drawn at the height of its place on the scale, the best on top.
"""

from sakip.charts import GAP, Chart, ChartKind, Point, Series


def years_chart(rows) -> Chart:
    """A chart of all years of one indicator, with targets. `rows` come from `indicator_years`, newest first."""
    rows = rows[::-1]
    indicator = rows[0].indicator
    series = [Series("Realisasi", [_point(indicator, row.current) for row in rows])]
    if any(row.target for row in rows):
        series.append(Series("Target", [_target(row) for row in rows]))
    return Chart(
        kind=ChartKind.SMALL if indicator.scale_values else ChartKind.LINES,
        title=f"Realisasi {rows[0].year}–{rows[-1].year}",
        key=f"indikator-{indicator.pk}",
        summary=f"{indicator}, {indicator.measure}.",
        categories=[str(row.year) for row in rows],
        series=series,
    )


def small_chart(row) -> Chart:
    """A small chart of the years in one row of an objective's table."""
    indicator = row.indicator
    return Chart(
        kind=ChartKind.SMALL,
        title=f"{row.label} {indicator}",
        key=f"indikator-{indicator.pk}",
        summary=f"{indicator.measure}.",
        categories=[str(cell.year) for cell in row.cells],
        series=[Series("Realisasi", [_point(indicator, cell) for cell in row.cells])],
    )


def _point(indicator, cell):
    is_hollow = bool(cell.realisation and cell.realisation.is_carried_over)
    if cell.text_value:
        return Point(_place(indicator, cell.text_value), cell.text_value, is_hollow=is_hollow)
    if cell.value is None:
        return Point(None, cell.missing)
    return Point(cell.value, places=cell.places, mark=cell.mark, is_hollow=is_hollow)


def _place(indicator, text):
    """The place of the text on the scale, 1 for the worst; None when the text is not on it."""
    scale = indicator.scale_values
    return len(scale) - scale.index(text) if text in scale else None


def _target(row):
    if row.target is None:
        return GAP
    if row.target.text_value:
        return Point(_place(row.indicator, row.target.text_value), row.target_text)
    if row.indicator.scale_values:
        return GAP
    if row.target.high is not None:
        return Point(row.target.value, row.target_text)
    return Point(row.target.value, places=row.indicator.decimals)
