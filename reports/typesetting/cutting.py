"""Cuts the HTML of a report into pieces. Each is a whole document with some rows of the longest table."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, count

BODY = re.compile(r"<tbody>(.*?)</tbody>", re.DOTALL)
ROW = re.compile(r"<tr\b(.*?</tr>)", re.DOTALL)
FRAME = re.compile(r"(?P<start>.*?<body[^>]*>)(?P<before>.*)(?P<table><table\b.*)", re.DOTALL)
# A table within a text, as `sakip.text_tables.framed` writes it. While the rows of the report are looked for, a
# comment holds its place.
TEXT_TABLE = re.compile(r'<table class="text-table">.*?</table>', re.DOTALL)
HELD = re.compile(r"<!--text-table (\d+)-->")
ROW_ANCHOR = (
    "typesetting-row-"  # before the number of a row; WeasyPrint reports the page of each such name
)
END = "</table></section></body></html>"


@dataclass(frozen=True)
class Cuttable:
    """`opening` is the HTML before the first row of the document, `again` the HTML before the first row of
    every other piece, `closing` the HTML after the last row. A row is without its `<tr`.
    """

    opening: str
    again: str
    rows: list[str]
    closing: str
    empty: str

    def piece(self, start: int, stop: int) -> str:
        ends = stop >= len(self.rows)
        head = self.again if start else self.opening
        tail = self.closing if ends else "</tbody>" + END
        rows = (
            f'<tr id="{ROW_ANCHOR}{number}"{row}'
            for number, row in enumerate(self.rows[start:stop], start=start)
        )
        return head + "".join(rows) + tail

    def stop(self, start: int, characters: int) -> int:
        """Returns the row after so many characters."""
        before = self._sums[start - 1] if start else 0
        return bisect_left(self._sums, before + characters) + 1

    def digests(self) -> list[str]:
        """One for each row, with the first that of what stands before, and one for what comes after the last."""
        parts = [self.opening + self.rows[0], *self.rows[1:], f"end {self.closing}"]
        return [sha256(part.encode()).hexdigest()[:32] for part in parts]

    def frame(self, pages: int) -> str:
        """Returns the document with this number of empty pages."""
        return f"{self.empty}{'<div></div>' * pages}</body></html>"

    def starts(self, pieces: int) -> list[int]:
        """Returns the first rows of the pieces, which have about the same length."""
        sums = self._sums
        borders = [sums[-1] * number / pieces for number in range(1, pieces)]
        return sorted({0, *(bisect_left(sums, border) for border in borders)})

    @cached_property
    def _sums(self) -> list[int]:
        return list(accumulate(len(row) for row in self.rows))


def cut(html: str) -> Cuttable | None:
    """Returns None when it cannot be cut: it has no table, or links, which could lead to another piece.

    The table must be inside a section inside the body, as in `reports/_sections.html`.
    """
    tables = TEXT_TABLE.findall(html)
    places = count()
    html = TEXT_TABLE.sub(lambda _: f"<!--text-table {next(places)}-->", html)

    def whole(text):
        return HELD.sub(lambda held: tables[int(held[1])], text)

    bodies = list(BODY.finditer(html))
    if not bodies or "<a " in html:
        return None
    body = max(bodies, key=lambda found: len(found[1]))
    opening = html[: body.start(1)]
    frame = FRAME.fullmatch(opening)
    return Cuttable(
        opening=whole(opening),
        again=whole(f'{frame["start"]}<section class="report-section">{frame["table"]}'),
        rows=[whole(row) for row in ROW.findall(body[1])],
        closing=whole(html[body.end(1) :]),
        empty=whole(frame["start"]),
    )
