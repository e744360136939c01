"""Addresses of other programs that are told what has happened, and what was sent to them."""

import uuid

from django.db import models
from django.db.models import Q

from api.querysets import DeliveryQuerySet, WebhookQuerySet
from api.rules import events
from sakip.models import Unit
from sakip.text_fields import LineField, URLLineField


class Webhook(models.Model):
    """An address that is told what happens to the items of a unit and all beneath it.

    `secret` is encrypted (`sakip.ciphers`); whoever gets a message proves with it that it came from here.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="webhooks", verbose_name="unit"
    )
    name = LineField("nama", max_length=60)
    url = URLLineField("alamat", max_length=500)
    events = models.JSONField("peristiwa", default=list)
    secret = models.TextField("rahasia", editable=False)
    is_active = models.BooleanField("aktif", default=True)
    made_at = models.DateTimeField("dibuat pada")

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = "webhook"
        verbose_name_plural = "webhook"
        ordering = ["unit", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="webhook_name_once",
                violation_error_message="Unit ini sudah mempunyai webhook dengan nama ini. Tulis nama lain.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def in_words(self) -> str:
        """What it is told."""
        return events.in_words(self.events)


class WebhookDelivery(models.Model):
    """One message: what is sent, how often it was tried, and how it ended.

    `key` tells the receiver that a message sent again is the same. `last_status` is the status of the last
    answer, None when there was none; `last_problem` says in words why the last try failed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Menunggu"
        DELIVERED = "delivered", "Diterima"
        GIVEN_UP = "given_up", "Gagal"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    key = models.UUIDField("kunci", default=uuid.uuid4, unique=True)
    event = LineField("peristiwa", max_length=20)
    content = models.JSONField("isi")
    made_at = models.DateTimeField("dibuat pada")
    state = LineField("keadaan", max_length=9, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("percobaan", default=0)
    next_at = models.DateTimeField("dikirim mulai", null=True, blank=True)
    sending_at = models.DateTimeField("sedang dikirim sejak", null=True, blank=True)
    ended_at = models.DateTimeField("berakhir pada", null=True, blank=True)
    last_status = models.PositiveSmallIntegerField("status jawaban", null=True, blank=True)
    last_problem = LineField("kendala", max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "kiriman webhook"
        verbose_name_plural = "kiriman webhook"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["webhook", "-id"], name="webhook_delivery_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="webhook_delivery_ends_once",
            ),
        ]

    def __str__(self):
        return f"{self.webhook}: {self.event}"

    @property
    def event_words(self) -> str:
        return events.WORDS.get(self.event, self.event)
