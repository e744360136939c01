"""Scores of one evaluation, compared with the evaluation before it (docs/design.md §2.1)."""

from dataclasses import replace

from recommendations.models import Evaluation
from recommendations.rules.score_comparison import compare
from recommendations.rules.score_sentences import sentences
from reports.selectors.letterheads import letterhead_of
from reports.tables.table import Align, Cell, CellKind, Column, Report, Table, Tone
from sakip.numbers import format_number

SCALES_DIFFER = (
    "Bobot komponen kedua tahun berbeda, sehingga selisih nilai mentah membandingkan skala yang "
    "berbeda. Bacalah persen terhadap bobot dan selisihnya dalam poin."
)


def build(user, scope) -> Report:
    current = scope.evaluation
    earlier = Evaluation.objects.visible_to(user).with_scores()
    comparison = compare(current, earlier.before(current))
    scores = table(comparison)
    return Report(
        name="score-comparison",
        title="Perbandingan Nilai Hasil Evaluasi AKIP",
        subtitle=current.unit.name,
        letterhead=letterhead_of(current.unit),
        sections=[replace(scores, notes=[*scores.notes, *sentences(comparison)])],
        filename=f"perbandingan-nilai-{current.performance_year}",
    )


def table(comparison) -> Table:
    now, then = comparison.current, comparison.previous
    year = now.evaluation.performance_year
    years = f"{then.evaluation.performance_year} dan {year}" if then else str(year)
    return Table(
        title=f"Hasil Evaluasi atas Implementasi SAKIP {now.evaluation.unit.name} Tahun Kinerja {years}",
        name="Perbandingan nilai",
        columns=_columns(comparison),
        rows=list(enumerate(comparison.rows, start=1)),
        key="nilai",
        row_key=lambda row: row[1].component.code,
        footer_rows=_footer(comparison),
        notes=_notes(comparison),
        warnings=_warnings(comparison),
    )


def _columns(comparison):
    now, then = comparison.current.evaluation, comparison.previous
    columns = [
        Column("No.", lambda row: row[0], CellKind.ORDINAL, width=7.5),
        Column("Komponen yang dinilai", lambda row: row[1].component.name, width=40),
    ]
    if then:
        before = str(then.evaluation.performance_year)
        columns.append(_figure(before, "previous_score", "Nilai Tahun"))
    columns.append(_figure(str(now.performance_year), "current_score", "Nilai Tahun"))
    if then:
        columns.append(Column("Peningkatan/ Penurunan Capaian", _change, CellKind.NUMBER, width=20))
    if comparison.rubrics_differ:
        columns += [
            _figure(before, "previous_percent", "Persen terhadap Bobot"),
            _figure(str(now.performance_year), "current_percent", "Persen terhadap Bobot"),
            _figure("Selisih (poin)", "points_change", "Persen terhadap Bobot"),
        ]
    return columns


def _figure(label, name, group):
    return Column(label, lambda row: getattr(row[1], name), CellKind.NUMBER, width=12, group=group)


def _change(row):
    score = row[1]
    if score.change is None:
        return None
    note = f"tercetak {format_number(score.reported_change)}" if score.change_differs else ""
    return Cell(value=score.change, note=note, tone=Tone.WARNING if note else None)


def _footer(comparison):
    now, then = comparison.current, comparison.previous
    totals = [then.total, now.total, comparison.total_change] if then else [now.total]
    grades = [then.grade, now.grade, ""] if then else [now.grade]
    rows = [_line(comparison, "Nilai Hasil Evaluasi AKIP", totals)]
    if now.total_differs or (then and then.total_differs):
        reported = [now.reported_total]
        if then:
            reported = [then.reported_total, now.reported_total, comparison.reported_change]
        rows.append(_line(comparison, "Nilai tercetak dalam LHE", reported))
    rows.append(_line(comparison, "Kategori Penilaian", grades))
    return rows


def _line(comparison, label, values):
    cells = [Cell(value=label, span=2)]
    cells += [
        Cell(value=value, kind=CellKind.TEXT, align=Align.CENTER)
        if isinstance(value, str)
        else value
        for value in values
    ]
    return cells + ([Cell(value="", span=3)] if comparison.rubrics_differ else [])


def _notes(comparison):
    source = comparison.current.evaluation.source
    return [*_compared_with(comparison.previous), *([f"Sumber: {source}"] if source else [])]


def _compared_with(then):
    """Which LHE the changes are measured against: the nearest earlier one with scores."""
    if then is None:
        return []
    evaluation = then.evaluation
    number = f", nomor {evaluation.letter_number}" if evaluation.letter_number else ""
    return [f"Dibandingkan dengan LHE tahun kinerja {evaluation.performance_year}{number}."]


def _warnings(comparison):
    found = []
    for figures in filter(None, (comparison.previous, comparison.current)):
        if figures.total_differs:
            found.append(
                f"Nilai {figures.evaluation.performance_year} tercetak "
                f"{format_number(figures.reported_total)}, sedangkan jumlah nilai komponennya "
                f"{format_number(figures.total)}."
            )
        if figures.grade_differs:
            found.append(
                f"Predikat {figures.evaluation.performance_year} tercetak {figures.reported_grade}, "
                f"sedangkan nilainya berpredikat {figures.grade}."
            )
    if comparison.rubrics_differ:
        found.append(SCALES_DIFFER)
    found += [
        f"Bobot dalam rubrik “{name}” adalah perkiraan dan perlu dikonfirmasi."
        for name in comparison.estimates
    ]
    return found
