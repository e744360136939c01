"""What the office writes from the records, and what it prints."""

from reports.models.telaah_staf import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.models.word_template import WordTemplate
from reports.printing_models import Printout, ReportJob

__all__ = [
    "Printout",
    "ReportJob",
    "TelaahStaf",
    "TelaahStafBlock",
    "TelaahStafSection",
    "WordTemplate",
]
