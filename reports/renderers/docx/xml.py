"""Short functions that build elements of WordprocessingML."""

from copy import deepcopy

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement


def w(tag: str, *children, **attributes):
    """Returns an element: `w("jc", val="center")` is <w:jc w:val="center"/>. Children that are None are
    skipped.
    """
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


def run(text: str, *, bold=False, italic=False, underline=False, base=None):
    """Returns a run. Line breaks of the text are kept. `text` must not contain control characters.

    `base` is the w:rPr to start with.
    """
    look = w("rPr") if base is None else deepcopy(base)
    if bold:
        look.get_or_add_b(), look.get_or_add_bCs()
    if italic:
        look.get_or_add_i(), look.get_or_add_iCs()
    if underline:
        look.get_or_add_u().set(qn("w:val"), "single")
    found = w("r", look if len(look) else None)
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
    """Returns a paragraph. `content` are runs; `style` is the id of a style of `base/`."""
    look = w(
        "pPr",
        w("pStyle", val=style),
        w("keepNext") if keep_next else None,
        w("jc", val=align) if align else None,
    )
    return w("p", look, *content)


def field(code: str, shown: str = "1"):
    """Returns the runs of a field that Word fills in, such as PAGE. `shown` stands there until then."""
    instruction = w("instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    marks = [w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
    begin, separate, end = marks
    return [begin, w("r", instruction), separate, run(shown), end]
