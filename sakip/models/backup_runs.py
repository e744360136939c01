"""Backups that were made or are being made."""

from django.db import models
from django.db.models.functions import Now

from sakip.text_fields import LineField


class BackupRun(models.Model):
    """One backup: tells how old the last one is, and that no file may go while one is being made.

    All times are those of the database, because several machines share it and their clocks differ.
    `finished_at` None: it is being made, or its process died; `alive_at` tells which.
    """

    started_at = models.DateTimeField("dimulai pada", db_default=Now())
    alive_at = models.DateTimeField("masih berjalan pada", db_default=Now())
    finished_at = models.DateTimeField("selesai pada", null=True, blank=True)
    path = LineField("berkas", max_length=500)
    files = models.PositiveIntegerField("jumlah berkas", default=0)
    size = models.PositiveBigIntegerField("ukuran", default=0, help_text="Dalam bita.")

    objects = models.Manager()

    class Meta:
        verbose_name = "pencadangan"
        verbose_name_plural = "pencadangan"

    def __str__(self):
        return self.path
