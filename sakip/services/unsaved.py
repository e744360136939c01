"""Keeps what a person types until it is saved: once for each person and form, or record and part of it.

The page decides who may type there; these functions do not ask again. They write no history, because
nothing that others can read has changed.
"""

import json
from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q

from sakip.errors import WrongState
from sakip.models import UnsavedText

MOST_KEPT = 2**20  # characters; a page of fifty steps with a follow-up of seventeen pages
TOO_MUCH = "Teks ini terlalu panjang untuk disimpan. Pendekkan, atau lampirkan sebagai berkas."


def require_keepable(content: dict):
    """Raises WrongState when the content is longer than any form can be."""
    if len(json.dumps(content, ensure_ascii=False, default=str)) > MOST_KEPT:
        raise WrongState(TOO_MUCH)


def keep(*, record, actor, at, content: dict, base_version=0, part="") -> UnsavedText:
    """Keeps `content` in the place of what the person typed there before. Raises WrongState."""
    require_keepable(content)
    fields = {"content": content, "base_version": base_version, "saved_at": at}
    kept, _ = UnsavedText.objects.update_or_create(
        **_about(record), part=part, author=actor, defaults=fields
    )
    return kept


def keep_form(*, address, actor, at, fields: list) -> UnsavedText:
    """Keeps the fields, pairs of name and text, of the form at this address. Raises WrongState."""
    content = {"fields": fields}
    require_keepable(content)
    kept, _ = UnsavedText.objects.update_or_create(
        address=address, author=actor, defaults={"content": content, "saved_at": at}
    )
    return kept


@transaction.atomic
def merge_form(*, address, actor, at, fields: dict[str, str], gone=()) -> UnsavedText | None:
    """Keeps these fields beside those that are kept already, and forgets the names `gone`; None when nothing
    is left. For a page whose fields are saved one by one. Raises WrongState.
    """
    kept = UnsavedText.objects.select_for_update().filter(address=address, author=actor).first()
    before = dict(kept.content["fields"]) if kept else {}
    after = {name: text for name, text in (before | fields).items() if name not in gone}
    if not after:
        discard_form(address=address, actor=actor)
        return None
    if after == before:
        return kept
    return keep_form(address=address, actor=actor, at=at, fields=list(after.items()))


def form_kept(*, address, actor) -> UnsavedText | None:
    return UnsavedText.objects.filter(address=address, author=actor).first()


def discard_form(*, address, actor) -> None:
    UnsavedText.objects.filter(address=address, author=actor).delete()


def forget_forms(address) -> None:
    """Deletes what anybody typed into the pages of a form that is a different one now."""
    UnsavedText.objects.filter(Q(address=address) | Q(address__startswith=f"{address}?")).delete()


def kept_of(records, actor, *, part="") -> dict[int, UnsavedText]:
    """Returns what the person typed about these records, by their key. One query; none without records."""
    rows = _of(records).filter(author=actor, part=part)
    return {row.object_id: row for row in rows}


def writers_of(records, *, besides, part="") -> dict[int, list[str]]:
    """Returns the names of the others who have typed something about these records, by key. One query.

    Their words are theirs alone; that they write is not.
    """
    found = defaultdict(list)
    rows = _of(records).filter(part=part).exclude(author=besides).select_related("author")
    for row in rows.order_by("saved_at"):
        found[row.object_id].append(str(row.author))
    return dict(found)


def forget(records) -> None:
    """Deletes what anybody typed about records that are deleted now."""
    _of(records).delete()


def _of(records):
    """Returns what was typed about records of one model."""
    records = list(records)
    if not records:
        return UnsavedText.objects.none()
    kind = ContentType.objects.get_for_model(type(records[0]))
    return UnsavedText.objects.filter(
        content_type=kind, object_id__in=[record.pk for record in records]
    )


def discard(*, record, actor, part="") -> None:
    UnsavedText.objects.filter(**_about(record), author=actor, part=part).delete()


def _about(record):
    return {
        "content_type": ContentType.objects.get_for_model(type(record)),
        "object_id": record.pk,
    }
