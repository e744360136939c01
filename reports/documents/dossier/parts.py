"""The parts of a long document. The table of contents and the PDF outline list them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from reports.documents.dossier.evidence_files import Enclosure
from reports.documents.dossier.signature import Signature
from reports.documents.telaah_staf.word.letter import Letter
from reports.renderers import html
from reports.renderers.widths import report_shares
from reports.tables.table import Facts, Orientation, Prose, Report, Table
from reports.verification.snapshot import IN_CONTENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry:
    """A line in the table of contents and in the outline. Level 1 is a chapter."""

    anchor: str
    title: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPart:
    """One part of the document, with one entry in the table of contents.

    `heading` is printed and may be longer than `title`; it is empty when the part prints its own.
    `shares` are the column widths of its tables, `inner` the entries inside the part, `sections` its
    texts and figures as data. Word writes a `letter` below its `draft_mark`, the `pictures` and the files that lie `apart`.
    Unless `is_listed`, it stands in no table of contents.
    """

    anchor: str
    title: str
    level: int = 1
    heading: str = ""
    html: SafeString = SafeString()
    page: str = "portrait"
    shares: Sequence[Sequence[float]] = ()
    inner: Sequence[ContentsEntry] = ()
    sections: Sequence[Table | Prose | Facts] = ()
    letter: Letter | None = None
    draft_mark: str = ""
    pictures: Sequence[Enclosure] = ()
    apart: Sequence[Enclosure] = ()
    signature: Signature | None = None
    is_listed: bool = True

    @property
    def facts(self) -> Facts:
        """Returns the title, and the heading when it differs from the title."""
        heading = [("Judul", self.heading)] if self.heading not in ("", self.title) else []
        return Facts(self.title, [(IN_CONTENTS, self.title), *heading], key=self.anchor)

    @property
    def rank(self) -> int:
        """Returns the HTML level of the heading. Level 1 belongs to the title of the whole document."""
        return self.level + 1


def part(
    sections: Sequence[Table | Prose], paper, *, page=Orientation.PORTRAIT, **fields
) -> DossierPart:
    report = Report(name="dossier", title="", sections=sections, paper=paper, orientation=page)
    return DossierPart(
        **{"heading": fields["title"]} | fields,
        html=html.printed(report),
        page=page.value,
        shares=report_shares(report),
        sections=sections,
    )


def keyed(section, anchor: str):
    """Returns the section with a key that is unique in the whole document, not only in its part."""
    return replace(section, key=f"{anchor}/{section.key}")


def named(section: Table | Prose | Facts, title: str) -> Table | Prose | Facts:
    """Returns the section with a title that is clear without its part, for example on its own sheet."""
    if isinstance(section, Facts):
        return section
    if isinstance(section, Prose):
        return section if section.heading else replace(section, heading=title)
    return section if section.title else replace(section, title=title)
