"""Named questions about issued documents."""

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
        """Issued, not withdrawn, and not replaced by another of which both are true."""
        return self.with_replacement().filter(status=ISSUED, is_replaced=False)

    def superseded(self):
        return self.with_replacement().filter(status=ISSUED, is_replaced=True)

    def withdrawn(self):
        return self.filter(status=WITHDRAWN)

    def foremost(self):
        """The one that stands for the rest: the newest in force, else the newest draft.

        None without any: what is replaced or withdrawn stands for nothing.
        """
        found = self.with_replacement().filter(status__in=[DRAFT, ISSUED], is_replaced=False)
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
        """The one with which letters of this body are printed, None without."""
        return self.filter(unit=unit, status=ACTIVE).first()


class IssuedReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return issued_report_policy.filter(self, user, "view")

    def for_list(self):
        return self.with_successor().select_related("unit").defer("snapshot", "spec")

    def public(self):
        """What anybody may know of a report whose code they hold."""
        shown = self.only("title", "number", "date", "sha256", "code", "status")
        return shown.with_successor()

    def with_successor(self):
        """Adds `is_superseded`: a later issue of the same report is in force."""
        every = self.model._base_manager.filter(status=REPORT_ISSUED, pk__gt=OuterRef("pk"))
        return self.annotate(is_superseded=Exists(every.filter(scope=OuterRef("scope"))))

    def successor_of(self, issued):
        """The issue that holds in the place of `issued`, None while there is none."""
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
        """The sealed file of an issued Telaah Staf, withdrawn or not."""
        return self.filter(product="telaah-staf", spec__document_id=telaah_staf.pk)

    def latest_of(self, scope):
        """The last issue of one report, withdrawn or not; None before the first.

        The telaah staf of one line are issues of one report.
        """
        return self.filter(scope=scope).order_by("-pk").first()

    def made_by(self, *, submission, scope, person):
        """What this press of the button by this person made of this report."""
        return self.filter(submission=submission, scope=scope, issued_by=person)

    def update(self, **kwargs):
        raise TypeError("Laporan terbit tidak dapat diubah.")

    def delete(self):
        raise TypeError("Laporan terbit tidak dapat dihapus; cabutlah.")
