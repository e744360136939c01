"""Counts of renaksi at the end of each day, for the trend chart."""

from django.db import models

from recommendations.models.evaluation import Evaluation
from recommendations.querysets import DailyCountQuerySet
from sakip.models import Unit


class DailyCount(models.Model):
    """Counts for one day the renaksi of one evaluation that one unit leads.

    `overdue` is None when the row was computed later from the history: the history does not contain
    every old due date.
    """

    day = models.DateField("tanggal")
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="daily_counts", verbose_name="evaluasi"
    )
    lead_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="penanggung jawab"
    )
    countable = models.PositiveIntegerField("dapat ditindaklanjuti")
    claimed = models.PositiveIntegerField("sudah menurut unit")
    verified = models.PositiveIntegerField("sudah diverifikasi")
    overdue = models.PositiveIntegerField("terlambat", null=True)

    objects = DailyCountQuerySet.as_manager()

    class Meta:
        verbose_name = "hitungan harian"
        verbose_name_plural = "hitungan harian"
        ordering = ["day", "evaluation", "lead_unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "day", "lead_unit"], name="daily_count_once"
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.lead_unit}: {self.claimed} dari {self.countable}"
