"""Makes a message for each webhook that hears of what has just been recorded, in the same transaction.

So nothing is sent of what was rolled back. A message holds keys and codes and where to read more; names and
texts are read with a token, by whoever may.
"""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse

from api.models import Webhook, WebhookDelivery
from api.rules.events import ISSUED, OF_ACTION
from api.services import delivery
from recommendations.models import Renaksi
from reports.models import IssuedReport
from sakip import background
from sakip.history import hearing
from sakip.history.words import STATUS
from sakip.models import Unit
from sakip.prepared import Prepared

ANY = Prepared(
    lambda: Webhook.objects.filter(is_active=True).order_by().values_list("pk")[:1], plans_once=True
)


def announce(entries) -> None:
    """No query when none of the entries is an event; two more for each that is."""
    heard = [entry for entry in entries if entry.action in OF_ACTION and _is_meant(entry)]
    if not heard or not ANY():
        return
    parents = Unit.objects.parents()
    for entry in heard:
        event = OF_ACTION[entry.action]
        for webhook in Webhook.objects.hearing(event, entry.body_id, parents):
            _queue(webhook, event, entry)


def _is_meant(entry) -> bool:
    """A withdrawn or replaced paper of another model has the same actions."""
    model = IssuedReport if OF_ACTION[entry.action] == ISSUED else Renaksi
    return entry.content_type_id == ContentType.objects.get_for_model(model).pk


def _queue(webhook, event, entry):
    row = WebhookDelivery.objects.create(
        webhook=webhook,
        event=event,
        content=_content(event, entry),
        made_at=entry.at,
        next_at=entry.at,
    )
    delivery.deliver.enqueue(row.pk)
    transaction.on_commit(background.ensure)


def _content(event, entry) -> dict[str, Any]:
    kind, pk = ("reports" if event == ISSUED else "renaksi"), entry.object_id
    page = "reports:issued-detail" if event == ISSUED else "recommendations:renaksi-detail"
    told = {
        "event": event,
        "at": entry.at.isoformat(),
        "kind": kind,
        "id": pk,
        "body": entry.body_id,
        "record": settings.SITE_URL + reverse("api:v1", args=[f"{kind}/{pk}"]),
        "page": settings.SITE_URL + reverse(page, args=[pk]),
    }
    statuses = [after for code, _, after in entry.changes if code == STATUS]
    return told | ({"status": statuses[-1]} if statuses else {})


hearing.register(announce)
