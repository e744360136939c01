"""Named questions about issued documents."""

from django.db import models

from reports.permissions import telaah_staf_policy


class TelaahStafQuerySet(models.QuerySet):
    def visible_to(self, user):
        return telaah_staf_policy.filter(self, user, "view")
