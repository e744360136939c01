"""Sends what webhooks are told: signed, tried again after growing waits, given up in the end.

A worker claims a message, sends it and notes the answer. Any status from 200 to 299 means that it was taken;
a redirect is none. A worker that dies in the middle leaves a claim, which is a failed try after DEAD_AFTER.
The receiver knows a message that comes twice by its key.
"""

import hmac
import json
import logging
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from api.models import WebhookDelivery
from api.rules.events import WAITS
from api.services.outgoing import Unreachable, post
from recommendations.models import Notice
from sakip import background
from sakip.ciphers import WrongKey, decrypt
from sakip.errors import WrongState
from sakip.models import User
from sakip.roles import Role

logger = logging.getLogger(__name__)
PURPOSE = "api.webhook"
DEAD_AFTER = timedelta(minutes=5)
State = WebhookDelivery.State
UNREADABLE = "Rahasianya dienkripsi dengan SECRET_KEY lain. Buat webhook baru."
ANSWERED = "Dijawab dengan status {}."
OFF = "Webhook dimatikan."
DIED = "Proses yang mengirimnya berhenti di tengah jalan."
ON_ITS_WAY = "Kiriman ini masih menunggu giliran."
GIVEN_UP = "Webhook “{}” ({}) tidak dapat dikirim sampai percobaan ke-{}. Periksa kirimannya pada Pengaturan, Webhook."


@task(takes_context=True)
def deliver(context, pk: int) -> None:
    """The worker's part. Begins again when a worker died."""
    _free_dead_claims(timezone.now())
    send(pk)


def send(pk: int) -> None:
    now = timezone.now()
    free = WebhookDelivery.objects.filter(pk=pk, state=State.WAITING, sending_at=None)
    if not free.update(sending_at=now):
        return  # it has ended, or another worker has it
    row = WebhookDelivery.objects.select_related("webhook").get(pk=pk)
    if not row.webhook.is_active:
        _end(row, State.GIVEN_UP, now, problem=OFF)
        return
    try:
        status = sent(row, now)
    except WrongKey:
        _give_up(row, now, UNREADABLE)
    except Unreachable as reason:
        _failed(row, now, str(reason))
    else:
        _answered(row, now, status)


def sent(row, now) -> int:
    """The status of the answer. Raises WrongKey or Unreachable."""
    secret = decrypt(row.webhook.secret, PURPOSE)
    content = json.dumps({"key": str(row.key), **row.content}).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Tindak-Lanjut-SAKIP",
        "Sakip-Event": row.event,
        "Sakip-Delivery": str(row.key),
        "Sakip-Signature": signature(secret, content, int(now.timestamp())),
    }
    return post(row.webhook.url, content, headers)


def signature(secret: str, content: bytes, at: int) -> str:
    """HMAC-SHA256 of the time and the body, so that an old message cannot be sent anew by another."""
    code = hmac.new(secret.encode(), f"{at}.".encode() + content, sha256)
    return f"t={at},v1={code.hexdigest()}"


def _answered(row, now, status):
    row.last_status = status
    if 200 <= status < 300:
        row.tries += 1
        _end(row, State.DELIVERED, now)
    else:
        _failed(row, now, ANSWERED.format(status))


def _failed(row, now, problem):
    wait = WAITS[row.tries] if row.tries < len(WAITS) else None
    row.tries += 1
    if wait is None:
        _give_up(row, now, problem)
        return
    row.next_at, row.sending_at, row.last_problem = now + timedelta(minutes=wait), None, problem
    with transaction.atomic():
        row.save()
        deliver.using(run_after=row.next_at).enqueue(row.pk)
    logger.warning("Webhook message %s waits %s minutes.", row.pk, wait)


@transaction.atomic
def _give_up(row, now, problem):
    """Tells the coordinators of the unit, once for each message."""
    _end(row, State.GIVEN_UP, now, problem=problem)
    logger.error("Webhook message %s is given up after %s tries.", row.pk, row.tries)
    text = GIVEN_UP.format(row.webhook.name, row.webhook.unit, row.tries)
    people = User.objects.filter(is_active=True).posted(Role.COORDINATOR, [row.webhook.unit_id])
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=person,
                kind=Notice.Kind.WEBHOOK,
                text=text,
                key=f"webhook:{row.pk}:{row.tries}",
                created_at=now,
            )
            for _, person in people
        ],
        ignore_conflicts=True,
    )


def _end(row, state, now, problem=""):
    row.state, row.ended_at, row.sending_at = state, now, None
    row.next_at, row.last_problem = None, problem
    row.save()


def _free_dead_claims(now):
    for row in WebhookDelivery.objects.select_related("webhook").filter(
        state=State.WAITING, sending_at__lt=now - DEAD_AFTER
    ):
        _failed(row, now, DIED)


@transaction.atomic
def send_again(*, row, at):
    """By hand: begins with the first try again. Raises WrongState while it still waits."""
    held = WebhookDelivery.objects.select_for_update().get(pk=row.pk)
    if held.state == State.WAITING:
        raise WrongState(ON_ITS_WAY)
    held.state, held.ended_at, held.tries, held.next_at = State.WAITING, None, 0, at
    held.last_problem, held.last_status = "", None
    held.save()
    deliver.enqueue(held.pk)
    transaction.on_commit(background.ensure)
