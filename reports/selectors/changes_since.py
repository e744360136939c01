"""What others have changed since a moment, record by record, within the reach of a reader."""

from collections import defaultdict
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from reports.selectors.history import KINDS, entries_for, tell_each
from reports.selectors.history_pages import NewestFirst, bodies_of
from sakip.history.entries import HistoryEntry
from sakip.numbers import format_number
from sakip.paging import Page, page_of

NOTHING_CHOSEN = dict.fromkeys(
    ("orang", "jenis", "data", "sekali", "unit", "tindakan", "dari", "sampai", "teks")
)
TOLD = 3  # entries of a record that stand below its name
MOST_READ = 1_000  # entries of all records of a page
MOST_COUNTED = 99


def page_of_changes(user, since: datetime, query) -> tuple[Page, list[dict]]:
    """The page that the `query` asks for: its records, the last changed first. Always the same few queries."""
    page = page_of(NewestFirst(_latest(user, since), bodies_of(user)), query)
    return page, _told(user, since, page.rows)


def first_changes(user, since: datetime, most: int) -> tuple[str, list[dict]]:
    """The number of changed records in words, "" for none, and what is told of the first ones."""
    rows = NewestFirst(_latest(user, since), bodies_of(user))
    keys = [key for key, *_ in rows.keys(0, MOST_COUNTED + 1)]
    found = HistoryEntry.objects.in_bulk(keys[:most])
    number = format_number(min(len(keys), MOST_COUNTED), 0)
    words = f"lebih dari {number}" if len(keys) > MOST_COUNTED else number
    told = _told(user, since, [found[key] for key in keys[:most]])
    return (words if keys else ""), told


def _latest(user, since):
    """The last entry of each record that somebody else has written since."""
    later = _of_others(HistoryEntry.objects, user, since).filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id")
    )
    # A bare key would lead SQLite through all later entries of the kind instead of those of the record.
    later = later.alias(key=F("pk") + 0).filter(key__gt=OuterRef("pk"))
    rows = _of_others(entries_for(user, NOTHING_CHOSEN), user, since)
    return rows.filter(~Exists(later.order_by()))


def _of_others(entries, user, since):
    return entries.filter(at__gte=since).exclude(actor=user.pk)


def _told(user, since, heads) -> list[dict]:
    """`heads` are entries of records that the reader may see, so all entries of these are."""
    if not heads:
        return []
    records = Q()
    for head in heads:
        records |= Q(content_type=head.content_type_id, object_id=head.object_id)
    rows = _of_others(HistoryEntry.objects.filter(records), user, since).order_by("-pk")
    entries = defaultdict(list)
    for pk, *record in rows.values_list("pk", "content_type", "object_id")[:MOST_READ]:
        entries[tuple(record)].append(pk)
    for head in heads:  # also where others have so many that its own were not read
        entries[_record(head)] = entries[_record(head)] or [head.pk]
    shown = [pk for keys in entries.values() for pk in keys[:TOLD]]
    told = tell_each(shown, user)
    return [_one(head, entries[_record(head)], told, since) for head in heads]


def _record(entry):
    return entry.content_type_id, entry.object_id


def _one(head, keys, told, since):
    rows = [told[pk] for pk in keys[:TOLD]]
    rest = len(keys) - len(rows)
    model = ContentType.objects.get_for_id(head.content_type_id).model_class()
    kind = next(code for code, kind in KINDS.items() if kind.model is model)
    day = timezone.localtime(since).date().isoformat()
    address = f"{reverse('reports:history')}?jenis={kind}&data={head.object_id}&dari={day}"
    name = " · ".join(filter(None, [rows[0]["entry"].label, rows[0]["place"]]))
    return {"name": name, "url": rows[0]["url"], "rows": rows, "rest": rest, "history": address}
