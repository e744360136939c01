"""The kept findings of the consistency checks, and the marks on what has to be checked again."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from sakip.consistency.finding import ALWAYS, DismissedFinding
from sakip.text_fields import LineField


class KeptFinding(models.Model):
    """A finding as it is kept between two changes of its records.

    `kind` and `scope` say what was checked together (`kinds.Kind`): all findings of one scope are
    renewed at once. `rank` and `place` give the order on the page. The finding holds from the day
    `since` on. `dismissal` is set while somebody has dismissed the finding as it is now. The sentence is
    made from `data` when it is read. `body` and `lead_unit` are those of the record: they decide who reads
    the finding, so that nobody has to ask for the record.
    """

    kind = LineField("jenis", max_length=12)
    scope = models.PositiveBigIntegerField("lingkup")
    body = models.ForeignKey(
        "sakip.Unit",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        verbose_name="perangkat daerah",
    )
    lead_unit = models.ForeignKey(
        "sakip.Unit",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="penanggung jawab",
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    code = LineField("aturan", max_length=30)
    rank = models.PositiveSmallIntegerField("urutan tingkat")
    detail = LineField("bagian", max_length=60, blank=True)
    key = LineField("kunci", max_length=200, unique=True)
    data = models.JSONField("angka", default=dict)
    since = models.DateField("berlaku sejak", default=ALWAYS)
    place = models.PositiveIntegerField("urutan")
    first_seen = models.DateTimeField("pertama ditemukan")
    dismissal = models.ForeignKey(
        DismissedFinding,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,  # nearly all rows have none, and SQLite would take the index to find those
        verbose_name="diabaikan",
    )

    class Meta:
        verbose_name = "temuan uji konsistensi"
        verbose_name_plural = "temuan uji konsistensi"
        ordering = ["rank", "code", "body_id", "scope", "place"]
        indexes = [
            models.Index(fields=["kind", "scope"], name="finding_scope"),
            models.Index(fields=["content_type", "object_id"], name="finding_target"),
            # The page of a reader of everything: counts by rule, and one page of rows, without a sort. The last
            # columns narrow it without reading the row; a second index that begins with `since` would tempt
            # SQLite to sort.
            models.Index(
                fields=["rank", "code", "body", "scope", "place", "since", "dismissal"],
                name="finding_order",
            ),
            # The same for a reader of some bodies or units.
            models.Index(fields=["body", "rank", "code"], name="finding_body"),
            models.Index(fields=["lead_unit", "rank", "code"], name="finding_unit"),
        ]

    def __str__(self):
        return self.key


class ChangedScope(models.Model):
    """A mark: what is kept about this subject has to be renewed before it is read again.

    Whoever writes history writes marks in the same transaction; a renewal deletes the marks that it
    has read before it read the records. `key` None means every subject of this kind. FOLLOW_UP is about
    the figures of an evaluation, which are renewed apart from its findings (`recommendations/figures/`);
    VERSION is about everything (`history/version.py`).
    """

    class Subject(models.TextChoices):
        BODY = "body", "Perangkat daerah"
        EVALUATION = "evaluation", "LHE"
        FOLLOW_UP = "follow_up", "Hitungan tindak lanjut LHE"
        VERSION = "version", "Versi data"

    subject = LineField("tentang", max_length=10, choices=Subject)
    key = models.PositiveBigIntegerField("kunci", null=True)

    class Meta:
        verbose_name = "tanda perubahan"
        verbose_name_plural = "tanda perubahan"
        indexes = [models.Index(fields=["subject", "key"], name="changed_scope")]

    def __str__(self):
        return f"{self.subject} {self.key}"
