"""Reads the XML of an Office file as a stream: its content types, its relations, the fields of its text."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit
from xml.parsers import expat

from sakip.uploads.archive import ArchiveRefused, Fault

MOST_ELEMENTS = 1_000_000
DEEPEST = 256  # elements within one another; lxml, which reads these files later, stops there too
FOREIGN_RELATIONS = {  # what they lead to is refused, wherever it lies
    "control": Fault.EMBEDDED,
    "activexcontrol": Fault.EMBEDDED,
    "activexcontrolbinary": Fault.EMBEDDED,
    "afchunk": Fault.EMBEDDED,
    "subdocument": Fault.EMBEDDED,
    "frame": Fault.OUTSIDE,
    "mailmergesource": Fault.OUTSIDE,
    "externallink": Fault.OUTSIDE,
    "externallinkpath": Fault.OUTSIDE,
    "vbaproject": Fault.MACRO,
    "wordvbadata": Fault.MACRO,
    "xlmacrosheet": Fault.MACRO,
    "xlintlmacrosheet": Fault.MACRO,
    "dialogsheet": Fault.MACRO,
}
OBJECTS = ("oleobject", "package")
PACKAGES = (".docx", ".xlsx", ".pptx")
LINKS = ("http", "https", "mailto", "")
RUNNING = re.compile(r"(javascript|vbscript|data|mhtml|shell|search|ms-.*)\Z")
# Fields that read another file or ask another program. INCLUDEPICTURE stays in pasted pages and is
# refused only where it leads to another machine.
READING = {"DDE", "DDEAUTO", "LINK", "INCLUDE", "INCLUDETEXT", "IMPORT", "DATABASE", "RD"}
MACHINE = re.compile(r'(?:https?|ftps?):|"\s*(?:\\\\|//)|file:/*(?![/a-z]*:)', re.IGNORECASE)
LOCAL = re.compile(r"file:/*[a-z](:|%3a|\|)|[a-z]:[\\/]", re.IGNORECASE)


def read_xml(pieces: Iterable[bytes], reader=None):
    """Raises ArchiveRefused for XML that is no XML, defines entities, or holds what `reader` refuses."""
    parser, counted = expat.ParserCreate(), _Counted(reader)
    parser.StartElementHandler, parser.EndElementHandler = counted.start, counted.end
    parser.StartDoctypeDeclHandler = _refuse_definitions
    if isinstance(reader, Fields):
        parser.buffer_text = True
        parser.CharacterDataHandler = reader.text
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ArchiveRefused(Fault.DAMAGED) from error
    if reader:
        reader.finish()


def _refuse_definitions(*_args):
    raise ArchiveRefused(Fault.DEFINITIONS)


@lru_cache(maxsize=1000)
def _bare(name):
    return name.rpartition(":")[2]


class _Counted:
    """Stops at more elements than any honest document has."""

    def __init__(self, reader):
        self.number = self.depth = 0
        self.begin = reader.start if reader else lambda name, attributes: None
        self.close = reader.end if isinstance(reader, Fields) else lambda name: None

    def start(self, name, attributes):  # a million times at most: it does as little as it can
        self.number += 1
        self.depth += 1
        if self.depth > DEEPEST:
            raise ArchiveRefused(Fault.DAMAGED)
        if self.number > MOST_ELEMENTS:
            raise ArchiveRefused(Fault.TOO_LARGE)
        self.begin(_bare(name), attributes)

    def end(self, name):
        self.depth -= 1
        self.close(_bare(name))


def types_in(pieces) -> set[str]:
    """The content types of all parts, in lower case."""
    types = _Types()
    read_xml(pieces, types)
    return types.found


class _Types:
    def __init__(self):
        self.found = set()

    def start(self, _name, attributes):
        self.found.add(attributes.get("ContentType", "").lower())

    def finish(self):
        self.found.discard("")


class ElementReader:
    """Refuses data that comes from elsewhere, except from the workbook itself."""

    def __init__(self, foreign: frozenset[str]):
        self.foreign = foreign

    def start(self, name, attributes):
        if name in self.foreign:
            source = attributes.get("connection", "")
            if not source.startswith("Data Model Connection"):
                raise ArchiveRefused(Fault.OUTSIDE, part=source[:80] or name)

    def finish(self):
        pass


class Relations:
    """Refuses relations that lead out of the file, other than the links that a reader clicks."""

    def __init__(self, is_bare: bool):
        self.is_bare = is_bare

    def start(self, name, attributes):
        if name != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        target = attributes.get("Target", "").strip()
        is_external = attributes.get("TargetMode", "").strip().lower() == "external"
        if kind == "attachedtemplate":
            self._check_template(target)
        elif kind == "hyperlink":
            if is_external:
                check_link(target, is_bare=self.is_bare)
        elif fault := FOREIGN_RELATIONS.get(kind):
            raise ArchiveRefused(fault, part=target)
        elif is_external or scheme_of(target):
            if target.upper() != "NULL":  # a picture that was lost before
                raise ArchiveRefused(Fault.OUTSIDE, part=target)
        elif kind in OBJECTS and (self.is_bare or not target.lower().endswith(PACKAGES)):
            raise ArchiveRefused(Fault.EMBEDDED, part=target)

    def _check_template(self, target):
        """Word names the template of the author's own disk in every document that was made from it."""
        if self.is_bare or not LOCAL.match(target):
            raise ArchiveRefused(Fault.TEMPLATE, part=target)

    def finish(self):
        pass


