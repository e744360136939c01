"""The proof of a renaksi (bukti dukung) and its revisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from recommendations.models.renaksi import Renaksi
from recommendations.querysets import OfRenaksiQuerySet
from sakip.text_fields import LineField, URLLineField
from sakip.uploads.storage import RandomPath


class Evidence(models.Model):
    """A file with revisions, a link, or a reference to a document elsewhere. It is archived, never deleted."""

    class Kind(models.TextChoices):
        FILE = "file", "Berkas"
        LINK = "link", "Tautan"
        SEPARATE = "separate", "Dokumen terpisah"

    renaksi = models.ForeignKey(Renaksi, on_delete=models.PROTECT, related_name="evidence")
    position = models.PositiveSmallIntegerField("urutan", default=1)
    kind = LineField("jenis", max_length=8, choices=Kind)
    title = LineField("judul", max_length=200)
    caption = LineField("keterangan", max_length=300, blank=True)
    url = URLLineField("alamat tautan", max_length=500, blank=True)
    document_number = LineField("nomor dokumen", max_length=120, blank=True)
    document_date = models.DateField("tanggal dokumen", null=True, blank=True)
    page_hint = LineField("halaman", max_length=60, blank=True, help_text="Misalnya: hlm. 3–5")
    is_archived = models.BooleanField("diarsipkan", default=False, editable=False)

    objects = OfRenaksiQuerySet.as_manager()

    class Meta:
        verbose_name = "bukti dukung"
        verbose_name_plural = "bukti dukung"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="link") & ~Q(url="") | Q(kind__in=["file", "separate"], url=""),
                name="evidence_url_for_links_only",
                violation_error_message="Isi alamat untuk bukti berupa tautan; kosongkan untuk jenis lain.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("recommendations:renaksi-detail", args=[self.renaksi_id])


class EvidenceRevision(models.Model):
    """One version of an evidence file. Versions are never overwritten.

    `sha256` is the hash of the stored bytes, `original_sha256` that of the uploaded ones when a picture
    was encoded anew on its way in, else empty.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField("revisi")
    file = models.FileField("berkas", upload_to=RandomPath("bukti/%Y"), max_length=200)
    original_name = LineField("nama berkas", max_length=200)
    content_type = LineField("jenis isi", max_length=100)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    sha256 = LineField("SHA-256", max_length=64, db_index=True)
    original_sha256 = LineField("SHA-256 berkas semula", max_length=64, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah pada", default=timezone.now)

    class Meta:
        verbose_name = "revisi bukti"
        verbose_name_plural = "revisi bukti"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="evidence_revision_once"),
        ]

    def __str__(self):
        return f"{self.evidence} revisi {self.number}"

    def get_absolute_url(self):
        return self.evidence.get_absolute_url()
