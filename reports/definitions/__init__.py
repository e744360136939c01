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
from reports.tables import Report
from sakip.models import Unit


class ReportError(ValueError):
    """The report cannot be made; the message is an Indonesian sentence that says what to choose."""


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

    `about` tells which choice the report needs: "evaluation", "year", or "" for none;
    `can_verify`, that it prints Sudah/Belum and may count verified items only; `is_dated`, that it
    reads differently tomorrow: `Scope.today` is None where it does not.
    """

    name: str
    title: str
    purpose: str
    about: str
    build: Callable[..., Report]
    can_verify: bool = False
    is_dated: bool = True


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
        ),
        Definition(
            "kke-6",
            "KKE Format 6",
            "Kertas kerja evaluator: belum ada, dalam proses, atau tuntas, dan persentase pemenuhannya.",
            "evaluation",
            kke6.build,
        ),
        Definition(
            "unit-recap",
            "Rekap per unit kerja",
            "Jumlah tindak lanjut setiap unit menurut status, dan berapa lama yang lewat batas waktu.",
            "evaluation",
            unit_recap.build,
        ),
        Definition(
            "bpk-recap",
            "Rekap empat status BPK",
            "Jumlah dan persentase setiap unit dalam empat status yang dipakai BPK.",
            "evaluation",
            bpk_recap.build,
        ),
        Definition(
            "evidence-annex",
            "Daftar lampiran bukti",
            "Bukti dukung bernomor lampiran menurut tabel tindak lanjut, dengan sidik berkasnya.",
            "evaluation",
            evidence_annex.build,
        ),
        Definition(
            "leader-summary",
            "Ringkasan pimpinan",
            "Satu halaman: nilai dan predikat, sudah dan diverifikasi, yang terlambat dan siapa yang ditunggu.",
            "year",
            leader_summary.build,
        ),
        Definition(
            "quarterly",
            "Laporan triwulan",
            "Kemajuan setiap rencana aksi per triwulan: faktor pendukung, penghambat, solusi, dan upaya.",
            "year",
            quarterly.build,
        ),
        Definition(
            "score-comparison",
            "Perbandingan nilai",
            "Nilai setiap komponen LHE di samping nilai tahun sebelumnya, dengan total dan predikat.",
            "evaluation",
            score_comparison.build,
            is_dated=False,
        ),
        Definition(
            "score-trend",
            "Nilai dari tahun ke tahun",
            "Nilai, persen terhadap bobot, dan selisihnya sampai empat tahun, dengan kalimat penjelasnya.",
            "evaluation",
            score_trend.build,
            is_dated=False,
        ),
        Definition(
            "indicator-table",
            "Tabel indikator kinerja",
            "Realisasi indikator tahun ini dan tiga tahun sebelumnya, dengan persentase perubahannya.",
            "year",
            indicator_table.build,
        ),
        Definition(
            "indicator-charts",
            "Grafik indikator kinerja",
            "Satu grafik kecil per indikator selama empat tahun, dengan angka yang sama di bawahnya.",
            "year",
            indicator_charts.build,
        ),
        Definition(
            "indicator-sheet",
            "Lembar indikator",
            "Definisi, formula, sumber, periode, pemilik, dan daftar periksa SMART-C setiap indikator.",
            "",
            indicator_sheet.build,
            is_dated=False,
        ),
        Definition(
            "objective-achievement",
            "Capaian sasaran dan indikator",
            "Target, realisasi, dan capaian setiap indikator dua tahun terakhir, untuk LKjIP.",
            "year",
            objective_achievement.build,
        ),
        Definition(
            "consistency",
            "Uji konsistensi",
            "Apa yang tidak cocok dalam catatan, untuk diperiksa sebelum mencetak.",
            "",
            consistency.build,
        ),
    )
}


def build(name, user, *, today, evaluation_id=None, year=None, unit=None, verified=False) -> Report:
    """The report `name` with what `user` may see.

    Without `evaluation_id` a report on an evaluation takes that of evaluation year `year`, else the
    latest. Raises ReportError when there is none, LookupError on an unknown name.
    """
    definition = DEFINITIONS[name]
    evaluation = None
    if definition.about == "evaluation" or evaluation_id:
        evaluation = choose_evaluation(user, evaluation_id, year)
    today = today if definition.is_dated else None
    return definition.build(user, Scope(today, evaluation, year, unit, verified))


def choose_evaluation(user, evaluation_id=None, year=None) -> Evaluation:
    evaluations = Evaluation.objects.visible_to(user).with_scores()
    if evaluation_id:
        evaluations = evaluations.filter(pk=evaluation_id)
    elif year:
        evaluations = evaluations.filter(evaluation_year=year)
    if evaluation := evaluations.order_by("-performance_year", "pk").first():
        return evaluation
    raise ReportError(_missing(evaluation_id, year))


def _missing(evaluation_id, year):
    if evaluation_id:
        return (
            f"Evaluasi nomor {evaluation_id} tidak ada atau bukan untuk Anda. Pilih evaluasi lain."
        )
    if year:
        return f"Belum ada evaluasi yang dilakukan pada tahun {year}. Pilih tahun lain."
    return "Belum ada evaluasi. Catat LHE lebih dahulu."
