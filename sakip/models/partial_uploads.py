"""Large files on their way: each is sent in parts, so that a break in the line costs one part only."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from sakip.text_fields import LineField
from sakip.uploads.storage import RandomPath


class PartialUploadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only the person who sends a file knows of it."""
        return self.filter(person=user.pk)


class PartialUpload(models.Model):
    """A file that one person sends in parts, kept until the form that holds it is saved.

    Name, size and time of change are what the browser says; by them the person finds it again after the
    page was closed. Nothing has looked into the file yet: that is done when the form is sent.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = LineField("nama berkas", max_length=200)
    size = models.PositiveIntegerField("ukuran")
    modified = models.PositiveBigIntegerField("berkasnya diubah pada")  # milliseconds since 1970
    received = models.PositiveIntegerField("diterima", default=0)
    touched_at = models.DateTimeField("terakhir diterima pada")

    objects = PartialUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "unggahan yang belum selesai"
        verbose_name_plural = "unggahan yang belum selesai"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name", "size", "modified"], name="partial_upload_once_per_file"
            ),
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="partial_upload_fits"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_whole(self) -> bool:
        return self.received == self.size


class UploadPart(models.Model):
    """The bytes from `start` on. They lie where all files lie, so any machine can put them together."""

    upload = models.ForeignKey(PartialUpload, on_delete=models.CASCADE, related_name="parts")
    start = models.PositiveIntegerField("mulai")
    size = models.PositiveIntegerField("ukuran")
    file = models.FileField("berkas", upload_to=RandomPath("unggahan/%Y"), max_length=200)

    class Meta:
        verbose_name = "potongan unggahan"
        verbose_name_plural = "potongan unggahan"
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["upload", "start"], name="upload_part_once")]

    def __str__(self):
        return f"{self.upload_id}: {self.start}"
