"""The parts a long document consists of: what its contents and its outline list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from reports.renderers import html
from reports.tables.table import Facts, Orientation, Prose, Report, Table
from reports.verification.snapshot import IN_CONTENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry:
    """A line of the contents and of the outline; level 1 is a chapter."""

    anchor: str
    title: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPart:
    """What one entry leads to. `heading` is printed and may say more than `title`; empty when the
    part brings its own. `shares` are the column widths of its tables, `inner` the entries within,
    `sections` its words and figures as data."""

    anchor: str
    title: str
    level: int = 1
    heading: str = ""
    html: SafeString = SafeString()
    page: str = "portrait"
    shares: Sequence[Sequence[float]] = ()
    inner: Sequence[ContentsEntry] = ()
    sections: Sequence[Table | Prose] = ()

    @property
    def facts(self) -> Facts:
        """Its title, and its heading where that is another."""
        heading = [("Judul", self.heading)] if self.heading not in ("", self.title) else []
        return Facts(self.title, [(IN_CONTENTS, self.title), *heading], key=self.anchor)

    @property
    def rank(self) -> int:
        """Of its heading: the title of the whole is the first."""
        return self.level + 1


def part(
    sections: Sequence[Table | Prose], paper, *, page=Orientation.PORTRAIT, **fields
) -> DossierPart:
    report = Report(name="dossier", title="", sections=sections, paper=paper, orientation=page)
    return DossierPart(
        **{"heading": fields["title"]} | fields,
        html=html.printed(report),
        page=page.value,
        shares=[table.shares for table in report.tables],
        sections=sections,
    )


def keyed(section, anchor: str):
    """A section that is known away from its part."""
    return replace(section, key=f"{anchor}/{section.key}")


def named(section: Table | Prose | Facts, title: str) -> Table | Prose | Facts:
    """A section that says what it is about away from its part, as on a sheet of its own."""
    if isinstance(section, Facts):
        return section
    if isinstance(section, Prose):
        return section if section.heading else replace(section, heading=title)
    return section if section.title else replace(section, title=title)
