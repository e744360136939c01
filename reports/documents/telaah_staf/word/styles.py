"""Adds to a document from elsewhere the styles that our paragraphs and tables use."""

from copy import deepcopy
from functools import cache
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from reports.documents.telaah_staf.word.layout import SIZED
from reports.renderers.docx.base import package

REFERENCES = ("w:pStyle", "w:tblStyle", "w:rStyle")


def adopt(document, elements):
    """Points `elements` to the document's own styles with the same name; adds the missing ones."""
    found = _Styles(document.styles.element)
    for element in elements:
        for reference in element.iter(*map(qn, REFERENCES)):
            reference.set(qn("w:val"), found.identify(reference.get(qn("w:val"))))


class _Styles:
    def __init__(self, root):
        self.root = root
        self.ids = {style.get(qn("w:styleId")) for style in root.findall(qn("w:style"))}
        self.by_name = {
            _name(style): style.get(qn("w:styleId")) for style in root.findall(qn("w:style"))
        }

    def identify(self, wanted):
        if wanted in self.ids or wanted not in _ours():
            return wanted
        style = _ours()[wanted]
        if _name(style) not in self.by_name:
            self._add(wanted, deepcopy(style))
        return self.by_name[_name(style)]

    def _add(self, identity, style):
        """Adds the style. A style whose size follows the letter is added without a size of its own."""
        for tag in ("w:basedOn", "w:next", "w:link"):
            for reference in style.findall(qn(tag)):
                reference.set(qn("w:val"), self.identify(reference.get(qn("w:val"))))
        if identity in SIZED:
            for size in style.xpath("w:rPr/w:sz | w:rPr/w:szCs"):
                size.getparent().remove(size)
        style.attrib.pop(qn("w:default"), None)
        self.root.append(style)
        self.ids.add(identity)
        self.by_name[_name(style)] = identity


def _name(style):
    return style.find(qn("w:name")).get(qn("w:val")).lower()


@cache
def _ours():
    root = Document(BytesIO(package())).styles.element
    return {style.get(qn("w:styleId")): style for style in root.findall(qn("w:style"))}
