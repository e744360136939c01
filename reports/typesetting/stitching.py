"""Joins many PDFs into one: pages, feet, tags and bookmarks."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

FOOT = b"Q /Artifact <</Type /Pagination>> BDC q /Foot Do Q EMC"


def stitch(base: bytes, sequence, feet: list[bytes]) -> bytes:
    """Returns the joined PDF. `base` is a PDF that supplies the metadata; its own page is removed.

    `sequence` is a list of (piece, page) from `pagination.sequence`; `feet` has one page for each.
    """
    target = pikepdf.open(BytesIO(base))
    del target.pages[:]
    root = target.Root.StructTreeRoot
    root.K[0].K = Array()
    root.ParentTree.Nums = Array()
    for piece, pages in _runs(sequence):
        with pikepdf.open(BytesIO(piece.content)) as source:
            _append(target, source, pages)
    _add_feet(target, feet)
    _add_bookmarks(target, sequence)
    output = BytesIO()
    target.save(
        output,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        fix_metadata_version=False,  # PDF/A requires the metadata unchanged
    )
    return output.getvalue()


def _runs(sequence):
    """Yields (piece, [page, …]) for pages that follow each other."""
    runs = []
    for piece, page in sequence:
        if runs and runs[-1][0] is piece and runs[-1][1][-1] == page - 1:
            runs[-1][1].append(page)
        else:
            runs.append((piece, [page]))
    return runs


def _append(target, source, numbers):
    """Adds pages with their tags. The tags of omitted pages are omitted too. Tags never continue from one
    page to another, because WeasyPrint starts new ones on each page.
    """
    first = len(target.pages)
    tags = source.Root.StructTreeRoot
    pages = [source.pages[number] for number in numbers]
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
        for number, (piece, page) in enumerate(sequence):
            for level, label, found_on, x, y in piece.bookmarks:
                if found_on != page:
                    continue
                item = OutlineItem(label, number, "XYZ", left=x, top=y, zoom=0)
                while branches[-1][0] >= level:
                    branches.pop()
                branches[-1][1].append(item)
                branches.append((level, item.children))
