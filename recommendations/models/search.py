"""The tables that the search reads."""

from django.db import models

from recommendations.models.recommendation import Recommendation
from recommendations.models.renaksi import Renaksi


class SearchDocument(models.Model):
    """The search words of one renaksi. Only `recommendations.selectors.search.refresh` writes them.

    Migration 0002 creates a full-text index on `text`, in SQLite an FTS5 table that triggers update.
    A migration that changes this table must create the triggers again. In PostgreSQL it adds the column
    `words`, which the database computes from `text`, with a GIN index: Django does not know it.
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


class RecommendationWords(models.Model):
    """The search words of one recommendation: its title, its text and its points.

    Only `recommendations.selectors.search.refresh_recommendations` writes them. Migration 0022 makes the same
    index on `text` as for SearchDocument, the FTS5 table `recommendations_texts` or the column `words`.
    """

    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.CASCADE, primary_key=True, related_name="search_words"
    )
    text = models.TextField()

    objects = models.Manager()

    class Meta:
        verbose_name = "kata-kata rekomendasi"
        verbose_name_plural = "kata-kata rekomendasi"

    def __str__(self):
        return f"Kata-kata {self.recommendation}"
