"""All file formats of a report. `html.preview` shows it on screen."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.renderers import csv, docx, pdf, xlsx
from reports.tables.table import Report
from reports.verification import Seal


@dataclass(frozen=True, slots=True)
class ReportFormat:
    label: str
    extension: str
    content_type: str
    render: Callable[[Report], bytes]


FORMATS = {
    "pdf": ReportFormat("PDF", "pdf", "application/pdf", pdf.render),
    "docx": ReportFormat(
        "Word",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx.render,
    ),
    "xlsx": ReportFormat(
        "Excel",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.render,
    ),
    "csv": ReportFormat("CSV", "csv", "text/csv; charset=utf-8", csv.render),
}


def render(report: Report, format_name: str, progress=None, seal: Seal | None = None) -> bytes:
    """Returns the bytes. Only a PDF uses `seal`; it and Word use `progress` (typesetting.stages)."""
    if format_name == "pdf":
        return pdf.render(report, progress, seal)
    if format_name == "docx":
        return docx.render(report, progress)
    return FORMATS[format_name].render(report)


def filename(report: Report, format_name: str) -> str:
    return f"{report.filename or report.name}.{FORMATS[format_name].extension}"
