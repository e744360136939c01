"""The evidence files at the end of the dossier: each on its own pages, or listed as attached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django.template.loader import render_to_string

from reports.documents.dossier.evidence_files import Enclosure
from reports.documents.dossier.parts import DossierPart

ATTACHED = "Berkas yang disematkan"
HOW_TO_OPEN = "Buka lewat panel lampiran (tanda penjepit kertas) pada pembaca PDF."


@dataclass(frozen=True)
class EnclosedPage:
    """An empty page on which one page of a file is drawn later."""

    anchor: str
    css: str
    label: str


def enclosure_parts(found: Sequence[Enclosure], *, merged: bool) -> Iterator[DossierPart]:
    if merged:
        yield from map(_enclosure, found)
    elif found:
        html = render_to_string(
            "reports/print/dossier_files.html", {"enclosures": found, "how_to_open": HOW_TO_OPEN}
        )
        yield DossierPart(anchor="berkas", title=ATTACHED, level=2, heading=ATTACHED, html=html)


def _enclosure(enclosure) -> DossierPart:
    annex = enclosure.annex
    total = len(enclosure.sizes)
    sheets = [
        EnclosedPage(
            anchor=f"{enclosure.anchor}-hlm-{number}",
            css=_sheet_name(size),
            label=f"{annex.label}, hlm. {number} dari {total}",
        )
        for number, size in enumerate(enclosure.sizes, start=1)
    ]
    context = {"enclosure": enclosure, "annex": annex, "sheets": sheets}
    return DossierPart(
        anchor=enclosure.anchor,
        title=f"{annex.label}: {annex.evidence.title}",
        level=2,
        heading=annex.label,
        html=render_to_string("reports/print/dossier_enclosure.html", context),
        page="enclosure",
    )


def sheet_css(found: Sequence[Enclosure]) -> str:
    """Returns CSS with a named page for each page size that occurs."""
    rules = []
    for size in sorted(set(chain.from_iterable(enclosure.sizes for enclosure in found))):
        name, (width, height) = _sheet_name(size), size
        rules.append(
            f".{name} {{ page: {name} }}"
            f"@page {name} {{ size: {width}pt {height}pt; margin: 0 7mm 6mm;"
            "@bottom-left { background: #fff; content: string(sheet) }"
            "@bottom-right { background: #fff } }"
        )
    return "\n".join(rules)


def _sheet_name(size):
    return "sheet-{}-{}".format(*(str(side).replace(".", "_") for side in size))
