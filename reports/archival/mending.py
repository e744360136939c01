"""Mends in the tags what WeasyPrint leaves open."""

import re

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree

from reports.archival.structure import Node, tree

MARK = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")


def mend(pdf: pikepdf.Pdf) -> list[Node]:
    """Returns the tags as they are now."""
    nodes = tree(pdf)
    if not nodes:
        return nodes
    for node in [node for node in nodes if node.type == "LI"]:
        _give_body(pdf, node, nodes)
    for node in nodes:
        if node.type == "TH":
            _give_scope(node)
        elif node.type == "TD" and Name.Headers in node.element.get(Name.A, ()):
            del node.element.A.Headers
    known = {mark for node in nodes for mark in node.marks}
    parents = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        _free_marks(page, known, parents)
    return nodes


def _give_body(pdf, item, nodes):
    """Puts what an item of a list holds beside its number into a body (ISO 14289-1, 7.2)."""
    loose = [kid for kid in item.kids if kid.type not in ("Lbl", "LBody")]
    if not loose or item.marks or item.objects:
        return
    body = Node("LBody", pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody)), item)
    body.element.P, body.element.Pg = item.element, item.element.Pg
    body.element.K = Array([kid.element for kid in loose])
    body.kids = loose
    for kid in loose:
        kid.parent, kid.element.P = body, body.element
    item.kids = [kid for kid in item.kids if kid not in loose] + [body]
    item.element.K = Array([kid.element for kid in item.kids])
    nodes.append(body)


def _give_scope(node):
    """A head cell says what it is the head of. WeasyPrint points at it from each cell instead, with names
    that are no longer unique when a long document is joined from pieces.
    """
    section = node.parent and node.parent.parent
    is_row = section is not None and section.type == "TBody"
    attributes = node.element.get(Name.A) or Dictionary(O=Name.Table)
    attributes.Scope = Name.Row if is_row else Name.Column
    node.element.A = attributes
    if Name.ID in node.element:
        del node.element.ID


def _free_marks(page, known, parents):
    """Makes artifacts of what is marked but belongs to no tag, such as the foot of the page."""
    if not isinstance(page.obj.get(Name.Contents), pikepdf.Stream):
        return  # a page that was joined from pieces: its foot is an artifact already
    content = page.Contents.read_bytes()
    loose = [
        int(number) for number in MARK.findall(content) if (page.objgen, int(number)) not in known
    ]
    if not loose:
        return
    free = {str(number).encode() for number in loose}
    page.Contents.write(
        MARK.sub(
            lambda found: b"/Artifact\nBMC" if found[1] in free else found[0],
            content,
        )
    )
    if (entries := parents.get(page.StructParents)) is not None:
        kept = [None if number in loose else entry for number, entry in enumerate(entries)]
        parents[page.StructParents] = Array(kept)
