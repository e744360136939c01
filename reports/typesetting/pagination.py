"""Chooses from the pieces the pages that one process would have made.

A page holds as many rows as fit, so its content and all later pages depend only on its first row. A
page of any piece that starts with the row needed next is therefore the right page, and so are the pages
after it. The last page of a piece is not used, because the rows after it are missing; only the last
piece is complete.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

BRIDGE = 16  # rows laid out at once to find a page break that the next piece also has


@dataclass(frozen=True)
class Piece:
    """Pages of one PDF. `starts` holds the first row of each page, or None when a page starts with
    something else, such as the rest of a row. `following` is the first row of the next page, None after
    the end of the document. A bookmark is (level, label, page, x, y).
    """

    content: bytes
    starts: list[int | None]
    following: int | None
    bookmarks: list[tuple]


def known_starts(pieces: list[Piece]) -> dict[int, tuple[Piece, int]]:
    """Returns for each starting row its (piece, page). If two pieces have it, the later one is used."""
    return {
        start: (piece, page)
        for piece in pieces
        for page, start in enumerate(piece.starts)
        if start is not None
    }


def bridge(row: int | None, known, render: Callable[[int, int], Piece]) -> Iterator[Piece]:
    """Yields pieces from `row` until one has a page that starts like a known page.

    `render(start, stop)` makes a piece.
    """
    count = BRIDGE
    while row is not None and row not in known:
        piece = render(row, row + count)
        yield piece
        if any(start in known for start in piece.starts):
            return
        row = piece.following
        count *= 2  # with rows of equal height it may never agree: then this lays out the rest of the document


def sequence(pieces: list[Piece], bridges: list[Piece]) -> list[tuple[Piece, int]]:
    """Returns all pages of the document as (piece, page)."""
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
