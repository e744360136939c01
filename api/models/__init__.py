from api.models.tokens import ApiToken
from api.models.webhooks import Webhook, WebhookDelivery

__all__ = ["ApiToken", "Webhook", "WebhookDelivery"]
