"""Sends a message at once, so that a coordinator sees whether the receiver hears: signed like any other."""

from time import perf_counter

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from api.models import WebhookDelivery
from api.permissions import webhook_policy
from api.rules.events import TEST
from api.services import delivery
from api.services.outgoing import Unreachable
from sakip.ciphers import WrongKey
from sakip.errors import WrongState
from sakip.history.write import record
from sakip.services import tries
from sakip.services.tries import Bucket, hashed

MOST, MINUTES = 5, 10  # for each webhook: nobody knocks at a stranger's door without end
TOO_OFTEN = (
    f"Paling banyak {MOST} kiriman uji dalam {MINUTES} menit. Tunggu sebentar, lalu kirim lagi."
)
IS_OFF = "Webhook ini mati. Hidupkan dahulu, lalu kirim ujinya."
State = WebhookDelivery.State


def send_test(*, webhook, actor, at) -> tuple[WebhookDelivery, float]:
    """The message with what became of it, and the seconds that it took. It is tried once.

    Raises PermissionDenied, or WrongState when the webhook is off or was tested too often.
    """
    if not webhook_policy.check(actor, "edit", webhook):
        raise PermissionDenied
    if not webhook.is_active:
        raise WrongState(IS_OFF)
    _count(webhook)
    row = WebhookDelivery.objects.create(
        webhook=webhook, event=TEST, content=_content(webhook, at), made_at=at, sending_at=at
    )
    begun = perf_counter()
    try:
        row.last_status, problem = delivery.sent(row, at), ""
    except WrongKey:
        problem = delivery.UNREADABLE
    except Unreachable as reason:
        problem = str(reason)
    _note(row, actor, problem)
    return row, perf_counter() - begun


@transaction.atomic
def _note(row, actor, problem):
    is_taken = row.last_status is not None and 200 <= row.last_status < 300
    row.state = State.DELIVERED if is_taken else State.GIVEN_UP
    row.tries, row.sending_at, row.ended_at = 1, None, timezone.now()
    row.last_problem = "" if is_taken else problem or delivery.ANSWERED.format(row.last_status)
    row.save()
    told = f"{row.get_state_display()}. {row.last_problem}".strip()
    changes = [("webhook", row.webhook.name, told)]
    record(
        actor=actor,
        at=row.ended_at,
        action="test_webhook",
        target=row.webhook.unit,
        changes=changes,
    )


def _count(webhook):
    bucket = Bucket(hashed("webhook-test", webhook.pk), MOST, MINUTES)
    try:
        tries.take([bucket])
    except tries.Full:
        raise WrongState(TOO_OFTEN) from None
    tries.settle([bucket], is_right=False)  # it counts


def _content(webhook, at):
    page = settings.SITE_URL + reverse("api:webhook-detail", args=[webhook.pk])
    about = {"kind": "webhook", "id": webhook.pk, "body": webhook.unit_id}
    return {"event": TEST, "at": at.isoformat(), **about, "record": page, "page": page}
