"""Follows the progress of WeasyPrint by reading its log, which has a line for every page."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

log = logging.getLogger("weasyprint.progress")


class _Listener(logging.Handler):
    def __init__(self, progress, expected):
        super().__init__(logging.INFO)
        self._progress, self._expected = progress, expected
        self._thread = threading.get_ident()

    def emit(self, record):
        """May raise an exception, which ends the drawing."""
        if record.thread == self._thread:
            page = record.args[0] if "Page" in str(record.msg) and record.args else 0
            self._progress(min(page, self._expected - 1), self._expected)


@contextmanager
def followed(progress: Callable[[int, int], None], expected: int) -> Iterator[None]:
    """Calls `progress` for each page that this thread draws. `expected` is the estimated number of pages."""
    listener = _Listener(progress, max(2, expected))
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(listener)
    try:
        yield
    finally:
        log.removeHandler(listener)
