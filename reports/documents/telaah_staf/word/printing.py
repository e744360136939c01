"""A Telaah Staf as Word: in the office's own template, or else in the program's layout."""

from reports.definitions import ReportError
from reports.documents.telaah_staf.word import layout
from reports.documents.telaah_staf.word.filling import Unusable, fill
from reports.documents.telaah_staf.word.letter import letter_of
from reports.models import WordTemplate


def template_of(telaah_staf) -> WordTemplate | None:
    """Returns the template in use; for an issued telaah staf the one used when it was issued.

    One query at most.
    """
    if telaah_staf.frozen:
        chosen = telaah_staf.frozen.get("word_template")
        return chosen and WordTemplate.objects.filter(pk=chosen).first()
    return WordTemplate.objects.in_use(telaah_staf.evaluation.unit_id)


def word(telaah_staf, report) -> bytes:
    """Raises ReportError when the template of the office cannot be filled, or can no longer be filled."""
    letter = letter_of(telaah_staf, report)
    template = template_of(telaah_staf)
    if template is None:
        return layout.render(letter)
    try:
        return fill(template.read(), letter)[0]
    except FileNotFoundError:
        reason = "berkasnya tidak ada lagi. Unggah templat itu lagi"
    except Unusable as error:
        reason = " ".join(error.problems)
    raise ReportError(f"{template} tidak dapat diisi: {reason}")
