"""Takes an import back, as a whole, while nothing later touched its rows."""

from collections import defaultdict

from django.db.models.deletion import ProtectedError

from recommendations import search
from sakip.errors import WrongState
from sakip.history import HistoryEntry
from workbooks.applying import Written, save, save_sets


def later_entry(run) -> HistoryEntry | None:
    """What somebody did to one of the records after the import, or None."""
    for content_type, ids in _ids(run).items():
        later = HistoryEntry.objects.filter(content_type=content_type, object_id__in=ids)
        mine = (
            later.filter(batch=run.batch).order_by("-pk").values_list("pk", flat=True).first() or 0
        )
        if found := later.filter(pk__gt=mine).exclude(batch=run.batch).order_by("pk").first():
            return found
    return None


def _ids(run):
    ids = defaultdict(list)
    for content_type, some in run.slices.values_list("content_type", "object_ids"):
        ids[content_type] += some
    return ids


def undo(run, kind) -> list:
    """Restores every record and removes what the import made; returns those that remain.

    WrongState when a record is no longer as the import left it. The queries grow with its slices only.
    """
    if entry := later_entry(run):
        raise WrongState(
            f"{entry.label} sudah diubah setelah impor ini, jadi impor tidak dapat dibatalkan."
        )
    sheets = {sheet.model: sheet() for sheet in kind.sheets}
    restored, removed, respelled = {}, set(), set()
    for part in run.slices.select_related("content_type").order_by("-pk"):
        model = part.content_type.model_class()
        records = _as_left(model, part)
        if model in sheets:
            respelled.update(sheets[model].found_as(records))
        pairs = list(zip(records, part.values, strict=True))
        changed = [(record, before) for record, (made, before, _) in pairs if not made]
        _restore(model, changed)
        restored |= {(model, record.pk): record for record, _ in changed}
        made = [record.pk for record, (made, *_) in pairs if made]
        _remove(model, made)
        removed |= {(model, pk) for pk in made}
    search.refresh(respelled)
    return [record for key, record in restored.items() if key not in removed]


def _as_left(model, part) -> list:
    """The records of a slice, in its order."""
    names = {name for *_, after in part.values for name in after}
    sets = [name for name in names if _field(model, name).many_to_many]
    held = model._base_manager.select_for_update().prefetch_related(*sets)
    found = held.in_bulk(part.object_ids)
    for pk, (_, _, after) in zip(part.object_ids, part.values, strict=True):
        if pk not in found:
            raise WrongState(f"Sebuah {model._meta.verbose_name} dari impor ini sudah tidak ada.")
        if any(_now(found[pk], name) != _meant(model, name, after[name]) for name in after):
            raise WrongState(f"{found[pk]} tidak lagi seperti saat diimpor.")
    return [found[pk] for pk in part.object_ids]


def _field(model, name):
    return model._meta.get_field(name)


def _now(record, name):
    field = _field(type(record), name)
    if field.many_to_many:
        return sorted(other.pk for other in getattr(record, name).all())
    return getattr(record, field.attname)


def _meant(model, name, value):
    """The value that JSON kept, as the field holds it."""
    field = _field(model, name)
    if field.many_to_many:
        return sorted(value)
    if field.is_relation:
        field = field.target_field
    return None if value is None else field.to_python(value)


def _restore(model, changed):
    """`changed` are pairs of a record and what stood in it before."""
    written, many = [], []
    for record, before in changed:
        one = Written(record, created=False)
        for name, value in before.items():
            field = _field(model, name)
            if field.many_to_many:
                targets = [field.related_model(pk=pk) for pk in value]
                many.append((record, name, _now(record, name), targets))
            else:
                setattr(record, field.attname, _meant(model, name, value))
                one.after.add(name)
        written.append(one)
    save(written)
    save_sets(many)


def _remove(model, pks):
    try:
        model._base_manager.filter(pk__in=pks).delete()
    except ProtectedError as error:
        other = next(iter(error.protected_objects))
        raise WrongState(
            f"{other} sudah memakai isi impor ini, jadi impor tidak dapat dibatalkan."
        ) from error
