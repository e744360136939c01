"""The list of all reports by name, used by the pages, the downloads and `manage.py export_report`.

A definition is a function of (user, scope) that returns a Report. It starts from `visible_to(user)`, so
that a download never shows more than the screen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from recommendations.models import Evaluation
from reports.definitions import every_body
from reports.errors import ReportError
from reports.selectors import coverage
from reports.tables.table import Report
from sakip.later import later
from sakip.models import Unit


@dataclass(frozen=True)
class Scope:
    """What a report is about.

    `evaluation` is None for reports over indicators or over everything. `unit` limits the indicators to
    one body. With `verified`, only items that the evaluator accepted are printed as Sudah.
    """

    today: date
    evaluation: Evaluation | None = None
    year: int | None = None
    unit: Unit | None = None
    verified: bool = False


@dataclass(frozen=True)
class Definition:
    """One report. `purpose` tells the reader in one line what the report is for.

    `about` names the choice that the report needs: "evaluation", "year", "unit", or "" for none.
    `can_verify`: the report prints Sudah/Belum and may count verified items only. `is_dated`: its
    content depends on the current day; where it does not, `Scope.today` is None.

    `holds(user)` is a query condition on evaluations: true where the report has something to print.
    `years(user, unit)` returns the years that have something to print, the latest first. The report
    opens on the first of them, or on the result of `opens_on(user, unit)`, where None means no single
    year. `can_narrow`: the user may choose one evaluation although the report does not need one.
    `tables(evaluations, user, today)` returns one table for each evaluation, where one file may cover
    every body.
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
    tables: Callable | None = None


DEFINITIONS = {
    row.name: row
    for row in (
        Definition(
            "follow-up-table",
            "Tabel tindak lanjut",
            "Rekomendasi LHE, tindak lanjutnya, dan tanda Sudah/Belum, beserta catatan dan gambarnya.",
            "evaluation",
            later("reports.definitions.follow_up_table.build"),
            can_verify=True,
            is_dated=False,
        ),
        Definition(
            "matrix",
            "Matriks tindak lanjut LHE",
            "Satu baris per rencana aksi: penanggung jawab, batas waktu, status, dan buktinya.",
            "evaluation",
            later("reports.definitions.matrix.build"),
            holds=coverage.renaksi,
            tables=later("reports.definitions.matrix.tables"),
        ),
        Definition(
            "kke-6",
            "KKE Format 6",
            "Kertas kerja evaluator: belum ada, dalam proses, atau tuntas, dan persentase pemenuhannya.",
            "evaluation",
            later("reports.definitions.kke6.build"),
            holds=coverage.renaksi,
            tables=later("reports.definitions.kke6.tables"),
        ),
        Definition(
            "unit-recap",
            "Rekap per unit kerja",
            "Jumlah tindak lanjut setiap unit menurut status, dan berapa lama yang terlambat.",
            "evaluation",
            later("reports.definitions.unit_recap.build"),
            holds=coverage.renaksi,
            tables=later("reports.definitions.unit_recap.tables"),
        ),
        Definition(
            "bpk-recap",
            "Rekap empat status BPK",
            "Jumlah dan persentase setiap unit dalam empat status yang dipakai BPK.",
            "evaluation",
            later("reports.definitions.bpk_recap.build"),
            holds=coverage.renaksi,
        ),
        Definition(
            "evidence-annex",
            "Daftar lampiran bukti",
            "Bukti dukung bernomor lampiran menurut tabel tindak lanjut, dengan sidik berkasnya.",
            "evaluation",
            later("reports.definitions.evidence_annex.build"),
            holds=coverage.evidence,
        ),
        Definition(
            "leader-summary",
            "Ringkasan pimpinan",
            "Satu halaman: nilai dan predikat, sudah dan diverifikasi, yang terlambat dan siapa yang ditunggu.",
            "year",
            later("reports.definitions.leader_summary.build"),
            years=coverage.evaluated_years,
            opens_on=coverage.current_year,
            can_narrow=True,
        ),
        Definition(
            "province-recap",
            "Rekap provinsi",
            "Setiap perangkat daerah: nilai, perubahan, komponen yang turun, kemajuan, dan yang terlambat.",
            "year",
            later("reports.definitions.province_recap.build"),
            years=coverage.evaluated_years,
            opens_on=coverage.no_single_year,
        ),
        Definition(
            "quarterly",
            "Laporan triwulan",
            "Kemajuan setiap rencana aksi per triwulan: faktor pendukung, penghambat, solusi, dan upaya.",
            "year",
            later("reports.definitions.quarterly.build"),
            years=coverage.reported_years,
            can_narrow=True,
        ),
        Definition(
            "score-comparison",
            "Perbandingan nilai",
            "Nilai setiap komponen LHE di samping nilai tahun sebelumnya, dengan total dan predikat.",
            "evaluation",
            later("reports.definitions.score_comparison.build"),
            is_dated=False,
            holds=coverage.scores,
        ),
        Definition(
            "score-trend",
            "Nilai dari tahun ke tahun",
            "Nilai, persen terhadap bobot, dan selisihnya sampai empat tahun, dengan kalimat penjelasnya.",
            "evaluation",
            later("reports.definitions.score_trend.build"),
            is_dated=False,
            holds=coverage.scores,
        ),
        Definition(
            "indicator-table",
            "Tabel indikator kinerja",
            "Realisasi indikator tahun ini dan tiga tahun sebelumnya, dengan persentase perubahannya.",
            "year",
            later("reports.definitions.indicator_table.build"),
            years=coverage.figure_years,
        ),
        Definition(
            "indicator-charts",
            "Grafik indikator kinerja",
            "Satu grafik kecil per indikator selama empat tahun, dengan angka yang sama di bawahnya.",
            "year",
            later("reports.definitions.indicator_charts.build"),
            years=coverage.figure_years,
        ),
        Definition(
            "indicator-sheet",
            "Lembar indikator",
            "Definisi, formula, sumber, periode, pemilik, dan daftar periksa SMART-C setiap indikator.",
            "unit",
            later("reports.definitions.indicator_sheet.build"),
            is_dated=False,
        ),
        Definition(
            "objective-achievement",
            "Capaian sasaran dan indikator",
            "Target, realisasi, dan capaian setiap indikator dua tahun terakhir, untuk LKjIP.",
            "year",
            later("reports.definitions.objective_achievement.build"),
            years=coverage.figure_years,
        ),
        Definition(
            "consistency",
            "Uji konsistensi",
            "Apa yang tidak cocok dalam catatan, untuk diperiksa sebelum mencetak.",
            "",
            later("reports.definitions.consistency.build"),
            can_narrow=True,
        ),
    )
}


