"""Makes the PDF of a long document from its HTML."""

from concurrent.futures import FIRST_COMPLETED, wait
from functools import partial
from math import ceil

from reports.typesetting import cutting, pagination, stitching
from reports.typesetting.processes import WorkerFailed, Workers
from reports.typesetting.stages import Stage

MIN_CHARACTERS = (
    300_000  # characters of HTML, about 50 full pages: below this, more processes save no time
)
PIECE_CHARACTERS = 500_000  # characters, about 80 pages and 150 MB
CHARACTERS_PER_PAGE = 6_000  # characters of HTML, for the estimate
PROGRESS_SECONDS = 0.5  # seconds between two checks whether the document is still wanted
MARGIN_BOXES = [
    *(f"{side}-{place}" for side in ("top", "bottom") for place in ("left", "center", "right")),
    *(f"{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")),
    *(f"{side}-{place}-corner" for side in ("top", "bottom") for place in ("left", "right")),
]
NO_FEET = (
    "@page {" + "".join(f"@{box} {{ content: none !important }}" for box in MARGIN_BOXES) + "}"
)
FEET = "body > div + div { break-before: page }"


def print_long(html: str, style_sheets, options, base, progress) -> bytes | None:
    """Returns None when the document is short or cannot be cut. Raises WorkerFailed when a process fails.

    `options` are passed to WeasyPrint for each piece. `base(html)` returns a PDF of one empty page with
    title, language, variant and attachments. For `progress` see `stages.py`.
    """
    document = cutting.cut(html) if len(html) >= MIN_CHARACTERS else None
    if document is None:
        return None
    with Workers() as workers:
        return _Printing(document, list(style_sheets), options, workers, progress).run(base)


class _Printing:
    def __init__(self, document, style_sheets, options, workers, progress):
        self.document = document
        self.style_sheets = style_sheets
        self.options = options
        self.workers = workers
        self.progress = progress
        self.pages = {}  # number of pages by the first row of their piece
        size = sum(len(row) for row in document.rows)
        count = (
            ceil(size / PIECE_CHARACTERS / workers.count) * workers.count
        )  # no process has to wait long
        self.starts = document.starts(max(count, 2))
        self.expected = size // CHARACTERS_PER_PAGE

    def run(self, base) -> bytes:
        whole = base(self.document.frame(1))
        stops = [*self.starts[1:], len(self.document.rows)]
        pieces = self._all(Stage.PAGES, self._piece, self.starts, stops)
        known = pagination.known_starts(pieces)
        gaps = [piece.following for piece in pieces]
        bridges = self._all(
            Stage.NUMBERS, lambda row: list(pagination.bridge(row, known, self._piece)), gaps
        )
        pages = pagination.sequence(pieces, [piece for found in bridges for piece in found])
        feet = self._all(Stage.WRITE, self._feet, *self._ranges(len(pages)))
        return stitching.stitch(whole, pages, feet)

    def _all(self, stage, function, *arguments) -> list:
        """Calls the function for all pieces in parallel; calls `progress` regularly."""
        futures = [self.workers.call(function, *row) for row in zip(*arguments, strict=True)]
        running = set(futures)
        while running:
            finished, running = wait(running, timeout=PROGRESS_SECONDS, return_when=FIRST_COMPLETED)
            for future in finished:
                future.result()
            if stage == Stage.PAGES:
                done = sum(self.pages.values())
                self.progress(stage, done, max(self.expected, done + 1))
            else:
                self.progress(stage, len(futures) - len(running), len(futures))
        return [future.result() for future in futures]

    def _piece(self, start, stop) -> pagination.Piece:
        is_last = stop >= len(self.document.rows)
        report, content = self.workers.work(
            {
                "html": self.document.piece(start, stop),
                "style_sheets": [*self.style_sheets, NO_FEET],
                "options": self.options,
                "is_last": is_last,
            },
            on_page=partial(self.pages.__setitem__, start),
        )
        if report["following"] is None and not is_last:
            raise WorkerFailed("No page of the first piece starts with a row.")
        return pagination.Piece(content, report["starts"], report["following"], report["bookmarks"])

    def _ranges(self, pages: int) -> tuple[list[int], list[int], list[int]]:
        """Numbers of first pages, of pages, and of all pages."""
        step = ceil(pages / len(self.starts))
        firsts = list(range(1, pages + 1, step))
        return firsts, [min(step, pages + 1 - first) for first in firsts], [pages] * len(firsts)

    def _feet(self, first: int, count: int, total: int) -> bytes:
        style_sheets = [
            sheet.replace("counter(pages)", f'"{total}"') for sheet in self.style_sheets
        ]
        numbering = f"@page :first {{ counter-reset: page {first} }}"
        _, content = self.workers.work(
            {
                "html": self.document.frame(count),
                "style_sheets": [*style_sheets, FEET, numbering],
                "options": {},
                "is_last": True,
            }
        )
        return content
