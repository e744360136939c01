"""The findings of consistency checks (uji konsistensi, docs/design.md §2.6), and dismissed findings."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import models

SEVERITIES = {"error": "Kesalahan", "warning": "Peringatan", "info": "Keterangan"}
PROMISED = ("code", "severity", "object", "message", "printed", "computed")


@dataclass(frozen=True)
class Finding:
    """One problem that a check reports. `printed` and `computed` are figures as Indonesian text, or None.

    `record` is the record with the problem. `detail` names the part of it (a year, a component) when
    one record can have several findings with the same code.
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
        """Identifies the finding by code, record and detail; it does not change when the figures change."""
        about = f"{self.record._meta.label_lower}:{self.record.pk}" if self.record else ""
        return f"{self.code}:{about}:{self.detail}"

    def as_json(self) -> dict:
        """The keys that `check_consistency --format json` documents."""
        return {name: getattr(self, name) for name in PROMISED}


class DismissedFinding(models.Model):
    """“Diabaikan karena …”: a finding that somebody read and decided to ignore, with the reason.

    It counts only while the finding still has this `message`. With other figures the message differs,
    and the finding is shown again.
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
