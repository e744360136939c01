"""What a finished PDF may claim to be: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1).

No validator can be installed with the program, so it checks by itself the rules that apply to its own
files (`rules.py`) and removes a claim where one of them is broken. A construct that our files never have
and that nobody looks into, such as a Type 1 font, counts as broken: what is not known is not claimed.
Mending and checking take about a tenth of the time of the whole document.
"""

import logging
from io import BytesIO

import pikepdf

from reports.renderers.archival.mending import mend
from reports.renderers.archival.reading import Reading
from reports.renderers.archival.rules import broken

logger = logging.getLogger(__name__)

CLAIMS = {"PDF/A": ("pdfaid:part", "pdfaid:conformance"), "PDF/UA": ("pdfuaid:part",)}


def finish(content: bytes) -> bytes:
    """Returns the PDF with the tags mended and with the claims that hold."""
    with pikepdf.open(BytesIO(content)) as pdf:
        settle(pdf)
        return saved(pdf)


def settle(pdf: pikepdf.Pdf) -> None:
    """Mends the tags, and removes the claims that do not hold; the log names the broken rules."""
    found = list(broken(Reading(pdf, mend(pdf))))
    for rule, words in found:
        logger.warning("A PDF does not claim %s: %s: %s", rule.claims_in_words, rule.clause, words)
    drop(pdf, {claim for rule, _words in found for claim in rule.claims})


def drop(pdf: pikepdf.Pdf, claims=tuple(CLAIMS)) -> None:
    if not claims:
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        for name in (name for claim in claims for name in CLAIMS[claim]):
            if name in metadata:
                del metadata[name]


def saved(pdf: pikepdf.Pdf) -> bytes:
    output = BytesIO()
    pdf.save(
        output,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        fix_metadata_version=False,  # PDF/A requires the metadata unchanged
    )
    return output.getvalue()
