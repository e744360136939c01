"""Rubrics, evaluations and their scores (docs/design.md §2.1)."""

from datetime import date
from functools import cached_property

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.db.models.lookups import Exact
from django.urls import reverse

from performance.models import YEARS
from recommendations.querysets import EvaluationQuerySet, RubricQuerySet
from sakip.editing import Versioned
from sakip.models import Unit
from sakip.richtext import RichTextField
from sakip.selectors.unit_names import FormerNames, end_of

NOT_NEGATIVE = MinValueValidator(0, "Nilai tidak boleh negatif.")
AT_MOST_100 = MaxValueValidator(100, "Nilai tidak boleh lebih dari 100.")


def _hundredths(name):
    """The field as an integer of hundredths: SQLite stores decimals as floats, and there 4.35 + 6.70 ≠ 11.05."""
    return Round(F(name) * 100)


def _all_null(*names):
    return Q(**{f"{name}__isnull": True for name in names})


def _all_given(*names):
    """Tests for NULL explicitly: a comparison with NULL is unknown, and a constraint accepts unknown."""
    return Q(**{f"{name}__isnull": False for name in names})


class Component(models.Model):
    """A part of the evaluation (komponen). `aliases` are other spellings, one on each line."""

    code = models.SlugField("kode", max_length=40, unique=True)
    name = models.CharField("nama", max_length=120, unique=True)
    aliases = models.TextField("ejaan lain", blank=True)
    position = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "komponen"
        verbose_name_plural = "komponen"
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class Rubric(Versioned):
    """The components and their weights from one regulation. The weights sum to 100.

    `is_estimate` (perkiraan): the weights were derived from scores; the Inspektorat must confirm them.
    Part shares (keberadaan or pemenuhan, kualitas, pemanfaatan) are percent of a component's weight;
    all are None when the regulation has no parts. `version` also rises with the weights and bands.
    """

    name = models.CharField("nama", max_length=120, unique=True)
    regulation = models.CharField("dasar hukum", max_length=300)
    is_estimate = models.BooleanField("perkiraan, perlu konfirmasi", default=False)
    is_active = models.BooleanField("aktif", default=True)
    existence_share = models.PositiveSmallIntegerField(
        "bagian keberadaan (%)", null=True, blank=True
    )
    quality_share = models.PositiveSmallIntegerField("bagian kualitas (%)", null=True, blank=True)
    use_share = models.PositiveSmallIntegerField("bagian pemanfaatan (%)", null=True, blank=True)
    follow_up_weight = models.DecimalField(
        "poin kriteria “rekomendasi ditindaklanjuti”",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE, AT_MOST_100],
        help_text="Poin paling banyak menurut LKE. Kosongkan bila tidak diketahui.",
    )
    existence_label = models.CharField(
        "sebutan bagian pertama",
        max_length=40,
        default="Keberadaan",
        help_text="Keberadaan atau Pemenuhan",
    )

    objects = RubricQuerySet.as_manager()

    class Meta:
        verbose_name = "rubrik"
        verbose_name_plural = "rubrik"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    _all_null("existence_share", "quality_share", "use_share")
                    | _all_given("existence_share", "quality_share", "use_share")
                    & Q(existence_share=100 - F("quality_share") - F("use_share"))
                ),
                name="rubric_shares_sum_to_100",
                violation_error_message="Bagian keberadaan, kualitas, dan pemanfaatan harus berjumlah 100, atau kosong semua.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("recommendations:rubric-detail", args=[self.pk])

    @property
    def has_parts(self) -> bool:
        return self.existence_share is not None


