"""The program's own Word layout of a Telaah Staf, equal to `reports/print/telaah_staf.html`."""

from docx.oxml.ns import qn

from reports.documents.telaah_staf.word.letter import Letter, LetterText, Section
from reports.renderers.docx import Writer, letterhead
from reports.renderers.docx.base import new_document, to_bytes
from reports.renderers.docx.numbering import in_list
from reports.renderers.docx.prose import AFTER_NUMBER
from reports.renderers.docx.xml import paragraph, run, twips, w
from reports.tables.table import Table
from sakip import colours
from sakip.text import printable

SIZED = ("Heading2", "TeksSurat", "KepalaSurat", "TandaTangan")  # styles that follow the type size
LABELS = 24, 5  # widths in millimetres of the labels in the head and of the colons
ABOVE_SIGNATURE = 320  # twips
INCOMPLETE = "[Kalimat ini terputus dan belum dilengkapi.]"
ROWS_OF_HEAD = (
    ("Tanggal", "tanggal"),
    ("Nomor", "nomor"),
    ("Lampiran", "lampiran"),
    ("Perihal", "perihal"),
)


def render(letter: Letter) -> bytes:
    document, writer = begin(letter)
    sections(writer, letter.sections)
    keep_with_next(writer.last)
    signature(writer, letter.values)
    return to_bytes(document)


def begin(letter: Letter, logo=None):
    """Writes everything above the first section. `logo` is a run that is used in place of the letterhead's
    logo.
    """
    report = letter.report
    document = new_document(report)
    for style in document.styles.element.findall(qn("w:style")):
        if style.get(qn("w:styleId")) in SIZED:
            for tag in ("w:sz", "w:szCs"):
                style.find(f"w:rPr/{tag}", style.nsmap).set(qn("w:val"), str(letter.type_size * 2))
    writer = Writer(document, report.text_width)
    head(writer, letter, logo)
    return document, writer


def head(writer: Writer, letter: Letter, logo=None):
    """Writes the letterhead, the title and the rows below it."""
    report = letter.report
    if kop := report.letterhead:
        writer.add(*letterhead.elements(writer.document, kop, report.text_width, logo))
    title = run(printable(letter.values["judul"]), underline=True)
    writer.add(paragraph(title, style="Heading1"))
    writer.add(_head(letter), _rule())


def sections(writer: Writer, found: list[Section], **look):
    """Writes the sections. Word numbers the headings I., II., … For `look` see `parts`."""
    number = writer.numbering.begin("I", place="heading") if found else None
    for section in found:
        line = paragraph(run(printable(section.heading)), style="Heading2")
        line.pPr.insert_element_before(in_list(number, 0), *AFTER_NUMBER)
        writer.add(line)
        parts(writer, section.parts, **look)


def parts(writer: Writer, found: list[LetterText | Table], **look):
    """Writes the parts of a section. `look` is passed to `Writer.rich`; default: the letter's text style."""
    for part in found:
        if isinstance(part, Table):
            keep_with_next(writer.last)
            writer.table(part)
            continue
        writer.rich(part.html, "TeksSurat", **look)
        if part.is_incomplete:
            writer.rich(f"<p><em>{INCOMPLETE}</em></p>", "TeksSurat", **look)


def signature(writer: Writer, values: dict[str, str]):
    """Writes the signature block. It stays on one page: each line except the last is kept with the next."""
    lines = [
        *([run(printable(line))] for line in f"{values['jabatan']},".split("\n")),
        *([], [], []),
        [run(printable(values["nama"]), bold=True, underline=True)],
        [run(printable(values["pangkat"]))],
        [run(printable(f"NIP {values['nip']}"))],
    ]
    for content in lines:
        line = paragraph(*content, style="TandaTangan", keep_next=content is not lines[-1])
        if content is lines[0]:
            line.pPr.insert_element_before(w("spacing", before=ABOVE_SIGNATURE), "w:ind", "w:jc")
        writer.add(line)


def keep_with_next(line):
    if line is not None and line.tag == qn("w:p"):
        line.get_or_add_pPr().get_or_add_keepNext()


def _head(letter):
    values, copies = letter.values, letter.copies
    rows = [("Kepada", values["kepada"]), ("Dari", values["dari"])]
    mark = "- " if len(copies) > 1 else ""
    rows += [("" if n else "Tembusan", f"{mark}{copy}") for n, copy in enumerate(copies)]
    rows += [(label, values[name]) for label, name in ROWS_OF_HEAD]
    if values["mencabut"]:
        rows.append(("Mencabut", values["mencabut"]))
    total = letter.report.text_width
    widths = [*LABELS, total - sum(LABELS)]
    look = w(
        "tblPr",
        w("tblW", w=twips(total), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa")),
    )
    table = w("tbl", look, w("tblGrid", *(w("gridCol", w=twips(width)) for width in widths)))
    for label, text in rows:
        table.append(_row(widths, (label, ":" if label else "", text)))
    return table


def _rule():
    """Returns a paragraph with a line. A table border would disappear if an office deletes the last row."""
    line = paragraph(style="KopAlamat")
    border = w("pBdr", w("top", val="single", sz=8, space=1, color=colours.digits(colours.BLACK)))
    height = w("spacing", before=60, after=0, line=120, lineRule="exact")
    for look in (border, height):
        line.pPr.insert_element_before(look, "w:spacing", "w:ind", "w:jc", "w:rPr")
    return line


def _row(widths, texts):
    row = w("tr", w("trPr", w("cantSplit")))
    for width, text in zip(widths, texts, strict=True):
        look = w("tcPr", w("tcW", w=twips(width), type="dxa"))
        row.append(w("tc", look, paragraph(run(printable(text)), style="KepalaSurat")))
    return row
