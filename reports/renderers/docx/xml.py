"""Elements of WordprocessingML, written as short as HTML."""

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement


def w(tag: str, *children, **attributes):
    """`w("jc", val="center")` is <w:jc w:val="center"/>; children that are None are left out."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


def run(text: str, *, bold: bool = False, italic: bool = False, color: str = ""):
    """A stretch of text; its line breaks are kept. `text` holds no control characters."""
    looks = [
        w("b") if bold else None,
        w("bCs") if bold else None,
        w("i") if italic else None,
        w("iCs") if italic else None,
        w("color", val=color) if color else None,
    ]
    found = w("r", w("rPr", *looks) if bold or italic or color else None)
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        if number:
            found.append(w("br"))
        for position, piece in enumerate(line.split("\t")):
            if position:
                found.append(w("tab"))
            if piece:
                found.append(_text(piece))
    return found


def _text(words):
    element = w("t")
    element.text = words
    element.set(qn("xml:space"), "preserve")
    return element


def paragraph(*content, style: str, keep_next: bool = False, align: str = ""):
    """`content` are runs; `style` is the id of a style of `base/`."""
    look = w(
        "pPr",
        w("pStyle", val=style),
        w("keepNext") if keep_next else None,
        w("jc", val=align) if align else None,
    )
    return w("p", look, *content)


def field(code: str):
    """Runs of a field that the word processor fills in, such as PAGE."""
    instruction = w("instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    marks = [w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
    begin, separate, end = marks
    return [begin, w("r", instruction), separate, run("1"), end]
