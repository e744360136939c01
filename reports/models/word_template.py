"""The Word template of an office for its Telaah Staf."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from reports.permissions import ACTIVE, DRAFT
from reports.querysets import WordTemplateQuerySet
from sakip.editing import Versioned
from sakip.models import Unit
from sakip.text_fields import LineField
from sakip.uploads.storage import RandomPath


class WordTemplate(Versioned):
    """An uploaded .docx with placeholders (`documents.telaah_staf.word.placeholders`). Its file never
    changes.

    `problems` are sentences from the last check, at `checked_at`; a template with problems cannot be
    used. `remarks` do not prevent its use. Each body uses one template at a time.
    """

    history_body = "unit"

    class Status(models.TextChoices):
        DRAFT = DRAFT, "Draf"
        ACTIVE = ACTIVE, "Dipakai"

    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="word_templates",
        verbose_name="perangkat daerah",
    )
    name = LineField("nama templat", max_length=100)
    file = models.FileField("berkas", upload_to=RandomPath("templat"), max_length=200)
    original_name = LineField("nama berkas", max_length=200)
    size = models.PositiveIntegerField("ukuran")
    sha256 = LineField("SHA-256", max_length=64)
    status = LineField("status", max_length=6, choices=Status, default=Status.DRAFT, editable=False)
    uploaded_at = models.DateTimeField("diunggah pada")
    checked_at = models.DateTimeField("diperiksa pada", null=True, editable=False)
    problems = models.JSONField("yang harus diperbaiki", default=list, blank=True)
    remarks = models.JSONField("catatan", default=list, blank=True)

    objects = WordTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "templat Word"
        verbose_name_plural = "templat Word"
        ordering = ["unit", "status", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(status=ACTIVE),
                name="word_template_one_in_use",
                violation_error_message="Perangkat daerah ini sudah memakai templat lain.",
            ),
            models.CheckConstraint(
                condition=~Q(status=ACTIVE) | Q(problems=[], checked_at__isnull=False),
                name="word_template_in_use_is_sound",
                violation_error_message="Templat yang dipakai sudah diperiksa dan tanpa kesalahan.",
            ),
        ]

    def __str__(self):
        return f"Templat {self.name}"

    def get_absolute_url(self):
        return reverse("reports:word-template-detail", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.status == ACTIVE

    @property
    def is_sound(self) -> bool:
        return self.checked_at is not None and not self.problems

    def read(self) -> bytes:
        with self.file.open("rb") as file:
            return file.read()
