"""The letter of an LHE as a file, and what the LHE said before it was revised (docs/design.md §2.1)."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from recommendations.models.evaluation import Evaluation
from recommendations.querysets import OfEvaluationQuerySet
from sakip.text_fields import LineField, LinesField
from sakip.uploads.storage import RandomPath


class EvaluationLetter(models.Model):
    """The letter (surat LHE) as a file. A replaced file is kept; the highest number is the current one.

    `sha256` is the hash of the stored bytes, `original_sha256` that of the uploaded ones when a picture
    was encoded anew, else empty.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="letters")
    number = models.PositiveSmallIntegerField("berkas ke-")
    file = models.FileField("berkas", upload_to=RandomPath("lhe/%Y"), max_length=200)
    original_name = LineField("nama berkas", max_length=200)
    content_type = LineField("jenis isi", max_length=100)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    sha256 = LineField("SHA-256", max_length=64)
    original_sha256 = LineField("SHA-256 berkas semula", max_length=64, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah pada")

    objects = OfEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas surat LHE"
        verbose_name_plural = "berkas surat LHE"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "number"], name="evaluation_letter_once"),
        ]

    def __str__(self):
        return self.original_name

    def get_absolute_url(self):
        return reverse("recommendations:letter-file", args=[self.evaluation_id, self.number])


class EvaluationRevision(models.Model):
    """What an LHE said until the Inspektorat revised it; never changed afterwards.

    The evaluation itself always holds the current version, so that follow-ups stay attached. `number`
    1 is the LHE as it was first issued. `content` is what `services.revisions` froze. `letter` is the
    file that belonged to this version.
    """

    history_body = "evaluation__unit"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField("versi")
    letter_number = LineField("nomor LHE", max_length=80, blank=True)
    letter_date = models.DateField("tanggal LHE", null=True, blank=True)
    letter = models.ForeignKey(
        EvaluationLetter, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content = models.JSONField("isi")
    reason = LinesField("alasan revisi")
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="direvisi oleh",
    )
    replaced_at = models.DateTimeField("direvisi pada")

    objects = OfEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "versi lama LHE"
        verbose_name_plural = "versi lama LHE"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "number"], name="evaluation_revision_once"
            ),
        ]

    def __str__(self):
        return "LHE semula" if self.number == 1 else f"LHE revisi ke-{self.number - 1}"

    def get_absolute_url(self):
        return reverse("recommendations:revision-detail", args=[self.evaluation_id, self.number])
