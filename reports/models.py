"""The documents the office writes from the records (DESIGN §2.7)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse

from recommendations.models import Component, Evaluation
from reports.printing_models import Printout, ReportJob
from reports.querysets import TelaahStafQuerySet
from sakip.models import Official
from sakip.richtext import RichTextField

__all__ = ["Printout", "ReportJob", "TelaahStaf", "TelaahStafBlock", "TelaahStafSection"]


class TelaahStaf(models.Model):
    """A staff memo (telaah staf) to the leader about one evaluation and some of its components.

    `title` is a setting: TELAAH STAF as the source writes it, TELAAHAN STAF in the standard.
    `copies_to` holds one addressee a line. `on_behalf` is what precedes the position: a.n., Plt., Plh.
    """

    class OnBehalf(models.TextChoices):
        AN = "a.n.", "a.n. (atas nama)"
        PLT = "Plt.", "Plt. (pelaksana tugas)"
        PLH = "Plh.", "Plh. (pelaksana harian)"

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="telaah_staf", verbose_name="evaluasi"
    )
    components = models.ManyToManyField(
        Component, blank=True, related_name="+", verbose_name="komponen"
    )
    title = models.CharField("judul", max_length=60, default="TELAAH STAF")
    addressee = models.CharField("kepada", max_length=200)
    sender = models.CharField("dari", max_length=200)
    copies_to = models.TextField("tembusan", blank=True, help_text="Satu penerima per baris.")
    date = models.DateField("tanggal", null=True, blank=True)
    number = models.CharField("nomor", max_length=80, blank=True)
    attachment = models.CharField("lampiran", max_length=120, blank=True)
    subject = models.CharField("perihal", max_length=500)
    signatory = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+", verbose_name="penanda tangan"
    )
    on_behalf = models.CharField("atas nama", max_length=4, choices=OnBehalf, blank=True)

    objects = TelaahStafQuerySet.as_manager()

    class Meta:
        verbose_name = "telaah staf"
        verbose_name_plural = "telaah staf"
        ordering = ["-date", "-pk"]

    def __str__(self):
        return f"Telaah Staf {self.number}".strip()

    def get_absolute_url(self):
        return reverse("reports:telaah-staf-detail", args=[self.pk])

    @property
    def copies(self) -> list[str]:
        """The addressees of copies, one each."""
        return [line.strip() for line in self.copies_to.splitlines() if line.strip()]


class TelaahStafSection(models.Model):
    """A section with an editable heading; its roman numeral comes from the order."""

    telaah_staf = models.ForeignKey(TelaahStaf, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField("urutan", validators=[MinValueValidator(1)])
    heading = models.CharField("judul bagian", max_length=120)

    class Meta:
        verbose_name = "bagian telaah staf"
        verbose_name_plural = "bagian telaah staf"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["telaah_staf", "position"],
                name="telaah_staf_section_once",
            ),
        ]

    def __str__(self):
        return self.heading


class TelaahStafBlock(models.Model):
    """A piece of a section: text, or a table embedded live from the records.

    `is_incomplete` marks a text that breaks off in the source and waits for a person.
    """

    class Kind(models.TextChoices):
        TEXT = "text", "Teks"
        SCORE_COMPARISON = "score_comparison", "Tabel perbandingan nilai"
        FOLLOW_UP_TABLE = "follow_up_table", "Tabel tindak lanjut"

    section = models.ForeignKey(TelaahStafSection, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField("urutan", validators=[MinValueValidator(1)])
    kind = models.CharField("jenis", max_length=16, choices=Kind, default=Kind.TEXT)
    text = RichTextField("teks", blank=True)
    is_incomplete = models.BooleanField("belum lengkap", default=False)

    class Meta:
        verbose_name = "isi bagian"
        verbose_name_plural = "isi bagian"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "position"],
                name="telaah_staf_block_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="text") | ~models.Q(text=""),
                name="telaah_staf_text_block_has_text",
                violation_error_message="Tulis isi teksnya.",
            ),
        ]

    def __str__(self):
        return f"{self.section}: {self.get_kind_display()}"
