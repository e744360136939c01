"""Finds records that refer to those an undo would delete, also where the database would allow it."""

from recommendations.models import (
    CountedEvaluation,
    DailyCount,
    FollowUpCount,
    Notice,
    RecommendationWords,
    Renaksi,
    SearchDocument,
    SupportingUnit,
)
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry

# They tell of a record and do not use it: an undo may remove the record.
DERIVED = (
    CountedEvaluation,
    DailyCount,
    FollowUpCount,
    HistoryEntry,
    Notice,
    RecommendationWords,
    SearchDocument,
)
BATCH = 5_000


def require_none(made: dict, actor):
    """WrongState when anything but what is removed as well names one of these: `made` are keys by model."""
    gone = {model: set(pks) for model, pks in made.items()}
    for model, pks in made.items():
        for relation in _relations(model):
            for start in range(0, len(pks), BATCH):
                user, pk = _user(relation, pks[start : start + BATCH], gone)
                if pk is not None:
                    raise WrongState(
                        f"{named(user, pk, actor)} sudah memakai isi impor ini, jadi impor tidak dapat "
                        "dibatalkan."
                    )


def _relations(model):
    """The ways in which others point here, many-to-many ones included; not what the record itself names."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            owner = _owner(relation.related_model)
            if relation.related_model not in DERIVED and owner is not model:
                yield relation


def _owner(model):
    """Whose links to others the rows of a model are: they go when it goes, and stand for it; None for other models."""
    return Renaksi if model is SupportingUnit else model._meta.auto_created


def _user(relation, pks, gone):
    """Model and key of the first record that names one of these and stays; (None, None) for none."""
    model, name = relation.related_model, "pk"
    rows = model._base_manager.filter(**{f"{relation.field.name}__in": pks})
    if owner := _owner(model):
        name = next(
            field.attname
            for field in model._meta.fields
            if field.is_relation and field.related_model is owner
        )
        model = owner
    stay = (pk for pk in rows.values_list(name, flat=True) if pk not in gone.get(model, ()))
    pk = next(stay, None)
    return (None, None) if pk is None else (model, pk)


def named(model, pk, actor):
    """A record by its name only for whoever may see it."""
    visible = getattr(model._default_manager, "visible_to", None)
    record = visible(actor).filter(pk=pk).first() if visible else None
    return str(record) if record else "Data lain"
