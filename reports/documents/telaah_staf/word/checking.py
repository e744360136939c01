"""Tries a Word template with sample data: finds its faults and the placeholders that it does not use."""

from dataclasses import dataclass

from reports.documents.telaah_staf.word import samples
from reports.documents.telaah_staf.word.filling import Unusable, fill
from reports.documents.telaah_staf.word.placeholders import (
    BODY,
    COPIES,
    PLACEHOLDERS,
    PlaceholderKind,
    mark,
)

NO_BODY = (
    f"Templat ini belum mencetak isi naskah. Tulis {mark(BODY)} sendirian dalam satu paragraf, di "
    "tempat isi itu dimulai."
)


@dataclass(frozen=True)
class Findings:
    """Results as sentences. A template with `problems` cannot be used."""

    problems: list[str]
    remarks: list[str]


def check(content: bytes) -> Findings:
    """`content` must have passed `guard.check`. Takes about 0.25 seconds, ten seconds at most."""
    try:
        _document, used = fill(content, samples.full(), samples.sparse())
    except Unusable as error:
        return Findings(error.problems, [])
    if BODY not in used and not any(name.endswith(".isi") for name in used):
        return Findings([NO_BODY], [])
    left_out = [
        row.mark
        for row in PLACEHOLDERS
        if row.kind is PlaceholderKind.TEXT and row.name not in used
    ]
    if COPIES in used:
        left_out = [name for name in left_out if name != mark("tembusan")]
    left_out = [name for name in left_out if not name.startswith("{{ kop_")]
    remarks = [f"Tidak dicetak oleh templat ini: {', '.join(left_out)}."] if left_out else []
    return Findings([], remarks)


def sample(content: bytes) -> bytes:
    """Returns the template filled with sample data. Raises Unusable."""
    return fill(content, samples.full())[0]
