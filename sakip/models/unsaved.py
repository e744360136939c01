"""Texts that a person typed and has not saved yet, or has removed and may want back."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from sakip.text_fields import LineField


class UnsavedText(models.Model):
    """What one person typed, kept until it is saved or thrown away. Only its author may read it.

    It belongs to a whole form, named by the path of its `address`, or to one text of a record that a page
    shows among others: `part` tells which. `content` is what the form needs to show it again; only its
    form and its service read it. `base_version` is the version of the record when the person began.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = LineField("alamat formulir", max_length=200, blank=True)
    content_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
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
            models.UniqueConstraint(
                fields=["author", "address"],
                condition=~models.Q(address=""),
                name="unsaved_form_once_per_author",
            ),
            models.CheckConstraint(
                condition=models.Q(address="", content_type__isnull=False, object_id__isnull=False)
                | ~models.Q(address="")
                & models.Q(content_type__isnull=True, object_id__isnull=True),
                name="unsaved_text_of_form_or_record",
            ),
        ]

    def __str__(self):
        return f"Tulisan {self.author} yang belum disimpan"
