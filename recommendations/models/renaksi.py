"""The dated plan of a unit and what it did (docs/design.md §2.2, §2.3)."""

from collections.abc import Collection
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from recommendations import transitions
from recommendations.models.placing import RepeatedBody, RepeatedPlace
from recommendations.models.recommendation import Recommendation, RecommendationPoint
from recommendations.querysets import OfRenaksiQuerySet, RenaksiQuerySet
from sakip.converters import address_of
from sakip.editing import Versioned
from sakip.models import Unit
from sakip.naming import PlacedName
from sakip.numbers import list_letter
from sakip.richtext import RichTextField
from sakip.text_fields import LineField, LinesField

# The order of the documents, the latest year first.
DOCUMENT = ("latest_first", "evaluation", "recommendation_number", "position")


class Renaksi(RepeatedPlace, PlacedName, Versioned):
    """A unit's plan to carry out a recommendation (rencana aksi) and its follow-up (tindak lanjut).

    Only `recommendations.workflow` writes `status`. `not_actionable_reason` is the unit's reason why
    the plan cannot be done. `person` is the person in charge from one of its units, or None.
    `version` rises when the unit or the evaluator changes text, steps, evidence or status.
    """

    history_body = "recommendation__evaluation__unit"
    kept_scopes: ClassVar = {
        "evaluation": "recommendation__evaluation",
        "follow_up": "recommendation__evaluation",
    }

    class Status(models.TextChoices):
        OPEN = transitions.OPEN, "Belum"
        IN_PROGRESS = transitions.IN_PROGRESS, "Dalam proses"
        SUBMITTED = transitions.SUBMITTED, "Menunggu reviu"
        RETURNED = transitions.RETURNED, "Dikembalikan"
        DONE = transitions.DONE, "Tuntas"
        NOT_ACTIONABLE = transitions.NOT_ACTIONABLE, "Tidak dapat ditindaklanjuti"

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="renaksi", verbose_name="rekomendasi"
    )
    position = models.PositiveSmallIntegerField("urutan", validators=[MinValueValidator(1)])
    point = models.ForeignKey(
        RecommendationPoint,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renaksi",
        verbose_name="menjawab butir",
    )
    plan = RichTextField("rencana aksi", blank=True)
    follow_up = RichTextField("tindak lanjut", blank=True)
    # Several indexes below begin with it; one of its own would only mislead PostgreSQL.
    lead_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="led_renaksi",
        verbose_name="penanggung jawab",
    )
    supporting_units = models.ManyToManyField(
        Unit,
        through="SupportingUnit",
        through_fields=("renaksi", "unit"),
        blank=True,
        related_name="supported_renaksi",
        verbose_name="unit pendukung",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entrusted_renaksi",
        verbose_name="petugas",
    )
    due_date = models.DateField("batas waktu", null=True, blank=True)
    status = LineField("status", max_length=14, choices=Status, default=Status.OPEN, editable=False)
    not_actionable_reason = LinesField("alasan tidak dapat ditindaklanjuti", blank=True)
    submitted_at = models.DateTimeField("dikirim pada", null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="dikirim oleh",
    )
    closed_at = models.DateTimeField("selesai pada", null=True, editable=False)

    objects = RenaksiQuerySet.as_manager()

    class Meta:
        verbose_name = "rencana aksi"
        verbose_name_plural = "rencana aksi"
        ordering = ["recommendation__number", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "position"],
                name="renaksi_position_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(transitions.STATUSES)),
                name="renaksi_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="not_actionable") | ~Q(not_actionable_reason=""),
                name="renaksi_not_actionable_has_reason",
                violation_error_message="Tulis alasan mengapa tidak dapat ditindaklanjuti.",
            ),
        ]
        indexes = [
            # The ranges of the list (selectors/renaksi_paths.py). Each order ends in DOCUMENT; the columns
            # behind it save reading the row for a further filter.
            # “Batas waktu”, of all bodies and with a filter of status or due date.
            models.Index(
                fields=["status", "due_order", *DOCUMENT, "component", "lead_unit"],
                name="renaksi_due",
            ),
            # … of one body: its coordinator, leader, evaluator; the filters “Perangkat daerah”, “Evaluasi”.
            models.Index(
                fields=["body", "status", "due_order", *DOCUMENT, "component", "lead_unit"],
                name="renaksi_body_due",
            ),
            # … of one lead unit: its operator; the filter “Unit”.
            models.Index(
                fields=["lead_unit", "status", "due_order", *DOCUMENT, "component"],
                name="renaksi_unit_due",
            ),
            # “Nomor” and “Status”, of all bodies or of some LHE.
            models.Index(fields=["status", *DOCUMENT], name="renaksi_document"),
            # “Nomor” and “Status” of one lead unit, and “Penanggung jawab”.
            models.Index(fields=["lead_unit", "status", *DOCUMENT], name="renaksi_unit_document"),
            # Of which bodies a unit leads rows (`renaksi_sql`), of which LHE and with whom (`RenaksiChoices`).
            models.Index(
                fields=["lead_unit", "body", "evaluation", "person"], name="renaksi_unit_body"
            ),
            # Filter “Komponen”, as long as it finds few rows.
            models.Index(fields=["component"], name="renaksi_component"),
            # Review queue, the one that waits longest first: `review_order.OLDEST`. The other columns say whose
            # queue a row is not in (`authorship.without_own_work`), so that counting reads no row.
            models.Index(
                fields=["status", "sent_order", "id", "body", "lead_unit", "submitted_by"],
                name="renaksi_queue",
            ),
            # Review queue LHE after LHE: `review_order.ByLhe`; counts of one LHE
            # by status, and its figures (`figures/counting.py`).
            models.Index(
                fields=["evaluation", "status", "recommendation_number", "position"],
                name="renaksi_of_lhe",
            ),
            # Other queries: overdue rows of the whole province, counts of a unit.
            models.Index(fields=["status", "due_date"], name="renaksi_status_due"),
            models.Index(fields=["lead_unit", "status"], name="renaksi_unit_status"),
            # What is longest late in some evaluations, on the leader's page.
            models.Index(
                fields=["evaluation", "due_date", "id"],
                condition=Q(status__in=transitions.WORKABLE),
                name="renaksi_evaluation_due",
            ),
        ]

    def __str__(self):
        """Always contains the letter: notices and history store this name, and a second renaksi may be added."""
        return renaksi_name(self.recommendation.number, self.position)

    def place(self, *, with_body=True):
        return self.recommendation.place(with_body=with_body)

    def get_absolute_url(self):
        return address_of("recommendations:renaksi-detail", self.pk)

    @property
    def letter(self) -> str:
        return list_letter(self.position)

    @property
    def person_problem(self) -> str:
        """Says why the person in charge cannot continue; the words follow the name. Empty when there is no problem.

        Closed renaksi have no problem. No query when the renaksi was loaded with `for_check()`.
        """
        if self.person_id is None:
            return ""
        units = {self.lead_unit_id, *(unit.pk for unit in self.supporting_units.all())}
        return person_problem(self.person, self.status, units)

    @property
    def is_claimed_by_document(self) -> bool:
        """Says whether it waits for review because a document says “Sudah”: no person has sent it."""
        return self.status == transitions.SUBMITTED and self.submitted_at is None

    def is_overdue(self, on) -> bool:
        """Says whether the unit must still work on it and the due date is before `on`."""
        return is_overdue(self.status, self.due_date, on)


