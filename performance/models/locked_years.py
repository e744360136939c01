"""Locked years of a body."""

from django.conf import settings
from django.db import models

from performance.models.objectives import YEARS
from sakip.models import Unit


class LockedYear(models.Model):
    """A year for which nobody may change targets and realisations of the body's indicators."""

    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="locked_years", verbose_name="perangkat daerah"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="oleh"
    )
    locked_at = models.DateTimeField("dikunci pada")

    objects = models.Manager()

    class Meta:
        verbose_name = "tahun terkunci"
        verbose_name_plural = "tahun terkunci"
        ordering = ["unit", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="year_locked_once",
                violation_error_message="Tahun ini sudah dikunci.",
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.year}"
