"""What a consistency check reports (uji konsistensi, docs/design.md §2.6), and what people said of it."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import models

SEVERITIES = {"error": "Kesalahan", "warning": "Peringatan", "info": "Keterangan"}
PROMISED = ("code", "severity", "object", "message", "printed", "computed")


@dataclass(frozen=True)
class Finding:
    """One thing to look at. `printed` and `computed` are Indonesian figures, None where none is meant.

    `record` is what it is about, `detail` which part of it (a year, a component) where one record may
    have several findings of one code.
    """

    code: str
    severity: str
    object: str
    message: str
    printed: str | None = None
    computed: str | None = None
    record: models.Model | None = field(default=None, compare=False)
    detail: str = ""

    @property
    def url(self) -> str:
        return self.record.get_absolute_url() if self.record else ""

    @property
    def key(self) -> str:
        """The same for the same finding on the same record, whatever its figures are today."""
        about = f"{self.record._meta.label_lower}:{self.record.pk}" if self.record else ""
        return f"{self.code}:{about}:{self.detail}"

    def as_json(self) -> dict:
        """The keys promised to `check_consistency --format json`."""
        return {name: getattr(self, name) for name in PROMISED}


class DismissedFinding(models.Model):
    """“Diabaikan karena …”: a finding that somebody looked at and left as it is.

    Holds for as long as the finding says `message`: other figures make it a new one.
    """

    key = models.CharField("kunci", max_length=200, unique=True)
    message = models.TextField("temuan")
    reason = models.CharField("alasan", max_length=300)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diabaikan oleh",
    )
    dismissed_at = models.DateTimeField("diabaikan pada")

    class Meta:
        verbose_name = "temuan yang diabaikan"
        verbose_name_plural = "temuan yang diabaikan"

    def __str__(self):
        return self.message
