"""Mail that waits until the mail server takes it."""

from django.conf import settings
from django.db import models


class WaitingMail(models.Model):
    """One mail. The row is deleted as soon as the mail is sent or given up.

    `content` is encrypted, because it may hold a link that opens an account. `failure` is the action that
    the history of `person` tells of when the mail is given up. `sending_at` is set by the process that
    sends it; nobody else sends it then, even if that process dies.
    """

    content = models.TextField("isi")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    failure = models.CharField("tindakan bila gagal", max_length=40, blank=True)
    tries = models.PositiveIntegerField("percobaan", default=0)
    queued_at = models.DateTimeField("dititipkan pada")
    next_at = models.DateTimeField("dikirim mulai", db_index=True)
    sending_at = models.DateTimeField("sedang dikirim sejak", null=True, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = "surel yang menunggu"
        verbose_name_plural = "surel yang menunggu"

    def __str__(self):
        return f"Surel {self.pk} yang menunggu"
