"""Every report by its name: what the page, the download and `manage.py export_report` offer.

A definition is a function of (user, scope) that gives a Report and starts from `visible_to(user)`,
so that a download never shows more than the screen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from recommendations.models import Evaluation
from reports.definitions import (
    bpk_recap,
    consistency,
    evidence_annex,
    follow_up_table,
    indicator_charts,
    indicator_sheet,
    indicator_table,
    kke6,
    leader_summary,
    matrix,
    objective_achievement,
    quarterly,
    score_comparison,
    score_trend,
    unit_recap,
)
from reports.errors import ReportError
from reports.selectors import coverage
from reports.tables.table import Report
from sakip.models import Unit


@dataclass(frozen=True)
class Scope:
    """What a report is about. `evaluation` is None for reports over indicators or over everything,
    `unit` narrows indicators to one body. `verified`: Sudah is only what the evaluator accepted."""

    today: date
    evaluation: Evaluation | None = None
    year: int | None = None
    unit: Unit | None = None
    verified: bool = False


@dataclass(frozen=True)
class Definition:
    """`purpose` says to the reader in one line what the report is for.

    `about` tells which choice the report needs: "evaluation", "year", "unit", or "" for none;
    `can_verify`, that it prints Sudah/Belum and may count verified items only; `is_dated`, that it
    reads differently tomorrow: `Scope.today` is None where it does not.

    `holds(user)` is a condition on the evaluations about which there is something to print;
    `years(user, unit)` are the years of which there is, the latest first; it opens on the first of
    them, or on what `opens_on(user, unit)` says, None being no single year. `can_narrow`: one
    evaluation may be chosen although none is needed.
    """

    name: str
    title: str
    purpose: str
    about: str
    build: Callable[..., Report]
    can_verify: bool = False
    is_dated: bool = True
    holds: Callable = coverage.recommendations
    years: Callable | None = None
    opens_on: Callable | None = None
    can_narrow: bool = False


DEFINITIONS = {
    row.name: row
    for row in (
        Definition(
            "follow-up-table",
            "Tabel tindak lanjut",
            "Rekomendasi LHE, tindak lanjutnya, dan tanda Sudah/Belum, beserta catatan dan gambarnya.",
            "evaluation",
            follow_up_table.build,
            can_verify=True,
            is_dated=False,
        ),
        Definition(
            "matrix",
            "Matriks tindak lanjut LHE",
            "Satu baris per rencana aksi: penanggung jawab, batas waktu, status, dan buktinya.",
            "evaluation",
            matrix.build,
            holds=coverage.renaksi,
        ),
        Definition(
            "kke-6",
            "KKE Format 6",
            "Kertas kerja evaluator: belum ada, dalam proses, atau tuntas, dan persentase pemenuhannya.",
            "evaluation",
            kke6.build,
            holds=coverage.renaksi,
        ),
        Definition(
            "unit-recap",
            "Rekap per unit kerja",
            "Jumlah tindak lanjut setiap unit menurut status, dan berapa lama yang lewat batas waktu.",
            "evaluation",
            unit_recap.build,
            holds=coverage.renaksi,
        ),
        Definition(
            "bpk-recap",
            "Rekap empat status BPK",
            "Jumlah dan persentase setiap unit dalam empat status yang dipakai BPK.",
            "evaluation",
            bpk_recap.build,
            holds=coverage.renaksi,
        ),
        Definition(
            "evidence-annex",
            "Daftar lampiran bukti",
            "Bukti dukung bernomor lampiran menurut tabel tindak lanjut, dengan sidik berkasnya.",
            "evaluation",
            evidence_annex.build,
            holds=coverage.evidence,
        ),
        Definition(
            "leader-summary",
            "Ringkasan pimpinan",
            "Satu halaman: nilai dan predikat, sudah dan diverifikasi, yang terlambat dan siapa yang ditunggu.",
            "year",
            leader_summary.build,
            years=coverage.evaluated_years,
            opens_on=coverage.current_year,
            can_narrow=True,
        ),
        Definition(
            "quarterly",
            "Laporan triwulan",
            "Kemajuan setiap rencana aksi per triwulan: faktor pendukung, penghambat, solusi, dan upaya.",
            "year",
            quarterly.build,
            years=coverage.reported_years,
            can_narrow=True,
        ),
        Definition(
            "score-comparison",
            "Perbandingan nilai",
            "Nilai setiap komponen LHE di samping nilai tahun sebelumnya, dengan total dan predikat.",
            "evaluation",
            score_comparison.build,
            is_dated=False,
            holds=coverage.scores,
        ),
        Definition(
            "score-trend",
            "Nilai dari tahun ke tahun",
            "Nilai, persen terhadap bobot, dan selisihnya sampai empat tahun, dengan kalimat penjelasnya.",
            "evaluation",
            score_trend.build,
            is_dated=False,
            holds=coverage.scores,
        ),
        Definition(
            "indicator-table",
            "Tabel indikator kinerja",
            "Realisasi indikator tahun ini dan tiga tahun sebelumnya, dengan persentase perubahannya.",
            "year",
            indicator_table.build,
            years=coverage.figure_years,
        ),
        Definition(
            "indicator-charts",
            "Grafik indikator kinerja",
            "Satu grafik kecil per indikator selama empat tahun, dengan angka yang sama di bawahnya.",
            "year",
            indicator_charts.build,
            years=coverage.figure_years,
        ),
        Definition(
            "indicator-sheet",
            "Lembar indikator",
            "Definisi, formula, sumber, periode, pemilik, dan daftar periksa SMART-C setiap indikator.",
            "unit",
            indicator_sheet.build,
            is_dated=False,
        ),
        Definition(
            "objective-achievement",
            "Capaian sasaran dan indikator",
            "Target, realisasi, dan capaian setiap indikator dua tahun terakhir, untuk LKjIP.",
            "year",
            objective_achievement.build,
            years=coverage.figure_years,
        ),
        Definition(
            "consistency",
            "Uji konsistensi",
            "Apa yang tidak cocok dalam catatan, untuk diperiksa sebelum mencetak.",
            "",
            consistency.build,
            can_narrow=True,
        ),
    )
}


def build(name, user, *, today, evaluation_id=None, year=None, unit=None, verified=False) -> Report:
    """The report `name` with what `user` may see.

    Without `evaluation_id` a report on an evaluation takes that of evaluation year `year`, else the
    latest of which it has something to print. Raises ReportError when there is none and for a choice
    that the report does not know, LookupError on an unknown name.
    """
    definition = DEFINITIONS[name]
    _require_known(definition, evaluation_id, year)
    evaluation = None
    if definition.about == "evaluation":
        evaluation = choose_evaluation(user, evaluation_id, year, holds=definition.holds)
    elif evaluation_id is not None:
        evaluation = choose_evaluation(user, evaluation_id)
    today = today if definition.is_dated else None
    return definition.build(user, Scope(today, evaluation, year, unit, verified))


def _require_known(definition, evaluation_id, year):
    """What was chosen is obeyed or refused, never left unheard."""
    about = definition.about
    if evaluation_id is not None and not (about == "evaluation" or definition.can_narrow):
        raise ReportError(
            f"{definition.title} tidak dibuat menurut satu LHE. Hapus pilihan evaluasinya."
        )
    if year is not None and about not in ("evaluation", "year"):
        raise ReportError(f"{definition.title} tidak dibuat menurut tahun. Hapus pilihan tahunnya.")


def choose_evaluation(user, evaluation_id=None, year=None, *, holds=None) -> Evaluation:
    """The one asked for, else the latest, of evaluation year `year` where that is given.

    `holds(user)` is a condition that is met where possible: there is something to print.
    """
    evaluation = evaluation_choices(user, evaluation_id, year, holds=holds).with_scores().first()
    if evaluation is None:
        raise ReportError(_missing(evaluation_id, year))
    if year not in (None, evaluation.evaluation_year):
        raise ReportError(
            f"Evaluasi nomor {evaluation_id} dilakukan pada tahun {evaluation.evaluation_year}, "
            f"bukan {year}. Pilih salah satu saja."
        )
    return evaluation


def evaluation_choices(user, evaluation_id=None, year=None, *, holds=None):
    """A queryset; the first row is the one that `choose_evaluation` takes."""
    evaluations = Evaluation.objects.visible_to(user)
    if evaluation_id is not None:
        evaluations = evaluations.filter(pk=evaluation_id)
    elif year is not None:
        evaluations = evaluations.filter(evaluation_year=year)
    order = ["-performance_year", "pk"]
    if holds:  # by its name, for PostgreSQL sorts by no constant, which an empty reach makes of it
        evaluations, order = evaluations.annotate(holds=holds(user)), ["-holds", *order]
    return evaluations.order_by(*order)


def _missing(evaluation_id, year):
    if evaluation_id is not None:
        return (
            f"Evaluasi nomor {evaluation_id} tidak ada atau bukan untuk Anda. Pilih evaluasi lain."
        )
    if year is not None:
        return f"Belum ada evaluasi yang dilakukan pada tahun {year}. Pilih tahun lain."
    return "Belum ada evaluasi. Catat LHE lebih dahulu."
