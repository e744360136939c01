"""Joins many PDFs into one: pages, feet, tags and bookmarks."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from reports import archival
from reports.typesetting import keeping
from reports.typesetting.pagination import PageRun

FOOT = b"Q /Artifact <</Type /Pagination>> BDC q /Foot Do Q EMC"


def stitch(base: bytes, sequence: list[PageRun], feet: list[bytes], judge) -> bytes:
    """Returns the joined PDF. `base` is a PDF that supplies the metadata; its own page is removed.

    `feet` has one page for each of `sequence`. `judge(pdf)` is called before it is written.
    """
    target = pikepdf.open(BytesIO(base))
    del target.pages[:]
    root = target.Root.StructTreeRoot
    root.K[0].K = Array()
    root.ParentTree.Nums = Array()
    for piece, pages in _stretches(sequence):
        with pikepdf.open(BytesIO(piece.content)) as source:
            _append(target, source, pages, has_feet=piece.has_feet)
    _add_feet(target, feet)
    _add_bookmarks(target, sequence)
    judge(target)
    return archival.saved(target)


def _stretches(sequence):
    """Yields (piece, [page, …]) for runs of one piece that follow each other."""
    found = []
    for run in sequence:
        if found and found[-1][0] is run.piece and found[-1][1][-1] == run.pages.start - 1:
            found[-1][1].extend(run.pages)
        else:
            found.append((run.piece, list(run.pages)))
    return found


def _append(target, source, numbers, *, has_feet):
    """Adds pages with their tags. The tags of omitted pages are omitted too. Tags never continue from one
    page to another, because WeasyPrint starts new ones on each page.
    """
    first = len(target.pages)
    tags = source.Root.StructTreeRoot
    pages = [source.pages[number] for number in numbers]
    if has_feet:
        for page in pages:
            _remove_foot(page.obj)
    mapped = [source.make_indirect(tags.ParentTree.Nums[2 * number + 1]) for number in numbers]
    document = tags.K[0]
    kept = {page.obj.objgen for page in pages}
    document.K = Array([element for element in document.K if element.Pg.objgen in kept])
    del document["/P"]  # otherwise all omitted pages would be copied too
    target.pages.extend(pages)
    copy = target.copy_foreign(document)
    body = target.Root.StructTreeRoot.K[0]
    for element in copy.K:
        element.P = body
        body.K.append(element)
    entries = target.Root.StructTreeRoot.ParentTree.Nums
    for number, elements in enumerate(mapped, start=first):
        target.pages[number].obj.StructParents = number
        entries.append(number)
        entries.append(target.copy_foreign(elements))


def _remove_foot(page):
    """Undoes `_add_feet`."""
    page.Contents = page.Contents[1]
    del page.Resources.XObject[Name.Foot]
    if not page.Resources.XObject.keys():
        del page.Resources[Name.XObject]


def _add_feet(target, feet):
    before = target.make_stream(b"q")
    after = target.make_stream(FOOT)
    number = 0
    for content in feet:
        with pikepdf.open(BytesIO(content)) as source:
            for foot in source.pages:
                page = target.pages[number].obj
                resources = Dictionary(page.Resources)
                pictures = Dictionary(resources.get(Name.XObject, Dictionary()))
                pictures.Foot = target.copy_foreign(foot.as_form_xobject())
                resources.XObject = pictures
                page.Resources = resources
                page.Contents = Array([before, page.Contents, after])
                number += 1


def _add_bookmarks(target, sequence):
    with target.open_outline() as outline:
        branches = [(0, outline.root)]  # (level, children) from the root to the last bookmark
        for level, label, page, x, y in keeping.bookmarks(sequence):
            item = OutlineItem(label, page, "XYZ", left=x, top=y, zoom=0)
            while branches[-1][0] >= level:
                branches.pop()
            branches[-1][1].append(item)
            branches.append((level, item.children))
