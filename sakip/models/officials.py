"""The officials who sign letters (docs/design.md §2.10)."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from sakip.dates import format_date
from sakip.editing import Versioned
from sakip.models.units import Unit
from sakip.querysets import OfficialQuerySet
from sakip.text_fields import LineField

nip_validator = RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka tanpa spasi.")


class Official(Versioned):
    """A person in one post for one term (pejabat penanda tangan); not necessarily a user.

    The post is the position in the unit. `from_date` and `to_date` are the first and last day of the
    term; None means without limit. Terms of one post do not overlap: not those of its holders, not
    those of the Plt., not those of the Plh. (`sakip.services.officials`). `on_behalf_of` is the
    position for which this one signs; paper prints it after “a.n.” above the position.
    """

    class Acting(models.TextChoices):
        PLT = "Plt.", "Plt. (pelaksana tugas)"
        PLH = "Plh.", "Plh. (pelaksana harian)"

    name = LineField("nama dan gelar", max_length=150)
    nip = LineField("NIP", max_length=18, validators=[nip_validator])
    rank = LineField("pangkat", max_length=60, help_text="Misalnya: Pembina Tingkat I")
    position = LineField("jabatan", max_length=150)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="officials", verbose_name="unit kerja"
    )
    acting = LineField("sebagai", max_length=4, choices=Acting, blank=True)
    on_behalf_of = LineField("atas nama (a.n.)", max_length=150, blank=True)
    from_date = models.DateField("menjabat sejak", null=True, blank=True)
    to_date = models.DateField("menjabat sampai", null=True, blank=True)
    is_active = models.BooleanField("aktif", default=True)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = "pejabat"
        verbose_name_plural = "pejabat"
        ordering = ["name", "from_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_date=None) | Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="official_term_ends_after_it_begins",
                violation_error_message="Masa jabatan berakhir sebelum dimulai. Perbaiki tanggalnya.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.title})"

    @property
    def title(self) -> str:
        """The position as it is printed: “Plt. Kepala Biro Organisasi”."""
        return f"{self.acting} {self.position}".strip()

    @property
    def printed_nip(self) -> str:
        """The NIP with spaces as on letters: birth date, appointment, sex, number (19710808 199103 2 007)."""
        nip = self.nip
        return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if len(nip) == 18 else nip

    @property
    def term(self) -> str:
        """The term in words: “sejak 1 Januari 2023 sampai 31 Desember 2024”; "" without limits."""
        begin = f"sejak {format_date(self.from_date)}" if self.from_date else ""
        end = f"sampai {format_date(self.to_date)}" if self.to_date else ""
        return f"{begin} {end}".strip()

    def is_in_office(self, day) -> bool:
        return (self.from_date is None or self.from_date <= day) and (
            self.to_date is None or day <= self.to_date
        )
