"""Files that were made and are handed out again for as long as nothing they say has changed."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from reports.exports import catalogue, validity
from reports.models import Printout
from sakip.writing import shortened

KEPT = timedelta(days=7)


def print_out(order, user, *, today, progress=None, at_once=False) -> Printout:
    """The file of an order: the one there is while it would come out the same, else a new one.

    `at_once` raises TooLong instead of drawing a long document. Raises what `produce` raises.
    """
    key = key_of(order, user, today)
    if found := _stored(key):
        return found
    product = catalogue.produce(order, user, today=today, progress=progress, at_once=at_once)
    return _store(product, key, validity.rights_of(user))


def key_of(order, user, today) -> str:
    """All that decides about a file; see `validity`. The date counts where it is printed."""
    recipe = catalogue.recipe_of(order)
    return validity.key_of(
        [order.as_json(), today if recipe.is_dated else None],
        user,
        bodies=catalogue.bodies_of(order, user),
        daily_counts=recipe.reads_daily_counts,
    )


def may_have(printout, order, user, today) -> bool:
    """Whether the person still has the rights with which the file was made."""
    if printout.rights != validity.rights_of(user):
        return False
    try:
        catalogue.build(order, user, today=today)
    except catalogue.ReportError:
        return False
    return True


def _stored(key):
    found = Printout.objects.filter(key=key).order_by("-pk").first()
    return found if found and found.file.storage.exists(found.file.name) else None


def _store(product, key, rights):
    printout = Printout(
        key=key,
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