class SupportingUnit(RepeatedBody):
    """A unit helps to carry out a renaksi."""

    renaksi = models.ForeignKey(Renaksi, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", verbose_name="unit")

    class Meta:
        verbose_name = "unit pendukung"
        verbose_name_plural = "unit pendukung"
        # Django made the table, before it had a body.
        db_table = "recommendations_renaksi_supporting_units"
        unique_together = [("renaksi", "unit")]
        indexes = [
            # What a unit supports in other bodies than its own (`renaksi_sql.of_other_bodies`).
            models.Index(fields=["unit", "body"], name="support_unit_body"),
        ]

    def __str__(self):
        return f"{self.unit} mendukung {self.renaksi}"


def renaksi_name(recommendation_number: int, position: int) -> str:
    return f"Renaksi {recommendation_number}.{list_letter(position)}"


def is_overdue(status: str, due_date, on) -> bool:
    """What `Renaksi.is_overdue` says, without the record."""
    return bool(due_date and due_date < on and status in transitions.WORKABLE)


def has_part(person, units) -> bool:
    """Says whether the person has a post in one of `units` (the lead and supporting units of a renaksi)."""
    return _has_post(person, {unit.pk for unit in units})


def person_problem(person, status: str, units: Collection[int]) -> str:
    """Why the person cannot continue a renaksi of units with these keys; the words follow the name.

    Empty when there is no problem, as for every closed renaksi.
    """
    if status in transitions.CLOSED:
        return ""
    if not person.is_active:
        return "sudah tidak aktif"
    return "" if _has_post(person, units) else "unitnya tidak lagi berperan di sini"


def _has_post(person, units):
    return person.unit_id in units or any(
        post.unit_id in units for post in person.other_posts.all()
    )


class Step(models.Model):
    """A step (1), (2) within a renaksi; the number comes from the order."""

    renaksi = models.ForeignKey(Renaksi, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("urutan", validators=[MinValueValidator(1)])
    text = RichTextField("langkah")
    done_on = models.DateField("selesai tanggal", null=True, blank=True)

    objects = OfRenaksiQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah"
        verbose_name_plural = "langkah"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["renaksi", "position"],
                name="step_position_once",
            ),
        ]

    def __str__(self):
        return f"Langkah ({self.position}) {self.renaksi}"


class QuarterlyReport(models.Model):
    """The quarterly note (monev triwulan) on a renaksi; read-only once the coordinator closed it."""

    class Quarter(models.IntegerChoices):
        I = 1, "Triwulan I"  # noqa: E741
        II = 2, "Triwulan II"
        III = 3, "Triwulan III"
        IV = 4, "Triwulan IV"

    renaksi = models.ForeignKey(Renaksi, on_delete=models.CASCADE, related_name="quarterly_reports")
    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan", choices=Quarter)
    progress = models.PositiveSmallIntegerField(
        "kemajuan (%)", validators=[MaxValueValidator(100, "Kemajuan paling besar 100 persen.")]
    )
    supporting_factors = LinesField("faktor pendukung", blank=True)
    hindering_factors = LinesField("faktor penghambat", blank=True)
    problems = LinesField("permasalahan", blank=True)
    solutions = LinesField("solusi", blank=True)
    efforts = LinesField("upaya", blank=True)
    budget_adjustment = LinesField("usulan penyesuaian anggaran", blank=True)
    is_closed = models.BooleanField("ditutup", default=False, editable=False)

    objects = OfRenaksiQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan triwulan"
        verbose_name_plural = "laporan triwulan"
        ordering = ["year", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["renaksi", "year", "quarter"],
                name="quarterly_report_once",
                violation_error_message="Laporan triwulan ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="quarterly_report_quarter_known"
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100),
                name="quarterly_report_progress_within_100",
                violation_error_message="Kemajuan harus antara 0 dan 100 persen.",
            ),
        ]

    def __str__(self):
        return f"{self.get_quarter_display()} {self.year} {self.renaksi}"
