"""Finds the pages that one process would have made, from pieces of the document and from pages kept before.

A page holds as many rows as fit, so its content and all later pages depend only on its first row. A
page of any piece that starts with the row needed next is therefore the right page, and so are the pages
after it. The last page of a piece is not used, because the rows after it are missing; only the last
piece is complete.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

BRIDGE = (
    24_000  # characters laid out at once to find a page break that is known already, about 4 pages
)


@dataclass(frozen=True)
class Piece:
    """Pages of one PDF. `starts` holds the first row of each page, or None when a page starts with
    something else, such as the rest of a row. `following` is the first row of the next page, None after
    the end of the document. A bookmark is (level, label, page, x, y), a heading (page, level). `problems`
    are the broken rules of PDF/A and PDF/UA. `has_feet`: its pages are numbered already.
    """

    content: bytes
    starts: list[int | None]
    following: int | None
    bookmarks: list[tuple]
    headings: list[tuple[int, int]] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    has_feet: bool = False


@dataclass(frozen=True)
class PageRun:
    """Pages of a piece from one that starts with a row to the next such page, which starts with `following`."""

    piece: Piece
    pages: range
    following: int | None


def runs(piece: Piece, first: int) -> dict[int, PageRun]:
    """Returns by their first row the runs of a piece whose first row is `first`."""
    if not piece.starts:
        return {}
    rows = {0: first} | {
        page: row for page, row in enumerate(piece.starts) if page and row is not None
    }
    after = [*list(rows)[1:], len(piece.starts)]
    following = [*list(rows.values())[1:], piece.following]
    return {
        row: PageRun(piece, range(page, end), behind)
        for (page, row), end, behind in zip(rows.items(), after, following, strict=True)
    }


def walk(
    row: int | None,
    border: int,
    known: dict[int, PageRun],
    render: Callable[[int, int], Piece],
    stop: Callable[[int, int], int],
    size: int,
) -> None:
    """Adds to `known` the runs from `row` on, up to `BRIDGE` characters beyond `border`.

    `render(row, end)` lays out rows, `stop(row, characters)` tells where so many characters end: `size`,
    or, where a known run begins before, a little more than up to it. Several walks may share `known`. What
    a walk lays out beyond its border usually meets the pages of the next one; a last walk over the whole
    document lays out what is still missing. Runs of rows of equal height may never agree: then the last
    walk lays out all of the rest.
    """
    bridge, least = BRIDGE, size
    while row is not None and row < border:
        if found := known.get(row):
            row = found.following
            continue
        more = least - size  # after a piece that was too small for a single page
        end = min(stop(row, least), stop(border, max(BRIDGE, more)))
        if ahead := [start for start in list(known) if row < start < end]:
            end = min(end, stop(min(ahead), max(bridge, more)))
        piece = render(row, end)
        found = runs(piece, row)
        for start, run in found.items():
            known.setdefault(start, run)
        bridge = min(2 * bridge, size) if ahead else BRIDGE
        least = size if found else 2 * least


def sequence(known: dict[int, PageRun]) -> list[PageRun]:
    """Returns the whole document."""
    found, row = [], 0
    while row is not None:
        found.append(known[row])
        row = known[row].following
    return found
