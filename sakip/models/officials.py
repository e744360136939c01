"""The officials who sign letters."""

from django.core.validators import RegexValidator
from django.db import models

from sakip.editing import Versioned
from sakip.models.units import Unit
from sakip.querysets import OfficialQuerySet

nip_validator = RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka tanpa spasi.")


class Official(Versioned):
    """A person who signs (pejabat penanda tangan); not necessarily a user."""

    name = models.CharField("nama dan gelar", max_length=150)
    nip = models.CharField("NIP", max_length=18, validators=[nip_validator])
    rank = models.CharField("pangkat", max_length=60, help_text="Misalnya: Pembina Tingkat I")
    position = models.CharField("jabatan", max_length=150)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="officials", verbose_name="unit kerja"
    )
    is_active = models.BooleanField("aktif", default=True)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = "pejabat"
        verbose_name_plural = "pejabat"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["nip", "position"],
                name="official_once_per_position",
                violation_error_message="Pejabat dengan NIP dan jabatan ini sudah ada.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.position})"

    @property
    def printed_nip(self) -> str:
        """The NIP with spaces as on letters: birth date, appointment, sex, number (19710808 199103 2 007)."""
        nip = self.nip
        return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if len(nip) == 18 else nip
