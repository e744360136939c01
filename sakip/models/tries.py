"""What guards passwords: how often they were tried, from which places a person signed in, and old ones."""

from django.conf import settings
from django.db import models

from sakip.text_fields import LineField


class TryCount(models.Model):
    """The tries of one kind in one period, which begins with the first of them.

    `key` is a keyed hash, so the table holds neither addresses nor what was typed as a name. `taken`
    counts every try that was let through, `wrong` those that turned out wrong; the others are not
    decided yet, or the process that made them died.
    """

    key = LineField("kunci", max_length=64, unique=True)
    taken = models.PositiveIntegerField("dimulai", default=0)
    wrong = models.PositiveIntegerField("salah", default=0)
    taken_at = models.DateTimeField("terakhir dimulai")
    ends = models.DateTimeField("berakhir", db_index=True)

    objects = models.Manager()

    class Meta:
        verbose_name = "hitungan percobaan"
        verbose_name_plural = "hitungan percobaan"

    def __str__(self):
        return f"{self.taken} percobaan sampai {self.ends:%d-%m-%Y %H:%M}"


class KnownPlace(models.Model):
    """A network address or a browser from which this person has signed in. `place` is a keyed hash."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = LineField("tempat", max_length=64)
    seen_at = models.DateTimeField("terakhir masuk")

    objects = models.Manager()

    class Meta:
        verbose_name = "tempat masuk"
        verbose_name_plural = "tempat masuk"
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="known_place_once"),
        ]

    def __str__(self):
        return f"Tempat masuk {self.person}"


class FormerPassword(models.Model):
    """The hash of a password that the person chose before. Kept only in the profile `bssn`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    password = LineField("kata sandi", max_length=128)

    objects = models.Manager()

    class Meta:
        verbose_name = "kata sandi lama"
        verbose_name_plural = "kata sandi lama"

    def __str__(self):
        return f"Kata sandi lama {self.person}"
