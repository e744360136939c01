"""What others have changed since a moment, record by record, within the reach of a reader."""

from collections import defaultdict
from datetime import datetime
from functools import cached_property
from heapq import merge
from itertools import islice

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from reports.selectors.history import KINDS, tell_each
from reports.selectors.history_acts import PART, READ_MORE, seen_entries
from reports.selectors.history_pages import bodies_of
from sakip.history.entries import HistoryEntry
from sakip.history.newest import EntryOfAct
from sakip.numbers import format_number
from sakip.paging import Ordered, Page, page_of

ORDER = ("-at", "-pk")
TOLD = 3  # entries of a record that stand below its name
MOST_READ = 1_000  # entries of all records of a page
MOST_COUNTED = 99


def page_of_changes(user, since: datetime, query) -> tuple[Page, list[dict]]:
    """The page that the `query` asks for: its records, the last changed first. Always the same few queries."""
    page = page_of(ChangedRecords(user, since), query)
    return page, _told(user, since, page.rows)


def first_changes(user, since: datetime, most: int) -> tuple[str, list[dict]]:
    """The number of changed records in words, "" for none, and what is told of the first ones."""
    keys = [key for key, *_ in ChangedRecords(user, since).keys(0, MOST_COUNTED + 1)]
    found = HistoryEntry.objects.in_bulk(keys[:most])
    number = format_number(min(len(keys), MOST_COUNTED), 0)
    words = f"lebih dari {number}" if len(keys) > MOST_COUNTED else number
    told = _told(user, since, [found[key] for key in keys[:most]])
    return (words if keys else ""), told


class ChangedRecords(Ordered):
    """The last entry of each record that somebody else has written since, of the records that `user` may see.

    The database finds the entries by their times, those of each body for itself; then one query for each kind
    of record asks which of them the user may see. To ask it within the first query takes longer than the page.
    The whole is never counted: what fits on one page is short, anything else is long.
    """

    def __init__(self, user, since: datetime):
        later = _of_others(HistoryEntry.objects, user, since).filter(
            content_type=OuterRef("content_type"), object_id=OuterRef("object_id")
        )
        # A bare key would lead SQLite through all later entries of the kind instead of those of the record.
        later = later.alias(key=F("pk") + 0).filter(key__gt=OuterRef("pk"))
        entries = _of_others(HistoryEntry.objects.all(), user, since)
        entries = entries.filter(~Exists(later.order_by()))
        super().__init__(entries, ORDER)
        self.user, bodies = user, bodies_of(user)
        some = [entries]
        if bodies is not None:
            some = [*(entries.filter(body=body) for body in bodies), entries.filter(body=None)]
        self.parts = [Ordered(rows, ORDER) for rows in some]

    @cached_property
    def _first(self) -> list[tuple]:
        return self._seen(None, settings.PAGE_LENGTH + 1)

    def count(self, most):
        number = len(self._first)
        return min(number, settings.PAGE_LENGTH), number <= settings.PAGE_LENGTH

    def keys(self, start, length):
        if not start and length == settings.PAGE_LENGTH + 1:
            return self._first
        return self._seen(None, start + length)[start:]

    def after(self, edge, length):
        return self._seen(edge, length)

    def before(self, edge, length):
        return self._seen(edge, length, backwards=True)

    def _seen(self, edge, length, *, backwards=False):
        """Reads more and more at once: of the first ones the user may see few."""
        found: list[tuple] = []
        most = length
        while True:
            rows = self._read(edge, most, backwards)
            seen = seen_entries(self.user, _parts([key for key, *_ in rows]))
            found += [row for row in rows if row[0] in seen]
            if len(found) >= length or len(rows) < most:
                return found[:length]
            edge, most = rows[-1][1:], min(2 * most, READ_MORE)

    def _read(self, edge, length, backwards):
        if backwards:
            rows = [part.before(edge, length) for part in self.parts]
        elif edge:
            rows = [part.after(edge, length) for part in self.parts]
        else:
            rows = [part.keys(0, length) for part in self.parts]
        return list(islice(merge(*rows, key=_place, reverse=not backwards), length))


def _place(row):
    return row[1:]


def _parts(keys) -> list[EntryOfAct]:
    rows = HistoryEntry.objects.filter(pk__in=keys).order_by().values_list(*PART)
    return [EntryOfAct(*row) for row in rows] if keys else []


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
