"""The consistency checks (uji konsistensi) as a table (docs/design.md §2.6)."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from recommendations.models import Evaluation
from reports.tables.table import (
    Cell,
    CellKind,
    Column,
    Orientation,
    Record,
    Report,
    Table,
    Tone,
    values_of,
)
from sakip.consistency import keeping, marks, reading, renewing
from sakip.consistency.kept import KeptFinding
from sakip.consistency.reading import SortedFindings
from sakip.consistency.rules import SEVERITIES
from sakip.dates import format_date

TONES = {"error": Tone.WORSE, "warning": Tone.WARNING}

COLUMNS = (
    Column("No.", lambda row: row[0], CellKind.ORDINAL, width=5),
    Column(
        "Tingkat",
        lambda row: Cell(value=SEVERITIES[row[1].severity], tone=TONES.get(row[1].severity)),
        width=11,
    ),
    Column("Objek", lambda row: Cell(value=row[1].object, url=row[1].url), width=34),
    Column("Temuan", lambda row: row[1].message, width=50),
    Column("Tercetak", lambda row: row[1].printed, CellKind.NUMBER, width=10),
    Column("Hasil hitung", lambda row: row[1].computed, CellKind.NUMBER, width=10),
)


PER_BODY = ("scores", "indicators")
DISMISSED_COLUMNS = (
    Column("No.", lambda row: row[0], CellKind.ORDINAL, width=5),
    Column("Objek", lambda row: Cell(value=row[1][0].object, url=row[1][0].url), width=34),
    Column("Temuan", lambda row: row[1][0].message, width=50),
    Column("Diabaikan karena", lambda row: row[1][1].reason, width=36),
    Column("Oleh", lambda row: str(row[1][1].dismissed_by), width=20),
    Column("Tanggal", lambda row: format_date(localdate(row[1][1].dismissed_at)), width=16),
)


def find(user, *, on, evaluation=None) -> SortedFindings:
    """Returns all findings that `user` may see; with an evaluation only those on it and its renaksi."""
    renewing.renew_if_possible(*(marks.scopes_of(evaluation) if evaluation else ()))
    found = rows(user, on=on, evaluation=evaluation)
    return reading.sorted_findings(found.select_related("dismissal__dismissed_by"))


def rows(user, *, on, evaluation=None) -> QuerySet[KeptFinding]:
    """The same as rows of the table, as they were kept last. Call `renewing.renew_if_possible()` first."""
    found = reading.visible_to(user, on)
    if evaluation is None:
        return found
    own = ContentType.objects.get_for_model(Evaluation)
    beneath = Q(scope=evaluation.pk) & ~Q(kind__in=PER_BODY)
    return found.filter(beneath | Q(content_type=own, object_id=evaluation.pk))


def find_for_paper(user, *, on, evaluation=None) -> SortedFindings:
    """The same for a document, which is stored: it never holds findings that are out of date."""
    keeping.renew()
    return find(user, on=on, evaluation=evaluation)


def build(user, scope) -> Report:
    outcome = find_for_paper(user, on=scope.today, evaluation=scope.evaluation)
    return Report(
        name="consistency",
        title="Uji Konsistensi",
        subtitle=str(scope.evaluation) if scope.evaluation else "",
        sections=tables(outcome),
        orientation=Orientation.LANDSCAPE,
        filename="uji-konsistensi",
    )


def tables(outcome) -> list[Table]:
    """Returns a table of open findings and, if there are any, a table of dismissed ones with the reasons."""
    waiting = Table(
        title="Uji Konsistensi",
        key="temuan",
        columns=COLUMNS,
        rows=list(enumerate(outcome.waiting, start=1)),
        records=lambda row: [_record(row[1], COLUMNS, row)],
        notes=[] if outcome.waiting else ["Tidak ada yang perlu diperiksa."],
    )
    if not outcome.dismissed:
        return [waiting]
    dismissed = Table(
        title="Temuan yang Diabaikan",
        name="Diabaikan",
        key="diabaikan",
        columns=DISMISSED_COLUMNS,
        rows=list(enumerate(outcome.dismissed, start=1)),
        records=lambda row: [_record(row[1][0], DISMISSED_COLUMNS, row)],
    )
    return [waiting, dismissed]


def _record(finding, columns, row) -> Record:
    name = f"{finding.object}: {finding.message}"
    return Record(finding.key, name, values_of(columns, row))
