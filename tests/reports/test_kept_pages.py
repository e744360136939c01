"""Which pages of the last print still hold; a page is known by its rows and by what may come after it."""

import pytest

from reports.typesetting import keeping
from reports.typesetting.cutting import Cuttable
from reports.typesetting.pagination import Piece, runs, sequence

ROWS = [f">{number}</tr>" for number in range(12)]
STARTS = [None, 3, 6, 9]


def document(rows=ROWS, opening="opening", again="again", closing="closing"):
    return Cuttable(opening, again, rows, closing, "")


def kept_starts(changed, printed=None):
    printed = printed or document()
    piece = Piece(b"pdf", STARTS, None, [(1, "Judul", 3, 0, 0)], [(3, 2)])
    content = keeping.packed(printed, sequence(runs(piece, 0)), b"pdf")
    return keeping.unpacked(content, changed)


def with_row(number, text=">other</tr>"):
    return document([*ROWS[:number], text, *ROWS[number + 1 :]])


@pytest.mark.parametrize(
    ("changed", "held"),
    [
        (document(), {0, 3, 6, 9}),
        (with_row(1), {3, 6, 9}),
        (with_row(3), {6, 9}),  # it might now fit on the page before
        (with_row(4), {6, 9}),
        (with_row(11), {0, 3, 6}),
        (document(opening="another"), {3, 6, 9}),
        (document(closing="another"), {0, 3, 6}),
        (document([*ROWS[:4], ">new</tr>", *ROWS[4:]]), {7, 10}),
        (document(ROWS[1:]), {2, 5, 8}),
        (document(ROWS[:10]), {0, 3}),  # what closes the table could pull a row over
    ],
)
def test_a_page_holds_as_long_as_its_rows_and_the_next_two_are_the_same(changed, held):
    assert set(kept_starts(changed)) == held


def test_its_pages_and_the_row_after_it_move_with_it():
    known = kept_starts(document([">new</tr>", *ROWS[1:5], ">new</tr>", *ROWS[5:]]))
    assert {row: (run.pages, run.following) for row, run in known.items()} == {
        7: (range(2, 3), 10),
        10: (range(3, 4), None),
    }
    assert list(keeping.headings([known[10]])) == [(0, 2)]


def test_another_look_is_another_document():
    keys = {
        keeping.key_of(document(again=again), sheets, {})
        for again, sheets in (("a", ["x"]), ("b", ["x"]), ("a", ["y"]))
    }
    assert len(keys) == 3
