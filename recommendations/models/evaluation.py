"""Evaluations and their scores (docs/design.md §2.1)."""

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.db.models.lookups import Exact

from performance.models import YEARS
from recommendations.models.rubric import (
    AT_MOST_100,
    NOT_NEGATIVE,
    Component,
    Rubric,
    all_given,
    all_null,
)
from recommendations.querysets import EvaluationQuerySet
from sakip.converters import address_of
from sakip.editing import Versioned
from sakip.models import Unit
from sakip.richtext import RichTextField
from sakip.selectors.unit_names import FormerNames, end_of
from sakip.text_fields import LineField


def _hundredths(name):
    """The field as an integer of hundredths: SQLite stores decimals as floats, and there 4.35 + 6.70 ≠ 11.05."""
    return Round(F(name) * 100)


def mark_of(body, performance_year: int) -> str:
    """What `Evaluation.mark` says, without the record; `body` is a unit or its name, None leaves it out."""
    year = f"LHE {performance_year}"
    return f"{body} · {year}" if body else year


class Evaluation(Versioned):
    """One yearly evaluation with its report (LHE).

    `performance_year` is the evaluated year, `evaluation_year` the year of the work. `reported_*` are
    the printed values of the LHE; the pages also show totals and grades computed from the scores.
    `last_number` is the highest recommendation number ever given: numbers are not reused. `version`
    also rises with the scores.
    """

    history_body = "unit"
    kept_scopes: ClassVar = {"evaluation": "pk", "follow_up": "pk", "body": "unit"}

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="evaluations", verbose_name="perangkat daerah"
    )
    rubric = models.ForeignKey(
        Rubric, on_delete=models.PROTECT, related_name="evaluations", verbose_name="rubrik"
    )
    performance_year = models.PositiveSmallIntegerField("tahun kinerja", validators=YEARS)
    evaluation_year = models.PositiveSmallIntegerField("tahun evaluasi", validators=YEARS)
    letter_number = LineField("nomor LHE", max_length=80, blank=True)
    letter_date = models.DateField("tanggal LHE", null=True, blank=True)
    subject = LineField("perihal", max_length=300, blank=True)
    source = LineField("sumber data nilai", max_length=200, blank=True)
    reported_total = models.DecimalField(
        "nilai tercetak dalam LHE",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE, AT_MOST_100],
    )
    reported_grade = LineField("predikat tercetak dalam LHE", max_length=2, blank=True)
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
                violation_error_message="LHE perangkat daerah ini untuk tahun kinerja tersebut sudah ada.",
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
    def in_years(self) -> str:
        """Both years, as they stand in the title of a paper on this LHE. The first is that of the LHE."""
        return f"Tahun {self.evaluation_year} (Tahun Kinerja {self.performance_year})"

    def mark(self, *, with_body=True) -> str:
        """The body and the year, as they stand behind the name of a record of this evaluation."""
        return mark_of(self.unit if with_body else None, self.performance_year)

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
        return address_of("recommendations:evaluation-detail", self.pk)


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
                    all_null("existence_score", "quality_score", "use_score")
                    | all_given("existence_score", "quality_score", "use_score")
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
