"""The evidence files at the end of the dossier: pictures several to a page, PDF pages with a label on
each, and the list of the files that are attached or that must be opened elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django.template.loader import render_to_string
from django.utils.text import Truncator

from reports.documents.dossier.evidence_files import Enclosure
from reports.documents.dossier.parts import ContentsEntry, DossierPart

ATTACHED = "Berkas yang disematkan"
APART = "Lampiran terpisah"
PICTURES = "Gambar bukti dukung"
HOW_TO_OPEN = "Buka lewat panel lampiran (tanda penjepit kertas) pada pembaca PDF."
PICTURES_A_ROW, PICTURES_A_PAGE = 2, 4
# The kinds of pages that follow the chapters. The seal closes the chapters: after foreign pages it
# would stand alone.
PAGES = ("pictures", "sheets", "files")
POINTS_PER_LETTER = 4.6  # of the label on an enclosed page, on average
POINTS_OF_THE_REST = 160  # for the margins and “Halaman 120 dari 240” beside the label


@dataclass(frozen=True)
class EnclosedPage:
    """An empty page on which one page of a file is drawn later."""

    anchor: str
    css: str
    label: str


def enclosure_parts(found: Sequence[Enclosure], *, merged: bool) -> Iterator[DossierPart]:
    """Yields pictures first, so that they fill their pages; then the PDF files; then the rest as a list."""
    if not merged:
        yield from _listed(found, title=ATTACHED)
        return
    yield from _pictures([enclosure for enclosure in found if enclosure.picture])
    yield from (_sheets(enclosure) for enclosure in found if enclosure.sizes)
    yield from _listed([enclosure for enclosure in found if enclosure.problem], title=APART)


def _pictures(found) -> Iterator[DossierPart]:
    if found:
        step = PICTURES_A_ROW
        rows = [found[start : start + step] for start in range(0, len(found), step)]
        context = {"rows": rows, "level": 3}
        yield DossierPart(
            anchor="gambar",
            title=PICTURES,
            level=2,
            heading=PICTURES,
            html=render_to_string("reports/print/dossier_pictures.html", context),
            page="pictures",
            pictures=found,
            inner=[ContentsEntry(anchor=row.anchor, title=row.title, level=3) for row in found],
        )


def _sheets(enclosure) -> DossierPart:
    total = len(enclosure.sizes)
    sheets = [
        EnclosedPage(
            anchor=f"{enclosure.anchor}-hlm-{number}",
            css=_sheet_name(size),
            label=label(enclosure.annex, number, total, size[0]),
        )
        for number, size in enumerate(enclosure.sizes, start=1)
    ]
    return DossierPart(
        anchor=enclosure.anchor,
        title=enclosure.title,
        level=2,
        html=render_to_string("reports/print/dossier_sheets.html", {"sheets": sheets}),
        page="sheets",
    )


def _listed(found, *, title) -> Iterator[DossierPart]:
    if found:
        is_any_attached = any(enclosure.is_attached for enclosure in found)
        context = {"enclosures": found, "how_to_open": HOW_TO_OPEN if is_any_attached else ""}
        html = render_to_string("reports/print/dossier_files.html", context)
        yield DossierPart(
            anchor="berkas",
            title=title,
            level=2,
            heading=title,
            html=html,
            page="files",
            apart=found,
        )


def label(annex, number: int, total: int, width: float) -> str:
    """Returns the label of an enclosed page, short enough for a page of `width` points."""
    start = f"{annex.label} · {annex.item} "
    end = f" · hlm. {number} dari {total}"
    room = int((width - POINTS_OF_THE_REST) / POINTS_PER_LETTER) - len(start) - len(end)
    return f"{start}{Truncator(annex.evidence.title).chars(max(room, 10))}{end}"


def page_count(found: Sequence[Enclosure]) -> int:
    """Returns about how many pages the files fill, for the progress."""
    pictures = sum(1 for enclosure in found if enclosure.picture)
    return sum(len(enclosure.sizes) for enclosure in found) + -(-pictures // PICTURES_A_PAGE)


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
