"""The chain over the history: one link per entry, and what the last check of the chain found."""

from django.db import models

from sakip.text_fields import LineField, LinesField


class HistoryLink(models.Model):
    """Fixes that an entry was written, and after which other one (mata rantai). Never edited or deleted.

    `number` counts without gaps. `entry` is the key of the HistoryEntry, and no relation: a link must
    outlive an entry that somebody deleted. `link` is computed in `sakip/history/chain.py`.
    """

    number = models.PositiveBigIntegerField("nomor", primary_key=True)
    entry = models.PositiveBigIntegerField("riwayat", unique=True)
    link = LineField("mata rantai", max_length=64)

    class Meta:
        verbose_name = "mata rantai riwayat"
        verbose_name_plural = "mata rantai riwayat"

    def __str__(self):
        return f"{self.number}-{self.link[:16]}"


class HistoryCheck(models.Model):
    """One run of `verify_history`: the head that it saw, and the first fault, empty when there is none."""

    at = models.DateTimeField("waktu", db_index=True)
    number = models.PositiveBigIntegerField("entri yang diperiksa")
    head = LineField("kepala rantai", max_length=90)
    faults = models.PositiveIntegerField("kesalahan", default=0)
    first_fault = LinesField("kesalahan pertama", blank=True)

    class Meta:
        verbose_name = "pemeriksaan riwayat"
        verbose_name_plural = "pemeriksaan riwayat"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.head}: {self.first_fault or 'utuh'}"
