"""Heads of letters."""

from django.db import models
from django.urls import reverse

from sakip.editing import Versioned
from sakip.models.units import Unit
from sakip.text_fields import LineField
from sakip.uploads.pictures import PictureField


class Letterhead(Versioned):
    """The head of a letter (kop surat) of one body.

    `logo_original_sha256` is the hash of the uploaded logo when it was encoded anew, else empty.
    """

    unit = models.OneToOneField(
        Unit, on_delete=models.PROTECT, related_name="letterhead", verbose_name="perangkat daerah"
    )
    government = LineField("pemerintah", max_length=150)
    body = LineField("nama perangkat daerah", max_length=150)
    address = LineField("alamat", max_length=200)
    phone = LineField("telepon dan faksimile", max_length=200, blank=True)
    online = LineField("surel dan laman", max_length=200, blank=True)
    logo = PictureField("lambang", upload_to="kop/", blank=True)
    logo_original_sha256 = LineField(
        "SHA-256 lambang semula", max_length=64, blank=True, editable=False
    )

    class Meta:
        verbose_name = "kop surat"
        verbose_name_plural = "kop surat"

    def __str__(self):
        return f"{self.government} · {self.body}"

    def get_absolute_url(self):
        return reverse("sakip:letterhead-edit", args=[self.pk])
