"""What the search reads."""

from django.db import models

from recommendations.models.renaksi import Renaksi


class SearchDocument(models.Model):
    """The words of one renaksi, as `recommendations.selectors.search` spells them; written by its `refresh` only.

    Migration 0004 keeps a full-text index over `text`: a GIN index in PostgreSQL; in SQLite an FTS5
    table that triggers keep in step. Whoever changes this table has to make those triggers anew.
    """

    renaksi = models.OneToOneField(
        Renaksi, on_delete=models.CASCADE, primary_key=True, related_name="search_document"
    )
    text = models.TextField()

    objects = models.Manager()

    class Meta:
        verbose_name = "dokumen pencarian"
        verbose_name_plural = "dokumen pencarian"

    def __str__(self):
        return f"Kata-kata {self.renaksi}"
