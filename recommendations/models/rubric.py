"""Rubrics: the components and weights by which an evaluation is scored (docs/design.md §2.1)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations.querysets import RubricQuerySet
from sakip.editing import Versioned
from sakip.models import Unit
from sakip.text_fields import LineField, LinesField, SlugLineField

NOT_NEGATIVE = MinValueValidator(0, "Nilai tidak boleh negatif.")
AT_MOST_100 = MaxValueValidator(100, "Nilai tidak boleh lebih dari 100.")
NAME_TAKEN = "Pemilik ini sudah mempunyai rubrik dengan nama yang sama. Tulis nama lain."


def all_null(*names):
    return Q(**{f"{name}__isnull": True for name in names})


def all_given(*names):
    """Tests for NULL explicitly: a comparison with NULL is unknown, and a constraint accepts unknown."""
    return Q(**{f"{name}__isnull": False for name in names})


class Component(models.Model):
    """A part of the evaluation (komponen). `aliases` are other spellings, one on each line."""

    code = SlugLineField("kode", max_length=40, unique=True)
    name = LineField("nama", max_length=120, unique=True)
    aliases = LinesField("ejaan lain", blank=True)
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

    `unit` is the body that owns the rubric; None means that it is shared and belongs to the province.
    A rubric that a scored evaluation uses is fixed: a change makes a new one that `replaces` it, with
    the next `edition`. The older one then stays inactive, for the evaluations that use it.
    """

    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rubrics",
        verbose_name="pemilik",
    )
    name = LineField("nama", max_length=120)
    edition = models.PositiveSmallIntegerField("versi rubrik", default=1, editable=False)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="replaced_by",
        verbose_name="menggantikan",
    )
    regulation = LineField("dasar hukum", max_length=300)
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
    existence_label = LineField(
        "sebutan bagian pertama",
        max_length=40,
        default="Keberadaan",
        help_text="Keberadaan atau Pemenuhan",
    )

    objects = RubricQuerySet.as_manager()

    class Meta:
        verbose_name = "rubrik"
        verbose_name_plural = "rubrik"
        ordering = ["name", "edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name", "edition"],
                name="rubric_name_once_per_owner",
                violation_error_message=NAME_TAKEN,
            ),
            models.UniqueConstraint(
                fields=["name", "edition"],
                condition=Q(unit=None),
                name="rubric_name_once_shared",
                violation_error_message=NAME_TAKEN,
            ),
            models.CheckConstraint(
                condition=(
                    all_null("existence_share", "quality_share", "use_share")
                    | all_given("existence_share", "quality_share", "use_share")
                    & Q(existence_share=100 - F("quality_share") - F("use_share"))
                ),
                name="rubric_shares_sum_to_100",
                violation_error_message="Bagian keberadaan, kualitas, dan pemanfaatan harus berjumlah 100, atau kosong semua.",
            ),
        ]

    def __str__(self):
        return self.name if self.edition == 1 else f"{self.name} (versi {self.edition})"

    def is_usable_in(self, lineage) -> bool:
        """Whether a body with this `lineage` uses it: it is shared or the body's own. As `usable_by` asks."""
        return self.unit_id is None or self.unit_id in lineage

    @property
    def newest(self) -> "Rubric":
        """The latest edition, which new evaluations use. One query, and one for each later edition."""
        later = Rubric.objects.filter(replaces=self).first()
        return later.newest if later else self

    def get_absolute_url(self):
        return reverse("recommendations:rubric-detail", args=[self.pk])

    @property
    def full_name(self) -> str:
        """Also names the owner, where rubrics of several owners are listed; needs the unit loaded."""
        return f"{self} · {self.unit}" if self.unit_id else str(self)

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
    label = LineField("jawaban", max_length=4)
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
