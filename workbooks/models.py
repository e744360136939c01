"""What was imported, by whom, and what it replaced."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils import timezone

from sakip.errors import WrongState
from sakip.text_fields import LineField
from sakip.uploads.storage import RandomPath
from workbooks.querysets import ImportRunQuerySet

TONES = {"previewed": "info", "done": "success", "failed": "danger"}


class ImportRun(models.Model):
    """One uploaded workbook and its state: read, previewed, confirmed, done or undone.

    `plan_digest` is the digest of the previewed plan; the confirmation writes only an equal plan.
    `data_version` is the key of all that the preview looked at and of its judged rows; while it holds, the
    confirmation writes these. Empty when the rows must be judged again anyhow.
    `choices` maps conflicting cells ("sheet!cell") to the value that is taken. `names` maps unknown
    sheets and headings (Question.key) to what they are by the answer of the person, "" for nothing.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Menunggu dibaca"
        READING = "reading", "Sedang dibaca"
        PREVIEWED = "previewed", "Menunggu konfirmasi"
        CONFIRMED = "confirmed", "Menunggu ditulis"
        WRITING = "writing", "Sedang ditulis"
        DONE = "done", "Selesai"
        UNDONE = "undone", "Dibatalkan seluruhnya"
        CANCELLED = "cancelled", "Dibatalkan sebelum ditulis"
        FAILED = "failed", "Gagal"

    kind = LineField("jenis", max_length=20)
    file = models.FileField("berkas", upload_to=RandomPath("impor/%Y"), max_length=200)
    preview = models.FileField(
        upload_to=RandomPath("impor/%Y"), max_length=200, blank=True, editable=False
    )
    original_name = LineField("nama berkas", max_length=200)
    sha256 = LineField("SHA-256", max_length=64)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="import_runs",
        verbose_name="oleh",
    )
    state = LineField("keadaan", max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField("diunggah pada", default=timezone.now)
    finished_at = models.DateTimeField("selesai pada", null=True, blank=True)
    done = models.PositiveIntegerField("baris diolah", default=0)
    total = models.PositiveIntegerField("jumlah baris", default=0)
    summary = models.JSONField("ringkasan", default=dict, encoder=DjangoJSONEncoder)
    choices = models.JSONField("pilihan", default=dict)
    names = models.JSONField("arti lembar dan judul", default=dict)
    plan_digest = LineField(max_length=64, blank=True)
    data_version = LineField(max_length=64, blank=True, default="", db_default="", editable=False)
    error = models.TextField("kesalahan", blank=True)
    beat_at = models.DateTimeField("tanda terakhir", null=True, blank=True, editable=False)
    batch = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "impor"
        verbose_name_plural = "impor"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"Impor {self.original_name}"

    def get_absolute_url(self):
        return reverse("workbooks:import-detail", args=[self.pk])

    def opened(self):
        """Opens the uploaded file for reading. Raises WrongState when the file is missing."""
        try:
            return self.file.open("rb")
        except FileNotFoundError:
            raise WrongState(
                f"Berkas {self.original_name} tidak ada lagi di tempat penyimpanan. Unggah sekali lagi."
            ) from None

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "secondary")

    @property
    def is_previewed(self) -> bool:
        return self.state == self.State.PREVIEWED

    @property
    def is_at_work(self) -> bool:
        """Says whether a worker processes it now or will do so."""
        return self.state in (
            self.State.WAITING,
            self.State.READING,
            self.State.CONFIRMED,
            self.State.WRITING,
        )

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def change_count(self) -> int:
        """How many rows a confirmation writes."""
        return self.summary.get("new", 0) + self.summary.get("changed", 0)

    @property
    def note(self) -> str:
        """Returns the note for the history entry of each row."""
        return f"Impor {self.original_name}"


class ImportedSlice(models.Model):
    """Records of one model that an import wrote together, a few hundred at most, so that it can be undone.

    `values` has for each of `object_ids` a triple: whether the import created the record, the old values
    of the written attributes, and their new values. A text that the history of the record tells exactly is
    only there (services/remembering.py).
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="slices")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_ids = models.JSONField()
    values = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "catatan impor"
        verbose_name_plural = "catatan impor"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.run}: {len(self.object_ids)} {self.content_type}"


class WordDraft(models.Model):
    """What was read from a Word file, as the coordinator corrects it: `word.drafts.TableDraft` as JSON.

    `default_unit` leads new renaksi for which neither the file nor the coordinator names a unit.
    `keeps_claims`: “Sudah” in the file is the claim of the unit, else work that has begun.
    `quarter`, such as “2023-4”, gets the percentages of the file; empty when they are left out.
    `correction` is the reason for changed scores. `is_corrected`: the content is no longer what the file says, so reading again would lose something.
    """

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="draft")
    evaluation = models.ForeignKey(
        "recommendations.Evaluation",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="LHE",
    )
    default_unit = models.ForeignKey(
        "sakip.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="penanggung jawab"
    )
    keeps_claims = models.BooleanField("tanda Sudah sebagai pernyataan unit", default=False)
    quarter = LineField("triwulan", max_length=6, blank=True)
    correction = LineField("alasan perbaikan nilai", max_length=500, blank=True)
    is_corrected = models.BooleanField("sudah dikoreksi", default=False, editable=False)
    content = models.JSONField("isi", default=dict)

    class Meta:
        verbose_name = "hasil baca Word"
        verbose_name_plural = "hasil baca Word"

    def __str__(self):
        return f"Hasil baca {self.run.original_name}"


class WordReading(models.Model):
    """How Word tables with one head are read for one body, as a person has said it.

    `digest` is that of the table's first row (`word.mapping.TableShape.key`), `shape` the TableShape
    and `marks` the meaning of each mark word, as JSON.
    """

    unit = models.ForeignKey(
        "sakip.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="perangkat daerah"
    )
    digest = LineField("sidik judul kolom", max_length=64)
    shape = models.JSONField("kolom", default=dict)
    marks = models.JSONField("arti tanda", default=dict)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="ditetapkan oleh",
    )
    changed_at = models.DateTimeField("ditetapkan pada", default=timezone.now)

    class Meta:
        verbose_name = "cara baca tabel Word"
        verbose_name_plural = "cara baca tabel Word"
        constraints = [
            models.UniqueConstraint(fields=["unit", "digest"], name="word_reading_once"),
        ]

    def __str__(self):
        return f"Cara baca tabel Word {self.unit}"
