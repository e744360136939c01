"""What each person chose last for each report."""

from django.conf import settings
from django.db import models

from sakip.text_fields import LineField


class ReportChoice(models.Model):
    """The choices with which a report opens for this person. `query` is the part of the address after “?”."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="report_choices"
    )
    report = LineField("laporan", max_length=40)
    query = LineField("pilihan", max_length=300)

    class Meta:
        verbose_name = "pilihan laporan"
        verbose_name_plural = "pilihan laporan"
        constraints = [
            models.UniqueConstraint(fields=["owner", "report"], name="report_choice_once"),
        ]

    def __str__(self):
        return f"{self.report}: {self.query}"
