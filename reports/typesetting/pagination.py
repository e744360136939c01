"""Which pages of which piece make the document that one process would have made.

A page is filled with as many rows as it holds, so all that follows depends on the row it starts with
alone. Hence a page of any piece that starts with the row with which the next page should start is
that page, and so are those after it. The last page of a piece is none, because it lacks what would
come after; only the last piece is whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

BRIDGE = 16  # rows laid out at once while looking for a page break that the next piece has as well


@dataclass(frozen=True)
class Piece:
    """Pages of one PDF. `starts` names for each the row with which it starts, or None when something
    else is on top, say the rest of a row. `following` is the row of the page that comes next, None
    after the end of the document. A bookmark is (level, label, page, x, y)."""

    content: bytes
    starts: list[int | None]
    following: int | None
    bookmarks: list[tuple]


def known_starts(pieces: list[Piece]) -> dict[int, tuple[Piece, int]]:
    """The page that starts with a row, as piece and page of it; the later piece reaches further."""
    return {
        start: (piece, page)
        for piece in pieces
        for page, start in enumerate(piece.starts)
        if start is not None
    }


def bridge(row: int | None, known, render: Callable[[int, int], Piece]) -> Iterator[Piece]:
    """Pieces from `row` on until a page starts as a known one does; `render(start, stop)` makes one."""
    count = BRIDGE
    while row is not None and row not in known:
        piece = render(row, row + count)
        yield piece
        if any(start in known for start in piece.starts):
            return
        row = piece.following
        count *= 2  # rows of equal height may never agree: then this is the document itself


def sequence(pieces: list[Piece], bridges: list[Piece]) -> list[tuple[Piece, int]]:
    """Every page of the document."""
    known = known_starts(bridges) | known_starts(pieces)
    piece, page = pieces[0], 0
    pages = []
    while True:
        if page == len(piece.starts):
            if piece.following is None:
                return pages
            piece, page = known[piece.following]
        elif pages and piece.starts[page] is not None:
            piece, page = known[piece.starts[page]]
        pages.append((piece, page))
        page += 1
