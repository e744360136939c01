"""The lists of the API, one row each: its address, what a token must be allowed to read, and who reads it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from ninja import Schema

from api.selectors import evaluations, figures, follow_up, indicators, reports, units
from api.v1 import queries, records


@dataclass(frozen=True, kw_only=True)
class Listing:
    """`rows(user, **filters)` are the records of the list, each within the reach of the reader; `load` adds
    what `read` tells of them. With `has_pages` each record has an address of its own. `by_day`: the answer
    depends on the day. `by_year`: `read` wants to know the year that was asked for.
    """

    path: str
    scope: str
    title: str
    record: type[Schema]
    query: type[queries.ListQuery]
    rows: Callable[..., QuerySet]
    read: Callable[..., Iterable[dict[str, Any]]]
    load: Callable[[QuerySet], QuerySet] = lambda rows: rows
    has_pages: bool = True
    by_day: bool = False
    by_year: bool = False
    rows_by_day: bool = False

    def found(self, user, today: date, filters: dict) -> QuerySet:
        return self.rows(user, **filters, **({"today": today} if self.rows_by_day else {}))

    def told(self, loaded: list, user, today: date, filters: dict) -> Iterable[dict[str, Any]]:
        more: dict[str, Any] = {"today": today} if self.by_day else {}
        if self.by_year:
            more["year"] = filters.get("year")
        return self.read(loaded, user, **more)


_units = {
    "scope": "units",
    "record": records.UnitRecord,
    "query": queries.UnitQuery,
    "read": units.unit_rows,
}
_figures = {
    "scope": "figures",
    "query": queries.FigureQuery,
    "rows": evaluations.evaluations,
    "has_pages": False,
    "by_day": True,
}
KINDS = (
    Listing(path="bodies", title="Perangkat daerah", rows=units.bodies, **_units),
    Listing(path="units", title="Unit kerja", rows=units.units, **_units),
    Listing(
        path="evaluations",
        scope="evaluations",
        title="LHE dan nilai per komponen",
        record=records.EvaluationRecord,
        query=queries.EvaluationQuery,
        rows=evaluations.evaluations,
        load=evaluations.load_evaluations,
        read=evaluations.evaluation_rows,
    ),
    Listing(
        path="recommendations",
        scope="recommendations",
        title="Rekomendasi",
        record=records.RecommendationRecord,
        query=queries.RecommendationQuery,
        rows=follow_up.recommendations,
        load=follow_up.load_recommendations,
        read=follow_up.recommendation_rows,
    ),
    Listing(
        path="renaksi",
        scope="renaksi",
        title="Rencana aksi dan tindak lanjut",
        record=records.RenaksiRecord,
        query=queries.RenaksiQuery,
        rows=follow_up.renaksi,
        load=follow_up.load_renaksi,
        read=follow_up.renaksi_rows,
        by_day=True,
        rows_by_day=True,
    ),
    Listing(
        path="evidence",
        scope="evidence",
        title="Bukti dukung",
        record=records.EvidenceRecord,
        query=queries.EvidenceQuery,
        rows=follow_up.evidence,
        load=follow_up.load_evidence,
        read=follow_up.evidence_rows,
    ),
    Listing(
        path="indicators",
        scope="indicators",
        title="Indikator",
        record=records.IndicatorRecord,
        query=queries.IndicatorQuery,
        rows=indicators.indicators,
        load=indicators.load_indicators,
        read=indicators.indicator_rows,
    ),
    Listing(
        path="indicator-years",
        scope="indicators",
        title="Target, realisasi, perubahan, dan capaian indikator per tahun",
        record=records.IndicatorYearRecord,
        query=queries.IndicatorQuery,
        rows=indicators.indicators,
        load=indicators.load_years,
        read=indicators.year_rows,
        has_pages=False,
        by_year=True,
    ),
    Listing(
        path="body-figures",
        title="Angka ringkas per LHE",
        record=records.BodyFigures,
        read=figures.body_rows,
        **_figures,
    ),
    Listing(
        path="unit-figures",
        title="Angka ringkas per LHE dan unit penanggung jawab",
        record=records.UnitFigures,
        read=figures.unit_figure_rows,
        **_figures,
    ),
    Listing(
        path="reports",
        scope="reports",
        title="Laporan terbit",
        record=records.ReportRecord,
        query=queries.ReportQuery,
        rows=reports.reports,
        load=reports.load_reports,
        read=reports.report_rows,
    ),
)
