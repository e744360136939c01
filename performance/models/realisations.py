"""Targets and realisations of indicators by year (docs/design.md §2.5)."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from performance.models.indicators import Indicator
from performance.models.objectives import YEARS
from performance.querysets import OfIndicatorQuerySet
from sakip.editing import Versioned
from sakip.text_fields import LineField, LinesField


class Realisation(Versioned):
    """The result of an indicator in one year: a number, a text of its scale, or empty with a reason.

    With `decimals` None the indicator's number of decimals is used. `is_carried_over` means that the
    figure is from an earlier year, so no change is computed. `reported_*` are figures printed in a
    source document, kept for the consistency checks. `through_quarter` is the last quarter from which the
    figure was made; None when the year was entered by itself. Reports print `sentence` instead of the sentence
    that the program offers, but only while the offer equals `sentence_basis`. When the figures change,
    the offer changes, and the unit's sentence is not printed any more.
    """

    class Missing(models.TextChoices):
        NOT_RELEASED = "not_released", "Belum rilis"
        NOT_MEASURED = "not_measured", "Tidak diukur"
        NOT_APPLICABLE = "not_applicable", "Tidak berlaku (n/a)"
        UNKNOWN = "unknown", "Tidak tercantum dalam sumber"

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="realisations", verbose_name="indikator"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS)
    value = models.DecimalField("realisasi", max_digits=18, decimal_places=4, null=True, blank=True)
    text_value = LineField("realisasi (teks)", max_length=60, blank=True)
    missing = LineField("alasan kosong", max_length=14, choices=Missing, blank=True)
    decimals = models.PositiveSmallIntegerField(
        "banyak desimal", null=True, blank=True, validators=[MaxValueValidator(4)]
    )
    mark = LineField("tanda", max_length=5, blank=True, help_text="Misalnya *")
    footnote = LineField("catatan kaki", max_length=300, blank=True)
    annotation = LineField(
        "keterangan",
        max_length=100,
        blank=True,
        help_text="Dicetak di samping nilai, misalnya: peringkat 4",
    )
    explanation = LinesField("penjelasan perubahan", max_length=1000, blank=True)
    sentence = LinesField("kalimat untuk laporan", max_length=600, blank=True)
    sentence_basis = models.TextField(blank=True, editable=False)
    is_carried_over = models.BooleanField("nilai tahun sebelumnya", default=False)
    source = LineField("sumber data", max_length=300, blank=True)
    through_quarter = models.PositiveSmallIntegerField(
        "sampai triwulan", null=True, blank=True, editable=False
    )
    reported_change = models.DecimalField(
        "perubahan tercetak", max_digits=12, decimal_places=4, null=True, blank=True
    )
    reported_achievement = models.DecimalField(
        "capaian tercetak", max_digits=12, decimal_places=4, null=True, blank=True
    )

    objects = OfIndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "realisasi"
        verbose_name_plural = "realisasi"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"],
                name="realisation_once_per_year",
                violation_error_message="Realisasi tahun ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(value__isnull=False, text_value="", missing="")
                    | (Q(value__isnull=True, missing="") & ~Q(text_value=""))
                    | (Q(value__isnull=True, text_value="") & ~Q(missing=""))
                ),
                name="realisation_number_text_or_reason",
                violation_error_message=(
                    "Isi salah satu saja: realisasi berupa angka, realisasi berupa teks, atau alasan kosong."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.year}"

    def get_absolute_url(self):
        return self.indicator.get_absolute_url()

    @property
    def places(self) -> int:
        """The number of decimals to print. The indicator must be loaded."""
        return self.indicator.decimals if self.decimals is None else self.decimals


class Target(models.Model):
    """The target of one year: a number (`high` is None), a range from `value` to `high`, or a text of the scale."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="targets", verbose_name="indikator"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS)
    value = models.DecimalField("target", max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(
        "sampai dengan", max_digits=18, decimal_places=4, null=True, blank=True
    )
    text_value = LineField("target (teks)", max_length=60, blank=True)

    objects = OfIndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "target"
        verbose_name_plural = "target"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"],
                name="target_once_per_year",
                violation_error_message="Target tahun ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, text_value="")
                | (Q(value__isnull=True, high__isnull=True) & ~Q(text_value="")),
                name="target_number_or_text",
                violation_error_message="Isi target berupa angka atau berupa teks, salah satu saja.",
            ),
            models.CheckConstraint(
                condition=Q(high__isnull=True) | Q(high__gte=F("value")),
                name="target_range_in_order",
                violation_error_message="Batas atas target tidak boleh di bawah batas bawahnya.",
            ),
        ]

    def __str__(self):
        return f"Target {self.indicator} {self.year}"
