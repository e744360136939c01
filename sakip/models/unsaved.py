"""Texts that a person typed and has not saved yet, or has removed and may want back."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from sakip.text_fields import LineField


class UnsavedText(models.Model):
    """What one person typed about one record, kept until it is saved or thrown away.

    `part` tells which of the texts of the record it is. `content` is what the form needs to show it
    again; only its form and its service read it. `base_version` is the version of the record when the
    person began to type. Only its author may read it.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    part = LineField("bagian", max_length=30, blank=True)
    content = models.JSONField("isi", default=dict, encoder=DjangoJSONEncoder)
    base_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField("disimpan pada")

    objects = models.Manager()

    class Meta:
        verbose_name = "tulisan yang belum disimpan"
        verbose_name_plural = "tulisan yang belum disimpan"
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "part", "author"],
                name="unsaved_text_once_per_author",
            ),
        ]

    def __str__(self):
        return f"Tulisan {self.author} yang belum disimpan"
