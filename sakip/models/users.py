"""People who sign in."""

from copy import copy
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac

from sakip.editing import Versioned
from sakip.models.officials import nip_validator
from sakip.models.units import Unit
from sakip.querysets import UserManager, downwards, reads_all, upwards
from sakip.roles import Role
from sakip.text_fields import EmailLineField, LineField


class User(Versioned, AbstractUser):
    """One person, and the post in which they act: one role in one unit. Made inactive, never deleted.

    Further posts of the person are in `other_posts`.

    An evaluator belongs to a unit of the Inspektorat; elsewhere they reach nothing. They reach the
    `assigned_bodies` and all units below them. An evaluator of every body has `evaluates_all` instead,
    and no assigned bodies.
    """

    first_name = None
    last_name = None
    username = LineField(
        "nama pengguna",
        max_length=150,
        unique=True,
        validators=[AbstractUser.username_validator],
        error_messages={
            "unique": (
                "Nama pengguna ini sudah dipakai. Bila akunnya baru saja Anda buat dan tautan "
                "undangannya tidak terlihat, undang lagi lewat akunnya."
            ),
            "invalid": "Tulis nama pengguna dengan huruf, angka, dan @ . + - _ saja, tanpa spasi.",
        },
        help_text="Dipakai untuk masuk: huruf, angka, dan @ . + - _",
    )
    name = LineField("nama", max_length=150)
    email = EmailLineField("alamat surel", blank=True)
    role = LineField("peran", max_length=12, choices=Role, blank=True)
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
    invited_at = models.DateTimeField("diundang pada", null=True, blank=True, editable=False)
    # Part of what a session is checked against: raising it ends every session for good.
    session_epoch = models.PositiveIntegerField("angkatan sesi", default=0, editable=False)
    password_is_temporary = models.BooleanField(
        "kata sandi sementara", default=False, editable=False
    )  # somebody else set it
    password_chosen_at = models.DateTimeField(
        "kata sandi dipilih pada", null=True, blank=True, editable=False
    )
    uses_shortcuts = models.BooleanField("memakai tombol cepat", default=False, editable=False)
    tour_closed_at = models.DateTimeField("tur ditutup pada", null=True, blank=True, editable=False)
    table_settings = models.JSONField(
        "tampilan tabel", default=dict, blank=True, editable=False
    )  # sakip/table_settings.py
    nip = LineField("NIP", max_length=18, blank=True, validators=[nip_validator])

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

    def _get_session_auth_hash(self, secret=None):
        """Django ends the sessions of a person whose hash has changed, also under former secret keys."""
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("sakip.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def path_name(self) -> str:
        """The name with the unit and those above it up to its body."""
        return f"{self} ({self.unit.path_name})" if self.unit else str(self)

    @property
    def invitation_ends(self) -> datetime | None:
        """When the link dies by which this person chooses a password; None without an invitation."""
        return self.invited_at and self.invited_at + timedelta(days=settings.INVITATION_DAYS)

    @cached_property
    def unit_rows(self) -> tuple:
        """All units, read once per request: what this person reaches, and the names on the page. One query."""
        return Unit.objects.rows()

    @cached_property
    def reach(self) -> frozenset[int] | None:
        """Ids of the units whose records this person may work with; None means every unit.

        One query besides that of `unit_rows` for an evaluator, once per request.
        """
        if self.role == Role.EVALUATOR:
            if self.unit_id not in Unit.objects.with_inspectorate(self.unit_rows)[1]:
                return frozenset()
            if self.evaluates_all:
                return None
            judged = self.judged_bodies.values_list("pk", flat=True)
            return Unit.objects.beneath(judged, self.unit_rows)
        if reads_all(self):
            return None
        return Unit.objects.beneath([self.unit_id] if self.unit_id else [], self.unit_rows)

    @cached_property
    def has_one_body(self) -> bool:
        """Whether this person works with records of one body only, whose name then goes without saying.

        No query besides those of `reach`.
        """
        if self.reach is None:
            return False
        if self.role != Role.EVALUATOR:
            return len(Unit.objects.bodies_around(self.unit_id, self.unit_rows)) < 2
        return sum(row.kind in Unit.BODIES and row.pk in self.reach for row in self.unit_rows) < 2

    @cached_property
    def lineage(self) -> frozenset[int]:
        """Ids of the own unit and every unit above it; this person may see the LHE of these. No query
        besides that of `unit_rows`."""
        return Unit.objects.lineage(self.unit_id, self.unit_rows)

    @cached_property
    def has_several_bodies(self) -> bool:
        """Says whether the pages that put bodies beside each other are for this person. At most one query."""
        if self.role == Role.EVALUATOR:
            return self.evaluates_all or self.judged_bodies.count() > 1
        if self.role == Role.LEADER:
            return self.reach is None or self.unit.kind == Unit.Kind.PROVINCE
        return self.role == Role.COORDINATOR and self.unit.kind == Unit.Kind.PROVINCE

    @property
    def governs_province(self) -> bool:
        """Whether this person decides for the whole province: a superuser or a coordinator of its root."""
        if self.is_superuser:
            return True
        coordinates = self.role == Role.COORDINATOR and self.unit is not None
        return coordinates and self.unit.kind == Unit.Kind.PROVINCE and self.unit.parent_id is None

    @property
    def governs_inspectorate(self) -> bool:
        """Whether this person is a coordinator of the Inspektorat as a whole."""
        coordinates = self.role == Role.COORDINATOR and self.unit is not None
        return coordinates and self.unit.kind == Unit.Kind.INSPECTORATE

    @cached_property
    def partial_to(self) -> frozenset[int]:
        """Ids of the units whose items this evaluator does not judge.

        They are those in or above which the person holds another post, those that the post reaches, and
        the Inspektorat, unless the province has named the evaluator for it. No query besides those of
        `unit_rows` and `seats`.
        """
        parents, inspectorate = Unit.objects.with_inspectorate(self.unit_rows)
        found = set(inspectorate) if self.evaluates_all else set()
        for seat in self.seats[1:]:
            found |= touched(seat.role, seat.unit_id, parents)
        return frozenset(found)

    # ── Several posts ───────────────────────────────────────────────────────────────────────────
    @cached_property
    def seats(self) -> list["User"]:
        """This person once for each post, first as they act now. Each seat has its own rights. One query.

        A seat is for asking what the person may do; it must not be saved.
        """
        if self.pk is None:
            return [self]
        return [self, *map(self.acting_in, self.other_posts.select_related("unit"))]

    def acting_in(self, post) -> "User":
        """This person with the role, the unit and the rights of `post`."""
        seat = copy(self)
        seat.forget_post()
        seat.role, seat.unit, seat.evaluates_all = post.role, post.unit, post.evaluates_all
        seat._post = post
        return seat

    @property
    def judged_bodies(self):
        """The bodies that this person evaluates in this post, when they are named one by one."""
        return getattr(self, "_post", self).assigned_bodies

    def unit_within(self, keys) -> Unit | None:
        """The unit of a post among the units with these keys, if possible of the present post.

        `keys` None means every unit. None when no post is among them: what this person does elsewhere is
        not told. No query with `other_posts__unit` loaded.
        """
        if keys is None or self.unit_id in keys:
            return self.unit
        units = (post.unit for post in self.other_posts.all() if post.unit_id in keys)
        return next(units, None)

    @property
    def post_code(self) -> str:
        """Tells one post of a person from the others: the role and the key of the unit."""
        return f"{self.role}:{self.unit_id}"

    def duty(self) -> tuple:
        """Role, unit and the bodies evaluated by name, as keys. One query."""
        bodies = frozenset(self.judged_bodies.values_list("pk", flat=True))
        return self.role, self.unit_id, bodies

    def forget_post(self):
        """Forgets what was remembered about the rights of the post."""
        for name in OF_THE_POST:
            self.__dict__.pop(name, None)


OF_THE_POST = [name for name, value in vars(User).items() if isinstance(value, cached_property)]


def touched(role, unit_id, parents) -> frozenset[int]:
    """The units whose judgement would be one's own affair for a person with this post. No query."""
    if role == Role.EVALUATOR or unit_id is None:
        return frozenset()
    above = frozenset(upwards(unit_id, parents))
    return above if role == Role.OPERATOR else above | downwards([unit_id], parents)
