"""Everything that is held on one person, in words, for that person (UU 27/2022 on personal data).

It is found by the relations of all models, so that no new table can be forgotten.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from sakip.dates import format_datetime
from sakip.editing import Versioned
from sakip.history.entries import HistoryEntry
from sakip.models import User
from sakip.roles import Role
from sakip.table_settings import in_words

# Secrets, keyed hashes, and copies of whole documents. Nobody needs to read them to know what is held.
LEFT_OUT = {
    "password", "session_key", "session_epoch", "calendar_key", "key", "data", "place", "digest",
    "submission", "batch", "groups", "user_permissions", "stamp", "snapshot", "plan_digest", "rights", "version", "code",
    "data_version",
}  # fmt: skip
# Words for fields that have none, many of them of libraries.
WORDS = {
    "person": "orang", "author": "penulis", "owner": "pemilik", "user": "pengguna", "actor": "pelaku",
    "content_type": "jenis data", "object_id": "nomor data", "renaksi": "rencana aksi",
    "evidence": "bukti dukung", "realisation": "realisasi", "evaluation": "evaluasi",
    "recommendation": "rekomendasi", "reminded": "diingatkan", "mentioned": "disebut",
    "requested_by": "diminta oleh", "decided_by": "diputuskan oleh", "closed_by": "ditutup oleh",
    "stored_file": "hasil cetak", "content": "isi", "base_version": "versi semula", "letter": "surat",
    "uid": "nomor pada penyedia identitas", "ip": "alamat jaringan", "user_agent": "peramban", "last_seen_at": "terakhir dipakai",
    "created_at": "dibuat pada", "last_used_at": "terakhir dipakai", "type": "jenis", "email": "surel",
    "verified": "terverifikasi", "primary": "utama", "preview": "pratinjau", "finding": "temuan",
}  # fmt: skip
TABLES = {
    "Authenticator": "langkah kedua saat masuk",
    "UserSession": "perangkat yang masuk",
    "LogEntry": "catatan situs admin",
}
IN_WORDS: dict[str, Callable] = {
    "changes": lambda entry: entry.in_words,
    "action": lambda entry: entry.action_label,
    "actor_role": lambda entry: dict(Role.choices).get(entry.actor_role, entry.actor_role),
}
PROFILE, ABOUT = "Profil", "Riwayat tentang akun ini"


def held_on(person: User) -> dict[str, Any]:
    """Sections by their titles: the account itself, then the rows of every table that name the person."""
    names: dict[tuple, str] = {}
    held: dict[str, Any] = {"Dibuat pada": format_datetime(timezone.now())}
    held[PROFILE] = profile_of(person)
    for title, rows in _sections(person):
        beyond = _beyond(person, rows)
        found = [
            _mention(row, person) if row.pk in beyond else _row(row, names)
            for row in rows.iterator()
        ]
        if found:
            held[title] = found
    return held


def _beyond(person, rows) -> set[int]:
    """The keys of the records that others go on writing and that this person may not see any more, in no post."""
    records = rows.model._default_manager.all()
    if not (issubclass(rows.model, Versioned) and hasattr(records, "visible_to")):
        return set()
    keys = set(rows.values_list("pk", flat=True))
    for seat in person.seats:
        seen = records.visible_to(seat).filter(pk__in=keys)
        keys -= set(seen.order_by().values_list("pk", flat=True))
    return keys


def _mention(record, person) -> dict[str, Any]:
    """Which record it is, and what it calls the person; nothing of what it says now."""
    called = (field for field in record._meta.fields if field.related_model is User)
    return {str(record._meta.verbose_name): str(record)} | {
        label(field): str(person) for field in called if getattr(record, field.attname) == person.pk
    }


def profile_of(person) -> dict[str, Any]:
    return _row(person, {})


def counts_on(person) -> list[tuple[str, int]]:
    """How many rows of each section there are. One query for each table."""
    counts = [(title, rows.count()) for title, rows in _sections(person)]
    return [(title, count) for title, count in counts if count]


def _sections(person):
    for relation in relations():
        rows = relation.model._base_manager.filter(**{relation.name: person})
        yield _title(relation), rows.order_by("pk")
    yield ABOUT, HistoryEntry.objects.on(User, person.pk).order_by("pk")


def relations() -> Iterator[models.Field]:
    """The fields of all models that lead to a person, also those of libraries."""
    for model in apps.get_models():
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.related_model is User and not model._meta.auto_created:
                yield field


def _title(relation):
    """For example “Revisi bukti (diunggah oleh)”."""
    plural = str(relation.model._meta.verbose_name_plural)
    name = TABLES.get(relation.model.__name__, plural)
    return f"{name[:1].upper()}{name[1:]} ({label(relation)})"


def label(field) -> str:
    name = str(field.verbose_name)
    return WORDS.get(field.name, name) if name == field.name.replace("_", " ") else name


def _row(record, names) -> dict[str, Any]:
    told = {}
    for field in record._meta.fields:
        if field.generated:  # says again what another field says
            continue
        is_file = isinstance(field, models.FileField)  # its path says nothing; its name has a field
        if field.name not in LEFT_OUT and not field.primary_key and not is_file:
            told[label(field)] = _value(record, field, names)
    for field in record._meta.many_to_many:
        if field.related_model is not User and field.name not in LEFT_OUT:
            told[label(field)] = "; ".join(map(str, getattr(record, field.name).all()))
    return told


def _value(record, field, names):
    if isinstance(record, HistoryEntry) and field.name in IN_WORDS:
        return IN_WORDS[field.name](record)
    value = getattr(record, field.attname)
    if field.name == "table_settings":
        value = in_words(value) or None
    if value is None or value == "":
        return None
    if field.is_relation:
        return _name(record, field, value, names)
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    if isinstance(field, models.DateTimeField):
        return format_datetime(value)
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, (int, list, dict)):
        return value
    return str(value)


def _name(record, field, key, names):
    """The name of a related record; each is read once, however many rows name it."""
    place = (field.related_model, key)
    if place not in names:
        found = field.related_model._base_manager.filter(pk=key).first()
        names[place] = str(found) if found else str(key)
    return names[place]
