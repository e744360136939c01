"""The parameters of the lists. Each is named like the field that it narrows."""

from datetime import datetime
from typing import Annotated, Literal

from django.conf import settings
from django.utils import timezone
from ninja import Field, Schema
from pydantic import AfterValidator

from recommendations.selectors.renaksi_list import STATUS_GROUPS
from recommendations.transitions import STATUSES
from reports.models import IssuedReport
from sakip.models import Unit

LARGEST = 2**63 - 1  # a key of the database
PAGING = {"after", "limit", "format"}
YEARS = range(2000, 2101)


def _aware(moment: datetime) -> datetime:
    """No zone moves it beyond the years that a database and Python know."""
    if moment.year not in YEARS:
        raise ValueError("year")
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


Key = Annotated[int, Field(ge=1, le=LARGEST)]
Year = Annotated[int, Field(ge=2000, le=2100, description="Tahun kinerja.")]
BodyFilter = Annotated[
    int, Field(ge=1, le=LARGEST, description="Kunci perangkat daerah pada /bodies.")
]
UnitFilter = Annotated[
    int, Field(ge=1, le=LARGEST, description="Kunci unit; unit di bawahnya ikut dihitung.")
]
Since = Annotated[
    datetime,
    AfterValidator(_aware),
    Field(
        description="Hanya yang berubah sejak saat ini. Tanpa zona waktu dibaca sebagai waktu setempat."
    ),
]


class ListQuery(Schema):
    """What every list understands."""

    after: Annotated[
        int | None, Field(ge=0, le=LARGEST, description="Mulai sesudah kunci ini.")
    ] = None
    limit: Annotated[
        int, Field(ge=1, le=settings.API_LONGEST_PAGE, description="Banyaknya dalam satu halaman.")
    ] = settings.API_PAGE
    format: Annotated[
        Literal["json", "csv"],
        Field(description="“csv” mengirim seluruh daftar sesudah `after` sebagai satu berkas."),
    ] = "json"

    @property
    def filters(self) -> dict:
        """What the selectors narrow by."""
        return self.model_dump(exclude=PAGING, exclude_none=True)


class UnitQuery(ListQuery):
    body: UnitFilter | None = None
    kind: Literal[*Unit.Kind.values] | None = None
    is_active: bool | None = None
    updated_since: Since | None = None


class EvaluationQuery(ListQuery):
    year: Year | None = None
    body: BodyFilter | None = None
    updated_since: Since | None = None


class RecommendationQuery(EvaluationQuery):
    evaluation: Key | None = None
    component: Annotated[str | None, Field(max_length=40, description="Kode komponen.")] = None


class RenaksiQuery(RecommendationQuery):
    unit: UnitFilter | None = None
    status: Annotated[
        Literal[*STATUSES, *STATUS_GROUPS] | None,
        Field(
            description="Satu status, atau kelompok: belum selesai, selesai, sudah menurut unit, dihitung."
        ),
    ] = None
    late: Annotated[bool | None, Field(description="Terlambat pada hari ini.")] = None


class EvidenceQuery(EvaluationQuery):
    renaksi: Key | None = None
    is_archived: bool | None = None


class IndicatorQuery(EvaluationQuery):
    unit: UnitFilter | None = None


class FigureQuery(ListQuery):
    year: Year | None = None
    body: BodyFilter | None = None


class ReportQuery(EvaluationQuery):
    status: Literal[*IssuedReport.Status.values] | None = None
