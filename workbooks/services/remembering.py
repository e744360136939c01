"""What an import wrote, so that it can be undone. A text that the history tells exactly is kept there alone."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from sakip.history.entries import HistoryEntry
from sakip.richtext import RichTextField, as_paragraphs
from sakip.text_fields import Typed

TOLD = {"in": "history"}  # stands in a slice for a value that the history has


def remember(run, written, many):
    """`written` are applying.Written, `many` the quadruples of applying.save_sets."""
    sets: defaultdict[int, dict[str, tuple]] = defaultdict(dict)
    for record, name, before, targets in many:
        sets[id(record)][name] = (before, [target.pk for target in targets])
    slices: defaultdict[type[Model], tuple[list, list]] = defaultdict(lambda: ([], []))
    for one in written:
        before, after = _values(one)
        for name, (then, now) in sets.get(id(one.record), {}).items():
            before[name], after[name] = then, now
        object_ids, values = slices[type(one.record)]
        object_ids.append(one.record.pk)
        values.append((one.created, before, after))
    for model, (object_ids, values) in slices.items():
        content_type = ContentType.objects.get_for_model(model)
        run.slices.create(content_type=content_type, object_ids=object_ids, values=values)


def _values(one):
    """The old and the new values of a record."""
    meta = one.record._meta
    fields = {name: meta.get_field(name) for name in one.after}
    before = dict(one.before)
    after = {name: getattr(one.record, field.attname) for name, field in fields.items()}
    for name, then, now in one.rows if one.is_told else ():
        field = fields.get(name)
        if not isinstance(field, Typed) or _from_history(field, now) != after[name]:
            continue
        if one.created:
            before.pop(name, None)
        elif _from_history(field, then) != before.get(name):
            continue
        else:
            before[name] = TOLD
        after[name] = TOLD
    return before, after


def _from_history(field, text):
    """The value of which the history has this text, if it is as plain as a workbook writes it."""
    return as_paragraphs(text) if isinstance(field, RichTextField) else text


def fill(run, slices):
    """Puts into the slices, in memory, what the history has instead of them. Two queries at most."""
    if not any(TOLD in after.values() for part in slices for *_, after in part.values):
        return
    told = _told(run)
    for part in slices:
        model = part.content_type.model_class()
        for pk, (_, before, after) in zip(part.object_ids, part.values, strict=True):
            rows = told[part.content_type_id, pk]
            for name in [name for name, value in after.items() if value == TOLD]:
                then, now = rows[name]
                field = model._meta.get_field(name)
                after[name] = _from_history(field, now)
                if name in before:
                    before[name] = _from_history(field, then)


def _told(run):
    """By content type and key: the old and new texts by their code."""
    found: defaultdict[tuple, dict] = defaultdict(dict)
    entries = HistoryEntry.objects.filter(batch=run.batch).order_by("pk")
    for content_type, pk, changes in entries.values_list("content_type", "object_id", "changes"):
        for code, then, now in changes:
            found[content_type, pk].setdefault(code, (then, now))
    return found
