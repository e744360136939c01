"""Finds records that may be wrong because of faults in earlier versions (`manage.py check_old_records`).

Each check reads the whole installation, because an administrator runs it. docs/pemeriksaan-data.md
explains each check. Nothing is written.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q

from recommendations.models import (
    ComponentScore,
    EvidenceRevision,
    Renaksi,
    ReviewDecision,
    Rubric,
    RubricWeight,
)
from recommendations.services.evaluations import HUNDRED, misfits
from recommendations.workflow import has_authored
from reports.models import IssuedReport
from sakip.history.entries import HistoryEntry
from sakip.history.words import STATUS
from sakip.models import Unit, User
from sakip.roles import Role
from workbooks.models import ImportRun

CLOSED_TO_THE_UNIT = {
    Renaksi.Status.SUBMITTED,
    Renaksi.Status.DONE,
    Renaksi.Status.NOT_ACTIONABLE,
}
IMPORTED = ("import_edit", "import_change", "import_new")


@dataclass(frozen=True)
class Suspicion:
    """One check. `find` returns the records as sentences; `advice` says what to do about them."""

    code: str
    title: str
    advice: str
    find: Callable[[], Iterable[str]]

    def lines(self) -> list[str]:
        return list(self.find())


def _evaluators_of_everything():
    people = User.objects.filter(role=Role.EVALUATOR, is_active=True, evaluates_all=True)
    for person in people.select_related("unit").order_by("name"):
        yield f"{person} ({person.username}), {person.unit}"


def _evaluators_elsewhere():
    elsewhere = Unit.objects.exclude(pk__in=Unit.objects.inspectorate())
    people = User.objects.holding([Role.EVALUATOR], elsewhere.values("pk")).filter(is_active=True)
    for person in people.select_related("unit").order_by("name"):
        yield f"{person} ({person.username}), {person.unit}"


def _undone_imports():
    for run in ImportRun.objects.filter(state=ImportRun.State.UNDONE).select_related("actor"):
        yield f"{run} oleh {run.actor}, diunggah {run.created_at:%d/%m/%Y}"


def _reopened_imports():
    """In old versions a late preview could overwrite the state of a finished import, so its buttons came
    back.
    """
    rows = ImportRun.objects.filter(slices__isnull=False).distinct().select_related("actor")
    for run in rows.filter(state__in=[ImportRun.State.PREVIEWED, ImportRun.State.CANCELLED]):
        yield f"{run} oleh {run.actor}: {run.get_state_display()}, tetapi isinya sudah ditulis"


def _reopened_by_import():
    entries = HistoryEntry.objects.on(Renaksi, F("object_id")).filter(action__in=IMPORTED)
    for entry in entries.select_related("actor").iterator():
        for (code, status, _), (_, before, after) in zip(
            entry.changes, entry.in_words, strict=True
        ):
            if code == STATUS and status in CLOSED_TO_THE_UNIT:
                yield f"{entry.label}: {before} menjadi {after} pada {entry.at:%d/%m/%Y} oleh {entry.actor}"


def _judged_by_authors():
    written = HistoryEntry.objects.on(Renaksi, OuterRef("renaksi")).filter(
        actor=OuterRef("evaluator")
    )
    decisions = ReviewDecision.objects.filter(pk__in=_with(ReviewDecision, written))
    for row in decisions.select_related("renaksi__recommendation__evaluation__unit", "evaluator"):
        if has_authored(row.evaluator, row.renaksi):
            words = row.get_outcome_display().lower()
            yield f"{row.renaksi} ({row.renaksi.recommendation.evaluation}): {words} oleh {row.evaluator}"


def _with(model, entries):
    return (
        model.objects.annotate(told=entries.values("pk")[:1])
        .filter(told__isnull=False)
        .values("pk")
    )


def _issued_again():
    rows = IssuedReport.objects.filter(supersedes__isnull=False)
    old = Q(snapshot__version=1) | Q(supersedes__snapshot__version=1)
    for report in rows.filter(old).select_related("supersedes"):
        yield f"{report} (menggantikan nomor {report.supersedes.number})"


def _scores():
    rows = ComponentScore.objects.select_related(
        "component", "evaluation__rubric", "evaluation__unit"
    )
    weights = {}
    for row in rows.order_by("evaluation", "component"):
        rubric = row.evaluation.rubric
        if rubric.pk not in weights:
            found = RubricWeight.objects.filter(rubric=rubric)
            weights[rubric.pk] = dict(found.values_list("component_id", "weight"))
        for problem in misfits([row], rubric, weights[rubric.pk]):
            yield f"{row.evaluation}: {problem}"


def _rubrics():
    sums: dict[Rubric, Decimal] = {}
    for row in RubricWeight.objects.select_related("rubric"):
        sums[row.rubric] = sums.get(row.rubric, 0) + row.weight
    return [f"{rubric}: {total}" for rubric, total in sums.items() if total != HUNDRED]


def _twin_evidence():
    revisions = EvidenceRevision.objects.filter(evidence__is_archived=False)
    rows = revisions.values("evidence__renaksi", "sha256").annotate(
        pieces=Count("evidence", distinct=True)
    )
    found = {row["evidence__renaksi"] for row in rows.filter(pieces__gt=1)}
    for renaksi in Renaksi.objects.filter(pk__in=found).select_related(
        "recommendation__evaluation__unit"
    ):
        yield f"{renaksi} ({renaksi.recommendation.evaluation})"


def _people_without_a_part():
    rows = Renaksi.objects.for_check().exclude(person=None)
    for renaksi in rows:
        if problem := renaksi.person_problem:
            yield f"{renaksi} ({renaksi.recommendation.evaluation}): {renaksi.person} {problem}"


SUSPICIONS = (
    Suspicion(
        "evaluator-reach",
        "Evaluator yang mengevaluasi semua perangkat daerah",
        "dahulu daftar perangkat daerah yang kosong berarti semua. Buka akunnya dan pilih "
        "perangkat daerahnya bila tidak semestinya semua.",
        _evaluators_of_everything,
    ),
    Suspicion(
        "evaluator-unit",
        "Evaluator di luar Inspektorat",
        "mereka tidak lagi dapat melihat dan mereviu. Pindahkan ke unit Inspektorat atau ganti perannya. Bila "
        "semua evaluator disebut di sini, periksa dahulu jenis unit Inspektorat.",
        _evaluators_elsewhere,
    ),
    Suspicion(
        "undone-imports",
        "Impor yang dibatalkan",
        "pembatalan dapat mengembalikan isi pada tahun yang sudah dikunci, nilai di atas bobot, atau unit "
        "lama. Buka riwayat datanya dan betulkan.",
        _undone_imports,
    ),
    Suspicion(
        "reopened-imports",
        "Impor selesai yang tampak belum ditulis",
        "isinya sudah masuk. Jangan mengonfirmasinya lagi.",
        _reopened_imports,
    ),
    Suspicion(
        "reopened-items",
        "Rencana aksi yang dibuka kembali oleh impor",
        "status dan uraiannya berubah tanpa keputusan evaluator. Baca riwayatnya, lalu kirim dan reviu lagi.",
        _reopened_by_import,
    ),
    Suspicion(
        "own-judgement",
        "Reviu oleh orang yang ikut menulis",
        "minta evaluator lain mereviunya: buka kembali, lalu kirim lagi.",
        _judged_by_authors,
    ),
    Suspicion(
        "issued-again",
        "Laporan yang diterbitkan ulang dengan daftar perubahan lama",
        "daftar “apa yang berubah” di dalamnya mungkin tidak lengkap. Bandingkan dengan terbitan sebelumnya; "
        "terbitkan lagi bila perlu.",
        _issued_again,
    ),
    Suspicion(
        "scores",
        "Nilai yang tidak sesuai rubriknya",
        "betulkan nilainya di halaman LHE.",
        _scores,
    ),
    Suspicion(
        "rubrics",
        "Rubrik yang bobotnya tidak berjumlah 100",
        "betulkan bobotnya di halaman rubrik.",
        _rubrics,
    ),
    Suspicion(
        "twin-evidence",
        "Rencana aksi dengan bukti yang sama dua kali",
        "arsipkan salah satunya.",
        _twin_evidence,
    ),
    Suspicion(
        "people",
        "Petugas yang unitnya tidak lagi berperan",
        "pilih petugas lain atau kosongkan.",
        _people_without_a_part,
    ),
)
