"""The dossier as a Word document that an office can edit: the same chapters with real headings, tables,
captions and table of contents. `document.py` gives the parts and the numbers of their pages.
"""

from collections.abc import Mapping

from docx.oxml.ns import qn

from reports.documents.dossier.parts import DossierPart
from reports.documents.telaah_staf.word import layout
from reports.renderers.docx import Writer, contents
from reports.renderers.docx.base import FONTS, new_document, to_bytes
from reports.renderers.docx.prose import remove
from reports.renderers.docx.sections import Sections
from reports.renderers.docx.xml import field, paragraph, run, twips, w
from reports.tables.table import CellKind, Column, Facts, Orientation, Prose, Report, Table
from reports.typesetting.stages import Stage
from sakip.text import printable

COVER_LOGO = 45  # millimetres
CELL, MOST_HEIGHT = 80, 100  # millimetres of a picture beside another one
WIDE_SIZE = 16  # half points
PAGE_BREAKS = {"indikator", "lampiran", "gambar", "berkas"}  # anchors of parts on a new page
APART_COLUMNS = (
    Column("Lampiran", "annex.number", CellKind.ID, width=13),
    Column("Untuk", "annex.reference", width=18),
    Column("Judul", "annex.evidence.title", width=33),
    Column("Berkas", "annex.revision.original_name", width=25),
    Column("Keterangan", "problem", width=30),
)


def render(dossier, pages: Mapping[str, int], progress) -> bytes:
    """`pages` holds the page number of each anchor."""
    report = Report(name="dossier", title=dossier.title, sections=(), paper=dossier.paper)
    document = new_document(report)
    writer = _DossierWriter(document, report, dossier)
    writer.cover()
    writer.contents(pages)
    for number, part in enumerate(dossier.parts, start=1):
        progress(Stage.WRITE, number, len(dossier.parts))
        writer.part(part)
    return to_bytes(document)


