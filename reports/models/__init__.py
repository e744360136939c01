"""What the office writes from the records, prints and issues."""

from reports.models.issued import IssuedReport
from reports.models.telaah_staf import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.models.word_template import WordTemplate
from reports.printing_models import Printout, ReportJob

__all__ = [
    "IssuedReport",
    "Printout",
    "ReportJob",
    "TelaahStaf",
    "TelaahStafBlock",
    "TelaahStafSection",
    "WordTemplate",
]
