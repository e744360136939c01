"""Figures of indicators by quarter (docs/design.md §2.5)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from performance.models.indicators import Indicator
from performance.models.objectives import YEARS
from performance.models.realisations import Realisation
from performance.querysets import OfIndicatorQuerySet
from sakip.editing import Versioned
from sakip.numbers import roman
from sakip.text_fields import LineField


class QuarterFigure(Versioned):
    """Target and result of an indicator in one quarter. The result is a number, a text of the scale, or
    empty with a reason; nothing is known when all three are empty. Each quarter has its own figure, not
    the one since January: the indicator's rule makes the year's figure of them.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="quarters", verbose_name="indikator"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS)
    quarter = models.PositiveSmallIntegerField(
        "triwulan", validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    target = models.DecimalField("target", max_digits=18, decimal_places=4, null=True, blank=True)
    value = models.DecimalField("realisasi", max_digits=18, decimal_places=4, null=True, blank=True)
    text_value = LineField("realisasi (teks)", max_length=60, blank=True)
    missing = LineField("alasan kosong", max_length=14, choices=Realisation.Missing, blank=True)

    objects = OfIndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "angka triwulan"
        verbose_name_plural = "angka triwulan"
        ordering = ["year", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year", "quarter"],
                name="quarter_figure_once",
                violation_error_message="Angka triwulan ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4),
                name="quarter_of_the_year",
                violation_error_message="Triwulan adalah 1 sampai 4.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(text_value="", missing="")
                    | Q(value__isnull=True, missing="")
                    | Q(value__isnull=True, text_value="")
                ),
                name="quarter_number_text_or_reason",
                violation_error_message=(
                    "Isi salah satu saja: realisasi berupa angka, realisasi berupa teks, atau alasan kosong."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.year} triwulan {roman(self.quarter)}"
