"""Remembers for each body how tables with a certain head are read, so that a person says it once."""

import hashlib

from django.db import transaction

from workbooks.models import WordReading
from workbooks.word.mapping import Mapping


def known(unit, found: Mapping) -> list[WordReading]:
    """What was said for this body about tables with the heads of `found`. One query."""
    digests = {_digest(table) for table in found.tables}
    rows = WordReading.objects.filter(unit=unit, digest__in=digests).select_related("changed_by")
    return list(rows.order_by("changed_at"))


def mapping_of(readings: list[WordReading]) -> Mapping | None:
    """The mapping to read with; None where nothing is known. Of two meanings of a word the newer holds."""
    if not readings:
        return None
    marks = {word: meaning for reading in readings for word, meaning in reading.marks.items()}
    return Mapping.from_json(
        {
            "tables": [reading.shape for reading in readings],
            "marks": [{"word": word, "meaning": meaning} for word, meaning in marks.items()],
        }
    )


@transaction.atomic
def remember(*, unit, mapping: Mapping, actor, at):
    """Keeps what a person said about every table of a file, read or not."""
    content = mapping.as_json()
    for table, shape in zip(mapping.tables, content["tables"], strict=True):
        said = {"shape": shape, "marks": mapping.meanings, "changed_by": actor, "changed_at": at}
        WordReading.objects.update_or_create(unit=unit, digest=_digest(table), defaults=said)


def forget(*, unit, mapping: Mapping):
    digests = {_digest(table) for table in mapping.tables}
    WordReading.objects.filter(unit=unit, digest__in=digests).delete()


def _digest(table) -> str:
    return hashlib.sha256(table.key.encode()).hexdigest()
