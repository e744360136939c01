"""Tells whether anything that an import looked at has changed since its preview: one key of all of it."""

import json
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.utils.timezone import localdate

from sakip.history.entries import HistoryEntry

# Where the program judges and writes; another program might judge otherwise.
SOURCES = ("sakip", "performance", "recommendations", "workbooks")


def of_records(bodies=None) -> list:
    """The versions of the records of these bodies and of what belongs to no body; None for every body.

    Take it before the records are read: what changes meanwhile then gives another version.
    """
    entries = HistoryEntry.objects.all()
    return (entries if bodies is None else entries.concerning(bodies)).versions()


def among(versions: list, bodies) -> list:
    """Those of `of_records()` that `of_records(bodies)` would give."""
    kept = {None, *bodies}
    return [version for version in versions if version[0] in kept]


def key_of(versions: list, user, content: bytes) -> str:
    """A hash of the records, the rights of the person, the program, the day, and the judged rows."""
    unit = [user.unit_id, sorted(user.lineage), None if user.reach is None else sorted(user.reach)]
    parts = {
        "records": sorted(versions, key=lambda version: version[0] or 0),
        "rights": [user.pk, user.role, user.is_active, user.is_superuser, unit],
        "program": _program(),
        "day": localdate().isoformat(),
        "rows": sha256(content).hexdigest(),
    }
    return sha256(json.dumps(parts).encode()).hexdigest()


@cache
def _program() -> str:
    digest = sha256()
    for folder in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
