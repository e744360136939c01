"""Units, people, the officials who sign letters, and letterheads."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.models import TreeNode

from sakip.consistency.finding import DismissedFinding
from sakip.editing import Versioned
from sakip.history.entries import HistoryEntry
from sakip.querysets import OfficialQuerySet, UnitQuerySet, UserManager
from sakip.roles import Role
from sakip.uploads.pictures import PictureField

__all__ = ["DismissedFinding", "HistoryEntry", "Letterhead", "Official", "Unit", "User"]

nip_validator = RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka tanpa spasi.")


class Unit(Versioned, TreeNode):
    """A node of the province's tree (unit kerja): province → body (perangkat daerah) → Biro or bidang.

    It is made inactive, never deleted, because records of past years refer to it.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", "Provinsi"
        BODY = "body", "Perangkat daerah"
        BUREAU = "bureau", "Biro atau bidang"

    parent = TreeNodeForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="unit induk",
    )
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    name = models.CharField("nama", max_length=200)
    short_name = models.CharField("nama singkat", max_length=60, blank=True)
    code = models.CharField("kode", max_length=40, unique=True)
    position = models.PositiveSmallIntegerField("urutan", default=0)
    head_title = models.CharField("sebutan pimpinan", max_length=120, blank=True)
    is_active = models.BooleanField("aktif", default=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "unit kerja"
        verbose_name_plural = "unit kerja"
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="unit_name_once_per_parent",
                violation_error_message="Unit induk ini sudah mempunyai unit dengan nama yang sama.",
            ),
        ]

    def __str__(self):
        return self.short_name or self.name


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
    def lineage(self) -> frozenset[int]:
        """Ids of the own unit and every unit above it; this person may see the LHE of these. One query."""
        return Unit.objects.lineage(self.unit_id)

    @cached_property
    def has_several_bodies(self) -> bool:
        """Says whether the pages that put bodies beside each other are for this person. At most one query."""
        if self.role == Role.EVALUATOR:
            return self.evaluates_all or self.assigned_bodies.count() > 1
        is_above = self.role in (Role.COORDINATOR, Role.LEADER)
        return is_above and self.unit.kind == Unit.Kind.PROVINCE


class Official(Versioned):
    """A person who signs (pejabat penanda tangan); not necessarily a user."""

    name = models.CharField("nama dan gelar", max_length=150)
    nip = models.CharField("NIP", max_length=18, validators=[nip_validator])
    rank = models.CharField("pangkat", max_length=60, help_text="Misalnya: Pembina Tingkat I")
    position = models.CharField("jabatan", max_length=150)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="officials", verbose_name="unit kerja"
    )
    is_active = models.BooleanField("aktif", default=True)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = "pejabat"
        verbose_name_plural = "pejabat"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["nip", "position"],
                name="official_once_per_position",
                violation_error_message="Pejabat dengan NIP dan jabatan ini sudah ada.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.position})"

    @property
    def printed_nip(self) -> str:
        """The NIP with spaces as on letters: birth date, appointment, sex, number (19710808 199103 2 007)."""
        nip = self.nip
        return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if len(nip) == 18 else nip


class Letterhead(Versioned):
    """The head of a letter (kop surat) of one body."""

    unit = models.OneToOneField(
        Unit, on_delete=models.PROTECT, related_name="letterhead", verbose_name="perangkat daerah"
    )
    government = models.CharField("pemerintah", max_length=150)
    body = models.CharField("nama perangkat daerah", max_length=150)
    address = models.CharField("alamat", max_length=200)
    phone = models.CharField("telepon dan faksimile", max_length=200, blank=True)
    online = models.CharField("pos-el dan laman", max_length=200, blank=True)
    logo = PictureField("lambang", upload_to="kop/", blank=True)

    class Meta:
        verbose_name = "kop surat"
        verbose_name_plural = "kop surat"

    def __str__(self):
        return f"{self.government} · {self.body}"
