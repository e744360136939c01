"""Keeps the findings: renews those whose records have changed, and counts all of them again."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from sakip.consistency.finding import DismissedFinding
from sakip.consistency.kept import ChangedScope, KeptFinding
from sakip.consistency.kinds import KINDS, TARGETS, Found, Kind

SLICE = 5  # scopes renewed in one transaction
BATCH = 500
RENEWED = (
    "kind", "scope", "body_id", "lead_unit_id", "content_type_id", "object_id", "code", "rank", "detail", "data",
    "since", "place", "dismissal_id",
)  # fmt: skip
COLUMNS = [name.removesuffix("_id") if name != "object_id" else name for name in RENEWED]


def renew(*only: tuple[str, int]) -> int:
    """Renews every finding whose records have changed; returns the number of scopes.

    One query when nothing has changed. `only` limits it to some (subject, key). Pages call it before
    they read findings. What changes while it runs keeps its mark.
    """
    marks = list(_marks().order_by("pk"))
    if not marks:
        return 0
    if only:
        return _renew_only(marks, only)
    return _renew_all(marks)


def count_waiting() -> int:
    """The number of scopes that wait for a renewal. One query when nothing has changed."""
    marks = set(_marks().values_list("subject", "key"))
    whole = {subject for subject, key in marks if key is None}
    number = sum(subject not in whole for subject, _ in marks)
    return number + sum(len(_all_keys(kind)) for kind in KINDS.values() if kind.subject in whole)


def _marks():
    return ChangedScope.objects.filter(subject__in={kind.subject for kind in KINDS.values()})


def differences() -> Iterator[str]:
    """Says which kept findings are not what the records say; those that wait for a renewal are left out."""
    for kind in KINDS.values():
        keys = sorted(_all_keys(kind))
        for start in range(0, len(keys), SLICE):
            some = keys[start : start + SLICE]
            # Somebody may have written between the two readings. Then it has a mark, or is right again.
            if _different(kind, some) and (rest := set(some) - _marked(kind.subject, some)):
                yield from _different(kind, rest)


def compute() -> Iterator[tuple[Kind, Found]]:
    """All findings, computed from the records and not read from what is kept."""
    for kind in KINDS.values():
        for found in kind.find(list(kind.keys())):
            yield kind, found


def _renew_only(marks, only):
    """A mark that counts for every subject stays: it is not done with these."""
    marked = {(mark.subject, mark.key) for mark in marks}
    wanted = [one for one in only if one in marked or (one[0], None) in marked]
    renewed = sum(
        _renew_some(kind, [key])
        for subject, key in wanted
        for kind in KINDS.values()
        if kind.subject == subject
    )
    _forget(mark for mark in marks if (mark.subject, mark.key) in wanted)
    return renewed


def _renew_all(marks):
    """The marks that count for every subject go last, so a break in between loses nothing."""
    whole = {mark.subject for mark in marks if mark.key is None}
    keys = defaultdict(set)
    for mark in marks:
        if mark.key is not None:
            keys[mark.subject].add(mark.key)
    renewed = 0
    for kind in KINDS.values():
        ordered = sorted(_all_keys(kind) if kind.subject in whole else keys[kind.subject])
        for start in range(0, len(ordered), SLICE):
            renewed += _renew_some(kind, ordered[start : start + SLICE])
    _forget(marks)
    return renewed


def _all_keys(kind: Kind) -> set[int]:
    """The scopes that exist, and those of which a finding is still kept."""
    kept = KeptFinding.objects.filter(kind=kind.name).order_by()
    return {*kind.keys(), *kept.values_list("scope", flat=True).distinct()}


def _different(kind: Kind, keys: Collection[int]) -> list[str]:
    found = {one.finding.key: (place, one) for place, one in enumerate(kind.find(keys))}
    kept = {row.key: row for row in KeptFinding.objects.filter(kind=kind.name, scope__in=keys)}
    said = [f"{key}: computed, not kept" for key in sorted(found.keys() - kept.keys())]
    said += [f"{key}: kept, not computed" for key in sorted(kept.keys() - found.keys())]
    dismissals = _by_key(DismissedFinding, found)
    for key in sorted(found.keys() & kept.keys()):
        fields = _fields(kind, *found[key], dismissals.get(key))
        del fields["place"]  # within what was computed together
        names = [name for name, value in fields.items() if getattr(kept[key], name) != value]
        said += [f"{key}: another {', '.join(names)}"] if names else []
    return said


def _marked(subject, keys) -> set[int]:
    marks = set(ChangedScope.objects.filter(subject=subject).values_list("key", flat=True))
    return set(keys) if None in marks else marks & set(keys)


def _forget(marks):
    keys = [mark.pk for mark in marks]
    for start in range(0, len(keys), BATCH):
        ChangedScope.objects.filter(pk__in=keys[start : start + BATCH]).delete()


@transaction.atomic
def _renew_some(kind: Kind, keys: Collection[int]) -> int:
    """Renews some scopes of one kind. One process at a time: an older state never overwrites a newer."""
    _take_turns()
    found = {one.finding.key: (place, one) for place, one in enumerate(kind.find(keys))}
    kept = {row.key: row for row in KeptFinding.objects.filter(kind=kind.name, scope__in=keys)}
    kept |= _by_key(KeptFinding, found.keys() - kept.keys())  # of a record from another scope
    dismissals = _by_key(DismissedFinding, found)
    now, new, changed = timezone.now(), [], []
    for key, (place, one) in found.items():
        fields = _fields(kind, place, one, dismissals.get(key))
        row = kept.pop(key, None)
        if row is None:
            new.append(KeptFinding(key=key, first_seen=now, **fields))
        elif any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            changed.append(row)
    KeptFinding.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()
    KeptFinding.objects.bulk_update(changed, COLUMNS, batch_size=BATCH)
    KeptFinding.objects.bulk_create(new, batch_size=BATCH)
    return len(keys)


def _take_turns():
    """Locks a row that nothing else locks. SQLite locks the whole database when the transaction begins."""
    own = ContentType.objects.get_for_model(KeptFinding)
    ContentType.objects.select_for_update().get(pk=own.pk)


def _fields(kind, place, one: Found, dismissal):
    finding = one.finding
    return {
        "kind": kind.name,
        "scope": one.scope,
        "body_id": one.body,
        "lead_unit_id": TARGETS[type(finding.record)].policy.units.lead_of(finding.record),
        "content_type_id": ContentType.objects.get_for_model(finding.record).pk,
        "object_id": finding.record.pk,
        "code": finding.code,
        "rank": finding.rule.rank,
        "detail": finding.detail,
        "data": finding.data,
        "since": finding.since,
        "place": place,
        "dismissal_id": dismissal.pk if dismissal and dismissal.holds_for(finding) else None,
    }


def _by_key(model, keys):
    keys, found = list(keys), {}
    for start in range(0, len(keys), BATCH):
        rows = model.objects.filter(key__in=keys[start : start + BATCH])
        found |= {row.key: row for row in rows}
    return found
