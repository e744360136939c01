"""The empty Word document: styles, paper, page numbers, properties. Its parts are in `base/`."""

from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.renderers.docx.xml import field, paragraph, run
from reports.tables.table import MARGINS, Orientation, Report, Typeface
from sakip.text import printable

BASE = Path(__file__).parent / "base"
FONTS = {Typeface.SANS: "Arial", Typeface.SERIF: "Bookman Old Style"}
FOOT_MARGIN = 12  # millimetres from the edge to the page number
TABLE_TEXT = "Isi Tabel"  # the name of the style
COMPACT = {TABLE_TEXT: 7, "Catatan Tabel": 7, "Anak Judul": 8, "heading 2": 9}  # points
MOST_OF_A_PROPERTY = 255  # characters; limit of the standard


def new_document(report: Report):
    document = Document(BytesIO(package()))
    fonts = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONTS[report.typeface])
    if report.is_compact:
        for style, size in COMPACT.items():
            _make_small(document.styles[style], size)
    _lay_out(document.sections[0], report)
    _number_pages(document.sections[0])
    describe(document.core_properties, report)
    return document


def _make_small(style, size):
    style.font.size = Pt(size)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.line_spacing = 1


def table_size(document) -> float:
    """Returns the size of the type in tables, in points. An office's own template may not tell it."""
    for style in document.styles:
        if style.name == TABLE_TEXT and style.font.size:
            return style.font.size.pt
    return Document(BytesIO(package())).styles[TABLE_TEXT].font.size.pt


def to_bytes(document) -> bytes:
    output = BytesIO()
    document.save(output)
    return output.getvalue()


@cache
def package() -> bytes:
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as package:
        for path in sorted(BASE.rglob("*.*")):
            if path.is_file():
                package.write(path, path.relative_to(BASE).as_posix())
    return output.getvalue()


def _lay_out(section, report):
    width, height = report.page_size
    section.page_width, section.page_height = Mm(width), Mm(height)
    if report.orientation is Orientation.LANDSCAPE:
        section.orientation = WD_ORIENT.LANDSCAPE
    for side, millimetres in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(millimetres))
    section.header_distance = section.footer_distance = Mm(FOOT_MARGIN)
    section.gutter = 0


def _number_pages(section):
    line = paragraph(
        run("Halaman "), *field("PAGE"), run(" dari "), *field("NUMPAGES"), style="Footer"
    )
    footer = section.footer
    footer.is_linked_to_previous = False
    old = footer.paragraphs[0]._element
    old.getparent().replace(old, line)


def describe(properties, report):
    office = report.letterhead.body if report.letterhead else ""
    now = timezone.now().replace(tzinfo=None, microsecond=0)
    properties.title = printable(report.title)[:MOST_OF_A_PROPERTY]
    properties.subject = printable(report.subtitle)[:MOST_OF_A_PROPERTY]
    properties.author = properties.last_modified_by = printable(office)[:MOST_OF_A_PROPERTY]
    properties.language = "id-ID"
    properties.created = properties.modified = now
    properties.comments = ""
