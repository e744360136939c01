"""Functions of modules that are loaded when somebody first needs them."""

from collections.abc import Callable
from typing import Any

from django.utils.module_loading import import_string

WAITING: set[str] = set()  # the modules; a server loads them before its first page


def later(name: str) -> Callable[..., Any]:
    """The function `name`. Its module, with all that it needs, is loaded with the first call."""
    WAITING.add(name.rpartition(".")[0])

    def call(*arguments, **named):
        return import_string(name)(*arguments, **named)

    return call
