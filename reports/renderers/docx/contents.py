"""The table of contents of a Word document: a real field with its entries written already, so that it is
complete before anybody updates it.
"""

from dataclasses import dataclass

from reports.renderers.docx.xml import paragraph, run, twips, w
from sakip.text import printable

LEVELS = 4
CODE = f'TOC \\o "1-{LEVELS}" \\h \\z \\f'
FIRST_NAME = 100_000_000  # Word keeps names of this form to itself: _Toc and nine digits


@dataclass(frozen=True)
class ContentsLine:
    """`page` is None when it is not known."""

    name: str
    title: str
    level: int
    page: int | None = None


def name_of(number: int) -> str:
    """Returns the bookmark of the entry with this number."""
    return f"_Toc{FIRST_NAME + number}"


def element(heading: str, entries: list[ContentsLine], text_width: int):
    """Returns the field inside the frame in which Word shows its button to update it."""
    lines = [_line(entry, text_width) for entry in entries]
    if lines:
        first, last = lines[0], lines[-1]
        first.pPr.addnext(mark("separate"))
        first.pPr.addnext(_code(CODE))
        first.pPr.addnext(mark("begin"))
        last.append(mark("end"))
    kind = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    title = paragraph(run(heading), style="JudulIsi")
    return w("sdt", w("sdtPr", kind), w("sdtContent", title, *lines))


def _line(entry, text_width):
    line = paragraph(style=f"TOC{min(entry.level, LEVELS)}")
    stop = w("tab", val="right", leader="dot", pos=twips(text_width))
    line.pPr.insert_element_before(w("tabs", stop), "w:spacing", "w:ind", "w:jc")
    number = "" if entry.page is None else str(entry.page)
    line.append(
        w(
            "hyperlink",
            run(printable(entry.title)),
            run("\t"),
            mark("begin"),
            _code(f"PAGEREF {entry.name} \\h"),
            mark("separate"),
            run(number),
            mark("end"),
            anchor=entry.name,
            history=1,
        )
    )
    return line


def bookmark(line, name: str):
    """Puts the bookmark around the content of the paragraph."""
    number = int(name.removeprefix("_Toc")) - FIRST_NAME
    line.pPr.addnext(w("bookmarkStart", id=number, name=name))
    line.append(w("bookmarkEnd", id=number))


def hidden_entry(title: str, level: int) -> list:
    """Returns the runs of a TC field: an entry of the contents that is not a heading."""
    words = printable(title).replace('"', "”").replace("\\", "/")
    return [mark("begin"), _code(f'TC "{words}" \\l {level}'), mark("end")]


def mark(kind: str):
    return w("r", w("fldChar", fldCharType=kind))


def _code(text):
    instruction = w("instrText")
    instruction.text = f" {text} "
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return w("r", instruction)
