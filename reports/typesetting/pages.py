"""Follows WeasyPrint by reading its log, which has a line for every page and for every stage."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reports.typesetting.stages import Stage

log = logging.getLogger("weasyprint.progress")
STAGES = {
    "1": Stage.FORM,
    "2": Stage.FORM,
    "3": Stage.FORM,
    "4": Stage.FORM,
    "6": Stage.WRITE,
    "7": Stage.WRITE,
}


class _Listener(logging.Handler):
    def __init__(self, progress, expected):
        super().__init__(logging.INFO)
        self._progress, self._expected = progress, expected
        self._last = 0  # page of the first layout; later ones only set page numbers right
        self._is_first = True
        self._thread = threading.get_ident()

    def emit(self, record):
        """May raise an exception, which ends the drawing."""
        if record.thread != self._thread:
            return
        line = str(record.msg)
        if "Repagination" in line:
            self._is_first = False
        if "Page" not in line:
            stage = line.removeprefix("Step ")[:1]
            self._progress(STAGES.get(stage, Stage.NUMBERS), 0, 0)
        elif self._is_first:
            self._last = record.args[0]
            self._progress(Stage.PAGES, self._last, max(self._expected, self._last + 1))
        else:
            self._progress(Stage.NUMBERS, min(record.args[0], self._last), self._last)


@contextmanager
def followed(progress: Callable[[Stage, int, int], None], expected: int) -> Iterator[None]:
    """Calls `progress` for each page that this thread draws. `expected` is the estimated number of pages."""
    listener = _Listener(progress, expected)
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(listener)
    try:
        yield
    finally:
        log.removeHandler(listener)
