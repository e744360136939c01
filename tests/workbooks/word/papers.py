"""Word files as people send them, and the source document with its own faults."""

import re
from io import BytesIO

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HEAD = ["No", "Rekomendasi", "Tindak Lanjut/ Rencana Aksi", "Sudah/ Belum"]
ITALIC = re.compile(r"<i>(.*?)</i>")


def write(cell, text):
    """A line for each paragraph; <i> is italic."""
    for place, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        for number, piece in enumerate(ITALIC.split(line)):
            if piece:
                paragraph.add_run(piece).italic = bool(number % 2) or None


def add_table(document, rows, head=HEAD):
    rows = [head, *rows] if head else rows
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            write(cell, text)
    return table


def upload(document, name="tindak-lanjut.docx"):
    output = BytesIO()
    document.save(output)
    return SimpleUploadedFile(name, output.getvalue())


def paper(*rows, head=HEAD, title="TINDAK LANJUT LHE SAKIP TAHUN 2023"):
    document = docx.Document()
    document.add_paragraph(title)
    add_table(document, rows, head)
    return upload(document)


class Lists:
    """Automatic numbering: `begin` defines a list, `put` makes a paragraph one of its items."""

    def __init__(self, document):
        self.root = document.part.numbering_part.element
        self.next = 900

    def begin(self, *levels):
        """`levels` are pairs of format and text, such as ("lowerLetter", "%1.")."""
        self.next += 1
        abstract = _element("w:abstractNum", **{"w:abstractNumId": self.next})
        for depth, (kind, text) in enumerate(levels):
            level = _element("w:lvl", **{"w:ilvl": depth})
            for tag, value in (("start", 1), ("numFmt", kind), ("lvlText", text)):
                level.append(_element(f"w:{tag}", **{"w:val": value}))
            abstract.append(level)
        self.root.insert(0, abstract)
        return self.again(self.next)

    def again(self, abstract, start=None):
        """Another list of the same definition; it goes on counting unless it has a start."""
        self.next += 1
        num = _element("w:num", **{"w:numId": self.next})
        num.append(_element("w:abstractNumId", **{"w:val": abstract}))
        if start:
            override = _element("w:lvlOverride", **{"w:ilvl": 0})
            override.append(_element("w:startOverride", **{"w:val": start}))
            num.append(override)
        self.root.append(num)
        return self.next

    def put(self, paragraph, number, depth=0):
        properties = _element("w:numPr")
        properties.append(_element("w:ilvl", **{"w:val": depth}))
        properties.append(_element("w:numId", **{"w:val": number}))
        paragraph._p.get_or_add_pPr().append(properties)


def _element(tag, **attributes):
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name.replace("_", ":")), str(value))
    return element
