"""Performance indicators of objectives (docs/design.md §2.5)."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from performance.models.objectives import YEARS, Objective
from performance.querysets import IndicatorQuerySet
from sakip.editing import Versioned
from sakip.models import Unit
from sakip.naming import PlacedName
from sakip.text_fields import LineField, LinesField


class Indicator(PlacedName, Versioned):
    """A key performance indicator (indikator kinerja) owned by one unit.

    Several units may use the same name for an indicator, each unit once. An indicator with a `parent`
    is a part of that total. It applies from `year_from` to `year_to`; None means no limit. `code` names
    it: no other indicator of the same body has it in the same years. `plan_*` is the target at the end of
    the strategic plan (Renstra). `version` changes with the fields and the check list SMART-C; each
    figure has its own version.
    """

    history_body = "objective__unit"
    kept_scopes: ClassVar = {"body": "objective__unit"}

    class Polarity(models.TextChoices):
        HIGHER = "higher", "Makin tinggi makin baik"
        LOWER = "lower", "Makin rendah makin baik"

    class Accumulation(models.TextChoices):
        SUM = "sum", "Dijumlahkan antar-triwulan"
        LATEST = "latest", "Posisi terakhir yang berlaku"
        ONCE = "once", "Terbit sekali setahun"

    class Period(models.TextChoices):
        MONTH = "month", "Bulanan"
        QUARTER = "quarter", "Triwulanan"
        HALF = "half", "Semesteran"
        YEAR = "year", "Tahunan"

    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, related_name="indicators", verbose_name="sasaran"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="bagian dari indikator",
    )
    number = models.PositiveSmallIntegerField("nomor", validators=[MinValueValidator(1)])
    code = LineField("kode", max_length=40, blank=True)
    name = LineField("nama indikator", max_length=300)
    measure = LineField("satuan", max_length=40)
    owner_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="indicators", verbose_name="unit pemilik"
    )
    polarity = LineField("arah", max_length=6, choices=Polarity, default=Polarity.HIGHER)
    accumulation = LineField(
        "akumulasi dalam setahun", max_length=6, choices=Accumulation, default=Accumulation.ONCE
    )
    decimals = models.PositiveSmallIntegerField(
        "banyak desimal", default=settings.DEFAULT_DECIMALS, validators=[MaxValueValidator(4)]
    )
    scale = LineField(
        "skala teks",
        max_length=200,
        blank=True,
        help_text="Untuk nilai berupa teks: urutkan dari terbaik, pisahkan dengan “>”, misalnya WTP > WDP > TW > TMP.",
    )
    year_from = models.PositiveSmallIntegerField(
        "berlaku sejak", null=True, blank=True, validators=YEARS
    )
    year_to = models.PositiveSmallIntegerField(
        "berlaku sampai", null=True, blank=True, validators=YEARS
    )
    explain_above = models.PositiveSmallIntegerField(
        "wajib dijelaskan bila berubah lebih dari (%)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(1000)],
        help_text="Dibandingkan dengan tahun sebelumnya, naik atau turun. Kosong berarti tidak diminta.",
    )
    plan_year = models.PositiveSmallIntegerField(
        "tahun akhir Renstra", null=True, blank=True, validators=YEARS
    )
    plan_target = models.DecimalField(
        "target akhir Renstra", max_digits=18, decimal_places=4, null=True, blank=True
    )
    plan_text = LineField("target akhir Renstra (teks)", max_length=60, blank=True)
    definition = LinesField("definisi operasional", blank=True)
    formula = LinesField("formula", blank=True)
    data_source = LineField("sumber data", max_length=300, blank=True)
    period = LineField("periode pengukuran", max_length=7, choices=Period, blank=True)
    responsible = LineField(
        "penanggung jawab data",
        max_length=150,
        blank=True,
        help_text="Jabatan, misalnya Kepala Bagian RB.",
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikator"
        ordering = ["objective__number", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "number"],
                name="indicator_number_once_per_objective",
                violation_error_message="Nomor indikator ini sudah dipakai pada sasaran yang sama.",
            ),
            models.UniqueConstraint(
                fields=["objective", "name", "owner_unit"],
                name="indicator_name_once_per_owner",
                violation_error_message="Unit ini sudah mempunyai indikator dengan nama yang sama pada sasaran ini.",
            ),
            models.CheckConstraint(
                condition=Q(year_from__isnull=True)
                | Q(year_to__isnull=True)
                | Q(year_to__gte=F("year_from")),
                name="indicator_life_in_order",
                violation_error_message="“Berlaku sampai” tidak boleh mendahului “berlaku sejak”.",
            ),
            models.CheckConstraint(
                condition=Q(plan_year__isnull=True, plan_target__isnull=True, plan_text="")
                | Q(plan_year__isnull=False, plan_target__isnull=False, plan_text="")
                | (Q(plan_year__isnull=False, plan_target__isnull=True) & ~Q(plan_text="")),
                name="indicator_plan_target_with_year",
                violation_error_message=(
                    "Isi target akhir Renstra beserta tahunnya: sebuah angka, atau sebuah nilai skala."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}" if self.code else self.name

    def place(self, *, with_body=True):
        return self.objective.place(with_body=with_body)

    def get_absolute_url(self):
        return reverse("performance:indicator-detail", args=[self.pk])

    @property
    def scale_values(self) -> list[str]:
        """The text values of the scale, best first; empty for a numeric indicator."""
        return [value.strip() for value in self.scale.split(">") if value.strip()]

    @property
    def lower_is_better(self) -> bool:
        return self.polarity == self.Polarity.LOWER


class SmartMark(models.Model):
    """Whether an indicator meets one criterion of a good indicator. Without a row nobody has judged it.

    The criteria are those of the work sheets of the SAKIP evaluation (PermenPANRB 88/2021), and
    “continuously improved”, which the check lists of the provinces add.
    """

    class Criterion(models.TextChoices):
        SPECIFIC = "s", "Spesifik (specific)"
        MEASURABLE = "m", "Terukur (measurable)"
        ACHIEVABLE = "a", "Dapat dicapai (achievable)"
        RELEVANT = "r", "Relevan (relevant)"
        TIMELY = "t", "Berbatas waktu (time-bound)"
        IMPROVED = "c", "Terus disempurnakan (continuously improved)"

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="smart_marks")
    criterion = LineField("kriteria", max_length=1, choices=Criterion)
    is_met = models.BooleanField("terpenuhi")
    remark = LineField("catatan", max_length=300, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = "penilaian SMART-C"
        verbose_name_plural = "penilaian SMART-C"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "criterion"],
                name="smart_criterion_once_per_indicator",
                violation_error_message="Kriteria ini sudah dinilai.",
            ),
        ]

    def __str__(self):
        return f"{self.get_criterion_display()}: {'ya' if self.is_met else 'belum'}"
