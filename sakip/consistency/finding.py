"""The findings of consistency checks (uji konsistensi, docs/design.md §2.6), and dismissed findings."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db import models
from django.urls import reverse

from sakip.consistency.rules import RULES, FindingRule
from sakip.text_fields import LineField

PROMISED = ("code", "severity", "object", "message", "printed", "computed")
ALWAYS = date.min


@dataclass(frozen=True)
class Finding:
    """One problem that a check reports.

    `data` holds the figures and names that the sentence of the rule needs, as Indonesian text; among
    them `printed` and `computed`. `record` is the record with the problem and `object` its name.
    `detail` names the part of it (a year, a component) when one record can have several findings of
    the same rule. The finding holds from the day `since` on.
    """

    code: str
    record: models.Model = field(compare=False)
    object: str
    data: dict[str, str] = field(default_factory=dict)
    detail: str = ""
    since: date = ALWAYS

    @property
    def rule(self) -> FindingRule:
        return RULES[self.code]

    @property
    def severity(self) -> str:
        return self.rule.severity

    @property
    def message(self) -> str:
        return self.rule.message.format(**self.data)

    @property
    def printed(self) -> str | None:
        return self.data.get("printed")

    @property
    def computed(self) -> str | None:
        return self.data.get("computed")

    @cached_property  # each row of a page says it twice
    def url(self) -> str:
        return self.record.get_absolute_url()

    @property
    def mending_url(self) -> str:
        """The page where a person who may edit the record mends it."""
        if not self.rule.page:
            return self.url
        year = [int(self.detail)] if self.rule.by_year else []
        return reverse(self.rule.page, args=[self.record.pk, *year])

    @property
    def key(self) -> str:
        """Identifies the finding by code, record and detail; it does not change when the figures change."""
        return f"{self.code}:{self.record._meta.label_lower}:{self.record.pk}:{self.detail}"

    def as_json(self) -> dict:
        """The keys that `check_consistency --format json` documents."""
        return {name: getattr(self, name) for name in PROMISED}


class DismissedFinding(models.Model):
    """“Diabaikan karena …”: a finding that somebody read and decided to ignore, with the reason.

    It counts only while the finding still has these figures in `data`; with others the finding is
    shown again. `message` is the sentence on that day. `data` is None in a dismissal from before it was
    kept: then the sentence is compared.
    """

    key = LineField("kunci", max_length=200, unique=True)
    message = models.TextField("temuan")
    data = models.JSONField("angka", null=True, editable=False)
    reason = LineField("alasan", max_length=300)
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

    def holds_for(self, finding: Finding) -> bool:
        if self.data is None:
            return self.message == finding.message
        return self.data == finding.data
