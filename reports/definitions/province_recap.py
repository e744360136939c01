"""Recapitulation of the province: one row for each body, with the same figures as the page."""

from decimal import Decimal

from recommendations.rules import grades
from reports.selectors import province_words as words
from reports.selectors.province import BodyRow, Province, level, province
from reports.selectors.province_list import ordered
from reports.tables.table import (
    Align,
    Cell,
    CellKind,
    Column,
    Orientation,
    Prose,
    Report,
    Table,
    Tone,
)
from sakip.dates import format_date
from sakip.numbers import format_number

GRADE_CODES = [step.code for step in grades.GRADES]
HEAT = (Tone.HEAT_1, Tone.HEAT_2, Tone.HEAT_3, Tone.HEAT_4, Tone.HEAT_5)
WORK = "Tindak lanjut"


def build(user, scope) -> Report:
    found = province(user, today=scope.today, year=scope.year, body=scope.unit)
    year = f" Tahun Kinerja {found.year}" if found.year else ""
    return Report(
        name="province-recap",
        title=f"Rekapitulasi SAKIP Perangkat Daerah{year}",
        subtitle=f"{words.period(found)}\nKeadaan {format_date(found.today)}",
        sections=[
            *(
                [Prose("", f"<p>{said}</p>", key="keadaan")]
                if (said := words.sentence(found))
                else []
            ),
            table(found),
            grade_table(found),
        ],
        orientation=Orientation.LANDSCAPE,
        is_compact=True,
        filename=f"rekap-provinsi-{found.year or found.newest or 'semua'}",
    )


def table(found: Province) -> Table:
    names = words.short_names(found.rows)
    columns = [
        Column("No.", lambda row: row[0], CellKind.ORDINAL, width=6.5),
        Column("Perangkat daerah", lambda row: _name(row[1]), width=28),
        Column("LHE", lambda row: _year(row[1]), CellKind.ID, width=7),
        Column("Nilai", lambda row: _score(row[1]), CellKind.NUMBER, width=9),
        Column("Predikat", lambda row: row[1].grade, width=11, align=Align.CENTER),
        Column("Perubahan", lambda row: _change(row[1].change), CellKind.NUMBER, width=11),
        Column("Dibanding LHE", lambda row: row[1].previous_year, CellKind.ID, width=10.5),
        Column("Komponen yang paling turun", lambda row: _fall(row[1], names), width=21),
        *(_heat(component, names) for component in found.components),
        *_work_columns(found.today),
        Column("Rekomendasi berulang", _repeated, CellKind.INTEGER, width=13),
    ]
    rows = ordered(found)
    return Table(
        key="perangkat-daerah",
        name="Perangkat daerah",
        columns=columns,
        rows=list(enumerate(rows, start=1)),
        row_key=lambda row: row[1].body.pk,
        footer_rows=[_footer(columns, found)] if rows else [],
        notes=_notes(found),
    )


def _name(row: BodyRow) -> str:
    lacks = f"\n({row.missing})" if row.missing and row.evaluation else ""
    return f"{row.body.name}{lacks}"


def _year(row: BodyRow) -> int | None:
    return row.evaluation.performance_year if row.evaluation else None


def _score(row: BodyRow):
    return row.total if row.evaluation else "belum ada"


def _change(change: Decimal | None):
    tone = Tone.WORSE if change is not None and change < 0 else None
    return Cell(value=change, tone=tone)


def _fall(row: BodyRow, names) -> str:
    """What a body with an LHE lacks stands beside its name."""
    said = [words.fall(row, names), words.done_about_fall(row)] if row.fallen else []
    if not row.evaluation:
        said = [row.missing]
    return "\n".join(filter(None, said)) or None


def _heat(component, names):
    def read(row):
        percent = row[1].percents.get(component.pk)
        return Cell(value=percent, tone=None if percent is None else HEAT[level(percent) - 1])

    return Column(
        names[component.pk],
        read,
        CellKind.NUMBER,
        width=11.5,
        group="Persen dari bobot",
        places=0,
        align=Align.CENTER,
    )


def _work_columns(today):
    def column(label, read, width):
        return Column(
            label,
            lambda row: read(row[1].work) if row[1].work else None,
            CellKind.INTEGER,
            width=width,
            group=WORK,
        )

    return [
        column("Rencana aksi", lambda work: work.progress.countable, 12),
        column("Sudah", lambda work: work.progress.claimed, 9.5),
        column("Diverifikasi", lambda work: work.progress.verified, 12),
        column("Terlambat", lambda work: work.overdue, 10.5),
        column("Terlama (hari)", lambda work: work.days_late(today), 11),
        column("Antre reviu", lambda work: work.waiting, 9.5),
    ]


def _repeated(row):
    return row[1].repeated if row[1].work else None


def _footer(columns, found: Province):
    work = found.work
    progress = work.progress
    sums = [progress.countable, progress.claimed, progress.verified]
    sums += [work.overdue, None, work.waiting, found.repeated]
    return [Cell(value="Jumlah", span=len(columns) - len(sums)), *sums]


def _notes(found: Province) -> list[str]:
    notes = [
        "Nilai dibandingkan dengan LHE sebelumnya yang sudah bernilai dari perangkat daerah yang sama.",
        "Terlambat: masih pada unit setelah batas waktunya; yang menunggu reviu tidak dihitung.",
    ]
    if not found.year:
        notes.append("Tindak lanjut LHE yang lebih baru ikut dihitung meskipun belum bernilai.")
    if any(row.is_fall_in_percent for row in found.rows):
        notes.append(
            "“% bobot”: rubrik kedua tahun berbeda, maka dibandingkan persen dari bobotnya."
        )
    if found.further:
        names = ", ".join(row.name for row in found.further)
        notes.append(f"Komponen lain yang dinilai: {names}.")
    return notes


def grade_table(found: Province) -> Table:
    now, before = dict(found.grades), dict(found.previous_grades)
    codes = [code for code in GRADE_CODES if code in now or code in before]
    return Table(
        title="Perangkat daerah menurut predikat",
        key="predikat",
        name="Predikat",
        columns=[
            Column("Predikat", lambda code: code, width=20),
            Column("LHE ini", lambda code: now.get(code, 0), CellKind.INTEGER, width=20),
            Column("LHE sebelumnya", lambda code: before.get(code, 0), CellKind.INTEGER, width=20),
        ],
        rows=codes,
        row_key=str,
        notes=[f"Belum mencatat LHE: {format_number(found.without, 0)}."] if found.without else [],
    )
