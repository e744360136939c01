"""Word document of a report with real heading styles, lists and tables, so that people can edit it."""

from itertools import count

from docx.oxml.ns import qn

from reports.renderers.docx import letterhead, table
from reports.renderers.docx.base import new_document, table_size, to_bytes
from reports.renderers.docx.numbering import Numbering
from reports.renderers.docx.pictures import picture
from reports.renderers.docx.prose import paragraphs
from reports.renderers.docx.xml import paragraph, run, twips
from reports.tables.table import Figure, Prose, Report, Table
from reports.typesetting.stages import Stage, silent
from sakip.text import printable

MOST_HEIGHT = 90  # maximum height of a photo in millimetres


def render(report: Report, progress=None) -> bytes:
    document = new_document(report)
    writer = Writer(document, report.text_width)
    writer.tick = _tick(report, progress or silent)
    if report.letterhead:
        writer.add(*letterhead.elements(document, report.letterhead, report.text_width))
    writer.heading(report.title, 1)
    if report.subtitle:
        writer.line(report.subtitle, "Subjudul", align="center")
    for section in report.sections:
        if isinstance(section, Prose):
            writer.prose(section)
        elif isinstance(section, Table):  # a chart is followed by its table
            writer.table(section, with_title=section.title != report.title)
    return to_bytes(document)


def _tick(report, progress):
    """Returns a function that reports one more row."""
    rows = sum(sum(1 for _ in table.rows) for table in report.tables)
    done = count(1)
    return lambda: progress(Stage.WRITE, next(done), rows)


class Writer:
    """Writes at the end of a document, or before `anchor`, which is an element of its body.

    `tick` is called for each row of a table.
    """

    def __init__(self, document, text_width: int, anchor=None):
        self.document = document
        self.text_width = text_width
        self.numbering = Numbering(document)
        self.tick = None
        self.anchor = document.element.body.find(qn("w:sectPr")) if anchor is None else anchor

    @property
    def last(self):
        """Returns the element written last: a paragraph or a table."""
        return self.anchor.getprevious()

    def add(self, *elements):
        for element in elements:
            self.anchor.addprevious(element)

    def line(self, text: str, style: str, **look):
        self.add(paragraph(run(printable(text)), style=style, **look))

    def heading(self, text: str, level: int):
        self.line(text, f"Heading{level}")

    def rich(self, html: str, style: str = "Normal", look=None, **text_look):
        """`look` is a w:pPr that replaces the style; `text_look` is passed to `xml.run`."""
        if look is None:
            (look,) = paragraph(style=style)
        width = twips(self.text_width)
        about = {"numbering": self.numbering, "place": "text", "width": width}
        self.add(*paragraphs(html, look=look, **about, **text_look))

    def table(self, found: Table, *, with_title: bool = True):
        if with_title and found.title:
            self.heading(found.title, 2)
        if found.subtitle:
            self.line(found.subtitle, "Subjudul")
        size = table_size(self.document)
        self.add(table.element(found, self.numbering, self.text_width, size, self.tick))
        for note in found.notes:
            self.line(note, "CatatanTabel")
        for warning in found.warnings:
            loud = run("Perhatian:", bold=True)
            words = run(f" {printable(warning)}")
            self.add(paragraph(loud, words, style="CatatanTabel"))
        if not (found.notes or found.warnings):  # Word joins tables without a gap
            self.add(paragraph(style="CatatanTabel"))

    def prose(self, passage: Prose):
        self.heading(passage.heading, passage.level)
        if passage.html:
            self.rich(passage.html)
        for figure in passage.figures:
            self.figure(figure)

    def figure(self, figure: Figure):
        shown = self.picture(figure.data_uri, figure.caption, self.text_width, MOST_HEIGHT)
        if shown is not None:
            self.add(paragraph(shown, style="Normal", keep_next=True, align="center"))
        self.line(f"(Keterangan gambar: {figure.caption})", "Caption")

    def picture(self, uri: str | None, alt: str, most_width: float, most_height: float):
        """Returns a run; None when the picture cannot be read."""
        sizes = {"most_width": most_width, "most_height": most_height}
        return picture(self.document.part, uri, alt=alt, **sizes)
