"""One file with a table for every body: in a workbook a sheet each, on paper one after the other."""

from dataclasses import replace

from django.utils.text import slugify

from recommendations.models import Evaluation
from reports.errors import ReportError
from reports.tables.table import Orientation, Report


def build(definition, user, today, *, evaluation=None, year=None) -> Report:
    """Returns the tables of every body within reach, each of its latest LHE with something to print.

    With `evaluation` they are of the same performance year, with `year` of the same evaluation year.
    """
    evaluations = _evaluations(definition, user, evaluation, year)
    if not evaluations:
        raise ReportError("Belum ada LHE yang berisi untuk pilihan ini. Pilih tahun lain.")
    tables = definition.tables(evaluations, user, today)
    return Report(
        name=definition.name,
        title=f"{definition.title}, semua perangkat daerah",
        sections=[_named(table, one) for table, one in zip(tables, evaluations, strict=True)],
        orientation=Orientation.LANDSCAPE,
        filename=f"{slugify(definition.title)}-semua-perangkat-daerah",
    )


def _evaluations(definition, user, evaluation, year) -> list[Evaluation]:
    rows = Evaluation.objects.visible_to(user).select_related("unit")
    if evaluation is not None:
        rows = rows.filter(performance_year=evaluation.performance_year)
    elif year is not None:
        rows = rows.filter(evaluation_year=year)
    else:
        rows = rows.in_use()
    rows = rows.filter(definition.holds(user)).order_by("unit__name", "unit", "-performance_year")
    latest: dict[int, Evaluation] = {}
    for row in rows:
        latest.setdefault(row.unit_id, row)
    return list(latest.values())


def _named(table, evaluation):
    """Returns the table with the name of its body: on its sheet, in its title and in the next issue."""
    unit = evaluation.unit
    return replace(
        table,
        name=str(unit),
        title=f"{unit.name}, LHE SAKIP {evaluation.in_years}",
        key=f"{table.key}:{unit.pk}",
    )
