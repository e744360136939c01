"""The tags of a PDF: headings, tables, lists, pictures, links."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

HEADINGS = {f"H{level}": level for level in range(1, 7)}
STANDARD = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"),
    *("NonStruct", "Private", "P", "H", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD"),
    *("THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link"),
    *("Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    *HEADINGS,
}
# Which tags a tag may hold, and which may hold it (ISO 14289-1, 7.2).
KIDS = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
}
PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
}
MAX_STRING = 32_767  # bytes (ISO 19005-3, 6.1.13)


@dataclass(slots=True, eq=False)
class Node:
    """A tag with its children. `marks` are the (page, MCID) of its content, `objects` its annotations."""

    type: str
    element: Dictionary
    parent: "Node | None" = None
    kids: list["Node"] = field(default_factory=list)
    marks: list[tuple[Any, int]] = field(default_factory=list)
    objects: list[tuple[int, int]] = field(default_factory=list)


def tree(pdf: pikepdf.Pdf) -> list[Node]:
    """Returns all tags in reading order."""
    root = pdf.Root.get(Name.StructTreeRoot)
    if root is None or Name.K not in root:
        return []
    found: list[Node] = []
    waiting = [(kid, None) for kid in reversed(_listed(root.K))]
    while waiting:
        element, parent = waiting.pop()
        if (kind := element.get(Name.S)) is None:
            _refer(element, parent)
            continue
        node = Node(str(kind)[1:], element, parent)
        found.append(node)
        if parent:
            parent.kids.append(node)
        kids = _listed(element.get(Name.K, ()))
        if numbers := [kid for kid in kids if isinstance(kid, int)]:
            page = element.Pg.objgen
            node.marks += [(page, number) for number in numbers]
        if len(numbers) < len(kids):
            waiting += [(kid, node) for kid in reversed(kids) if not isinstance(kid, int)]
    return found


def _refer(reference, node):
    """Adds to the tag the content or the annotation that it refers to."""
    if reference.get(Name.Type) == Name.OBJR:
        node.objects.append(reference.Obj.objgen)
    else:
        page = reference.get(Name.Pg) or node.element.Pg
        node.marks.append((page.objgen, int(reference.MCID)))


def _listed(kids):
    return list(kids) if isinstance(kids, (Array, tuple)) else [kids]


def is_rooted(reading) -> Iterator[str]:
    if not reading.nodes:
        yield "there are no tags"


def types_are_standard(reading) -> Iterator[str]:
    for node in reading.nodes:
        if node.type not in STANDARD:
            yield f"{node.type} is no standard type"


def tags_are_nested(reading) -> Iterator[str]:
    for node in reading.nodes:
        above = node.parent.type if node.parent else "the root"
        if node.type in PARENTS and above not in PARENTS[node.type]:
            yield f"{node.type} in {above}"
        if node.type in KIDS and (wrong := {kid.type for kid in node.kids} - KIDS[node.type]):
            yield f"{', '.join(sorted(wrong))} in {node.type}"
        if Name.P not in node.element:
            yield f"{node.type} without its parent"


def tables_have_one_head(reading) -> Iterator[str]:
    for node in reading.nodes:
        kids = [kid.type for kid in node.kids]
        if node.type == "Table" and max(kids.count(part) for part in ("THead", "TFoot")) > 1:
            yield "a table with two heads or two feet"
        if node.type == "Table" and "TBody" not in kids and ("THead" in kids or "TFoot" in kids):
            yield "a table with a head or foot and without a body"


def rows_are_equally_long(reading) -> Iterator[str]:
    for node in reading.nodes:
        if node.type == "Table" and len(lengths := set(_lengths(_rows(node)))) > 1:
            yield f"rows of {' and '.join(map(str, sorted(lengths)))} columns"


def _rows(table):
    for kid in table.kids:
        yield from [kid] if kid.type == "TR" else kid.kids if kid.type in KIDS else []


def _lengths(rows) -> Iterator[int]:
    """Yields the number of columns of each row, those that reach down from the rows above included."""
    reaching: list[int] = []  # for each cell from above: how many more rows it reaches into
    for row in rows:
        length, still = len(reaching), [left - 1 for left in reaching if left > 1]
        for cell in row.kids:
            columns, down = (_span(cell, name) for name in ("ColSpan", "RowSpan"))
            length += columns
            still += [down - 1] * columns if down > 1 else []
        reaching = still
        yield length


def _span(cell, name):
    return int(cell.element.get(Name.A, Dictionary()).get(f"/{name}", 1))


def heads_say_of_what(reading) -> Iterator[str]:
    scopes = (Name.Column, Name.Row, Name.Both)
    for node in reading.nodes:
        if (
            node.type == "TH"
            and node.element.get(Name.A, Dictionary()).get(Name.Scope) not in scopes
        ):
            yield "a head cell without a scope"


def pictures_are_described(reading) -> Iterator[str]:
    for node in reading.nodes:
        if node.type in ("Figure", "Formula") and not str(node.element.get(Name.Alt, "")).strip():
            yield f"a {node.type} without an alternative text"


def headings_are_in_order(reading) -> Iterator[str]:
    return wrong_headings([HEADINGS[node.type] for node in reading.nodes if node.type in HEADINGS])


def wrong_headings(levels: list[int]) -> Iterator[str]:
    for before, level in pairwise([0, *levels]):
        if level > before + 1:
            yield f"H{level} after {f'H{before}' if before else 'nothing'}"


def content_belongs_to_tags(reading) -> Iterator[str]:
    known = {mark for node in reading.nodes for mark in node.marks}
    for page, number in reading.drawn.marks:
        if (page, number) not in known:
            yield f"marked content {number} belongs to no tag"


def strings_are_short(reading) -> Iterator[str]:
    for node in reading.nodes:
        if node.type != "Figure":
            continue
        for name in (Name.Alt, Name.ActualText, Name.E):
            if len(bytes(node.element.get(name, pikepdf.String("")))) > MAX_STRING:
                yield f"a {name} of more than {MAX_STRING} bytes"
