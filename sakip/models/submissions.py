"""Forms that have made something: the same form makes nothing else."""

from django.conf import settings
from django.db import models

from sakip.text_fields import LineField


class Submission(models.Model):
    """A form that one person sent, by the key that it was shown with (`sakip/once.py`).

    The row is written in the transaction that makes the record. `digest` tells the same content from
    another one; `location` is the address that the first answer led to.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField("kunci formulir")
    digest = LineField("sidik isi", max_length=64)
    location = LineField("alamat hasilnya", max_length=500, blank=True)
    sent_at = models.DateTimeField("dikirim pada", db_index=True)

    objects = models.Manager()

    class Meta:
        verbose_name = "formulir terkirim"
        verbose_name_plural = "formulir terkirim"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"],
                name="submission_once",
                violation_error_message="Formulir ini sudah terkirim.",
            ),
        ]

    def __str__(self):
        return f"Formulir {self.person}, {self.sent_at:%d/%m/%Y %H:%M}"
