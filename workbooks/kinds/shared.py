"""Rules that several sheets use: codes, rights below an unsaved record, and the next free position."""

from collections import defaultdict

from django.db import transaction

from recommendations.models import Evaluation, Recommendation
from recommendations.permissions import evaluation_policy, recommendation_policy, renaksi_policy
from workbooks.columns import cells


class Code(cells.TextWidget):
    """A code or a letter number. As a number of Excel it has lost dots and zeros: 4.10 is 4,1 there."""

    @staticmethod
    def _words(value):
        if isinstance(value, float) and not value.is_integer():
            raise ValueError(
                "Excel menjadikan isi sel ini angka. Atur sel sebagai Teks, lalu tulis ulang."
            )
        return cells.TextWidget._words(value)


def saved(unit):
    """The unit itself, or the nearest one above it that is stored: rights reach downwards."""
    while unit is not None and unit.pk is None:
        unit = unit.parent
    return unit


def evaluation_refusal(user, unit) -> str:
    return evaluation_policy.check(user, "edit", Evaluation(unit=saved(unit))).reason


def recommendation_refusal(user, evaluation) -> str:
    probe = Recommendation(evaluation=Evaluation(unit=saved(evaluation.unit)))
    return recommendation_policy.check(user, "edit", probe).reason


def work_refusal(user, renaksi) -> str:
    """Says why follow-up, steps and evidence may not be written; empty when they may."""
    if renaksi.pk is None:
        return recommendation_refusal(user, renaksi.recommendation.evaluation)
    return renaksi_policy.check(user, "edit", renaksi).reason


class Places:
    """The last place taken under each parent: a workbook leaves no gap, as a page cannot."""

    def __init__(self, records, parent):
        self._parent, self._last = parent, defaultdict(int)
        for record in records:
            self.took(record)

    def took(self, record):
        key = self._key(getattr(record, self._parent))
        self._last[key] = max(self._last[key], record.position)

    def gap(self, parent, position) -> int | None:
        """Returns the next position if `position` is beyond it (a gap); else None."""
        following = self._last[self._key(parent)] + 1
        return following if position > following else None

    @staticmethod
    def _key(parent):
        return parent.pk or f"new {id(parent)}"


def hold(model, parents):
    """Holds these parents while an import counts the places beneath them and writes there.

    A page takes the same lock before it adds or deletes. A preview writes nothing and holds nothing.
    """
    if transaction.get_connection().in_atomic_block:
        rows = model.objects.filter(pk__in=parents).order_by("pk")
        list(rows.select_for_update(of=("self",)).values_list("pk"))


def give(rows, model, name, known: dict) -> list:
    """Gives every row, which has the attributes of `model`, its parent of that name; those that `known`
    lacks are loaded and added to it. Returns the parents."""
    field = model._meta.get_field(name)
    keys = [getattr(row, field.attname) for row in rows]
    wanted = set(keys) - {None}
    if lacking := wanted - known.keys():
        known |= field.related_model._base_manager.in_bulk(lacking)
    for row, key in zip(rows, keys, strict=True):
        setattr(row, name, known[key] if key is not None else None)
    return [known[key] for key in wanted]
