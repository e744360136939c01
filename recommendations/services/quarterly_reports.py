"""Writes the quarterly reports (monev triwulan) of a renaksi."""

from django.db import transaction

from recommendations.models import QuarterlyReport
from recommendations.services.quarter_closing import closed_quarters
from recommendations.workflow import lock, perform_held, require_transition
from sakip.editing import StaleEdit, digest
from sakip.errors import WrongState
from sakip.history.words import about
from sakip.writing import write

WRITTEN = (
    "progress",
    "supporting_factors",
    "hindering_factors",
    "problems",
    "solutions",
    "efforts",
    "budget_adjustment",
)


@transaction.atomic
def report_quarter(*, renaksi, actor, at, year, quarter, seen="", **fields) -> QuarterlyReport:
    """Creates or changes the report of one quarter. Raises WrongState when the quarter is closed.

    Raises StaleEdit when the report no longer has the digest `seen` and would change.
    """
    renaksi = lock(renaksi)
    require_transition("edit", actor, renaksi)
    key = {"renaksi": renaksi, "year": year, "quarter": quarter}
    report = QuarterlyReport.objects.filter(**key).first() or QuarterlyReport(**key)
    require_unclosed(report)
    if seen not in ("", digest_of(report)) and _differs(report, fields):
        raise StaleEdit("laporan triwulan", report)
    if changes := write(report, **fields):
        perform_held(
            action="edit",
            entry="report_quarter",
            renaksi=renaksi,
            actor=actor,
            at=at,
            changes=about(report, changes, f"{report.get_quarter_display()} {year}"),
        )
    return report


def digest_of(report) -> str:
    return digest(getattr(report, name) for name in WRITTEN)


def _differs(report, fields):
    return any(str(getattr(report, name) or "") != str(fields[name] or "") for name in fields)


def require_unclosed(report):
    if (report.year, report.quarter) in closed_quarters(report.renaksi):
        raise WrongState(
            f"Laporan {report.get_quarter_display()} {report.year} sudah ditutup oleh koordinator."
        )
