"""Makes webhooks, changes them, and switches them on and off."""

import secrets
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from api.models import Webhook
from api.permissions import webhook_policy
from api.rules.events import EVENTS
from api.services.delivery import PURPOSE
from sakip.ciphers import encrypt
from sakip.editing import StaleEdit, digest
from sakip.history.write import record

ONLY_HTTPS = "Alamatnya harus diawali https://."
BAD_PORT = "Nomor port pada alamat ini keliru. Biasanya tidak perlu ditulis."
STALE = "Orang lain mengubah webhook ini lebih dahulu. Periksa isinya, lalu simpan lagi."
ONLY_ADDRESS = "Tulis alamat tanpa nama pengguna dan kata sandi; rahasianya dibuat program ini."


@transaction.atomic
def make_webhook(*, actor, at, unit, name, url, events) -> tuple[Webhook, str]:
    """The webhook and its secret, which is shown once. Raises ValidationError or PermissionDenied."""
    secret = f"whsec_{secrets.token_urlsafe(32)}"
    webhook = Webhook(unit=unit, made_at=at, secret=encrypt(secret, PURPOSE))
    _fill(webhook, actor, name, url, events)
    webhook.save()
    changes = [("webhook", "", _told(webhook))]
    record(actor=actor, at=at, action="make_webhook", target=unit, changes=changes)
    return webhook, secret


@transaction.atomic
def edit_webhook(*, webhook, actor, at, name, url, events, seen=None):
    """The secret and the unit stay. `seen` as of `digest_of`. Raises ValidationError, PermissionDenied or
    StaleEdit.
    """
    held = Webhook.objects.select_for_update().select_related("unit").get(pk=webhook.pk)
    if seen and seen != digest_of(held):
        raise StaleEdit("webhook", held, reason=STALE)
    before = _told(held)
    _fill(held, actor, name, url, events)
    if (after := _told(held)) != before:
        held.save()
        changes = [("webhook", before, after)]
        record(actor=actor, at=at, action="edit_webhook", target=held.unit, changes=changes)
    return held


def digest_of(webhook) -> str:
    return digest([webhook.name, webhook.url, *webhook.events])


def _fill(webhook, actor, name, url, events):
    webhook.name, webhook.url = name, url
    webhook.events = [code for code in EVENTS if code in events]
    if not webhook_policy.check(actor, "edit", webhook):
        raise PermissionDenied
    _check_address(url)
    webhook.full_clean()


def _check_address(url):
    parts = urlsplit(url)
    try:
        parts.port  # noqa: B018  reading it checks it
    except ValueError:
        raise ValidationError({"url": BAD_PORT}) from None
    if parts.scheme != "https" or not parts.hostname:
        raise ValidationError({"url": ONLY_HTTPS})
    if parts.username or parts.password:
        raise ValidationError({"url": ONLY_ADDRESS})


def _told(webhook):
    """For the history: the host alone, as the rest of an address may hold a key."""
    return f"{webhook.name}: {urlsplit(webhook.url).hostname}, {webhook.in_words}"


@transaction.atomic
def switch_webhook(*, webhook, actor, at, is_active):
    """Does nothing when it is so already. Raises PermissionDenied."""
    if not webhook_policy.check(actor, "edit", webhook):
        raise PermissionDenied
    rows = Webhook.objects.filter(pk=webhook.pk).exclude(is_active=is_active)
    if rows.update(is_active=is_active):
        changes = [("webhook", f"{webhook.name}", "hidup" if is_active else "mati")]
        record(actor=actor, at=at, action="switch_webhook", target=webhook.unit, changes=changes)
