"""Query methods for issued documents."""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Value, When
from django.db.models.functions import Coalesce

from reports.permissions import (
    ACTIVE,
    DRAFT,
    ISSUED,
    REPORT_ISSUED,
    WITHDRAWN,
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
        """Issued, not withdrawn, and not replaced by another one that is issued and not withdrawn."""
        return self.with_replacement().filter(status=ISSUED, is_replaced=False)

    def superseded(self):
        return self.with_replacement().filter(status=ISSUED, is_replaced=True)

    def withdrawn(self):
        return self.filter(status=WITHDRAWN)

    def drafts_and_in_force(self):
        return self.with_replacement().filter(status__in=[DRAFT, ISSUED], is_replaced=False)

    def foremost(self):
        """Returns the most important one: the newest in force, or else the newest draft.

        Returns None when there is neither. Replaced and withdrawn ones are never returned.
        """
        found = self.drafts_and_in_force()
        rank = Case(When(status=ISSUED, then=Value(0)), default=Value(1))
        return found.order_by(rank, "-pk").first()

    def with_replacement(self):
        """Adds `is_replaced`: a later telaah staf of the same line is issued and not withdrawn."""
        every = self.model._base_manager.filter(status=ISSUED, pk__gt=OuterRef("pk"))
        line = Coalesce(OuterRef("series"), OuterRef("pk"))
        return self.annotate(is_replaced=Exists(every.filter(series=line)))


class WordTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        return word_template_policy.filter(self, user, "view")

    def in_use(self, unit):
        """Returns the template for the letters of this body, or None."""
        return self.filter(unit=unit, status=ACTIVE).first()


class IssuedReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return issued_report_policy.filter(self, user, "view")

    def for_list(self):
        return self.with_successor().select_related("unit").defer("snapshot", "spec")

    def public(self):
        """Reads only the fields that everybody who has the code may see."""
        shown = self.only("title", "number", "date", "sha256", "code", "status")
        return shown.with_successor()

    def with_successor(self):
        """Adds `is_superseded`: a later issue of the same report is in force."""
        every = self.model._base_manager.filter(status=REPORT_ISSUED, pk__gt=OuterRef("pk"))
        return self.annotate(is_superseded=Exists(every.filter(scope=OuterRef("scope"))))

    def successor_of(self, issued):
        """Returns the latest later issue of the same report that is in force; None when there is none."""
        return (
            self.filter(scope=issued.scope, pk__gt=issued.pk, status=REPORT_ISSUED)
            .order_by("pk")
            .last()
        )

    def matching(self, words):
        condition = models.Q()
        for word in words.split():
            code = models.Q(code__icontains=word)
            condition &= code | models.Q(number__icontains=word) | models.Q(title__icontains=word)
        return self.filter(condition)

    def of_telaah_staf(self, telaah_staf):
        """Returns the sealed files of an issued Telaah Staf, also withdrawn ones."""
        return self.filter(product="telaah-staf", spec__document_id=telaah_staf.pk)

    def latest_of(self, scope):
        """Returns the last issue of one report, also a withdrawn one; None before the first issue.

        All telaah staf of one line count as issues of one report.
        """
        return self.filter(scope=scope).order_by("-pk").first()

    def made_by(self, *, submission, scope, person):
        """Returns the issues of this report that this person made with this press of the button."""
        return self.filter(submission=submission, scope=scope, issued_by=person)

    def update(self, **kwargs):
        raise TypeError("Laporan terbit tidak dapat diubah.")

    def delete(self):
        raise TypeError("Laporan terbit tidak dapat dihapus; cabutlah.")
