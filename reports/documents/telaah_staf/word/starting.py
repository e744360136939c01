"""The first template for an office: the program's own layout with placeholders for all texts."""

from docx.oxml.ns import qn

from reports.documents.telaah_staf.word import layout
from reports.documents.telaah_staf.word.letter import Letter
from reports.documents.telaah_staf.word.placeholders import BODY, PLACEHOLDERS, mark
from reports.renderers.docx.base import to_bytes
from reports.renderers.docx.xml import paragraph, run, w
from reports.tables.table import Paper, PrintedLetterhead, Report, Typeface


def starting_template(paper: Paper) -> bytes:
    values = {row.name: row.mark for row in PLACEHOLDERS}
    head = PrintedLetterhead(
        government=mark("kop_pemerintah"),
        body=mark("kop_badan"),
        address=mark("kop_alamat"),
        phone=mark("kop_telepon"),
        online=mark("kop_daring"),
    )
    report = Report(
        name="telaah-staf",
        title="Templat Telaah Staf",
        sections=[],
        letterhead=head,
        paper=paper,
        typeface=Typeface.SERIF,
    )
    letter = Letter(values, [mark("tembusan")], [], report)
    document, writer = layout.begin(letter, logo=run(mark("lambang")))
    _only_when(document, "mencabut")
    writer.line(mark(BODY), "TeksSurat")
    layout.signature(writer, values)
    return to_bytes(document)


def _only_when(document, name):
    """Puts the row that prints `name` between two rows with a condition, so that it appears only if
    filled.
    """
    (row,) = (
        row
        for row in document.element.body.iter(qn("w:tr"))
        if mark(name) in "".join(text.text or "" for text in row.iter(qn("w:t")))
    )
    for text, put in ((f"{{%tr if {name} %}}", row.addprevious), ("{%tr endif %}", row.addnext)):
        look = w("tcPr", w("gridSpan", val=3))
        put(w("tr", w("tc", look, paragraph(run(text), style="KepalaSurat"))))
