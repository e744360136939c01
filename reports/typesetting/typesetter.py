"""Makes the PDF of a long document from its HTML."""

from concurrent.futures import FIRST_COMPLETED, wait
from functools import partial
from itertools import chain
from math import ceil

from reports import archival
from reports.typesetting import cutting, keeping, pagination, stitching
from reports.typesetting.processes import WorkerFailed, Workers
from reports.typesetting.stages import Stage

MIN_CHARACTERS = (
    200_000  # characters of HTML, about 40 full pages: two processes start, lay out some pages twice and
    # join; below this they save less than a fifth of the time and use half as much processor again
)
PIECE_CHARACTERS = (
    120_000  # characters, about 20 pages: small, so that a process needs little memory
)
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


def print_long(
    html: str, style_sheets, options, base, progress, shelf: keeping.PageShelf | None = None
) -> bytes | None:
    """Returns None when the document is short or cannot be cut. Raises WorkerFailed when a process fails.

    `options` are passed to WeasyPrint for each piece. `base(html)` returns a PDF of one empty page with
    title, language, variant and attachments. For `progress` see `stages.py`. `shelf` keeps the pages for
    the next print (`keeping.py`).
    """
    document = cutting.cut(html) if len(html) >= MIN_CHARACTERS else None
    if document is None:
        return None
    with Workers() as workers:
        printing = _Printing(document, list(style_sheets), options, workers, progress)
        return printing.run(base, shelf)


class _Printing:
    def __init__(self, document, style_sheets, options, workers, progress):
        self.document = document
        self.style_sheets = style_sheets
        self.options = options
        self.workers = workers
        self.progress = progress
        self.pages = {}  # number of pages by the first row of their piece
        self.known = {}  # runs by their first row
        self.expected = sum(len(row) for row in document.rows) // CHARACTERS_PER_PAGE

    def run(self, base, shelf: keeping.PageShelf | None) -> bytes:
        key = keeping.key_of(self.document, self.style_sheets, self.options)
        kept = None if shelf is None else shelf.load(key)
        if kept is not None:
            self.known = keeping.unpacked(kept, self.document)
            self.pages = {start: len(run.pages) for start, run in self.known.items()}
        first = self.workers.call(base, self.document.frame(1))
        starts = self._starts()
        self._all(Stage.PAGES, self._walk, starts, [*starts[1:], len(self.document.rows)])
        # The pieces may not have met, and what was known may have led to rows that are not.
        self._all(Stage.PAGES, self._walk, [0], [len(self.document.rows)])
        sequence = pagination.sequence(self.known)
        pages = sum(len(run.pages) for run in sequence)
        feet = self._all(Stage.WRITE, self._feet, *self._ranges(pages))
        pieces = {id(run.piece): run.piece for run in sequence}.values()
        problems = [*chain.from_iterable(piece.problems for piece in pieces)]
        problems += chain.from_iterable(found for found, _content in feet)
        levels = [level for _page, level in keeping.headings(sequence)]
        content = stitching.stitch(
            first.result(),
            sequence,
            [content for _found, content in feet],
            lambda pdf: archival.judge_joined(pdf, levels, problems),
        )
        if shelf is not None and not problems:
            shelf.save(key, keeping.packed(self.document, sequence, content))
        return content

    def _starts(self) -> list[int]:
        """Where each process begins: with pages that are known, if there are any."""
        _, *others = self.document.starts(self.workers.count)
        known = (min((row for row in self.known if row >= at), default=at) for at in others)
        return sorted({0, *known})

    def _walk(self, start, border):
        stop = self.document.stop
        pagination.walk(start, border, self.known, self._piece, stop, PIECE_CHARACTERS)

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
                "part": "PIECE",
            },
            on_page=partial(self.pages.__setitem__, start),
        )
        if report["following"] is None and not is_last:
            raise WorkerFailed("No page of the first piece starts with a row.")
        names = ("starts", "following", "bookmarks", "headings", "problems")
        return pagination.Piece(content, **{name: report[name] for name in names})

    def _ranges(self, pages: int) -> tuple[list[int], list[int], list[int]]:
        """Numbers of first pages, of pages, and of all pages."""
        step = ceil(pages / self.workers.count)
        firsts = list(range(1, pages + 1, step))
        return firsts, [min(step, pages + 1 - first) for first in firsts], [pages] * len(firsts)

    def _feet(self, first: int, count: int, total: int) -> tuple[list, bytes]:
        style_sheets = [
            sheet.replace("counter(pages)", f'"{total}"') for sheet in self.style_sheets
        ]
        numbering = f"@page :first {{ counter-reset: page {first} }}"
        report, content = self.workers.work(
            {
                "html": self.document.frame(count),
                "style_sheets": [*style_sheets, FEET, numbering],
                "options": {},
                "is_last": True,
                "part": "FEET",
            }
        )
        return report["problems"], content
