"""What a finished PDF may claim to be: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1).

No validator can be installed with the program, so it checks by itself the rules that apply to its own
files (`rules.py`) and removes a claim where one of them is broken. A construct that our files never have
and that nobody looks into, such as a Type 1 font, counts as broken: what is not known is not claimed.
Mending and checking take about a tenth of the time of the whole document.
"""

import logging
from io import BytesIO

import pikepdf

from reports.archival.mending import mend
from reports.archival.reading import Reading
from reports.archival.rules import Part, broken
from reports.archival.structure import HEADINGS, wrong_headings

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
    judge(pdf, [(rule.clause, rule.claims, words) for rule, words in found])


def finish_part(content: bytes, part: Part) -> tuple[bytes, list, list]:
    """Returns a part of a document, mended, with its headings as (page, level) and with what breaks a rule,
    as `judge` takes it.
    """
    with pikepdf.open(BytesIO(content)) as pdf:
        nodes = mend(pdf) if part is Part.PIECE else []
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        headings = [
            (pages[node.element.Pg.objgen], HEADINGS[node.type])
            for node in nodes
            if node.type in HEADINGS
        ]
        found = list(broken(Reading(pdf, nodes), part))
        return saved(pdf), headings, [(rule.clause, rule.claims, words) for rule, words in found]


def judge_joined(pdf: pikepdf.Pdf, headings: list[int], problems: list) -> None:
    """Removes the claims that do not hold of a file that was joined from parts. The rules that are about
    the file as a whole were asked of its first part, which gave it its metadata.
    """
    wrong = [("ISO 14289-1, 7.4.2", ("PDF/UA",), words) for words in wrong_headings(headings)]
    judge(pdf, [*problems, *wrong[:1]])


def judge(pdf: pikepdf.Pdf, problems: list) -> None:
    """`problems` holds the clause, the claims and words for the log of each broken rule."""
    for clause, claims, words in problems:
        logger.warning("A PDF does not claim %s: %s: %s", " and ".join(claims), clause, words)
    drop(pdf, {claim for _clause, claims, _words in problems for claim in claims})


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