def build(
    name,
    user,
    *,
    today,
    evaluation_id=None,
    year=None,
    unit=None,
    verified=False,
    all_bodies=False,
) -> Report:
    """Returns the report `name` with what `user` may see; with `all_bodies` a table for each body.

    Without `evaluation_id`, a report on an evaluation takes the evaluation of year `year`; without
    `year`, the latest one that has something to print. Raises ReportError when there is none, or when
    the report does not support the given choice. Raises LookupError when the name is unknown.
    """
    definition = DEFINITIONS[name]
    _require_known(definition, evaluation_id, year)
    if all_bodies:
        chosen = choose_evaluation(user, evaluation_id) if evaluation_id is not None else None
        return every_body.build(definition, user, today, evaluation=chosen, year=year)
    evaluation = None
    if definition.about == "evaluation":
        evaluation = choose_evaluation(user, evaluation_id, year, holds=definition.holds)
    elif evaluation_id is not None:
        evaluation = choose_evaluation(user, evaluation_id)
    today = today if definition.is_dated else None
    return definition.build(user, Scope(today, evaluation, year, unit, verified))


def _require_known(definition, evaluation_id, year):
    """Raises ReportError for a choice that this report does not use, instead of ignoring it."""
    about = definition.about
    if evaluation_id is not None and not (about == "evaluation" or definition.can_narrow):
        raise ReportError(
            f"{definition.title} tidak dibuat menurut satu LHE. Hapus pilihan evaluasinya."
        )
    if year is not None and about not in ("evaluation", "year"):
        raise ReportError(f"{definition.title} tidak dibuat menurut tahun. Hapus pilihan tahunnya.")


def choose_evaluation(user, evaluation_id=None, year=None, *, holds=None) -> Evaluation:
    """Returns the evaluation with this id; without an id the latest one, of year `year` if given.

    Its body has the name that it had on the day of the LHE.

    `holds(user)` is a query condition: true where there is something to print. Evaluations that meet it
    are preferred.
    """
    evaluation = evaluation_choices(user, evaluation_id, year, holds=holds).with_scores().first()
    if evaluation is None:
        raise ReportError(_missing(evaluation_id, year))
    if year not in (None, evaluation.evaluation_year):
        raise ReportError(
            f"LHE nomor {evaluation_id} dilakukan pada tahun {evaluation.evaluation_year}, "
            f"bukan {year}. Pilih salah satu saja."
        )
    evaluation.name_units([])
    return evaluation


def evaluation_choices(user, evaluation_id=None, year=None, *, holds=None):
    """Returns a queryset. Its first row is the evaluation that `choose_evaluation` takes."""
    evaluations = Evaluation.objects.visible_to(user)
    if evaluation_id is not None:
        evaluations = evaluations.filter(pk=evaluation_id)
    elif year is not None:
        evaluations = evaluations.filter(evaluation_year=year)
    order = ["-performance_year", "pk"]
    if (
        holds
    ):  # ordered by alias: PostgreSQL cannot sort by a constant, and an empty reach gives one
        evaluations, order = evaluations.annotate(holds=holds(user)), ["-holds", *order]
    return evaluations.order_by(*order)


def _missing(evaluation_id, year):
    if evaluation_id is not None:
        return f"LHE nomor {evaluation_id} tidak ada atau bukan untuk Anda. Pilih LHE lain."
    if year is not None:
        return f"Belum ada LHE dari tahun evaluasi {year}. Pilih tahun lain."
    return "Belum ada LHE. Catat LHE lebih dahulu."
