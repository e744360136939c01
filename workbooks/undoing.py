"""Takes an import back, as a whole, while nothing later touched its rows."""

from collections import defaultdict

from django.db.models.deletion import ProtectedError

from sakip.errors import WrongState
from sakip.history import HistoryEntry


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
    for content_type, pk in run.records.values_list("content_type", "object_id"):
        ids[content_type].append(pk)
    return ids


def undo(run) -> list:
    """Restores every record and removes what the import made; returns those that remain.

    WrongState when a record is no longer as the import left it.
    """
    if entry := later_entry(run):
        raise WrongState(
            f"{entry.label} sudah diubah setelah impor ini, jadi impor tidak dapat dibatalkan."
        )
    restored, removed = [], set()
    for imported in run.records.select_related("content_type").order_by("-pk"):
        model = imported.content_type.model_class()
        record = model._base_manager.filter(pk=imported.object_id).first()
        if record is None or not _is_as_left(record, imported):
            raise WrongState(f"{record or imported} tidak lagi seperti saat diimpor.")
        if imported.created:
            _remove(record)
            removed.add((model, imported.object_id))
        else:
            _restore(record, imported)
            restored.append(record)
    return [record for record in restored if (type(record), record.pk) not in removed]


def _is_as_left(record, imported):
    return all(
        _now(record, name) == _meant(record, name, value) for name, value in imported.after.items()
    )


def _field(record, name):
    return record._meta.get_field(name)


def _now(record, name):
    if _field(record, name).many_to_many:
        return sorted(getattr(record, name).values_list("pk", flat=True))
    return getattr(record, _field(record, name).attname)


def _meant(record, name, value):
    """The value that JSON kept, as the field holds it."""
    if _field(record, name).many_to_many:
        return sorted(value)
    return None if value is None else _plain(record, name).to_python(value)


def _plain(record, name):
    field = _field(record, name)
    return field.target_field if field.is_relation else field


def _remove(record):
    try:
        record.delete()
    except ProtectedError as error:
        other = next(iter(error.protected_objects))
        raise WrongState(
            f"{record} sudah dipakai oleh {other}, jadi impor tidak dapat dibatalkan."
        ) from error


def _restore(record, imported):
    names = []
    for name, value in imported.before.items():
        if _field(record, name).many_to_many:
            getattr(record, name).set(value)
        else:
            setattr(record, _field(record, name).attname, _meant(record, name, value))
            names.append(name)
    record.save(update_fields=names)
