"""The letterhead: the logo beside centred lines, with a thick and a thin line below."""

from reports.renderers.docx.pictures import picture
from reports.renderers.docx.xml import paragraph, run, twips, w
from reports.tables.table import PrintedLetterhead
from sakip import colours
from sakip.text import printable

LOGO = 23  # millimetres, maximum
ABOVE_LINE = 80  # twips
LINES = (
    ("government", "KopPemerintah"),
    ("body", "KopBadan"),
    ("address", "KopAlamat"),
    ("phone", "KopAlamat"),
    ("online", "KopAlamat"),
)


def elements(document, head: PrintedLetterhead, text_width: int, logo=None) -> list:
    """`logo` is a run; None means the logo of the letterhead."""
    lines = [
        paragraph(run(printable(text)), style=style)
        for name, style in LINES
        if (text := getattr(head, name))
    ]
    logo = picture_of(document.part, head) if logo is None else logo
    widths = [LOGO + 3, text_width - LOGO - 3] if logo is not None else [text_width]
    cells = [lines]
    if logo is not None:
        cells.insert(0, [paragraph(logo, style="KopAlamat")])
    row = w("tr", w("trPr", w("cantSplit")))
    for width, content in zip(widths, cells, strict=True):
        row.append(_cell(width, content))
    grid = w("tblGrid", *(w("gridCol", w=twips(width)) for width in widths))
    return [w("tbl", _look(text_width), grid, row), paragraph(style="KopAlamat")]


def picture_of(part, head: PrintedLetterhead):
    """Returns a run with the logo, or None when there is none."""
    return picture(
        part,
        head.logo,
        most_width=LOGO,
        most_height=LOGO,
        alt=f"Lambang {head.government}",
    )


def _look(text_width):
    line = w("bottom", val="thickThinSmallGap", sz=24, space=0, color=colours.digits(colours.BLACK))
    return w(
        "tblPr",
        w("tblW", w=twips(text_width), type="dxa"),
        w("tblBorders", line),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("bottom", w=ABOVE_LINE, type="dxa")),
    )


def _cell(width, content):
    look = w("tcPr", w("tcW", w=twips(width), type="dxa"), w("vAlign", val="center"))
    return w("tc", look, *content)
