"""Named questions about issued documents."""

from django.db import models
from django.db.models import Case, Q, Value, When

from reports.permissions import ACTIVE, DRAFT, ISSUED, telaah_staf_policy, word_template_policy


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
