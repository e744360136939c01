from django.db import models


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The own ones: a workbook may hold what others must not see."""
        return self.filter(actor=user.pk) if getattr(user, "is_active", False) else self.none()
