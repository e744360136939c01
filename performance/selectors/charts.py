"""Makes charts of an indicator's years, from the same rows as the table beside the chart.

A missing year is a gap; a figure carried over from the year before has a hollow mark. A text of a scale
is drawn at the height of its place on the scale, the best on top.
"""

from dataclasses import replace

from sakip.charts import GAP, Chart, ChartKind, Point, Series, window_of


def years_chart(rows) -> Chart:
    """A chart of all years of one indicator, with targets. `rows` come from `indicator_years`, newest first."""
    rows = rows[::-1]
    indicator = rows[0].indicator
    series = [Series("Realisasi", [_point(indicator, row.current) for row in rows])]
    if any(row.target for row in rows):
        series.append(Series("Target", [_target(row) for row in rows], is_target=True))
    chart = Chart(
        kind=ChartKind.SMALL if indicator.scale_values else ChartKind.LINES,
        title=f"Realisasi {rows[0].year}–{rows[-1].year}",
        key=f"indikator-{indicator.pk}",
        summary=f"{indicator}, {indicator.measure}.",
        categories=[str(row.year) for row in rows],
        series=series,
    )
    if window := window_of([chart]):
        first, last = (chart.categories[place] for place in window)
        return replace(chart, title=f"Realisasi {first}–{last}" if first != last else "Realisasi")
    return chart


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


def small_charts(rows) -> list[Chart]:
    """The small charts of an objective: the same years, and one scale for all with the same measure."""
    charts = [small_chart(row) for row in rows]
    window = window_of(charts)
    measures = [row.indicator.measure.casefold() for row in rows]
    ends = {name: _ends(charts, measures, name) for name in measures}
    return [
        replace(chart, window=window, low=ends[name][0], high=ends[name][1])
        for chart, name in zip(charts, measures, strict=True)
    ]


def _ends(charts, measures, name):
    values = [
        value
        for chart, measure in zip(charts, measures, strict=True)
        if measure == name
        for value in chart.values
    ]
    return min(values, default=None), max(values, default=None)


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
