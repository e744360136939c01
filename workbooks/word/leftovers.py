"""What a cell of a Word file holds beside its lines of text: said to the person, because it is not read."""

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from workbooks.word.losses import Loss

NOTES = {
    qn("w:footnoteReference"): (RELATIONSHIP_TYPE.FOOTNOTES, "w:footnote", "Catatan kaki"),
    qn("w:endnoteReference"): (RELATIONSHIP_TYPE.ENDNOTES, "w:endnote", "Catatan akhir"),
    qn("w:commentReference"): (RELATIONSHIP_TYPE.COMMENTS, "w:comment", "Komentar"),
}
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
HIDDEN = {
    qn("w:strike"): "Teks yang dicoret",
    qn("w:dstrike"): "Teks yang dicoret",
    qn("w:vanish"): "Teks tersembunyi",
}


class Leftovers:
    def __init__(self, document):
        self.part = document.part
        self.notes = {tag: self._notes(kind, name) for tag, (kind, name, _) in NOTES.items()}

    def _notes(self, kind, name):
        try:
            root = parse_xml(self.part.part_related_by(kind).blob)
        except KeyError:
            return {}
        return {note.get(qn("w:id")): text_of(note) for note in root.iterchildren(qn(name))}

    def sentences(self, element) -> list[str]:
        """About a cell: notes and struck words with their text, and how many pictures."""
        found = [
            Loss(
                f"{NOTES[one.tag][2]} “{self.notes[one.tag].get(one.get(qn('w:id')), '')}” tidak dibaca."
            )
            for one in element.iter(*NOTES)
        ]
        for run in element.iter(qn("w:r")):
            look = run.find(qn("w:rPr"))
            words = text_of(run)
            kinds = [HIDDEN[one.tag] for one in look if is_on(one)] if look is not None else []
            if words and kinds:
                found.append(Loss(f"{kinds[0]} “{words}” tidak dibaca."))
        if words := deleted(element):
            found.append(Loss(f"Teks yang dihapus dengan Lacak Perubahan “{words}” tidak dibaca."))
        if pictures := len(self.pictures(element)):
            found.append(Loss(f"{pictures} gambar di dalam sel tidak ikut dibaca."))
        if next(element.iter(qn("w:tbl")), None) is not None:
            found.append("Tabel di dalam sel dibaca sebagai tabel; periksa susunannya.")
        return found

    def pictures(self, element) -> list[str]:
        """The parts of the file that hold the pictures of an element."""
        found = []
        for one in element.iter(BLIP, IMAGE):
            key = one.get(qn("r:embed")) or one.get(qn("r:id"))
            if key in self.part.rels and not self.part.rels[key].is_external:
                found.append(str(self.part.related_parts[key].partname).lstrip("/"))
        return list(dict.fromkeys(found))


def text_of(element) -> str:
    return " ".join("".join(text.text or "" for text in element.iter(qn("w:t"))).split())


def deleted(element) -> str:
    """What somebody deleted while Word tracked changes, and nobody has accepted or refused yet."""
    return " ".join("".join(one.text or "" for one in element.iter(qn("w:delText"))).split())


def is_on(element) -> bool:
    """Whether one of the looks in HIDDEN is switched on by its element."""
    return element.tag in HIDDEN and element.get(qn("w:val"), "true") not in ("0", "false", "off")
