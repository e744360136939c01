"""Sections of a Word document: upright and lying paper in turn, and a cover without page number."""

from copy import deepcopy

from docx.oxml.ns import qn

from reports.renderers.docx.xml import paragraph, twips, w
from reports.tables.table import MARGINS, Orientation, Paper


class Sections:
    """Writes at the end of `writer`. The section that is open takes what is written until `turn`."""

    def __init__(self, writer, paper: Paper):
        self._writer, self._paper = writer, paper
        self._orientation = Orientation.PORTRAIT
        self._last = writer.document.element.body.find(qn("w:sectPr"))

    def turn(self, orientation: Orientation, *, is_cover: bool = False):
        """Closes the section; the next one begins on a new page. `is_cover`: the closed one has no number."""
        look = deepcopy(self._last)
        if is_cover:
            look.append(w("titlePg"))
        _lay(look, self._paper, self._orientation)
        self._last_line().get_or_add_pPr().append(look)
        self._orientation = orientation
        width, _ = size(self._paper, orientation)
        self._writer.text_width = width - MARGINS["left"] - MARGINS["right"]
        _lay(self._last, self._paper, orientation)

    @property
    def orientation(self) -> Orientation:
        return self._orientation

    def _last_line(self):
        last = self._writer.last
        if last is None or last.tag != qn("w:p") or last.find(f".//{qn('w:sectPr')}") is not None:
            self._writer.add(paragraph(style="KopAlamat"))
        return self._writer.last


def size(paper: Paper, orientation: Orientation) -> tuple[int, int]:
    width, height = paper.value
    return (height, width) if orientation is Orientation.LANDSCAPE else (width, height)


def _lay(look, paper, orientation):
    page = look.find(qn("w:pgSz"))
    width, height = size(paper, orientation)
    page.set(qn("w:w"), str(twips(width)))
    page.set(qn("w:h"), str(twips(height)))
    page.attrib.pop(qn("w:orient"), None)
    if orientation is Orientation.LANDSCAPE:
        page.set(qn("w:orient"), "landscape")
