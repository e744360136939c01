"""What a server loads before it makes its first worker, so that nobody's first page waits for it.

The workers share the memory of all this. Nothing here may ask the database: a connection cannot be shared.
"""

import gc
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template import engines
from django.urls import get_resolver

from sakip.later import WAITING

# Templates of these are part of our pages; those of the admin site are not worth the time.
PACKAGES = ("crispy_bootstrap5", "forms")


def warm_up(modules: Iterable[str] = ()) -> None:
    """Loads all addresses with their views, compiles all templates, and imports `modules` and what waits."""
    get_resolver().app_dict  # noqa: B018  reading it sorts all addresses by name
    packages = (Path(apps.get_app_config(label).path) / "templates" for label in PACKAGES)
    for folder in (*settings.TEMPLATES[0]["DIRS"], *packages):
        for path in folder.rglob("*.html"):
            engines["django"].get_template(path.relative_to(folder).as_posix())
    for name in (*modules, *WAITING):
        import_module(name)
    gc.collect()
    gc.freeze()  # a worker that counts references of what it only reads would copy it
