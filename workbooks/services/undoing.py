"""Undoes a whole import, if nobody changed its rows later and the old values are still allowed."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models
from django.db.models import Max, Model

from recommendations.models import Renaksi
from recommendations.selectors import search
from recommendations.transitions import IN_PROGRESS, SUBMITTED, WORKABLE
from recommendations.workflow import Work, perform_many
from sakip.consistency.marks import mark_many
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from workbooks.services import references, remembering, restoring
from workbooks.services.applying import BATCH, Written, save, save_sets


def later_entry(run) -> HistoryEntry | None:
    """What somebody did to one of the records after the import, or None."""
    mine = HistoryEntry.objects.filter(batch=run.batch).aggregate(last=Max("pk"))["last"] or 0
    later = HistoryEntry.objects.filter(pk__gt=mine)
    for content_type, ids in _ids(run).items():
        of_these = later.filter(content_type=content_type, object_id__in=ids)
        if found := of_these.order_by("pk").first():
            return found
    return None


def _ids(run):
    ids: defaultdict[int, list[int]] = defaultdict(list)
    for content_type, some in run.slices.values_list("content_type", "object_ids"):
        ids[content_type] += some
    return ids


@dataclass
class Held:
    """A record of an import as it stood before, not yet saved. `is_made`: the import made it.

    `names` are the attributes put back, `sets` the keys of its relations now and before, `written` all
    that the import wrote. `version` is the one found: an undo raises it, for whoever opened the
    imported record must not take it for the one that came back. `is_claimed`: a document of this import
    sent it in the name of its unit.
    """

    record: models.Model
    version: int | None = None
    is_made: bool = False
    is_claimed: bool = False
    names: set[str] = field(default_factory=set)
    sets: dict[str, tuple[list, list]] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)


def undo(run, kind, actor, at) -> list:
    """Restores every record and removes what the import made; returns those whose history told of the
    import and that remain, without those of which the workflow wrote that it was undone. The run itself
    stands for those of them that were removed.

    WrongState when a record is no longer as the import left it, when something else uses it, or when
    `actor` may not write today what stood there before. The queries grow with the slices only.
    """
    slices = list(run.slices.select_related("content_type").order_by("-pk"))
    remembering.fill(run, slices)
    held = _hold(slices)
    if entry := later_entry(run):
        name = references.named(entry.content_type.model_class(), entry.object_id, actor)
        raise WrongState(
            f"{name} sudah diubah setelah impor ini, jadi impor tidak dapat dibatalkan."
        )
    for part in slices:
        _step_back(part, held, actor)
    made = defaultdict(list)
    for (model, pk), one in held.items():
        if one.is_made:
            made[model].append(pk)
    references.require_none(made, actor)
    claimed = _take_claims_back(held, run, actor, at)
    restoring.require_allowed(kind, held, actor)
    respelled, reworded = _respelled(kind, slices, held)
    told = _told_of(run)
    mark_many(told)
    moved = _write(slices, held, run, actor, at) | claimed
    search.refresh(respelled)
    search.refresh_recommendations(reworded)
    found = [one for key, one in held.items() if key in told - moved]
    removed = [run] if any(one.is_made for one in found) else []
    return [one.record for one in found if not one.is_made] + removed


def _told_of(run) -> set[tuple[type[Model], int]]:
    """Model and key of these: steps, scores and figures have no history of their own."""
    entries = HistoryEntry.objects.filter(batch=run.batch).values_list("content_type", "object_id")
    found = ((ContentType.objects.get_for_id(kind).model_class(), pk) for kind, pk in entries)
    return {(model, pk) for model, pk in found if model}


def _hold(slices) -> dict[tuple, Held]:
    """All of them locked, by model and key; models in one order, as imports lock them."""
    ids: defaultdict[type[Model], list] = defaultdict(list)
    sets: defaultdict[type[Model], set[str]] = defaultdict(set)
    for part in slices:
        model = part.content_type.model_class()
        ids[model].append(part.object_ids)
        names = {name for *_, after in part.values for name in after}
        sets[model] |= {name for name in names if _field(model, name).many_to_many}
    held: dict[tuple, Held] = {}
    for model in sorted(ids, key=lambda model: model._meta.label):
        rows = model._base_manager.select_for_update().order_by("pk")
        for some in ids[model]:
            found = rows.prefetch_related(*sets[model]).in_bulk(some)
            held |= {
                (model, pk): Held(record, getattr(record, "version", None))
                for pk, record in found.items()
            }
    return held


def _step_back(part, held, actor):
    """Puts before back, in memory, what the slice says."""
    model = part.content_type.model_class()
    for pk, (is_made, before, after) in zip(part.object_ids, part.values, strict=True):
        if (model, pk) not in held:
            raise WrongState(f"Sebuah {model._meta.verbose_name} dari impor ini sudah tidak ada.")
        one = held[model, pk]
        if any(_now(one, name) != _meant(model, name, after[name]) for name in after):
            name = references.named(model, pk, actor)
            raise WrongState(f"{name} tidak lagi seperti saat diimpor.")
        one.is_made |= is_made
        one.is_claimed |= model is Renaksi and after.get("status") == SUBMITTED
        one.written |= after.keys()
        for name, value in {} if is_made else before.items():
            if _field(model, name).many_to_many:
                one.sets[name] = (_now(one, name), _meant(model, name, value))
            else:
                setattr(one.record, _field(model, name).attname, _meant(model, name, value))
                one.names.add(name)


def _take_claims_back(held, run, actor, at) -> set[tuple]:
    """First of all, since nothing else of a sent renaksi may be written. Returns model and key of each."""
    claimed = {key: one for key, one in held.items() if one.is_claimed}
    works = []
    for one in claimed.values():
        before = one.record.status
        back_to = before if before in WORKABLE else IN_PROGRESS
        works.append(Work(one.record, "import_undo", back_to=back_to))
        one.names -= {"status", "version"}
    perform_many(
        action="withdraw", works=works, actor=actor, at=at, batch=run.batch, note=run.note,
        is_printed=True,
    )  # fmt: skip
    return set(claimed)


def _field(model, name):
    return model._meta.get_field(name)


def _now(one, name):
    field = _field(type(one.record), name)
    if name in one.sets:
        return one.sets[name][1]
    if field.many_to_many:
        return sorted(other.pk for other in getattr(one.record, name).all())
    return getattr(one.record, field.attname)


def _meant(model, name, value):
    """The value that JSON kept, as the field holds it."""
    field = _field(model, name)
    if field.many_to_many:
        return sorted(value)
    if field.is_relation:
        field = field.target_field
    return None if value is None else field.to_python(value)


def _respelled(kind, slices, held):
    """The keys of the renaksi that a search finds by these records, and of the recommendations."""
    sheets = {sheet.model: sheet() for sheet in kind.sheets}
    found, reworded = set(), set()
    for part in slices:
        if sheet := sheets.get(model := part.content_type.model_class()):
            records = [held[model, pk].record for pk in part.object_ids]
            found.update(sheet.found_as(records))
            reworded.update(sheet.reworded(records))
    return found, reworded


def _write(slices, held, run, actor, at):
    """Returns model and key of those that went through the workflow."""
    changed = [one for one in held.values() if not one.is_made]
    worked = [one for one in changed if isinstance(one.record, Renaksi) and "status" in one.names]
    for one in worked:
        one.names -= {"status", "version"}  # the workflow writes these
    for one in changed:
        if "version" in one.names:
            one.record.version = one.version + 1
    try:
        save([Written(one.record, created=False, after=one.names) for one in changed])
    except IntegrityError as error:
        raise WrongState(
            "Sesuatu yang berlaku sebelum impor ini sekarang dipakai oleh data lain, misalnya sebuah "
            "nama atau kode, jadi impor tidak dapat dibatalkan."
        ) from error
    many = []
    for one in changed:
        for name, (now, before) in one.sets.items():
            target = _field(type(one.record), name).related_model
            many.append((one.record, name, now, [target(pk=pk) for pk in before]))
    for start in range(0, len(many), BATCH):
        save_sets(many[start : start + BATCH])
    _remove_made(slices)
    works = [Work(one.record, "import_undo", back_to=one.record.status) for one in worked]
    perform_many(action="edit", works=works, actor=actor, at=at, batch=run.batch, note=run.note)
    return {(Renaksi, one.record.pk) for one in worked}


def _remove_made(slices):
    """The last made first; a record that a later slice changed goes with the slice that made it."""
    for part in slices:
        model = part.content_type.model_class()
        written = zip(part.object_ids, part.values, strict=True)
        made = [pk for pk, (is_made, *_) in written if is_made]
        model._base_manager.filter(pk__in=made).delete()
