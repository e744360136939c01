"""Files that were made and are handed out again for as long as nothing they say has changed."""

import json
from datetime import timedelta
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from reports.exports import catalogue
from reports.exports.reading import answers_to, recorded
from reports.models import Printout
from sakip.writing import shortened

KEPT = timedelta(days=7)
# Whatever may change how a document looks or reads without a word in the database.
SOURCES = ("sakip", "performance", "recommendations", "reports", "templates", "static")


def print_out(order, user, *, today, progress=None, at_once=False) -> Printout:
    """The file of an order: the one there is while it would come out the same, else a new one.

    `at_once` raises TooLong instead of drawing a long document. Raises what `produce` raises.
    """
    key = key_of(order, user, today)
    if found := _unchanged(key):
        return found
    with recorded() as reading:
        progress = progress and reading.unheard(progress)
        product = catalogue.produce(order, user, today=today, progress=progress, at_once=at_once)
    return _store(product, key, rights_of(user), reading)


def key_of(order, user, today) -> str:
    """All that decides about a document beside the records: the order, the reader's rights, the
    date where it is printed, and the program itself."""
    recipe = catalogue.recipe_of(order)
    parts = {
        "order": order.as_json(),
        "rights": rights_of(user),
        "today": today if recipe.is_dated else None,
        "program": program_version() if not settings.DEBUG else _hash_of_sources(),
    }
    return _hash(parts)


def rights_of(user) -> str:
    """Changes when the person may see other records than before."""
    return _hash([user.pk, user.role, user.is_active, user.unit_id, user.lineage, user.reach])


def may_have(printout, order, user, today) -> bool:
    """Whether the person still has the rights with which the file was made."""
    if printout.rights != rights_of(user):
        return False
    try:
        catalogue.build(order, user, today=today)
    except catalogue.ReportError:
        return False
    return True


def _hash(parts):
    text = json.dumps(parts, sort_keys=True, default=_in_order)
    return sha256(text.encode()).hexdigest()


def _in_order(value):
    return sorted(value) if isinstance(value, frozenset) else str(value)


@cache
def program_version() -> str:
    return _hash_of_sources()


def _hash_of_sources():
    digest = sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for folder in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.suffix != ".pyc" and path.is_file():
                digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()


def _unchanged(key):
    found = Printout.objects.filter(key=key).order_by("-pk").first()
    if found and answers_to(found.questions) == found.answers:
        return found if found.file.storage.exists(found.file.name) else None
    return None


def _store(product, key, rights, reading):
    """An incomplete reading says nothing about tomorrow: its file is kept but not found again."""
    printout = Printout(
        key=key if reading.is_complete else "",
        questions=reading.questions if reading.is_complete else [],
        answers=reading.answers,
        rights=rights,
        filename=product.filename,
        content_type=product.content_type,
        title=shortened(product.title, 300),
        size=len(product.content),
    )
    printout.file.save(product.filename, ContentFile(product.content))
    return printout


def clear_away(now) -> None:
    """Removes what is older than KEPT, some of it at a time."""
    old = list(Printout.objects.filter(created_at__lt=now - KEPT).order_by("pk")[:50])
    Printout.objects.filter(pk__in=[row.pk for row in old]).delete()
    for row in old:
        transaction.on_commit(lambda file=row.file: file.storage.delete(file.name))
