"""The stamp of a history entry: an HMAC over its content, which nobody can make without the key.

The key comes from HISTORY_KEY, else from SECRET_KEY. It is not in the database, so a person who may change
the database cannot change, add or copy an entry unnoticed.
"""

import hmac
from datetime import UTC
from functools import cache
from uuid import UUID

from django.conf import settings

PURPOSE = b"sakip.history"


def keys() -> list[bytes]:
    """The keys from the oldest to the one in use."""
    return [*map(_derived, reversed(settings.HISTORY_KEY_FALLBACKS)), newest_key()]


def newest_key() -> bytes:
    return _derived(settings.HISTORY_KEY or settings.SECRET_KEY)


@cache
def _derived(text) -> bytes:
    return hmac.digest(text.encode(), PURPOSE, "sha256")


def code(key: bytes, content: str) -> str:
    return hmac.digest(key, content.encode(), "sha256").hex()


def content_of(entry) -> str:
    """What the stamp of an entry covers: all its columns but its key, which it gets after the stamp."""
    batch = entry.batch if isinstance(entry.batch, UUID) else UUID(str(entry.batch))
    return content(
        entry.at.astimezone(UTC).isoformat(" ", "microseconds")[:26],
        entry.actor_id,
        str(entry.actor_role),
        entry.actor_unit,
        entry.action,
        entry.content_type_id,
        entry.object_id,
        entry.body_id,
        entry.label,
        entry.note,
        batch.hex,
        entry.changes,
    )


def content(*columns) -> str:
    """The columns as one text, from which each can be told again. Faster than JSON."""
    return ascii(columns)
