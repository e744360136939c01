"""The pages of the last print of a document: where its rows did not change, they need no layout.

Which rows stand on a page depends on these rows and on whether the next ones would still fit. Two are
compared: what follows the table may pull its last row over to its own page.
"""

import json
from collections import defaultdict
from hashlib import sha256
from typing import Protocol

from reports.typesetting.cutting import Cuttable
from reports.typesetting.pagination import PageRun, Piece

BEHIND = 2  # rows after a page that must be the same


class PageShelf(Protocol):
    """Where the pages lie: one file for each key, the last one counts."""

    def load(self, key: str) -> bytes | None: ...

    def save(self, key: str, content: bytes) -> None: ...


def key_of(document: Cuttable, style_sheets, options) -> str:
    """Whatever decides the look of a page beside its rows."""
    parts = [document.again, *style_sheets, options]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def packed(document: Cuttable, sequence: list[PageRun], content: bytes) -> bytes:
    """Returns the finished PDF with what `unpacked` needs to know about it."""
    page, row, found = 0, 0, []
    for run in sequence:
        found.append((row, page, page + len(run.pages), run.following))
        page, row = page + len(run.pages), run.following
    facts = {
        "rows": document.digests(),
        "runs": found,
        "bookmarks": list(bookmarks(sequence)),
        "headings": list(headings(sequence)),
    }
    return json.dumps(facts).encode() + b"\n" + content


def unpacked(content: bytes, document: Cuttable) -> dict[int, PageRun]:
    """Returns by their first row the runs of the kept document that this document has too."""
    line, _, pdf = content.partition(b"\n")
    facts = json.loads(line)
    marks = [tuple(mark) for mark in facts["bookmarks"]]
    piece = Piece(pdf, [], None, marks, facts["headings"], has_feet=True)
    old, new, known = facts["rows"], document.digests(), {}
    places = defaultdict(list)
    for place, digest in enumerate(new):
        places[digest].append(place)
    for row, page, end, following in facts["runs"]:
        size = (len(old) if following is None else following + BEHIND) - row
        for place in places[old[row]]:
            if new[place : place + size] == old[row : row + size]:
                behind = None if following is None else place + following - row
                known[place] = PageRun(piece, range(page, end), behind)
    return known


def bookmarks(sequence):
    """Yields those of the joined document as (level, label, page, x, y)."""
    for run, first in _numbered(sequence):
        for level, label, page, x, y in run.piece.bookmarks:
            if page in run.pages:
                yield level, label, page - run.pages.start + first, x, y


def headings(sequence):
    """Yields those of the joined document as (page, level)."""
    for run, first in _numbered(sequence):
        for page, level in run.piece.headings:
            if page in run.pages:
                yield page - run.pages.start + first, level


def _numbered(sequence):
    """Yields each run with the number of its first page."""
    first = 0
    for run in sequence:
        yield run, first
        first += len(run.pages)
