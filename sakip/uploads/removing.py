"""Removes stored files that no record names any more."""

from itertools import islice

from django.apps import apps
from django.db import models

from sakip.selectors import backup_runs

AT_ONCE = 500


def remove(storage, names) -> None:
    """Removes the files, unless a backup is being made: its snapshot may still name them.

    To be called after the rows that named them are gone for good. A file that stays because of a backup is
    removed by that backup when it ends.
    """
    names = [name for name in names if name]
    if names and not backup_runs.is_running():
        for name in names:
            storage.delete(name)


def remove_unnamed(storage, names) -> None:
    """Removes those of the files that no row of any table names now, some hundred at a time."""
    names = iter(names)
    while some := set(islice(names, AT_ONCE)):
        for field in file_fields():
            rows = field.model._base_manager.filter(**{f"{field.name}__in": some})
            some -= set(rows.values_list(field.name, flat=True))
        remove(storage, some)


def file_fields() -> list[models.FileField]:
    """Every field of a model that stores files, also those of pictures."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.FileField) and not model._meta.proxy
    ]
