"""The columns, filters and sort orders of the renaksi list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse

from recommendations.models import Evaluation, ExtensionRequest, Renaksi, SupportingUnit
from recommendations.models.renaksi import DOCUMENT
from recommendations.querysets import AGES
from recommendations.selectors import search
from recommendations.transitions import CLAIMED, CLOSED, COUNTABLE, STATUSES
from sakip.models import Unit


@dataclass(frozen=True)
class ListColumn:
    """The name of an attribute of a renaksi on screen, in the export and in the import.

    `width` is in characters of a spreadsheet; `aliases` are other names that an import accepts.
    """

    attribute: str
    label: str
    width: int = 16
    aliases: tuple[str, ...] = ()


# By attribute, in the order of the export. The screen shows several of them in one cell.
COLUMNS = {
    column.attribute: column
    for column in (
        ListColumn("recommendation", "Rekomendasi", 36),
        ListColumn("position", "Urutan", aliases=("Huruf", "No")),
        ListColumn("plan", "Rencana aksi", 60, ("Renaksi",)),
        ListColumn("point", "Menjawab butir", 36),
        ListColumn("follow_up", "Tindak lanjut", 60, ("Uraian tindak lanjut",)),
        ListColumn("not_actionable_reason", "Alasan tidak dapat ditindaklanjuti", 36),
        ListColumn("lead_unit", "Penanggung jawab", 30, ("Unit penanggung jawab", "PIC")),
        ListColumn("supporting_units", "Unit pendukung", 30),
        ListColumn("person", "Petugas", 24),
        ListColumn("due_date", "Batas waktu", 20, ("Tenggat", "Target waktu")),
        ListColumn("status", "Status", 24),
    )
}
UNFINISHED, CLOSED_NOW = "unfinished", "closed"
# Names for groups of statuses, as the summaries use them.
STATUS_GROUPS = {
    UNFINISHED: [value for value in Renaksi.Status.values if value not in CLOSED],
    CLOSED_NOW: CLOSED,
    "claimed": CLAIMED,
    "countable": COUNTABLE,
}
STATUS_CHOICES = [
    (UNFINISHED, "Belum selesai"),
    *Renaksi.Status.choices,
    ("claimed", "Sudah menurut unit"),
    ("countable", "Dapat ditindaklanjuti"),
    (CLOSED_NOW, "Selesai"),
]
PART_CHOICES = [("lead", "Penanggung jawab"), ("support", "Pendukung")]
DUE_CHOICES = [
    ("overdue", "Terlambat"),
    *((age.name, f"Lewat {age.label}") for age in AGES),
    ("soon", f"Dalam {settings.LIST_AHEAD_DAYS} hari"),
    ("none", "Tanpa batas waktu"),
]
SORT_CHOICES = [
    ("due", COLUMNS["due_date"].label),
    ("number", "Nomor"),
    ("status", COLUMNS["status"].label),
    ("unit", COLUMNS["lead_unit"].label),
]


BY_AGE = {age.name: age for age in AGES}


def address(query: str) -> str:
    """Returns the address of the list with these filters."""
    path = reverse("recommendations:renaksi-list")
    return f"{path}?{query}" if query else path


def narrowed(
    rows,
    *,
    today: date,
    evaluation=None,
    year=None,
    of_current=False,
    body=None,
    component=None,
    without_component=False,
    unit=None,
    unit_only=False,
    part="",
    person=None,
    status="",
    due="",
    without_evidence=False,
    was_returned=False,
    asks_for_time=False,
    text="",
):
    """Returns the rows that match all given filters; `unit` includes those below, unless `unit_only`."""
    rows = _of_lhe(rows, evaluation, year, of_current, body)
    if component:
        rows = rows.filter(component=component)
    if without_component:
        rows = rows.filter(component=None)
    if unit:
        rows = rows.filter(_named(unit, part, unit_only))
    if person:
        rows = rows.filter(person=person)
    if status:
        rows = rows.filter(status__in=statuses_of(status))
    if due:
        rows = _due(rows, due, today)
    rows = _marked(rows, without_evidence, was_returned, asks_for_time)
    return search.matching(rows, text)


# The arguments of `narrowed` that leave all rows.
UNNARROWED: dict = dict(narrowed.__kwdefaults__ or {})


def statuses_of(status: str) -> Sequence[str]:
    """The statuses that a choice of the filter stands for; all without a choice."""
    return STATUS_GROUPS.get(status, [status]) if status else STATUSES


def _of_lhe(rows, evaluation, year, of_current, body):
    if evaluation:
        rows = rows.filter(evaluation=evaluation)
    if year:
        rows = rows.filter(latest_first=-year)
    if of_current:
        rows = rows.filter(evaluation__in=Evaluation.objects.in_use().at_work())
    if body:
        rows = rows.filter(body=body)
    return rows


def _marked(rows, without_evidence, was_returned, asks_for_time):
    if without_evidence:
        rows = rows.with_evidence().filter(has_evidence=False)
    if was_returned:
        rows = rows.was_returned()
    if asks_for_time:
        rows = rows.filter(extensions__decision=ExtensionRequest.Decision.PENDING)
    return rows


def _named(unit, part, unit_only):
    units = [unit.pk] if unit_only else Unit.objects.beneath([unit.pk])
    supported = SupportingUnit.objects.filter(unit__in=units)
    lead, support = Q(lead_unit__in=units), Q(pk__in=supported.values("renaksi"))
    return {"lead": lead, "support": support}.get(part, lead | support)


def _due(rows, due, today):
    if due == "none":
        return rows.filter(due_date=None)
    if due == "overdue":
        return rows.overdue(today)
    if due in BY_AGE:
        return rows.overdue(today).filter(BY_AGE[due].condition(today))
    last = today + timedelta(days=settings.LIST_AHEAD_DAYS)
    return rows.workable().filter(due_date__range=(today, last))


def ordered(rows, by: str):
    """Sorts by one of SORT_CHOICES; equal rows are in document order, latest year first.

    For all rows at once; a page of them is found by `renaksi_paths.walk`, which has the same orders.
    """
    keys = {
        "due": ["is_closed", "due_order"],
        "number": [],
        "status": [_status_rank()],
        "unit": ["lead_unit__position", "lead_unit__name", "lead_unit_id"],
    }
    document = ["evaluation_id" if name == "evaluation" else name for name in DOCUMENT]
    return rows.order_by(*keys.get(by, keys["due"]), *document)


def _status_rank():
    whens = [When(status=status, then=Value(rank)) for rank, status in enumerate(STATUSES)]
    return Case(*whens, output_field=IntegerField())
