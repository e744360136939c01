"""The file as a whole: its objects, actions, notes on pages, attachments and what it says of itself."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from pikepdf import Array, Dictionary, Name

FILTERS = {
    *("ASCIIHexDecode", "ASCII85Decode", "FlateDecode", "RunLengthDecode", "CCITTFaxDecode"),
    *("JBIG2Decode", "DCTDecode", "JPXDecode"),
}
ACTIONS = {"GoTo", "GoToR", "GoToE", "Thread", "URI", "Named", "SubmitForm"}
NAMED = {"NextPage", "PrevPage", "FirstPage", "LastPage"}
NOTES = {"Link", "Widget", "Popup"}  # the kinds of annotation that our files may have
PRINTED, HIDDEN = 4, 1 | 2 | 32 | 256  # flags of an annotation (ISO 32000-1, table 165)
SIDES = (3, 14_400)  # points
MOST_OBJECTS = 8_388_607
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
MEDIA_TYPE = re.compile(r"/[-\w+.]+/[-\w+.]+")
SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


def file_is_open(reading) -> Iterator[str]:
    """ISO 19005-3, 6.1.3 and 6.1.13."""
    pdf = reading.pdf
    if pdf.is_encrypted:
        yield "an encrypted file"
    if not "1.0" <= pdf.pdf_version <= "1.7":
        yield f"PDF {pdf.pdf_version}"
    if len(pdf.objects) > MOST_OBJECTS:
        yield "too many objects"
    for page in pdf.pages:
        width, height = (
            abs(float(page.mediabox[at + 2]) - float(page.mediabox[at])) for at in (0, 1)
        )
        if not all(SIDES[0] <= side <= SIDES[1] for side in (width, height)):
            yield "a page that is too small or too large"


def streams_are_inside(reading) -> Iterator[str]:
    """ISO 19005-3, 6.1.7."""
    for stream in reading.streams:
        if {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()):
            yield "a stream outside the file"
        filters = stream.get(Name.Filter, ())
        for one in filters if isinstance(filters, (Array, tuple)) else [filters]:
            if str(one)[1:] not in FILTERS:
                yield f"the filter {one}"


def nothing_acts(reading) -> Iterator[str]:
    """ISO 19005-3, 6.4, 6.5, 6.10 and 6.11."""
    root = reading.pdf.Root
    forbidden = {"/AA", "/NeedsRendering", "/Requirements"} & set(root.keys())
    form = root.get(Name.AcroForm, Dictionary())
    forbidden |= {"/XFA"} & set(form.keys())
    if form.get("/NeedAppearances", False):
        forbidden.add("/NeedAppearances")
    forbidden |= {"/AlternatePresentations", "/JavaScript"} & set(
        root.get(Name.Names, Dictionary())
    )
    for page in reading.pdf.pages:
        forbidden |= {"/AA", "/PresSteps"} & set(page.obj.keys())
    yield from sorted(forbidden)
    for action in _actions(reading):
        kind = str(action.get(Name.S, "/none"))[1:]
        if kind not in ACTIONS or (kind == "Named" and str(action.get(Name.N))[1:] not in NAMED):
            yield f"the action {kind}"


def _actions(reading):
    holders = [reading.pdf.Root, *(note for _, note in reading.annotations)]
    holders += [one for one in reading.dictionaries if Name.Title in one and Name.Parent in one]
    waiting = [holder[key] for holder in holders for key in ("/A", "/OpenAction") if key in holder]
    waiting += [one for one in reading.dictionaries if one.get(Name.Type) == Name.Action]
    waiting += [one for one in reading.dictionaries if "/JS" in one]
    while waiting:
        action = waiting.pop()
        if not isinstance(action, Dictionary):
            continue  # a place in the document
        yield action
        following = action.get(Name.Next, ())
        waiting += following if isinstance(following, (Array, tuple)) else [following]


def notes_are_printed(reading) -> Iterator[str]:
    """ISO 19005-3, 6.3."""
    for _page, note in reading.annotations:
        kind, flags = str(note.get(Name.Subtype))[1:], int(note.get(Name.F, 0))
        if kind not in NOTES:
            yield f"an annotation of the kind {kind}"
        elif kind != "Popup" and (not flags & PRINTED or flags & HIDDEN):
            yield f"a {kind} that is not printed"
        if kind == "Widget" and ({"/A", "/AA"} & set(note.keys()) or not _is_drawn(note)):
            yield "a field with an action or without appearance"


def _is_drawn(note):
    sides = [float(side) for side in note.get(Name.Rect, (0, 0, 0, 0))]
    is_empty = sides[0] == sides[2] and sides[1] == sides[3]
    return is_empty or set(note.get(Name.AP, Dictionary()).keys()) == {"/N"}


def links_are_tagged(reading) -> Iterator[str]:
    """ISO 14289-1, 7.18."""
    owners = {key: node for node in reading.nodes for key in node.objects}
    for page, note in reading.annotations:
        if _is_outside(page, note):
            continue  # such as the field of a signature that is not drawn
        kind, owner = str(note.get(Name.Subtype))[1:], owners.get(note.objgen)
        if page.obj.get(Name.Tabs) != Name.S:
            yield "a page whose links are not in the order of the tags"
        if kind == "Link" and (owner is None or owner.type != "Link"):
            yield "a link without its tag"
        if kind == "Link" and not str(note.get(Name.Contents, "")).strip():
            yield "a link without words"
        if kind == "Widget" and (owner is None or owner.type != "Form" or Name.TU not in note):
            yield "a field without tag or words"


def _is_outside(page, note):
    left, bottom, right, top = page.cropbox
    x1, y1, x2, y2 = note.Rect
    return (
        max(x1, x2) <= left or min(x1, x2) >= right or max(y1, y2) <= bottom or min(y1, y2) >= top
    )


def attachments_have_their_relation(reading) -> Iterator[str]:
    """ISO 19005-3, 6.8."""
    listed = [reading.pdf.Root, *(page.obj for page in reading.pdf.pages)]
    listed += [node.element for node in reading.nodes if Name.AF in node.element]
    known = {one.objgen for holder in listed for one in holder.get(Name.AF, ())}
    for found in reading.dictionaries:
        if Name.EF not in found:
            continue
        if not (str(found.get(Name.F, "")) and str(found.get(Name.UF, ""))):
            yield "an attachment without a name"
        if Name.AFRelationship not in found or found.objgen not in known:
            yield "an attachment without its relationship"
        if not MEDIA_TYPE.fullmatch(str(found.EF.F.get(Name.Subtype, ""))):
            yield "an attachment without its media type"


def layers_are_named(reading) -> Iterator[str]:
    """ISO 19005-3, 6.9. Our files have none."""
    if "/OCProperties" in reading.pdf.Root:
        yield "optional content, into which nobody looks"


def it_is_tagged(reading) -> Iterator[str]:
    marks = reading.pdf.Root.get(Name.MarkInfo, Dictionary())
    if not marks.get("/Marked", False) or marks.get("/Suspects", False):
        yield "a file that is not marked as tagged"


def language_is_known(reading) -> Iterator[str]:
    if not LANGUAGE.fullmatch(str(reading.pdf.Root.get(Name.Lang, ""))):
        yield "no language"


def title_is_shown(reading) -> Iterator[str]:
    """ISO 14289-1, 7.1."""
    if not reading.pdf.Root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "a title that is not shown"
    packet = _packet(reading)
    if (
        packet is None
        or not "".join(
            word for title in packet.iter(f"{{{SPACES['dc']}}}title") for word in title.itertext()
        ).strip()
    ):
        yield "no title"


def it_says_pdf_a(reading) -> Iterator[str]:
    """ISO 19005-3, 6.6.2 and 6.6.4."""
    metadata = reading.pdf.Root.get(Name.Metadata)
    if metadata is None or metadata.get(Name.Type) != Name.Metadata:
        yield "no metadata"
        return
    head = metadata.read_bytes().split(b"?>")[0]
    if b"bytes=" in head or b"encoding=" in head:
        yield "a metadata packet with a forbidden attribute"
    packet = _packet(reading)
    if packet is None:
        yield "metadata that cannot be read"
    elif (_said(packet, "pdfaid", "part"), _said(packet, "pdfaid", "conformance")) != ("3", "A"):
        yield "no identification"
    elif _said(packet, "pdfuaid", "part") and "pdfaExtension" not in str(metadata.read_bytes()):
        yield "a property without its schema"


def it_says_pdf_ua(reading) -> Iterator[str]:
    """ISO 14289-1, 5."""
    packet = _packet(reading)
    if packet is None or _said(packet, "pdfuaid", "part") != "1":
        yield "no identification"


def _packet(reading):
    """Metadata of other people's files is never read: only our own files come here."""
    try:
        return ElementTree.fromstring(reading.pdf.Root.Metadata.read_bytes())  # noqa: S314  of a PDF that we made
    except (ElementTree.ParseError, AttributeError):
        return None


def _said(packet, space, name):
    """Returns the value of a property, written as an attribute or as an element."""
    key = f"{{{SPACES[space]}}}{name}"
    for part in packet.iter():
        if key in part.attrib:
            return part.attrib[key]
        if part.tag == key:
            return (part.text or "").strip()
    return ""