class _DossierWriter:
    def __init__(self, document, report, dossier):
        self.document, self.dossier = document, dossier
        self.writer = Writer(document, report.text_width)
        self.sections = Sections(self.writer, dossier.paper)
        self.names = {
            entry.anchor: contents.name_of(number)
            for number, entry in enumerate(dossier.entries, start=1)
        }
        self.pictures = 0
        left = document.styles.element.xpath("w:style[@w:styleId='Heading1']/w:pPr/w:jc")
        left[0].set(qn("w:val"), "left")

    # ── Cover and contents ──────────────────────────────────────────────────────────────────────
    def cover(self):
        head = self.dossier.cover
        logo = head and self.writer.picture(
            head.logo, f"Lambang {head.government}", COVER_LOGO * 1.8, COVER_LOGO
        )
        lines = [paragraph(logo, style="SampulJudul")] if logo is not None else []
        lines += [
            paragraph(run(line), style="SampulJudul")
            for line in ("Tindak Lanjut", "Rekomendasi", "LHE SAKIP")
        ]
        lines.append(paragraph(run(f"Tahun {self.dossier.year}"), style="SampulTahun"))
        names = [self.dossier.body, *([head.government] if head else [])]
        lines += [paragraph(run(printable(name)), style="SampulBadan") for name in names]
        _space(lines[0], 1900)
        if logo is not None:
            _space(lines[1], 1000)
        _space(lines[-len(names)], 3400)
        self.writer.add(*lines)
        self.sections.turn(Orientation.PORTRAIT, is_cover=True)

    def contents(self, pages):
        entries = [
            contents.ContentsLine(
                self.names[entry.anchor], entry.title, entry.level, pages.get(entry.anchor)
            )
            for entry in self.dossier.entries
        ]
        self.writer.add(contents.element("Daftar Isi", entries, self.writer.text_width))
        self.break_next = True

    # ── Parts ───────────────────────────────────────────────────────────────────────────────────
    def part(self, part: DossierPart):
        if part.letter is not None:
            self.letter(part)
            return
        if part.signature is not None:
            self.signature(part.signature)
            return
        self._turn(part)
        if part.heading:
            self.heading(part)
        for section in part.sections:
            self.section(section)
        if part.anchor == "nilai":
            _keep_whole(self.names[part.anchor], self.document)
        if part.pictures:
            self.picture_table(part)
        if part.apart:
            rows = [row for row in part.apart if row.problem]
            self.writer.table(Table(columns=APART_COLUMNS, rows=rows, name=part.title))

    def _turn(self, part):
        wanted = Orientation.LANDSCAPE if part.page == "landscape" else Orientation.PORTRAIT
        if wanted is not self.sections.orientation:
            self.sections.turn(wanted)
            self.break_next = False
        elif part.anchor in PAGE_BREAKS and part.level != 3:
            self.break_next = True

    def heading(self, part):
        line = self._heading(part.title, part.level)
        contents.bookmark(line, self.names[part.anchor])
        self.writer.add(line)
        if part.heading.rstrip(":") != part.title:
            self.writer.line(part.heading, "Pengantar")

    def _heading(self, title, level):
        line = paragraph(run(printable(title)), style=f"Heading{min(level, contents.LEVELS)}")
        self._break(line)
        return line

    def _break(self, line):
        if self.break_next:
            line.pPr.insert_element_before(w("pageBreakBefore"), *AFTER_BREAK)
        self.break_next = False

    def section(self, section: Table | Prose | Facts):
        if isinstance(section, Table):
            if section.title:
                self.writer.line(section.title, "Pengantar")
            before = self.writer.last
            self.writer.table(section, with_title=False)
            if self.sections.orientation is Orientation.LANDSCAPE:
                _shrink(before)
        elif isinstance(section, Prose):
            if section.html:
                (look,) = paragraph(style="Normal", align="both")
                self.writer.rich(section.html, look=look)
            for figure in section.figures:
                self.figure(figure)

    def signature(self, signature):
        """Keeps the last lines of the chapter before as company."""
        layout.keep_with_next(self.writer.last)
        day = paragraph(run(printable(signature.when)), style="TandaTangan", keep_next=True)
        _space(day, layout.ABOVE_SIGNATURE)
        self.writer.add(day)
        layout.signature(self.writer, signature.values)
        remove(day.getnext().pPr, "w:spacing")  # the day has it

    # ── Pictures ────────────────────────────────────────────────────────────────────────────────
    def figure(self, figure):
        shown = self.writer.picture(
            figure.data_uri, figure.caption, self.writer.text_width, MOST_HEIGHT
        )
        if shown is None:
            self.writer.line(f"(Keterangan gambar: {figure.caption})", "Caption")
            return
        self.writer.add(paragraph(shown, style="Normal", keep_next=True, align="center"))
        self.writer.add(self._caption(figure.caption))

    def _caption(self, text, *before):
        self.pictures += 1
        number = field("SEQ Gambar \\* ARABIC", str(self.pictures))
        return paragraph(
            *before, run("Gambar "), *number, run(f". {printable(text)}"), style="Caption"
        )

    def picture_table(self, part):
        width = twips(self.writer.text_width / 2)
        table = w(
            "tbl",
            w("tblPr", w("tblW", w=2 * width, type="dxa"), w("tblLayout", type="fixed")),
            w("tblGrid", w("gridCol", w=width), w("gridCol", w=width)),
        )
        for start in range(0, len(part.pictures), 2):
            row = w("tr", w("trPr", w("cantSplit")))
            cells = [self._picture_cell(one, part.level + 1) for one in part.pictures[start:][:2]]
            for content in [*cells, [paragraph(style="Caption")]][:2]:
                row.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *content))
            table.append(row)
        self.writer.add(table, paragraph(style="CatatanTabel"))

    def _picture_cell(self, enclosure, level):
        shown = self.writer.picture(
            enclosure.picture,
            enclosure.annex.evidence.title,
            min(CELL, self.writer.text_width / 2 - 4),
            MOST_HEIGHT,
        )
        entry = contents.hidden_entry(enclosure.title, level)
        caption = self._caption(enclosure.caption, *entry)
        contents.bookmark(caption, self.names[enclosure.anchor])
        return [paragraph(shown, style="Normal", keep_next=True, align="center"), caption]

    # ── The Telaah Staf ─────────────────────────────────────────────────────────────────────────
    def letter(self, part):
        self.sections.turn(Orientation.PORTRAIT)
        self.break_next = False
        before = self.writer.last
        if part.draft_mark:
            self.writer.line(part.draft_mark, "JudulSurat")
        layout.head(self.writer, part.letter)
        layout.sections(self.writer, part.letter.sections)
        layout.keep_with_next(self.writer.last)
        layout.signature(self.writer, part.letter.values)
        self._restyle(part, before)
        self.sections.turn(Orientation.PORTRAIT)

    def _restyle(self, part, before):
        """Fits the letter into the document: levels of its headings, entries of the contents, its font."""
        inner = iter(part.inner)
        for element in before.itersiblings():
            if element.tag == qn("w:sectPr"):
                break
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            kind = style.get(qn("w:val")) if style is not None else ""
            if kind == "Heading1":
                style.set(qn("w:val"), "JudulSurat")
                for piece in reversed(contents.hidden_entry(part.title, part.level)):
                    element.pPr.addnext(piece)
                contents.bookmark(element, self.names[part.anchor])
            elif kind == "Heading2":
                entry = next(inner)
                style.set(qn("w:val"), f"Heading{min(entry.level, contents.LEVELS)}")
                contents.bookmark(element, self.names[entry.anchor])
            _set_font(element, FONTS[part.letter.report.typeface])


# Elements that the schema puts after w:pageBreakBefore in a w:pPr.
AFTER_BREAK = ("w:framePr", "w:numPr", "w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _space(line, before):
    line.pPr.insert_element_before(w("spacing", before=before), "w:ind", "w:jc", "w:rPr")


def _shrink(before):
    """Sets the text of the wide tables after this element as small as the PDF does."""
    for table in before.itersiblings(qn("w:tbl")):
        for found in table.iter(qn("w:r")):
            look = found.get_or_add_rPr()
            look.extend([w("sz", val=WIDE_SIZE), w("szCs", val=WIDE_SIZE)])


def _keep_whole(name, document):
    """Keeps the rows of the table below this bookmark on one page: the scores are read as one."""
    (heading,) = document.element.body.xpath(f"w:p[w:bookmarkStart[@w:name='{name}']]")
    rows = next(heading.itersiblings(qn("w:tbl"))).tr_lst
    for row in rows[:-1]:
        for line in row.iter(qn("w:p")):
            layout.keep_with_next(line)


def _set_font(element, font):
    """The mark of a paragraph counts too: its number is written in that font."""
    looks = [found.get_or_add_rPr() for found in element.iter(qn("w:r"))]
    looks += [_look_of_mark(line) for line in element.iter(qn("w:p"))]
    for look in looks:
        if look.find(qn("w:rFonts")) is None:
            look.insert(0, w("rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font))


def _look_of_mark(line):
    around = line.get_or_add_pPr()
    if (look := around.find(qn("w:rPr"))) is None:
        look = w("rPr")
        around.insert_element_before(look, "w:sectPr", "w:pPrChange")
    return look


def pages_of(document) -> dict[str, int]:
    """Returns the page number of each anchor in a laid out document of WeasyPrint."""
    found = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            found.setdefault(anchor, number)
    return found
