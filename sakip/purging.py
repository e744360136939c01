"""Removes what has lived long enough: notices, drafts, printed copies, imports, counts, sessions and the like.

This app does not know what the others keep. Each app registers its kinds of rows and from when they have
lapsed (`<app>/selectors/lapsed.py`, imported by its AppConfig); the lifetimes are in
`sakip/settings/limits.py`. What the law wants kept (issued reports, history, evidence) is registered
nowhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from sakip.uploads.serving import remove_after_commit

AT_ONCE = 1_000  # rows in one transaction, so that nobody waits long


@dataclass(frozen=True)
class LapsedKind:
    """`lapsed` gives the rows that go at this moment. `remove` counts what it removes by itself, or with
    the second argument False what it would remove."""

    label: str
    lapsed: Callable[[datetime], models.QuerySet] | None = None
    remove: Callable[[datetime, bool], int] | None = None


KINDS: list[LapsedKind] = []


def register(label, *, lapsed=None, remove=None):
    """`label` is an Indonesian plural noun, in small letters."""
    KINDS.append(LapsedKind(label, lapsed, remove))


def purge(*, at: datetime, dry_run=False) -> Iterator[tuple[str, int]]:
    """Removes everything that has lapsed and tells of each kind how many; `dry_run` only counts."""
    for kind in KINDS:
        if kind.remove:
            yield kind.label, kind.remove(at, not dry_run)
        elif kind.lapsed:
            rows = kind.lapsed(at)
            yield kind.label, rows.count() if dry_run else _removed(rows)


def _removed(rows) -> int:
    total = 0
    while pks := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            gone = rows.model._base_manager.filter(pk__in=pks)
            for field in rows.model._meta.local_fields:
                if isinstance(field, models.FileField):
                    remove_after_commit(field, list(gone.values_list(field.name, flat=True)))
            gone.delete()
        total += len(pks)
    return total
