from django.db import models


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Returns the user's own imports: a workbook may contain data that others may not see."""
        return self.filter(actor=user.pk) if getattr(user, "is_active", False) else self.none()
