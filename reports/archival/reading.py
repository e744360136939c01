"""One finished PDF as the rules read it: each part is read once, when the first rule asks for it."""

from functools import cached_property

import pikepdf
from pikepdf import Dictionary, Name, Stream

from reports.archival import drawing, structure


class Reading:
    def __init__(self, pdf: pikepdf.Pdf, nodes: list[structure.Node] | None = None):
        self.pdf = pdf
        self.nodes = structure.tree(pdf) if nodes is None else nodes

    @cached_property
    def drawn(self) -> drawing.Drawn:
        return drawing.read(self.pdf)

    @cached_property
    def streams(self) -> list[Stream]:
        return [found for found in self.pdf.objects if isinstance(found, Stream)]

    @cached_property
    def dictionaries(self) -> list[Dictionary]:
        """All but the tags, which are most of them and are read as `nodes`."""
        tags = {node.element.objgen for node in self.nodes}
        return [
            found
            for found in self.pdf.objects
            if isinstance(found, Dictionary) and found.objgen not in tags
        ]

    @cached_property
    def annotations(self) -> list[tuple[pikepdf.Page, Dictionary]]:
        return [
            (page, annotation)
            for page in self.pdf.pages
            for annotation in page.obj.get(Name.Annots, ())
        ]
