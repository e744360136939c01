"""Matriks Tindak Lanjut LHE: the proof required by LKE criterion 4, “Rekomendasi – RATL – PJ –
Status/Progres”.
"""

from django.db.models import prefetch_related_objects

from recommendations.models import Renaksi
from recommendations.rules.progress import Progress
from recommendations.selectors.follow_up_table import follow_up_rows
from reports.definitions.follow_up_table import only_own
from reports.definitions.items import as_of, item_records, item_rows, source
from reports.selectors.letterheads import letterhead_of
from reports.tables.table import Align, Cell, CellKind, Column, Orientation, Report, Table, Tone
from sakip.numbers import format_number


def build(user, scope) -> Report:
    evaluation, today = scope.evaluation, scope.today
    rows = follow_up_rows(evaluation, user)
    prefetch_related_objects(
        [item.renaksi for row in rows for item in row.items], "quarterly_reports"
    )
    seen = Renaksi.objects.visible_to(user).filter(recommendation__evaluation=evaluation)
    of_item = _of_item(today)
    table = Table(
        key="matriks",
        name="Matriks",
        subtitle=as_of(today),
        columns=(NUMBER, RECOMMENDATION, *of_item),
        rows=item_rows(rows),
        records=lambda entry: item_records(entry, of_item),
        footer_rows=_footer(Progress(**seen.tally())),
        notes=[*source(evaluation), *only_own(rows)],
    )
    return Report(
        name="matrix",
        title=f"Matriks Tindak Lanjut Rekomendasi LHE SAKIP Tahun {evaluation.evaluation_year}",
        subtitle=evaluation.unit.name,
        letterhead=letterhead_of(evaluation.unit),
        sections=[table],
        orientation=Orientation.LANDSCAPE,
        filename=f"matriks-tindak-lanjut-lhe-sakip-{evaluation.evaluation_year}",
    )


NUMBER = Column("No.", "position", width=3.5, align=Align.CENTER)
RECOMMENDATION = Column("Rekomendasi", "recommendation", CellKind.RICH, width=24)


def _of_item(today):
    return (
        Column("Rencana Aksi Tindak Lanjut (RATL)", "follow_up", CellKind.RICH, width=31),
        Column("Penanggung Jawab", _responsible, width=14),
        Column(
            "Batas Waktu", lambda row: row.item and row.item.renaksi.due_date, CellKind.DATE, 10
        ),
        Column("Status/ Progres", lambda row: _status(row.item, today), width=14),
        Column("Bukti Dukung", _evidence, width=18),
    )


def _responsible(row):
    if not row.item:
        return None
    supporting = [unit.name for unit in row.item.renaksi.supporting_units.all()]
    helpers = [f"Pendukung: {', '.join(supporting)}"] if supporting else []
    return "\n".join([row.item.renaksi.lead_unit.name, *helpers])


def _status(item, today):
    if not item:
        return "Belum ada rencana aksi"
    renaksi, lines = item.renaksi, [item.renaksi.get_status_display()]
    if item.words.verification not in ("-", "TD"):
        lines.append(f"Verifikasi: {item.words.verification}")
    if report := max(renaksi.quarterly_reports.all(), key=_quarter, default=None):
        lines.append(f"Kemajuan {report.progress}% ({report.get_quarter_display()} {report.year})")
    late = renaksi.is_overdue(today)
    if late:
        lines.append(f"Lewat batas waktu {format_number((today - renaksi.due_date).days, 0)} hari")
    return Cell(value="\n".join(lines), tone=Tone.WARNING if late else None)


def _quarter(report):
    return report.year, report.quarter


def _evidence(row):
    return "\n".join(f"{annex.place}: {annex.evidence.title}" for annex in row.annexes) or None


def _footer(progress):
    said = (
        ("Sudah ditindaklanjuti menurut unit", progress.claimed, progress.claimed_percent),
        ("Telah diverifikasi sesuai", progress.verified, progress.verified_percent),
    )
    return [
        [
            Cell(value=label, span=5),
            Cell(
                value=f"{part} dari {progress.countable} ({format_number(percent)}%)"
                if progress.countable
                else None,
                kind=CellKind.TEXT,
                span=2,
            ),
        ]
        for label, part, percent in said
    ]
