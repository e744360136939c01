"""Named questions about issued documents."""

from django.db import models
from django.db.models import Q

from reports.permissions import DRAFT, ISSUED, telaah_staf_policy


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

    @staticmethod
    def _replaced():
        return Q(replaced_by__status=ISSUED)
