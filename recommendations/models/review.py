"""Records about one renaksi: reviews, who has it open, requests for more time, drafts, comments; and closed
quarters."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from recommendations.models.placing import RepeatedBody
from recommendations.models.renaksi import Renaksi
from recommendations.querysets import OfRenaksiQuerySet
from sakip.text_fields import LineField, LinesField

PEOPLE = {"on_delete": models.PROTECT, "related_name": "+"}


class ReviewDecision(models.Model):
    """One decision of an evaluator (reviu): accepted, or returned with a reason code. It is never changed;
    taken back within a minute, it is deleted."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Diterima"
        RETURNED = "returned", "Dikembalikan"

    class Reason(models.TextChoices):
        IRRELEVANT = "irrelevant", "Bukti tidak relevan"
        UNSIGNED = "unsigned", "Belum ditandatangani"
        WRONG_PERIOD = "wrong_period", "Periode salah"
        UNREADABLE = "unreadable", "Tidak terbaca"
        INCOMPLETE = "incomplete", "Belum lengkap"
        OFF_TOPIC = "off_topic", "Uraian tidak menjawab"
        OTHER = "other", "Lainnya"

    renaksi = models.ForeignKey(Renaksi, on_delete=models.PROTECT, related_name="decisions")
    evaluator = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="evaluator", **PEOPLE)
    decided_at = models.DateTimeField("diputuskan pada")
    outcome = LineField("putusan", max_length=8, choices=Outcome)
    reason = LineField("alasan", max_length=12, choices=Reason, blank=True)
    note = LinesField("catatan", blank=True)

    objects = OfRenaksiQuerySet.as_manager()

    class Meta:
        verbose_name = "putusan reviu"
        verbose_name_plural = "putusan reviu"
        ordering = ["-decided_at", "-pk"]
        indexes = [
            # The evaluator's own decisions, the latest first, and their notes (`own_decisions`).
            models.Index(fields=["evaluator", "-decided_at", "-id"], name="decision_own"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="accepted", reason="") | Q(outcome="returned") & ~Q(reason=""),
                name="review_return_has_reason",
                violation_error_message="Pilih alasan pengembalian.",
            ),
        ]

    def __str__(self):
        return f"{self.get_outcome_display()}: {self.renaksi}"


class ReviewPresence(models.Model):
    """An evaluator has this item open for review. The page renews `seen_at`; an old row counts for nothing."""

    renaksi = models.ForeignKey(Renaksi, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField("dibuka pada")
    seen_at = models.DateTimeField("terakhir terlihat pada", db_index=True)

    objects = OfRenaksiQuerySet.as_manager()

    class Meta:
        verbose_name = "reviu yang sedang dibuka"
        verbose_name_plural = "reviu yang sedang dibuka"
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["renaksi", "person"], name="presence_once_per_person"),
        ]

    def __str__(self):
        return f"{self.person} membuka {self.renaksi}"


class ExtensionRequest(RepeatedBody):
    """A unit asks for a later due date and the coordinator decides; sending the item ends the request.

    `old_date` is the due date before.
    """

    class Decision(models.TextChoices):
        PENDING = "pending", "Menunggu keputusan"
        GRANTED = "granted", "Disetujui"
        REFUSED = "refused", "Ditolak"
        ENDED = "ended", "Berakhir karena tindak lanjut dikirim"

    renaksi = models.ForeignKey(Renaksi, on_delete=models.PROTECT, related_name="extensions")
    old_date = models.DateField("batas waktu semula", null=True, blank=True)
    new_date = models.DateField("batas waktu yang diminta")
    reason = LinesField("alasan")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="diminta oleh", **PEOPLE
    )
    requested_at = models.DateTimeField("diminta pada")
    decision = LineField("keputusan", max_length=8, choices=Decision, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, verbose_name="diputuskan oleh", **PEOPLE
    )
    decided_at = models.DateTimeField("diputuskan pada", null=True, blank=True)
    note = LinesField("catatan keputusan", blank=True)

    objects = OfRenaksiQuerySet.as_manager()

    class Meta:
        verbose_name = "permintaan perpanjangan"
        verbose_name_plural = "permintaan perpanjangan"
        ordering = ["-requested_at", "-pk"]
        indexes = [
            # The coordinator's list: undecided ones, the oldest first (`services.extensions.pending`).
            models.Index(fields=["decision", "requested_at", "id"], name="extension_waiting"),
            # … of one body, and their number in the list of renaksi.
            models.Index(fields=["body", "decision"], name="extension_of_body"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["renaksi"],
                condition=Q(decision="pending"),
                name="extension_one_pending",
                violation_error_message="Masih ada permintaan perpanjangan yang menunggu keputusan.",
            ),
            models.CheckConstraint(
                condition=Q(old_date__isnull=True) | Q(new_date__gt=F("old_date")),
                name="extension_is_later",
                violation_error_message="Tanggal yang diminta harus sesudah batas waktu sekarang.",
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(note=""),
                name="extension_refused_with_note",
                violation_error_message="Tulis catatan mengapa permintaan ditolak.",
            ),
        ]

    def __str__(self):
        return f"Perpanjangan {self.renaksi}"


class Draft(models.Model):
    """The unsaved text of one person for a follow-up, stored while typing; deleted when the form is saved.

    `content` maps field names of the form to their values; `base_version` is the version of the
    renaksi when the person began to type.
    """

    renaksi = models.ForeignKey(Renaksi, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content = models.JSONField("isi", default=dict)
    base_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField("disimpan pada")

    objects = models.Manager()

    class Meta:
        verbose_name = "draf"
        verbose_name_plural = "draf"
        constraints = [
            models.UniqueConstraint(fields=["renaksi", "author"], name="draft_once_per_author"),
        ]

    def __str__(self):
        return f"Draf {self.renaksi}"


class Comment(models.Model):
    """A comment (komentar) on a renaksi. People named with @ get a notice. No document contains it."""

    renaksi = models.ForeignKey(Renaksi, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="penulis", **PEOPLE)
    text = LinesField("komentar", max_length=2000)
    written_at = models.DateTimeField("ditulis pada")
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")

    objects = OfRenaksiQuerySet.as_manager()

    class Meta:
        verbose_name = "komentar"
        verbose_name_plural = "komentar"
        ordering = ["written_at", "pk"]

    def __str__(self):
        return f"Komentar {self.author} pada {self.renaksi}"


class QuarterClosing(models.Model):
    """A quarter that the coordinator closed for one body: its reports are read-only from then on."""

    unit = models.ForeignKey("sakip.Unit", verbose_name="perangkat daerah", **PEOPLE)
    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="ditutup oleh", **PEOPLE)
    closed_at = models.DateTimeField("ditutup pada")

    objects = models.Manager()

    class Meta:
        verbose_name = "triwulan yang ditutup"
        verbose_name_plural = "triwulan yang ditutup"
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "quarter"],
                name="quarter_closed_once",
                violation_error_message="Triwulan ini sudah ditutup.",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="quarter_closing_known"
            ),
        ]

    def __str__(self):
        return f"Triwulan {self.quarter} {self.year} {self.unit}"
