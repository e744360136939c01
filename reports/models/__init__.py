"""The documents that the office writes, prints and issues from the records."""

from reports.models.choices import ReportChoice
from reports.models.exports import ReportJob, StoredFile
from reports.models.issued import IssuedReport
from reports.models.telaah_staf import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.models.word_template import WordTemplate

__all__ = [
    "IssuedReport",
    "ReportChoice",
    "StoredFile",
    "ReportJob",
    "TelaahStaf",
    "TelaahStafBlock",
    "TelaahStafSection",
    "WordTemplate",
]
