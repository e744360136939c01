"""Models of printing: finished files, and jobs for a worker in the background."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from sakip.text_fields import LineField
from sakip.uploads.storage import RandomPath


class StoredFile(models.Model):
    """A finished file. It never changes; when the records change, a new file is made.

    `key` is a hash of everything that its content depends on (`exports/validity.py`), `rights` a hash
    of the rights of its reader.
    """

    key = LineField(max_length=64, db_index=True)
    rights = LineField(max_length=64)
    file = models.FileField("berkas", upload_to=RandomPath("dokumen"), max_length=200)
    filename = LineField("nama berkas", max_length=200)
    content_type = LineField("jenis isi", max_length=100)
    title = LineField("judul", max_length=300)
    size = models.PositiveBigIntegerField("ukuran")
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "hasil cetak"
        verbose_name_plural = "hasil cetak"

    def __str__(self):
        return self.filename


class ReportJobQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(owner=user.pk)

    def unfinished(self):
        return self.filter(state__in=[ReportJob.State.WAITING, ReportJob.State.RUNNING])


class ReportJob(models.Model):
    """A long document that one person asked for and that a worker makes.

    `spec` is an ExportSpec as JSON. `error` is a sentence for the owner. `beat_at` is the last time
    when its worker reported; `stage` (typesetting.stages), `done` and `total` are what it reported.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Menunggu giliran"
        RUNNING = "running", "Sedang dibuat"
        DONE = "done", "Selesai"
        FAILED = "failed", "Gagal"
        CANCELLED = "cancelled", "Dibatalkan"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="report_jobs"
    )
    spec = models.JSONField("pesanan")
    title = LineField("judul", max_length=300)
    state = LineField("keadaan", max_length=9, choices=State, default=State.WAITING)
    stage = LineField("tahap", max_length=8, blank=True)
    done = models.PositiveIntegerField("selesai", default=0)
    total = models.PositiveIntegerField("seluruhnya", default=0)
    error = LineField("kesalahan", max_length=500, blank=True)
    stored_file = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    created_at = models.DateTimeField("dipesan pada")
    started_at = models.DateTimeField("dimulai pada", null=True, blank=True)
    beat_at = models.DateTimeField("tanda terakhir", null=True, blank=True)
    finished_at = models.DateTimeField("selesai pada", null=True, blank=True)

    objects = ReportJobQuerySet.as_manager()

    class Meta:
        verbose_name = "pesanan dokumen"
        verbose_name_plural = "pesanan dokumen"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="report_job_by_state")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("reports:job-detail", args=[self.pk])

    @property
    def format(self) -> str:
        return self.spec["format"]

    @property
    def is_unfinished(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
