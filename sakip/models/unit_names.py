"""What a unit was called, and to which other unit its work went (docs/design.md §2.10)."""

from django.db import models
from django.db.models import F, Q

from sakip.models.units import Unit
from sakip.text_fields import LineField


class UnitName(models.Model):
    """The name and the place in the tree that a unit had until a day, before a rename or a move.

    `until` is the last day. A name holds from the day after the one before it. What papers of that time
    print comes from `sakip.selectors.unit_names`. `legal_basis` is the regulation that ended it.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="former_names", verbose_name="unit kerja"
    )
    name = LineField("nama", max_length=200)
    short_name = LineField("nama singkat", max_length=60, blank=True)
    head_title = LineField("sebutan pimpinan", max_length=120, blank=True)
    parent = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="unit induk",
    )
    until = models.DateField("berlaku sampai")
    legal_basis = LineField("dasar hukum", max_length=300)

    class Meta:
        verbose_name = "nama lama unit"
        verbose_name_plural = "nama lama unit"
        ordering = ["unit", "-until"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "until"],
                name="unit_name_once_per_day",
                violation_error_message="Nama lama unit ini sampai tanggal tersebut sudah ada.",
            ),
        ]

    def __str__(self):
        return self.short_name or self.name


class UnitSuccession(models.Model):
    """A unit ended, and its work went to another one: two became one, or one became several.

    `day` is the first day of the new arrangement.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", "Digabung"
        SPLIT = "split", "Dipecah"

    predecessor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="successions", verbose_name="unit pendahulu"
    )
    successor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="origins", verbose_name="unit penerus"
    )
    kind = LineField("jenis", max_length=5, choices=Kind)
    day = models.DateField("berlaku sejak")
    legal_basis = LineField("dasar hukum", max_length=300)

    class Meta:
        verbose_name = "penerus unit"
        verbose_name_plural = "penerus unit"
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="unit_succession_once",
                violation_error_message="Unit ini sudah dicatat sebagai penerusnya.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="unit_succession_of_another",
                violation_error_message="Unit tidak dapat menjadi penerus dirinya sendiri.",
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"
