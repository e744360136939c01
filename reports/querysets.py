"""Named questions about issued documents."""

from django.db import models
from django.db.models import Case, Q, Value, When

from reports.permissions import (
    ACTIVE,
    DRAFT,
    ISSUED,
    issued_report_policy,
    telaah_staf_policy,
    word_template_policy,
)


class TelaahStafQuerySet(models.QuerySet):
    def visible_to(self, user):
        return telaah_staf_policy.filter(self, user, "view")

    def drafts(self):
        return self.filter(status=DRAFT)

    def in_force(self):
        """Issued and not replaced by another that is issued."""
        return self.filter(status=ISSUED).exclude(self._replaced())

    def superseded(self):
        return self.filter(self._replaced())

    def foremost(self):
        """The one that stands for the rest: the newest in force, else the newest draft. None without any."""
        rank = Case(
            When(self._replaced(), then=Value(2)),
            When(status=ISSUED, then=Value(0)),
            default=Value(1),
        )
        return self.order_by(rank, "-pk").first()

    @staticmethod
    def _replaced():
        return Q(replaced_by__status=ISSUED)


class WordTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        return word_template_policy.filter(self, user, "view")

    def in_use(self, unit):
        """The one with which letters of this body are printed, None without."""
        return self.filter(unit=unit, status=ACTIVE).first()


class IssuedReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return issued_report_policy.filter(self, user, "view")

    def for_list(self):
        return self.select_related("unit", "superseded_by").defer(
            "snapshot", "order", "superseded_by__snapshot", "superseded_by__order"
        )

    def public(self):
        """What anybody may know of a report whose code they hold."""
        return self.select_related("superseded_by").only(
            "title", "number", "date", "sha256", "code", "status", "superseded_by__status"
        )

    def matching(self, words):
        condition = models.Q()
        for word in words.split():
            code = models.Q(code__icontains=word)
            condition &= code | models.Q(number__icontains=word) | models.Q(title__icontains=word)
        return self.filter(condition)

    def of_memo(self, telaah_staf):
        """The sealed file of an issued Telaah Staf, withdrawn or not."""
        return self.filter(product="telaah-staf", order__document_id=telaah_staf.pk)

    def latest_of(self, scope):
        """The last issue of one report, withdrawn or not; None before the first."""
        return self.filter(scope=scope).order_by("-pk").first()

    def update(self, **kwargs):
        raise TypeError("Laporan terbit tidak dapat diubah.")

    def delete(self):
        raise TypeError("Laporan terbit tidak dapat dihapus; cabutlah.")
