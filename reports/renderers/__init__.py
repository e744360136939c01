"""All file formats of a report. `html.preview` shows it on screen.

The module of a format comes with the first file: those of PDF and Word bring libraries that take as long
to load as Django, and most commands and pages print nothing.
"""

from dataclasses import dataclass
from importlib import import_module

from reports.tables.table import Report
from reports.verification import Seal


@dataclass(frozen=True, slots=True)
class ReportFormat:
    label: str
    extension: str
    content_type: str

    def render(self, report: Report, *more) -> bytes:
        return import_module(f"reports.renderers.{self.extension}").render(report, *more)


FORMATS = {
    "pdf": ReportFormat("PDF", "pdf", "application/pdf"),
    "docx": ReportFormat(
        "Word",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": ReportFormat(
        "Excel",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": ReportFormat("CSV", "csv", "text/csv; charset=utf-8"),
}


def render(report: Report, format_name: str, progress=None, seal: Seal | None = None) -> bytes:
    """Returns the bytes. Only a PDF uses `seal`; it and Word use `progress` (typesetting.stages)."""
    used = {"pdf": (progress, seal), "docx": (progress,)}
    return FORMATS[format_name].render(report, *used.get(format_name, ()))


def filename(report: Report, format_name: str) -> str:
    return f"{report.filename or report.name}.{FORMATS[format_name].extension}"