class RubricWeight(models.Model):
    """The weight (bobot) of one component in one rubric."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="weights")
    component = models.ForeignKey(
        Component, on_delete=models.PROTECT, related_name="+", verbose_name="komponen"
    )
    weight = models.DecimalField(
        "bobot",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0, "Bobot tidak boleh negatif."), AT_MOST_100],
    )
    position = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "bobot komponen"
        verbose_name_plural = "bobot komponen"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rubric", "component"],
                name="rubric_weight_once_per_component",
                violation_error_message="Komponen ini sudah ada dalam rubrik.",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100),
                name="rubric_weight_within_100",
                violation_error_message="Bobot harus lebih dari 0 dan paling besar 100.",
            ),
        ]

    def __str__(self):
        return f"{self.component} {self.weight}"


class FollowUpBand(models.Model):
    """Maps a percentage of followed-up recommendations to points in the LKE.

    The band applies above `above` percent; None marks the lowest band. `share` is percent of the
    criterion's points. Rubrics without bands use `rules.follow_up_bands.USUAL_BANDS`.
    """

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="follow_up_bands")
    label = models.CharField("jawaban", max_length=4)
    above = models.DecimalField(
        "di atas (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE, AT_MOST_100],
    )
    share = models.DecimalField(
        "nilai (% dari poin)",
        max_digits=5,
        decimal_places=2,
        validators=[NOT_NEGATIVE, AT_MOST_100],
    )
    position = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "pita kriteria tindak lanjut"
        verbose_name_plural = "pita kriteria tindak lanjut"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rubric", "label"],
                name="follow_up_band_once_per_label",
                violation_error_message="Jawaban ini sudah ada dalam rubrik.",
            ),
        ]

    def __str__(self):
        return self.label


class Evaluation(Versioned):
    """One yearly evaluation with its report (LHE).

    `performance_year` is the evaluated year, `evaluation_year` the year of the work. `reported_*` are
    the printed values of the LHE; the pages also show totals and grades computed from the scores.
    `last_number` is the highest recommendation number ever given: numbers are not reused. `version`
    also rises with the scores.
    """

    history_body = "unit"

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="evaluations", verbose_name="perangkat daerah"
    )
    rubric = models.ForeignKey(
        Rubric, on_delete=models.PROTECT, related_name="evaluations", verbose_name="rubrik"
    )
    performance_year = models.PositiveSmallIntegerField("tahun kinerja", validators=YEARS)
    evaluation_year = models.PositiveSmallIntegerField("tahun evaluasi", validators=YEARS)
    letter_number = models.CharField("nomor LHE", max_length=80, blank=True)
    letter_date = models.DateField("tanggal LHE", null=True, blank=True)
    subject = models.CharField("perihal", max_length=300, blank=True)
    source = models.CharField("sumber data nilai", max_length=200, blank=True)
    reported_total = models.DecimalField(
        "nilai tercetak dalam LHE",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE, AT_MOST_100],
    )
    reported_grade = models.CharField("predikat tercetak dalam LHE", max_length=2, blank=True)
    reported_change = models.DecimalField(
        "perubahan nilai tercetak", max_digits=5, decimal_places=2, null=True, blank=True
    )
    last_number = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "evaluasi"
        verbose_name_plural = "evaluasi"
        ordering = ["-performance_year", "unit__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "performance_year"],
                name="evaluation_once_per_year",
                violation_error_message="Evaluasi perangkat daerah ini untuk tahun kinerja tersebut sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(evaluation_year__gte=F("performance_year")),
                name="evaluation_after_performance",
                violation_error_message="Tahun evaluasi tidak boleh mendahului tahun kinerja.",
            ),
            models.CheckConstraint(
                condition=Q(reported_grade__in=["", "AA", "A", "BB", "B", "CC", "C", "D"]),
                name="evaluation_reported_grade_known",
                violation_error_message="Predikat adalah AA, A, BB, B, CC, C, atau D.",
            ),
        ]

    def __str__(self):
        return f"LHE SAKIP {self.unit} tahun kinerja {self.performance_year}"

    @property
    def named_on(self) -> date:
        """The day whose names of units its papers carry: that of the LHE, else the end of its year."""
        return self.letter_date or end_of(self.evaluation_year)

    @cached_property
    def former_names(self) -> FormerNames:
        """The former names of units. One query, once for each loaded evaluation."""
        return FormerNames()

    def name_units(self, units):
        """Gives these loaded units the names that they had on the day of the LHE, in memory only."""
        self.former_names.put_on([self.unit, *units], self.named_on)

    def get_absolute_url(self):
        return reverse("recommendations:evaluation-detail", args=[self.pk])


class ComponentScore(models.Model):
    """The score (nilai) of one component, its three parts and the remark from the LHE.

    All parts are given, and `score` is their sum; or all parts are None. `reported_change` is the
    printed difference from the year before.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="scores")
    component = models.ForeignKey(
        Component, on_delete=models.PROTECT, related_name="+", verbose_name="komponen"
    )
    score = models.DecimalField("nilai", max_digits=5, decimal_places=2, validators=[NOT_NEGATIVE])
    existence_score = models.DecimalField(
        "nilai keberadaan",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE],
    )
    quality_score = models.DecimalField(
        "nilai kualitas",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE],
    )
    use_score = models.DecimalField(
        "nilai pemanfaatan",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE],
    )
    reported_change = models.DecimalField(
        "perubahan tercetak", max_digits=5, decimal_places=2, null=True, blank=True
    )
    remark = RichTextField("catatan evaluator", blank=True)

    class Meta:
        verbose_name = "nilai komponen"
        verbose_name_plural = "nilai komponen"
        ordering = ["component__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "component"],
                name="score_once_per_component",
                violation_error_message="Nilai komponen ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=100),
                name="score_within_100",
                violation_error_message="Nilai harus antara 0 dan 100.",
            ),
            models.CheckConstraint(
                condition=(
                    _all_null("existence_score", "quality_score", "use_score")
                    | _all_given("existence_score", "quality_score", "use_score")
                    & Exact(
                        _hundredths("score"),
                        _hundredths("existence_score")
                        + _hundredths("quality_score")
                        + _hundredths("use_score"),
                    )
                ),
                name="score_is_sum_of_parts",
                violation_error_message="Nilai komponen harus sama dengan jumlah ketiga bagiannya.",
            ),
        ]

    def __str__(self):
        return f"{self.component}: {self.score}"
