"""Strategic objectives (docs/design.md §2.5)."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from performance.querysets import ObjectiveQuerySet
from sakip.editing import Versioned
from sakip.models import Unit
from sakip.naming import PlacedName
from sakip.text_fields import LineField

YEARS = [
    MinValueValidator(2000, "Tahun paling awal adalah 2000."),
    MaxValueValidator(2100, "Tahun paling akhir adalah 2100."),
]


class Objective(PlacedName, Versioned):
    """A strategic objective (sasaran) of a body. `name` may be empty, as in the source document.

    `version` also changes when one of its lines “Sumber: …” changes.
    """

    history_body = "unit"
    kept_scopes: ClassVar = {"body": "unit"}

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="objectives", verbose_name="perangkat daerah"
    )
    number = models.PositiveSmallIntegerField("nomor", validators=[MinValueValidator(1)])
    name = LineField("nama sasaran", max_length=300, blank=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        verbose_name = "sasaran"
        verbose_name_plural = "sasaran"
        ordering = ["unit", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                name="objective_number_once_per_unit",
                violation_error_message="Nomor sasaran ini sudah dipakai.",
            ),
        ]

    def __str__(self):
        return f"Sasaran {self.number}" + (f": {self.name}" if self.name else "")

    def place(self, *, with_body=True):
        return str(self.unit) if with_body else ""

    def get_absolute_url(self):
        return reverse("performance:objective-detail", args=[self.pk])


class ObjectiveSource(models.Model):
    """The line “Sumber: …” printed below the table of an objective for one year."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="sources")
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS)
    text = LineField("sumber", max_length=300)

    objects = models.Manager()

    class Meta:
        verbose_name = "sumber tabel"
        verbose_name_plural = "sumber tabel"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "year"],
                name="objective_source_once_per_year",
                violation_error_message="Sumber untuk tahun ini sudah ada.",
            ),
        ]

    def __str__(self):
        return f"Sumber {self.objective} {self.year}"
