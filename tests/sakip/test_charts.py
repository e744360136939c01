"""Charts: every number is there, nothing that is missing is drawn, nothing the policy refuses."""

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from sakip.charts import Chart, ChartKind, Point, ScaleBand, Series, draw, strips, window_of
from sakip.charts.svg import width_of
from sakip.colours import CHART_TRACK

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


# ── On the page ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", [ChartKind.BARS, ChartKind.STACKED, ChartKind.LINES])
def test_a_page_holds_a_chart_in_several_sizes_and_says_no_id_twice(kind):
    figure = chart(kind)
    drawn = [ElementTree.fromstring(draw(figure, size)) for size in figure.sizes]
    widths = [float(one.get("viewBox").split()[2]) for one in drawn]
    assert widths == sorted(set(widths))
    ids = [element.get("id") for one in drawn for element in one.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_a_bar_of_zero_has_its_track():
    figure = tree(chart(ChartKind.BARS, series("x", 0, 50), categories=("a", "b"), high=100))
    tracks = [row for row in figure.iter(f"{SVG}rect") if row.get("fill") == CHART_TRACK]
    assert len({row.get("width") for row in tracks}) == 1
    assert len(tracks) == 2


def test_years_without_data_at_the_ends_take_no_room():
    figure = chart(ChartKind.LINES, series("Nilai", None, 2, 3, None))
    assert {"2021", "2022"} <= set(words(figure))
    assert not {"2020", "2023"} & set(words(figure))
    assert "2023 tidak ada data" in figure.description


def test_a_group_of_charts_keeps_the_years_that_one_of_them_has():
    first = chart(ChartKind.SMALL, series("x", None, 2, 3, None))
    second = chart(ChartKind.SMALL, series("x", None, None, 3, 4))
    window = window_of([first, second])
    assert window == (1, 3)
    assert "2023" in words(replace(first, window=window))


def test_numbers_do_not_lie_on_the_scale():
    figure = tree(chart(ChartKind.LINES, series("Nilai", 1, 2, 3, Decimal("123.45"))))
    labels = {row.text: row for row in figure.iter(f"{SVG}text")}
    axis = max(float(row.get("x")) for row in labels.values() if row.get("font-size") == "10")
    first = float(labels["1,00"].get("x"))
    assert first - width_of("1,00", 11) / 2 >= axis


def test_the_goal_is_a_line_in_the_bands():
    bands = (ScaleBand("BB", 70, 80), ScaleBand("A", 80, 90))
    figure = chart(
        ChartKind.LINES,
        series("Nilai", 71, 72, 73, 74),
        low=70,
        high=84,
        bands=bands,
        goal=(80, "perlu lebih dari 6,00 poin lagi untuk A"),
    )
    assert {"BB", "A", "perlu lebih dari 6,00 poin lagi untuk A"} <= set(words(figure))
    (line,) = tree(figure).iter(f"{SVG}line")
    grounds = [row for row in tree(figure).iter(f"{SVG}rect") if not row.get("stroke")]
    assert float(line.get("y1")) == pytest.approx(float(grounds[0].get("y")), abs=0.1)


def test_the_words_of_the_goal_and_the_first_number_lie_apart():
    """Where the first mark is next to the goal, the words stand at the other end."""
    fields = {"low": 60, "high": 74, "bands": (ScaleBand("B", 60, 70), ScaleBand("BB", 70, 80))}
    goal = (70, "perlu lebih dari 5,80 poin lagi untuk BB")
    for values, anchor in (((Decimal("68.7"), Decimal("64.2")), "end"), ((62, 69), None)):
        figure = chart(
            ChartKind.LINES,
            series("Nilai", *values),
            categories=("2022", "2023"),
            goal=goal,
            **fields,
        )
        (drawn,) = (row for row in tree(figure).iter(f"{SVG}text") if row.text == goal[1])
        assert drawn.get("text-anchor") == anchor


def test_a_strip_is_as_long_as_its_share_of_the_longest():
    drawn = strips.strip([("done", 1), ("open", 0), ("returned", 2)], 4, "1 tuntas, 2 dikembalikan")
    _, done, returned = ElementTree.fromstring(
        drawn.replace("<svg", f'<svg xmlns="{SVG[1:-1]}"')
    ).iter(f"{SVG}rect")
    assert (done.get("x"), done.get("width")) == ("0.00%", "25.00%")
    assert (returned.get("x"), returned.get("width")) == ("25.00%", "50.00%")
    assert f'id="{returned.get("fill")[5:-1]}"' in strips.patterns()
