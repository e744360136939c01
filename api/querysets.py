"""Querysets of webhooks and of what was sent."""

from django.db import models

from api.permissions import webhook_policy


class WebhookQuerySet(models.QuerySet):
    def visible_to(self, user):
        return webhook_policy.filter(self, user, "view")

    def hearing(self, event, body_id, parents):
        """The active ones that are told of `event` in this body. `parents` are the units by key."""
        above, unit = set(), body_id
        while unit is not None and unit not in above:
            above.add(unit)
            unit = parents.get(unit)
        rows = self.filter(is_active=True, unit__in=above)
        return [row for row in rows if event in row.events]


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        webhooks = self.model._meta.get_field("webhook").related_model.objects
        return self.filter(webhook__in=webhooks.visible_to(user))
