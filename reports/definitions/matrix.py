"""Matriks Tindak Lanjut LHE: the proof required by LKE criterion 4, “Rekomendasi – RATL – PJ –
Status/Progres”.
"""

from itertools import chain

from django.db.models import prefetch_related_objects

from recommendations.rules.progress import Progress
from recommendations.selectors.follow_up_table import follow_up_rows_of
from reports.definitions.follow_up_table import only_own
from reports.definitions.items import as_of, item_records, item_rows, source
from reports.selectors import annexes
from reports.selectors.letterheads import letterhead_of
from reports.tables.table import Align, Cell, CellKind, Column, Orientation, Report, Table, Tone
from sakip.numbers import format_number


def build(user, scope) -> Report:
    evaluation = scope.evaluation
    return Report(
        name="matrix",
        title=f"Matriks Tindak Lanjut Rekomendasi LHE SAKIP {evaluation.in_years}",
        subtitle=evaluation.unit.name,
        letterhead=letterhead_of(evaluation.unit),
        sections=tables([evaluation], user, scope.today),
        orientation=Orientation.LANDSCAPE,
        filename=f"matriks-tindak-lanjut-lhe-sakip-{evaluation.evaluation_year}",
    )


def tables(evaluations, user, today) -> list[Table]:
    """Returns one table for each evaluation. The number of queries does not depend on how many there are."""
    rows = follow_up_rows_of(evaluations, user)
    every = list(chain.from_iterable(rows.values()))
    annexes.load(every)
    prefetch_related_objects(
        [item.renaksi for row in every for item in row.items], "quarterly_reports"
    )
    of_item = _of_item(today)
    return [_table(one, rows[one.pk], of_item, today) for one in evaluations]


def _table(evaluation, rows, of_item, today):
    seen = [item.renaksi.status for row in rows for item in row.items]
    return Table(
        key="matriks",
        name="Matriks",
        subtitle=as_of(today),
        columns=(NUMBER, RECOMMENDATION, *of_item),
        rows=item_rows(rows),
        records=lambda entry: item_records(entry, of_item),
        footer_rows=_footer(Progress.of(seen)),
        notes=[*source(evaluation), *only_own(rows)],
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
        lines.append(f"Terlambat {format_number((today - renaksi.due_date).days, 0)} hari")
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
                value=f"{part} dari {progress.countable} ({format_number(percent, progress.places)}%)"
                if progress.countable
                else None,
                kind=CellKind.TEXT,
                span=2,
            ),
        ]
        for label, part, percent in said
    ]
