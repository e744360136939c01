"""What this app keeps only for a time."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from api.models import ApiToken, WebhookDelivery
from sakip import purging


def tokens(at):
    """Tokens that opened nothing for long; the history tells of them."""
    since = at - timedelta(days=settings.API_TOKEN_KEPT_DAYS)
    return ApiToken.objects.filter(Q(expires_at__lt=since) | Q(revoked_at__lt=since))


def deliveries(at):
    """What was sent to webhooks long ago, or given up."""
    since = at - timedelta(days=settings.WEBHOOK_LOG_DAYS)
    return WebhookDelivery.objects.filter(ended_at__lt=since)


purging.register("kiriman webhook lama", lapsed=deliveries)
purging.register("token API yang sudah mati", lapsed=tokens)
