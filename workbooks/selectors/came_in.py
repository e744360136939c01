"""What an import has written, for the page that leads there."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst

from sakip.kept_filters import WITHOUT

SHOWN = 8  # of each kind of record
LISTS = {
    "evaluation": "recommendations:evaluation-list",
    "renaksi": "recommendations:renaksi-list",
    "indicator": "performance:indicator-table",
    "unit": "sakip:unit-list",
    "user": "sakip:user-list",
}


@dataclass(frozen=True)
class CameIn:
    """Records of one model: how many, the first of them with a page of their own, and the page of all."""

    label: str
    count: int
    rows: list[Model]
    address: str

    @property
    def more(self) -> int:
        return self.count - len(self.rows) if self.rows else 0


def came_in(run, reader) -> list[CameIn]:
    """In the order in which they were written. One query, and one or two for each model."""
    keys: dict[type[Model], list[int]] = defaultdict(list)
    for part in run.slices.select_related("content_type").order_by("pk"):
        keys[part.content_type.model_class()] += part.object_ids
    return [_of(model, dict.fromkeys(pks), reader) for model, pks in keys.items()]


def _of(model, pks, reader):
    manager, rows = model._default_manager, []
    if hasattr(model, "get_absolute_url") and hasattr(manager, "visible_to"):
        rows = list(manager.visible_to(reader).filter(pk__in=list(pks)[:SHOWN]))
    name = LISTS.get(model._meta.model_name)
    label = capfirst(str(model._meta.verbose_name_plural))
    return CameIn(label, len(pks), rows, f"{reverse(name)}?{WITHOUT}=ya" if name else "")