def scheme_of(target: str) -> str:
    """The scheme of an address. A path of a file or of a network counts as `file`."""
    if target.startswith(("\\", "//")):
        return "file"
    try:
        return urlsplit(target.strip()).scheme.lower()
    except ValueError:
        return "unknown"


def check_link(target: str, *, is_bare: bool):
    scheme = scheme_of(target)
    if scheme not in LINKS if is_bare else RUNNING.match(scheme):
        raise ArchiveRefused(Fault.LINK, part=target)


class Fields:
    """Refuses foreign elements, pictures from other addresses, and fields that read something else.

    The code of a field comes in pieces and is checked when it is complete.
    """

    def __init__(self, allowed, elements, is_bare):
        self.allowed, self.elements, self.is_bare = allowed, elements, is_bare
        self.codes: list[list[str]] = []  # of the open fields; empty once the result has begun
        self.is_code = False

    def start(self, name, attributes):
        if name in self.elements:
            raise ArchiveRefused(Fault.EMBEDDED, part=name)
        if "src" in attributes or "href" in attributes:
            self._check_address(name, attributes)
        if name in ("instrText", "delInstrText"):
            self.is_code = True
            if not self.codes:
                self.codes.append([])
        elif name == "fldSimple":
            self._check_code(_local(attributes, "instr"))
        elif name == "fldChar":
            self._mark(_local(attributes, "fldCharType"))

    def _mark(self, kind):
        if kind == "begin":
            if self.codes and self.codes[-1] and not "".join(self.codes[-1]).strip():
                # Another field would make up what this one does.
                raise ArchiveRefused(Fault.FIELD, part="QUOTE")
            self.codes.append([""])
        elif self.codes:
            self._check_code("".join(self.codes[-1]))
            self.codes[-1] = []
            if kind == "end":
                self.codes.pop()

    def end(self, name):
        if name in ("instrText", "delInstrText"):
            self.is_code = False

    def text(self, data):
        if self.is_code:
            self.codes[-1].append(data)

    def finish(self):
        for code in self.codes:
            self._check_code("".join(code))

    def _check_address(self, name, attributes):
        for kind in ("src", "href") if self.is_bare else ("src",):
            address = attributes.get(kind, "")
            is_foreign = address and not address.startswith("#") and name != "hyperlink"
            if is_foreign and (self.is_bare or scheme_of(address)):
                raise ArchiveRefused(Fault.OUTSIDE, part=address)

    def _check_code(self, code):
        words = code.replace("\\", " \\").split()
        word = words[0] if words else "="
        if word.upper() == "HYPERLINK":
            for target in re.findall(r'"([^"]*)"', code):
                check_link(target, is_bare=self.is_bare)
        if self.allowed is not None:
            is_refused = word.upper() not in self.allowed and not word.startswith("=")
        else:
            is_foreign_picture = word.upper() == "INCLUDEPICTURE" and MACHINE.search(code)
            is_refused = word.upper() in READING or bool(is_foreign_picture)
        if is_refused:
            raise ArchiveRefused(Fault.FIELD, part=word)


def _local(attributes, wanted):
    found = (value for name, value in attributes.items() if name.rpartition(":")[2] == wanted)
    return next(found, "")
