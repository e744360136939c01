"""Recommendations as the LHE states them, and the notes on them (docs/design.md §2.2)."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models

from recommendations.models.evaluation import Evaluation
from recommendations.models.rubric import Component
from recommendations.querysets import RecommendationQuerySet
from sakip.converters import address_of
from sakip.editing import Versioned
from sakip.naming import PlacedName
from sakip.numbers import list_letter
from sakip.richtext import RichTextField
from sakip.text_fields import LineField
from sakip.uploads.pictures import PictureField


class Recommendation(PlacedName, Versioned):
    """An improvement that the LHE asks for (rekomendasi). Its number never changes and is never reused.

    When `heading` is empty, the component's name is printed. `follow_up_lead` is the text at the start
    of the follow-up cell in the table, before the lettered renaksi.
    """

    history_body = "evaluation__unit"
    kept_scopes: ClassVar = {"evaluation": "evaluation", "follow_up": "evaluation"}

    evaluation = models.ForeignKey(
        Evaluation,
        on_delete=models.PROTECT,
        related_name="recommendations",
        verbose_name="evaluasi",
    )
    number = models.PositiveSmallIntegerField("nomor", validators=[MinValueValidator(1)])
    component = models.ForeignKey(
        Component,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="komponen",
    )
    heading = LineField("judul", max_length=120, blank=True)
    criterion_code = LineField(
        "kode kriteria LKE", max_length=20, blank=True, help_text="Misalnya 2.3.2"
    )
    text = RichTextField("isi rekomendasi")
    follow_up_lead = RichTextField("kalimat pembuka tindak lanjut", blank=True)
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repeated_by",
        verbose_name="rekomendasi tahun lalu",
    )

    objects = RecommendationQuerySet.as_manager()
    # Set by `with_renaksi(user)`: the renaksi that the user may see, and the number of all renaksi.
    seen_renaksi: list[Any]
    renaksi_count: int
    listed: list[Any]  # all renaksi, set by `stored_recommendations`

    class Meta:
        verbose_name = "rekomendasi"
        verbose_name_plural = "rekomendasi"
        ordering = ["evaluation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "number"],
                name="recommendation_number_once",
                violation_error_message="Nomor rekomendasi ini sudah dipakai dalam LHE yang sama.",
            ),
        ]

    def __str__(self):
        return f"Rekomendasi {self.number} {self.title}".strip()

    def place(self, *, with_body=True):
        return self.evaluation.mark(with_body=with_body)

    def get_absolute_url(self):
        return address_of("recommendations:recommendation-detail", self.pk)

    @property
    def title(self) -> str:
        """The printed heading; needs the component loaded."""
        return self.heading or (self.component.name if self.component_id else "")


class RecommendationPoint(models.Model):
    """One of the points a, b, c of a recommendation; the letter comes from the order."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="points"
    )
    position = models.PositiveSmallIntegerField("urutan", validators=[MinValueValidator(1)])
    text = RichTextField("isi butir")

    class Meta:
        verbose_name = "butir rekomendasi"
        verbose_name_plural = "butir rekomendasi"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "position"],
                name="point_position_once",
            ),
        ]

    def __str__(self):
        return f"Butir {list_letter(self.position)} dari {self.recommendation}"


class Note(models.Model):
    """The note (catatan) on one recommendation, printed after the follow-up table."""

    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.CASCADE, related_name="note"
    )
    text = RichTextField("isi catatan")

    class Meta:
        verbose_name = "catatan"
        verbose_name_plural = "catatan"

    def __str__(self):
        return f"Catatan atas {self.recommendation}"


class NotePhoto(models.Model):
    """A photo of a note with a caption (keterangan gambar). A caption without a picture is allowed.

    `original_sha256` is the hash of the uploaded picture when it was encoded anew, else empty.
    """

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField("urutan", default=0)
    caption = LineField("keterangan gambar", max_length=300)
    image = PictureField("gambar", upload_to="catatan/", blank=True)
    original_sha256 = LineField("SHA-256 berkas semula", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "gambar catatan"
        verbose_name_plural = "gambar catatan"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.caption

    def get_absolute_url(self):
        return self.note.recommendation.get_absolute_url()
