"""Evidence of the figures."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from performance.models.realisations import Realisation
from performance.querysets import OfRealisationQuerySet
from sakip.text_fields import LineField
from sakip.uploads.storage import RandomPath


class FigureEvidence(models.Model):
    """A file that proves a realisation. It can be archived but not deleted.

    `sha256` is the hash of the stored bytes, `original_sha256` that of the received ones when a picture
    was encoded anew, else empty.
    """

    realisation = models.ForeignKey(Realisation, on_delete=models.CASCADE, related_name="evidence")
    file = models.FileField("berkas", upload_to=RandomPath("bukti/%Y"), max_length=200)
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
    uploaded_at = models.DateTimeField("diunggah pada", default=timezone.now)
    is_archived = models.BooleanField("diarsipkan", default=False)

    objects = OfRealisationQuerySet.as_manager()

    class Meta:
        verbose_name = "bukti realisasi"
        verbose_name_plural = "bukti realisasi"
        ordering = ["pk"]

    def __str__(self):
        return self.original_name

    def get_absolute_url(self):
        return reverse("performance:figure-evidence-file", args=[self.pk])
