"""Makes webhooks and switches them on and off."""

import secrets
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from api.models import Webhook
from api.permissions import webhook_policy
from api.rules.events import EVENTS
from api.services.delivery import PURPOSE
from sakip.ciphers import encrypt
from sakip.history.write import record

ONLY_HTTPS = "Alamatnya harus diawali https://."
BAD_PORT = "Nomor port pada alamat ini keliru. Biasanya tidak perlu ditulis."
ONLY_ADDRESS = "Tulis alamat tanpa nama pengguna dan kata sandi; rahasianya dibuat program ini."


@transaction.atomic
def make_webhook(*, actor, at, unit, name, url, events) -> tuple[Webhook, str]:
    """The webhook and its secret, which is shown once. Raises ValidationError or PermissionDenied."""
    webhook = Webhook(unit=unit, name=name, url=url, made_at=at)
    if not webhook_policy.check(actor, "edit", webhook):
        raise PermissionDenied
    parts = urlsplit(url)
    try:
        parts.port  # noqa: B018  reading it checks it
    except ValueError:
        raise ValidationError({"url": BAD_PORT}) from None
    if parts.scheme != "https" or not parts.hostname:
        raise ValidationError({"url": ONLY_HTTPS})
    if parts.username or parts.password:
        raise ValidationError({"url": ONLY_ADDRESS})
    secret = f"whsec_{secrets.token_urlsafe(32)}"
    webhook.events = [code for code in EVENTS if code in events]
    webhook.secret = encrypt(secret, PURPOSE)
    webhook.full_clean()
    webhook.save()
    told = f"{name}: {parts.hostname}, {webhook.in_words}"
    record(actor=actor, at=at, action="make_webhook", target=unit, changes=[("webhook", "", told)])
    return webhook, secret


@transaction.atomic
def switch_webhook(*, webhook, actor, at, is_active):
    """Does nothing when it is so already. Raises PermissionDenied."""
    if not webhook_policy.check(actor, "edit", webhook):
        raise PermissionDenied
    rows = Webhook.objects.filter(pk=webhook.pk).exclude(is_active=is_active)
    if rows.update(is_active=is_active):
        changes = [("webhook", f"{webhook.name}", "hidup" if is_active else "mati")]
        record(actor=actor, at=at, action="switch_webhook", target=webhook.unit, changes=changes)
