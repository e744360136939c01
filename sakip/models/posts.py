"""The posts that people hold besides the one in which they act."""

from django.db import models

from sakip.models.units import Unit
from sakip.models.users import User
from sakip.roles import Role
from sakip.text_fields import LineField


class Post(models.Model):
    """A further post (penugasan) of a person: a role in a unit, as in the account itself.

    The account holds the post in which the person acts now, so that rights are read from one place.
    Taking up another post exchanges the two (`services/posts.py`).
    """

    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="other_posts", verbose_name="orang"
    )
    role = LineField("peran", max_length=12, choices=Role)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="other_posts", verbose_name="unit kerja"
    )
    evaluates_all = models.BooleanField("mengevaluasi semua perangkat daerah", default=False)
    assigned_bodies = models.ManyToManyField(
        Unit, blank=True, related_name="+", verbose_name="perangkat daerah yang dievaluasi"
    )

    class Meta:
        verbose_name = "penugasan lain"
        verbose_name_plural = "penugasan lain"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "unit"],
                name="post_once",
                violation_error_message="Orang ini sudah memegang peran itu di unit itu.",
            ),
            models.CheckConstraint(
                condition=models.Q(evaluates_all=False) | models.Q(role=Role.EVALUATOR),
                name="post_evaluates_all_as_evaluator",
                violation_error_message="Hanya evaluator yang mengevaluasi semua perangkat daerah.",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} · {self.unit}"
