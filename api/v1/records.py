"""What the API answers with. The order of the fields is that of the columns of a CSV file."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from performance.models import Indicator, Realisation
from recommendations.models import Evidence, Renaksi
from reports.models import IssuedReport
from sakip.models import Unit

Figure = Annotated[
    str,
    Field(
        pattern=r"^-?\d+(\.\d+)?$",
        description="Angka desimal sebagai teks, dengan titik desimal dan tanpa pemisah ribuan.",
        examples=["67.94"],
    ),
]
Day = Annotated[date, Field(description="ISO 8601, misalnya 2026-03-31.")]
Moment = Annotated[datetime, Field(description="ISO 8601 dengan zona waktu UTC.")]
Page = Annotated[str, Field(description="Alamat halamannya pada program ini.")]
BodyKey = Annotated[int, Field(description="Kunci perangkat daerah pada /bodies.")]
UnitKey = Annotated[int, Field(description="Kunci unit pada /units.")]


class UnitRecord(Schema):
    id: int
    name: str
    short_name: str
    code: str
    kind: Literal[*Unit.Kind.values]
    kind_name: str
    parent: UnitKey | None
    body: Annotated[
        int | None,
        Field(
            description="Perangkat daerah yang membawahi unit ini; dirinya sendiri bila ia perangkat daerah."
        ),
    ]
    is_active: bool
    from_date: Day | None


class ScoreRecord(Schema):
    component: str
    component_name: str
    weight: Figure | None
    score: Figure | None
    percent_of_weight: Figure | None
    existence_score: Figure | None
    quality_score: Figure | None
    use_score: Figure | None
    remark: str


class EvaluationRecord(Schema):
    id: int
    body: BodyKey
    body_name: str
    performance_year: Annotated[int, Field(description="Tahun kinerja yang dinilai.")]
    evaluation_year: Annotated[int, Field(description="Tahun penilaiannya dilakukan.")]
    letter_number: str
    letter_date: Day | None
    subject: str
    rubric: str
    rubric_is_estimate: bool
    total: Annotated[Figure | None, Field(description="Jumlah nilai komponen, dihitung.")]
    grade: Annotated[str | None, Field(description="Predikat menurut jumlah yang dihitung.")]
    reported_total: Annotated[Figure | None, Field(description="Nilai yang tercetak dalam LHE.")]
    reported_grade: str | None
    scores: list[ScoreRecord]
    page: Page


class PointRecord(Schema):
    letter: str
    text: str


class RecommendationRecord(Schema):
    id: int
    evaluation: int
    body: BodyKey
    performance_year: int
    number: int
    component: str | None
    title: str
    criterion_code: str
    text: str
    points: list[PointRecord]
    previous: Annotated[int | None, Field(description="Rekomendasi tahun lalu yang diulang.")]
    page: Page


class RenaksiRecord(Schema):
    id: int
    recommendation: int
    evaluation: int
    body: BodyKey
    performance_year: int
    number: Annotated[str, Field(description="Nomor rekomendasi dan huruf, misalnya 2.b.")]
    component: str | None
    point: Annotated[str | None, Field(description="Huruf butir rekomendasi yang dijawab.")]
    plan: str
    follow_up: Annotated[str, Field(description="Uraian tindak lanjut yang terakhir disimpan.")]
    not_actionable_reason: str
    lead_unit: UnitKey
    supporting_units: list[int]
    due_date: Day | None
    is_late: Annotated[bool, Field(description="Terlambat dan masih harus dikerjakan unit.")]
    days_late: int
    status: Literal[*Renaksi.Status.values]
    status_name: str
    is_claimed: Annotated[bool, Field(description="Sudah menurut unit.")]
    is_verified: Annotated[bool, Field(description="Diterima evaluator.")]
    has_evidence: bool
    submitted_at: Moment | None
    closed_at: Moment | None
    page: Page


class EvidenceFile(Schema):
    revision: int
    name: str
    content_type: str
    size: Annotated[int, Field(description="Bita.")]
    sha256: str
    uploaded_at: Moment
    address: Annotated[str, Field(description="Alamat berkasnya, dibuka dengan token yang sama.")]


class EvidenceRecord(Schema):
    id: int
    renaksi: int
    kind: Literal[*Evidence.Kind.values]
    kind_name: str
    title: str
    caption: str
    url: str
    document_number: str
    document_date: Day | None
    page_hint: str
    is_archived: bool
    file: Annotated[EvidenceFile | None, Field(description="Revisi terakhir.")]
    page: Page


class IndicatorRecord(Schema):
    id: int
    body: BodyKey
    objective: int
    objective_number: int
    objective_name: str
    parent: Annotated[int | None, Field(description="Indikator yang dirinci oleh indikator ini.")]
    number: int
    code: str
    name: str
    measure: str
    owner_unit: UnitKey
    polarity: Literal[*Indicator.Polarity.values]
    accumulation: Literal[*Indicator.Accumulation.values]
    decimals: int
    scale: Annotated[list[str], Field(description="Skala teks, yang terbaik lebih dahulu.")]
    year_from: int | None
    year_to: int | None
    plan_year: int | None
    plan_target: Figure | None
    plan_text: str
    data_source: str
    page: Page


class IndicatorYearRecord(Schema):
    indicator: int
    body: BodyKey
    year: int
    target: Figure | None
    target_high: Annotated[Figure | None, Field(description="Batas atas bila targetnya rentang.")]
    target_text: str
    realisation: Figure | None
    realisation_text: str
    missing: Annotated[
        Literal["", *Realisation.Missing.values],
        Field(description="Alasan kosong; kosong bukan nol."),
    ]
    through_quarter: int | None
    is_carried_over: bool
    annotation: str
    change: Annotated[
        Figure | None,
        Field(
            description="Perubahan dari tahun sebelumnya dalam persen; tidak ada bila dasarnya nol atau negatif."
        ),
    ]
    difference: Figure | None
    steps: Annotated[int | None, Field(description="Perubahan tingkat pada skala teks.")]
    direction: Literal["better", "worse", "same"] | None
    achievement: Annotated[Figure | None, Field(description="Capaian target dalam persen.")]
    reported_change: Figure | None
    reported_achievement: Figure | None


class BodyFigures(Schema):
    evaluation: int
    body: BodyKey
    performance_year: int
    total: int
    open: int
    in_progress: int
    submitted: int
    returned: int
    done: int
    not_actionable: int
    countable: Annotated[int, Field(description="Yang dapat ditindaklanjuti.")]
    claimed: Annotated[int, Field(description="Sudah menurut unit.")]
    verified: Annotated[int, Field(description="Diterima evaluator.")]
    late: int
    oldest_due: Day | None


class UnitFigures(BodyFigures):
    unit: UnitKey


class ReportRecord(Schema):
    id: int
    body: BodyKey
    evaluation: int | None
    product: str
    title: str
    number: str
    date: Day
    issued_at: Moment
    status: Literal[*IssuedReport.Status.values]
    is_superseded: bool
    supersedes: int | None
    withdrawn_at: Moment | None
    withdrawn_reason: str
    is_signed: bool
    file_name: str
    size: int
    sha256: str
    code: Annotated[str, Field(description="Kode verifikasi.")]
    verification_page: str
    page: Page


class ProblemRecord(Schema):
    """Kegagalan menurut RFC 9457."""

    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None
