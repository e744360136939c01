"""The quarterly reports (monev triwulan) of a year, one table per LHE."""

from itertools import groupby

from django.db.models import Count, Max
from django.template.loader import render_to_string

from recommendations.models import QuarterlyReport, Renaksi
from reports.definitions.items import as_of
from reports.tables.table import (
    Align,
    Cell,
    CellKind,
    Column,
    Orientation,
    Record,
    Report,
    Table,
    values_of,
)
from sakip.numbers import roman
from sakip.selectors.unit_names import FormerNames, end_of

NARRATIVE = (
    ("Faktor Pendukung", "supporting_factors"),
    ("Faktor Penghambat", "hindering_factors"),
    ("Permasalahan", "problems"),
    ("Solusi", "solutions"),
    ("Upaya", "efforts"),
    ("Usulan Penyesuaian Anggaran", "budget_adjustment"),
)
EVALUATION = "renaksi__recommendation__evaluation"


def build(user, scope) -> Report:
    seen = _seen(user, scope)
    year = scope.year or seen.aggregate(Max("year"))["year__max"] or _first_year(scope)
    names = FormerNames()
    if scope.unit:
        names.put_on([scope.unit], end_of(year))
    return Report(
        name="quarterly",
        title=f"Laporan Triwulan Tahun {year} atas Rencana Aksi Tindak Lanjut LHE SAKIP",
        subtitle=scope.unit.name if scope.unit else "",
        sections=tables(seen.filter(year=year), scope.today, names),
        orientation=Orientation.LANDSCAPE,
        filename=f"laporan-triwulan-{year}",
    )


def _first_year(scope) -> int:
    """Returns the year in which the first report on this evaluation is due; without one, this year."""
    return scope.evaluation.evaluation_year if scope.evaluation else scope.today.year


def _seen(user, scope):
    """Returns the visible quarterly reports, limited to one body or one evaluation if the scope names it."""
    rows = QuarterlyReport.objects.visible_to(user)
    if scope.evaluation:
        rows = rows.filter(**{EVALUATION: scope.evaluation})
    if scope.unit:
        rows = rows.filter(**{f"{EVALUATION}__unit": scope.unit})
    return rows


def tables(reports, today, names) -> list[Table]:
    """Returns one table per evaluation, or one empty table when there is nothing to print. Two queries.

    The units have the names of the reported year, the body in a title that of the LHE's day.
    """
    rows = reports.select_related(
        "renaksi__lead_unit", f"{EVALUATION}__unit", "renaksi__recommendation__component"
    ).order_by(
        f"{EVALUATION}__unit__name",
        f"-{EVALUATION}__performance_year",
        EVALUATION,
        "renaksi__recommendation__number",
        "renaksi__position",
        "quarter",
    )
    for row in rows:
        evaluation = row.renaksi.recommendation.evaluation
        names.put_on([row.renaksi.lead_unit], end_of(row.year))
        names.put_on([evaluation.unit], evaluation.named_on)
    siblings = _siblings({row.renaksi.recommendation_id for row in rows})
    found = groupby(rows, key=lambda row: row.renaksi.recommendation.evaluation)
    made = [_table(evaluation, list(group), siblings, today) for evaluation, group in found]
    return made or [Table(name="Laporan triwulan", columns=_columns({}, {}), rows=[])]


def _siblings(recommendation_ids):
    """Returns for each recommendation its number of renaksi. Only several renaksi get letters.

    Takes keys and not a subquery: without statistics PostgreSQL planned that one as a loop within a loop
    and did not come to an end with a few hundred reports.
    """
    rows = Renaksi.objects.filter(recommendation__in=recommendation_ids).order_by()
    return dict(rows.values_list("recommendation").annotate(Count("pk")))


def _table(evaluation, rows, siblings, today):
    firsts = {}
    for row in rows:
        firsts.setdefault(row.renaksi_id, row.pk)
    return Table(
        title=f"LHE SAKIP {evaluation.unit} {evaluation.in_years}",
        name=f"{evaluation.unit} {evaluation.performance_year}",
        subtitle=as_of(today),
        key=f"evaluasi:{evaluation.pk}",
        columns=_columns(siblings, firsts),
        rows=rows,
        records=lambda row: _records(row, siblings, firsts),
    )


def _records(row, siblings, firsts):
    """Returns Records: the plan, in the row that prints it, then the report of the quarter."""
    number = _position(row, siblings)
    if firsts[row.renaksi_id] == row.pk:
        plan = Cell(value=_plan(row, firsts), kind=CellKind.RICH)
        name = f"Rencana aksi {number}"
        yield Record(f"renaksi:{row.renaksi_id}", name, [("Rencana Aksi", plan)], number)
    name = f"Rencana aksi {number} triwulan {roman(row.quarter)}"
    key = f"triwulan:{row.renaksi_id}/{row.year}/{row.quarter}"
    yield Record(key, name, values_of(OF_QUARTER, row))


OF_QUARTER = (
    Column("Kemajuan (%)", "progress", CellKind.INTEGER, width=6.5),
    *(
        Column(label, lambda row, at=name: getattr(row, at) or None, width=12)
        for label, name in NARRATIVE
    ),
)


def _columns(siblings, firsts):
    return (
        Column("No.", lambda row: _position(row, siblings), width=4, align=Align.CENTER),
        Column("Rencana Aksi", lambda row: _plan(row, firsts), CellKind.RICH, width=22),
        Column("Triwulan", lambda row: roman(row.quarter), width=6.5, align=Align.CENTER),
        *OF_QUARTER,
    )


def _position(row, siblings):
    recommendation = row.renaksi.recommendation
    if siblings[recommendation.pk] < 2:
        return str(recommendation.number)
    return f"{recommendation.number}.{row.renaksi.letter}"


def _plan(row, firsts):
    """Returns plan and unit. They are printed once, in the row of the first quarter of the year."""
    return render_to_string(
        "reports/cells/plan.html",
        {"renaksi": row.renaksi, "is_first": firsts[row.renaksi_id] == row.pk},
    )
