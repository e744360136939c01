"""Signs of life of processes that work without a page."""

from django.db import models

from sakip.text_fields import LineField


class Beat(models.Model):
    """When a process last showed that it lives: a worker under its id, a probe under PROBE."""

    PROBE = "siap"

    name = LineField("nama", max_length=64, unique=True)
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "tanda hidup"
        verbose_name_plural = "tanda hidup"

    def __str__(self):
        return self.name
