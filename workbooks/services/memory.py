"""Makes Python's garbage collector run less often while many objects are created."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 50_000  # between two looks, instead of seven hundred


@contextmanager
def many_objects() -> Iterator[None]:
    """Use it while thousands of rows are created: the collector would find no garbage among them, and take
    up to a quarter of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
