"""People who sign in."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models

from sakip.editing import Versioned
from sakip.models.officials import nip_validator
from sakip.models.units import Unit
from sakip.querysets import UserManager
from sakip.roles import Role


class User(Versioned, AbstractUser):
    """One person with one role in one unit. Made inactive (`is_active`), never deleted.

    An evaluator reaches the `assigned_bodies` and all units below them, and nothing without assigned
    bodies. An evaluator of every body has `evaluates_all` instead, and no assigned bodies.
    """

    first_name = None
    last_name = None
    name = models.CharField("nama", max_length=150)
    email = models.EmailField("alamat pos-el", blank=True)
    role = models.CharField("peran", max_length=12, choices=Role, blank=True)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name="unit kerja",
    )
    evaluates_all = models.BooleanField(
        "mengevaluasi semua perangkat daerah",
        default=False,
        help_text="Hanya untuk evaluator.",
    )
    assigned_bodies = models.ManyToManyField(
        Unit,
        blank=True,
        related_name="evaluators",
        verbose_name="perangkat daerah yang dievaluasi",
        help_text="Hanya untuk evaluator. Tidak ada yang dipilih berarti tidak ada yang dievaluasi.",
    )
    nip = models.CharField("NIP", max_length=18, blank=True, validators=[nip_validator])

    REQUIRED_FIELDS = ["name", "email"]
    objects = UserManager()

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role="") | models.Q(unit__isnull=False),
                name="user_with_role_has_unit",
                violation_error_message="Pengguna yang mempunyai peran harus ditempatkan pada satu unit.",
            ),
            models.CheckConstraint(
                condition=models.Q(evaluates_all=False) | models.Q(role=Role.EVALUATOR),
                name="user_evaluates_all_as_evaluator",
                violation_error_message="Hanya evaluator yang mengevaluasi semua perangkat daerah.",
            ),
        ]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split()[0] if self.name else self.username

    @property
    def path_name(self) -> str:
        """The name with the unit and those above it up to its body."""
        return f"{self} ({self.unit.path_name})" if self.unit else str(self)

    @cached_property
    def reach(self) -> frozenset[int] | None:
        """Ids of the units whose records this person may work with; None means every unit.

        One query, once per request.
        """
        if self.role == Role.EVALUATOR:
            if self.evaluates_all:
                return None
            return Unit.objects.beneath(self.assigned_bodies.values_list("pk", flat=True))
        return Unit.objects.beneath([self.unit_id] if self.unit_id else [])

    @cached_property
    def has_one_body(self) -> bool:
        """Whether this person works with records of one body only, whose name then goes without saying.

        One query, once per request; for an evaluator besides that of `reach`.
        """
        if self.role != Role.EVALUATOR:
            return len(Unit.objects.bodies_around(self.unit_id)) < 2
        if self.reach is None:
            return False
        return Unit.objects.bodies().filter(pk__in=self.reach).count() < 2

    @cached_property
    def lineage(self) -> frozenset[int]:
        """Ids of the own unit and every unit above it; this person may see the LHE of these. One query."""
        return Unit.objects.lineage(self.unit_id)
