"""Issued reports: the file as it was issued, and a snapshot of its text (docs/design.md §2.7, §2.9)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.models import Evaluation
from reports.permissions import REPORT_ISSUED, REPORT_WITHDRAWN
from reports.querysets import IssuedReportQuerySet
from sakip.models import Unit
from sakip.text_fields import LineField, LinesField
from sakip.uploads.storage import RandomPath

TELAAH_STAF = "telaah-staf"
PERSON = {"on_delete": models.PROTECT, "related_name": "+"}


class IssuedReport(models.Model):
    """A sealed report (laporan terbit). It is added and may be withdrawn; it is never changed or deleted.

    `spec` can make the report again from the records of another day. `scope` is the part of the spec
    that decides whether two issues belong to the same report. `unit` is the body that the report is
    about. `sha256` is the hash of the file with its signature. `snapshot` is the text at the time of
    issue. `history_head` is the newest link of the history just before it, also printed on the paper, so
    that history which is cut off later is noticed. `submission` identifies one press of the button by one person for one export, so that a
    repeated press does not issue twice.
    """

    history_body = "unit"

    class Status(models.TextChoices):
        ISSUED = REPORT_ISSUED, "Terbit"
        WITHDRAWN = REPORT_WITHDRAWN, "Dicabut"

    product = LineField("jenis laporan", max_length=40)
    title = LineField("judul", max_length=300)
    spec = models.JSONField("pesanan")
    scope = LineField("cakupan", max_length=300, db_index=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="perangkat daerah"
    )
    evaluation = models.ForeignKey(
        Evaluation,
        on_delete=models.PROTECT,
        null=True,
        related_name="issued_reports",
        verbose_name="evaluasi",
    )
    number = LineField("nomor", max_length=80)
    date = models.DateField("tanggal")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="diterbitkan oleh", **PERSON
    )
    issued_at = models.DateTimeField("diterbitkan pada")
    file = models.FileField("berkas", upload_to=RandomPath("terbit/%Y"), max_length=200)
    file_name = LineField("nama berkas", max_length=200)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    sha256 = LineField("SHA-256", max_length=64, db_index=True)
    code = LineField("kode verifikasi", max_length=19, unique=True)
    is_signed = models.BooleanField("bertanda tangan elektronik", default=False)
    snapshot = models.JSONField("isi saat terbit")
    snapshot_sha256 = LineField("SHA-256 isi", max_length=64)
    history_head = LineField("kepala rantai riwayat", max_length=90, blank=True, default="")
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="superseded_by",
        verbose_name="menggantikan",
    )
    submission = models.UUIDField("kiriman", db_index=True, default=uuid.uuid4)
    status = LineField("status", max_length=10, choices=Status, default=Status.ISSUED)
    withdrawn_reason = LinesField("alasan pencabutan", blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, verbose_name="dicabut oleh", **PERSON
    )
    withdrawn_at = models.DateTimeField("dicabut pada", null=True)

    objects = IssuedReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan terbit"
        verbose_name_plural = "laporan terbit"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                condition=~Q(
                    product=TELAAH_STAF
                ),  # the numbers of a telaah staf come from a register outside the program
                name="issued_report_number_once",
                violation_error_message="Nomor ini sudah dipakai laporan lain. Tulis nomor yang lain.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=REPORT_ISSUED,
                    withdrawn_reason="",
                    withdrawn_by=None,
                    withdrawn_at=None,
                )
                | Q(
                    status=REPORT_WITHDRAWN,
                    withdrawn_by__isnull=False,
                    withdrawn_at__isnull=False,
                )
                & ~Q(withdrawn_reason=""),
                name="issued_report_withdrawn_with_reason",
                violation_error_message="Tulis alasan pencabutan laporan.",
            ),
            models.CheckConstraint(
                condition=~Q(number=""),
                name="issued_report_has_number",
                violation_error_message="Tulis nomor laporan.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, nomor {self.number}"

    def get_absolute_url(self):
        return reverse("reports:issued-detail", args=[self.pk])

    def delete(self, *args, **kwargs):
        raise TypeError("Laporan terbit tidak dapat dihapus; cabutlah.")
