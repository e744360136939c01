"""A Telaah Staf as the Word output needs it: its short texts by name, and its sections."""

from dataclasses import dataclass

from reports.models import TelaahStafBlock
from reports.tables.table import Report, Table
from sakip.dates import format_date

EMPTY = "-"


@dataclass(frozen=True)
class LetterText:
    """Small rich text. `is_incomplete`: the text ends in the middle of a sentence."""

    html: str
    is_incomplete: bool = False


@dataclass(frozen=True)
class Section:
    heading: str
    parts: list[LetterText | Table]


@dataclass(frozen=True)
class Letter:
    """`values` are the short texts; `report` gives paper, typeface and letterhead."""

    values: dict[str, str]
    copies: list[str]
    sections: list[Section]
    report: Report
    type_size: int = 11


def letter_of(telaah_staf, report: Report) -> Letter:
    """`report` holds the tables in the order in which the telaah staf embeds them. No query once it is loaded."""
    tables = iter(report.tables)
    sections = []
    for section in telaah_staf.sections.all():
        parts = [
            LetterText(block.text, block.is_incomplete)
            if block.kind == TelaahStafBlock.Kind.TEXT
            else next(tables)
            for block in section.blocks.all()
        ]
        sections.append(Section(section.heading, parts))
    values = values_of(telaah_staf)
    return Letter(values, telaah_staf.copies, sections, report, telaah_staf.type_size)


def values_of(telaah_staf) -> dict[str, str]:
    """The short texts of a telaah staf as they are printed. No query once it is loaded."""
    official, replaced = telaah_staf.signature, telaah_staf.replaces
    return {
        "judul": telaah_staf.title,
        "kepada": telaah_staf.addressee,
        "dari": telaah_staf.sender,
        "tanggal": format_date(telaah_staf.date) if telaah_staf.date else "",
        "nomor": telaah_staf.number,
        "lampiran": telaah_staf.attachment or EMPTY,
        "perihal": telaah_staf.subject,
        "mencabut": f"Telaah Staf {replaced.reference}" if replaced else "",
        "jabatan": telaah_staf.signed_as,
        "nama": official.name,
        "pangkat": official.rank,
        "nip": official.printed_nip,
    }
