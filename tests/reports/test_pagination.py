"""Where pieces agree on a page break; rows are numbers, and a page is filled from its first row on."""

import pytest

from reports.typesetting import pagination
from reports.typesetting.cutting import cut
from reports.typesetting.pagination import Piece, runs, sequence, walk

PAGE = 10


def paginate(heights, start, stop):
    """As `worker.answer` does: all pages but the last, unless the rows end there."""
    starts, used = [], PAGE
    for row in range(start, min(stop, len(heights))):
        if used + heights[row] > PAGE:
            starts.append(row)
            used = 0
        used += heights[row]
    if stop >= len(heights):
        return Piece(b"", starts, None, [])
    return Piece(b"", starts[:-1], starts[-1], [])


@pytest.mark.parametrize(
    "heights",
    [[3, 4, 5, 2, 6, 1, 4] * 30, [3] * 200, [10] * 50, [3] * 99 + [7, 2, 5] * 40],
    ids=["varied", "equal", "one a page", "first equal, then varied"],
)
@pytest.mark.parametrize("borders", [(0, 71), (0, 40, 43, 120), (0, 1, 2)])
def test_pieces_together_are_the_pages_of_the_whole(heights, borders):
    def render(start, stop):
        return paginate(heights, start, stop)

    def stop(row, characters):
        return row + characters

    known = {}
    borders = [border for border in borders if border < len(heights)]
    for border, end in zip(borders, (*borders[1:], len(heights)), strict=True):
        walk(border, end, known, render, stop, size=30)
    walk(0, len(heights), known, render, stop, size=30)
    assert rows_of(known) == render(0, len(heights)).starts


def rows_of(known):
    return [run.piece.starts[page] for run in sequence(known) for page in run.pages]


def test_pages_known_before_are_laid_out_no_more():
    heights, asked = [3, 4, 5, 2, 6, 1, 4] * 30, []

    def render(start, stop):
        asked.append(range(start, stop))
        return paginate(heights, start, stop)

    known = dict(runs(render(0, len(heights)), 0))
    gone = sorted(known)[20]
    del known[gone], asked[:]
    walk(0, len(heights), known, render, lambda row, characters: row + characters // 2_000, 50_000)
    assert rows_of(known) == paginate(heights, 0, len(heights)).starts
    assert [rows.start for rows in asked] == [gone]
    assert len(asked[0]) <= 15


@pytest.mark.parametrize(
    ("bridge", "border", "size", "asked"),
    [(20, 100, 400, [(0, 120)]), (4, 31, 30, [(0, 30), (20, 35), (30, 35), (30, 61)])],
    ids=["a large piece", "a page larger than the bridge"],
)
def test_a_walk_ends_soon_behind_its_border(monkeypatch, bridge, border, size, asked):
    """What lies further is laid out by the next walk: a piece of full size would be work done twice."""
    found = []

    def render(start, stop):
        found.append((start, stop))
        return paginate([1] * 200, start, stop)

    monkeypatch.setattr(pagination, "BRIDGE", bridge)
    walk(0, border, {}, render, lambda row, characters: row + characters, size)
    assert found == asked


def test_what_has_no_table_or_leads_to_other_pages_is_not_cut():
    assert cut("<html><body><p>Isi</p></body></html>") is None
    table = "<table><tbody><tr><td>{}</td></tr></tbody></table>"
    page = f'<html><body><section class="report-section">{table}</section></body></html>'
    assert cut(page.format("Isi")).rows == ["><td>Isi</td></tr>"]
    assert cut(page.format('<a href="#x">Isi</a>')) is None


def test_a_table_within_a_text_belongs_to_its_row():
    inner = '<table class="text-table"><tbody><tr><td>Dalam</td></tr></tbody></table>'
    row = f"<tr><td>Isi{inner}</td></tr>"
    table = f"<table><tbody>{row * 3}</tbody></table>"
    note = f'<section class="report-section">{inner}</section>'
    page = (
        f'<html><body>{note}<section class="report-section">{table}</section>{note}</body></html>'
    )
    found = cut(page)
    assert found.rows == [f"><td>Isi{inner}</td></tr>"] * 3
    assert found.piece(0, 9).replace(' id="typesetting-row-0"', "").count(inner) == 5
    assert found.opening.count(inner) == found.closing.count(inner) == 1
