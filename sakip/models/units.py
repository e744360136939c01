"""The tree of units (docs/design.md §2.4)."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.models import TreeNode

from sakip.editing import Versioned
from sakip.querysets import UnitQuerySet
from sakip.text_fields import LineField


class Unit(Versioned, TreeNode):
    """A node of the province's tree (unit kerja): province → body (perangkat daerah) → its parts.

    It is made inactive, never deleted, because records of past years refer to it. Its fields hold what
    it is called today; `former_names` keep what it was called. `from_date` is None for a unit that is
    older than the records.
    """

    kept_scopes: ClassVar = {"body": "pk"}

    class Kind(models.TextChoices):
        """Kinds of units of a province (UU 23/2014, articles 209 and 213–229; PP 18/2016)."""

        PROVINCE = "province", "Provinsi"
        SECRETARIAT = "secretariat", "Sekretariat Daerah atau DPRD"
        INSPECTORATE = "inspectorate", "Inspektorat"
        DINAS = "dinas", "Dinas"
        BADAN = "badan", "Badan"
        HOSPITAL = "hospital", "RSUD"
        BODY = "body", "Perangkat daerah lain"
        BUREAU = "bureau", "Biro"
        SECTION = "section", "Bagian"
        FIELD = "field", "Bidang"
        OFFICE = "office", "Sekretariat"
        ASSISTANT = "assistant", "Inspektur Pembantu"
        UPTD = "uptd", "UPTD"
        BRANCH = "branch", "Cabang Dinas"
        PART = "part", "Unit lain di bawah perangkat daerah"

    BODIES = frozenset(
        {
            Kind.SECRETARIAT,
            Kind.INSPECTORATE,
            Kind.DINAS,
            Kind.BADAN,
            Kind.HOSPITAL,
            Kind.BODY,
        }
    )

    ABOVE_PARTS = BODIES | {Kind.PROVINCE}
    # Parts that only one kind of body has.
    ONLY_IN = {Kind.BUREAU: Kind.SECRETARIAT, Kind.ASSISTANT: Kind.INSPECTORATE}

    parent = TreeNodeForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="unit induk",
    )
    kind = LineField("jenis", max_length=12, choices=Kind)
    name = LineField("nama", max_length=200)
    short_name = LineField("nama singkat", max_length=60, blank=True)
    code = LineField("kode", max_length=40, unique=True)
    position = models.PositiveSmallIntegerField("urutan", default=0)
    head_title = LineField("sebutan pimpinan", max_length=120, blank=True)
    from_date = models.DateField("berdiri sejak", null=True, blank=True)
    is_active = models.BooleanField("aktif", default=True)

    objects = UnitQuerySet.as_manager()
    later_name = ""  # see sakip.selectors.unit_names

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

    def clean(self):
        """Refuses a cycle in the tree with our own sentence."""
        try:
            super().clean()
        except ValidationError as error:
            message = "Unit tidak dapat berada di bawah dirinya sendiri. Pilih unit induk lain."
            raise ValidationError({"parent": message}) from error

    @staticmethod
    def names_of(unit) -> tuple[str, str, str]:
        """Name, short name and title of the head, of a unit or of a former name of one."""
        return unit.name, unit.short_name, unit.head_title

    @property
    def path_name(self) -> str:
        """The names of the unit and of those above it up to its body. One query for each not loaded."""
        path = [self]
        while not path[-1].is_body and path[-1].parent_id:
            path.append(path[-1].parent)
        return " · ".join(map(str, path))

    @property
    def is_body(self) -> bool:
        """Whether it is a body (perangkat daerah), which gets an LHE of its own."""
        return self.kind in self.BODIES
