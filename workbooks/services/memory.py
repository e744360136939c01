"""How Python's collector is kept from looking through every row again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 50_000  # between two looks, instead of seven hundred


@contextmanager
def many_objects() -> Iterator[None]:
    """While thousands of rows are made that live on: nothing among them is garbage, and looking takes
    a quarter of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
