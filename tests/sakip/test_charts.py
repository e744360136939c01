"""Charts: every number is there, nothing that is missing is drawn, nothing the policy refuses."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from sakip.charts import Chart, ChartKind, Point, Series, draw

SVG = "{http://www.w3.org/2000/svg}"
YEARS = ("2020", "2021", "2022", "2023")


def series(label, *values, places=2):
    points = [
        value if isinstance(value, Point) else Point(value, places=places) for value in values
    ]
    return Series(label, points)


def chart(kind=ChartKind.BARS, *rows, categories=YEARS, **fields):
    rows = rows or (series("Sudah", 10, None, Decimal("67.945"), 100),)
    return Chart(kind=kind, title="Uji <grafik>", categories=categories, series=rows, **fields)


def tree(figure):
    return ElementTree.fromstring(draw(figure))


def words(figure):
    return [element.text for element in tree(figure).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", ChartKind)
def test_a_drawing_has_a_name_a_description_and_nothing_the_policy_refuses(kind):
    figure = tree(chart(kind))
    title, description = figure.find(f"{SVG}title"), figure.find(f"{SVG}desc")
    assert figure.get("role") == "img"
    assert figure.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Uji <grafik>"
    assert "2021 tidak ada data; 2022 67,95" in description.text
    names = {name for element in figure.iter() for name in element.attrib}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    assert not {f"{SVG}script", f"{SVG}style"} & {element.tag for element in figure.iter()}


@pytest.mark.parametrize("kind", ChartKind)
def test_a_chart_without_any_number_is_still_a_drawing(kind):
    assert chart(kind, series("Sudah", None, None, None, None)).is_empty
    tree(chart(kind, series("Sudah", None, None, None, None)))
    tree(chart(kind, series("Sudah"), categories=()))


def test_numbers_are_printed_as_everywhere():
    assert "67,95 %" in words(chart(suffix="%"))
    assert "WTP" in words(
        chart(ChartKind.SMALL, series("Opini", Point(4, "WTP"), *[Point(None)] * 3))
    )


def test_a_missing_bar_is_said_in_words_and_zero_is_a_number():
    found = words(chart(ChartKind.BARS, series("Sudah", 0, None), categories=("a", "b")))
    assert found == ["a", "0,00", "b", "tidak ada data"]


def test_a_missing_year_breaks_the_line():
    assert len(list(tree(chart(ChartKind.LINES)).iter(f"{SVG}polyline"))) == 1
    whole = chart(ChartKind.LINES, series("Nilai", 1, 2, 3, 4))
    (line,) = tree(whole).iter(f"{SVG}polyline")
    assert len(line.get("points").split()) == 4


@pytest.mark.parametrize("kind", [ChartKind.LINES, ChartKind.SMALL])
def test_a_carried_over_value_is_hollow(kind):
    figure = tree(chart(kind, series("Nilai", 1, 2, 3, Point(3, is_hollow=True))))
    assert [mark.get("fill") == "#ffffff" for mark in figure.iter(f"{SVG}circle")] == [
        False, False, False, True,
    ]  # fmt: skip


def test_a_hollow_bar_has_an_outline_alone():
    hollow = tree(chart(ChartKind.BARS, series("x", Point(3, is_hollow=True)), categories=("a",)))
    (bar,) = [row for row in hollow.iter(f"{SVG}rect") if row.get("stroke-dasharray")]
    assert bar.get("fill") == "#ffffff"


def test_bars_begin_at_zero_on_both_sides():
    figure = tree(chart(ChartKind.BARS, series("x", 4, -2), categories=("a", "b")))
    zero = float(next(figure.iter(f"{SVG}line")).get("x1"))
    up, down = [row for row in figure.iter(f"{SVG}rect") if row.get("stroke")]
    assert float(up.get("x")) == pytest.approx(zero, abs=0.1)
    assert float(down.get("x")) + float(down.get("width")) == pytest.approx(zero, abs=0.2)
    assert float(up.get("width")) == pytest.approx(2 * float(down.get("width")), abs=0.3)


def test_parts_are_told_apart_by_more_than_colour():
    rows = [series(label, 3, places=0) for label in ("Belum", "Dalam proses", "Menunggu reviu")]
    figure = chart(ChartKind.STACKED, *rows, categories=("Biro",))
    fills = {row.get("fill") for row in tree(figure).iter(f"{SVG}rect") if row.get("stroke")}
    assert len(fills) == 3
    assert words(figure)[-4:] == ["3", "3", "3", "9"]


def test_the_scale_says_its_heights_as_they_are():
    found = words(
        chart(ChartKind.LINES, series("Nilai", Decimal("2.77"), None, 3, Decimal("3.51")))
    )
    assert {"3,6", "3,15", "2,7"} <= set(found)


def test_a_number_stands_below_the_mark_where_the_line_rises_on_both_sides():
    figure = tree(chart(ChartKind.SMALL, series("Nilai", 3, 1, 2, 2)))
    (mark,) = [row for row in figure.iter(f"{SVG}circle") if row.get("cy") == "74"]
    (low,) = [
        row for row in figure.iter(f"{SVG}text") if row.text == "1,00" and not row.get("stroke")
    ]
    assert float(low.get("y")) > float(mark.get("cy"))


def test_names_at_the_ends_of_lines_do_not_lie_on_each_other():
    rows = [series(label, 1, 1, 1, 1) for label in ("Satu", "Dua", "Tiga")]
    figure = tree(chart(ChartKind.LINES, *rows))
    heights = sorted(
        float(row.get("y"))
        for row in figure.iter(f"{SVG}text")
        if "1,00" in row.text and len(row.text) > 5
    )
    assert all(below - above >= 12 for above, below in zip(heights, heights[1:], strict=False))
    assert len(heights) == 3


def test_points_and_categories_must_agree():
    with pytest.raises(ValueError, match="one point per category"):
        chart(ChartKind.BARS, series("x", 1), categories=YEARS)
