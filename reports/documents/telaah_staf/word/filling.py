"""Fills an office's own Word template with a letter.

A separate process (`sandbox.py`) fills the texts; it gets texts only. Where the template says {{ isi
}}, that process leaves a mark. This module replaces the marks by paragraphs, lists, tables and the
logo, in the format of the mark.
"""

import json
import logging
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

from reports.documents.telaah_staf.word import layout
from reports.documents.telaah_staf.word.letter import Letter
from reports.documents.telaah_staf.word.placeholders import BODY, COPIES, GRAMMAR, SECTIONS, mark
from reports.documents.telaah_staf.word.sandbox import BLANK, SECONDS
from reports.documents.telaah_staf.word.styles import adopt
from reports.renderers.docx import Writer, letterhead
from reports.renderers.docx.base import describe, to_bytes
from reports.renderers.docx.xml import w
from sakip.numbers import roman
from sakip.text import printable

logger = logging.getLogger(__name__)

SANDBOX = Path(__file__).with_name("sandbox.py")
MARK = re.compile("\ue001([^\ue001]*)\ue001")
TOO_MUCH = (
    "Templat ini terlalu rumit untuk diisi. Salin isinya ke dokumen baru, kurangi pengulangan, "
    "lalu unggah lagi."
)
DAMAGED = (
    "Susunan berkas Word ini rusak. Salin isinya ke dokumen baru di Word, simpan, lalu unggah lagi."
)
MOST_BLOCKS = 200  # limit for one document
WIDTH = 160  # millimetres; used when a template does not give a width


class Unusable(ValueError):
    """The template cannot be filled. `problems` are sentences that say what to write instead."""

    def __init__(self, problems):
        super().__init__(" ".join(problems))
        self.problems = problems


def fill(template: bytes, letter: Letter, *others: Letter) -> tuple[bytes, set[str]]:
    """Returns the document and the names that the template prints. Raises Unusable.

    `others` are further letters with which the template is only tried.
    """
    contexts = [context_of(one) for one in (letter, *others)]
    found = _ask({"template": b64encode(template).decode(), "contexts": contexts})
    try:
        document = Document(BytesIO(b64decode(found["content"])))
        _Placing(document, letter).place()
        describe(document.core_properties, letter.report)
    except (
        AttributeError,
        KeyError,
        TypeError,
    ) as error:  # python-docx, about a part of another kind
        logger.warning("A Word template could not be filled", exc_info=True)
        raise Unusable([DAMAGED]) from error
    return to_bytes(document), set(found["used"])


def context_of(letter: Letter) -> dict:
    """Returns all values that a template may print, by name. A value that is not a text is given as a
    mark.
    """
    head = letter.report.letterhead
    lines = ("pemerintah", "government"), ("badan", "body"), ("alamat", "address")
    lines += ("telepon", "phone"), ("daring", "online")
    copies = [_text(copy) for copy in letter.copies]
    dash = "- " if len(copies) > 1 else ""
    return {
        **{name: _text(value) for name, value in letter.values.items()},
        **{f"kop_{name}": _text(getattr(head, field)) if head else "" for name, field in lines},
        "tembusan": "\n".join(dash + copy for copy in copies),
        COPIES: copies,
        BODY: _mark(BODY),
        "lambang": _mark("lambang") if head and head.logo else "",
        SECTIONS: [
            {"nomor": roman(number), "judul": _text(section.heading), "isi": _mark(number - 1)}
            for number, section in enumerate(letter.sections, start=1)
        ],
    }


def _mark(name):
    return f"\ue001{name}\ue001"


def _text(value):
    return re.sub("[\ue000\ue001]", "", printable(value))


def _ask(order) -> dict:
    command = [sys.executable, "-I", str(SANDBOX)]
    try:
        done = subprocess.run(  # noqa: S603 (every word is ours)
            command,
            input=json.dumps(order | {"grammar": GRAMMAR}).encode(),
            capture_output=True,
            timeout=SECONDS + 5,
            env={"LANG": "C.UTF-8"},
            cwd="/",
        )
        found = json.loads(done.stdout) if done.returncode == 0 else {"problems": [TOO_MUCH]}
    except (subprocess.TimeoutExpired, ValueError):
        found = {"problems": [TOO_MUCH]}
    if found["problems"]:
        raise Unusable(found["problems"])
    return found


class _Placing:
    def __init__(self, document, letter):
        self.document = document
        self.letter = letter
        self.problems = []
        self.blocks = 0

    def place(self):
        self._fill(self.document.part, self._in_body)
        for part in self.document.part.package.iter_parts():
            if part.partname.startswith(("/word/header", "/word/footer")):
                self._fill(part, self._in_margin)
        if self.problems:
            raise Unusable(list(dict.fromkeys(self.problems)))

    def _fill(self, part, put):
        for line in list(part.element.iter(qn("w:p"))):
            pieces = [text for text in line.iter(qn("w:t")) if _line_of(text) is line]
            words = "".join(text.text or "" for text in pieces)
            if found := MARK.search(words):
                name = found[1] if not found[1].isdigit() else "bagian.isi"
                if words.strip() != found[0]:
                    self.problems.append(
                        f"{mark(name)} tidak sendirian dalam paragrafnya. Tulis {mark(name)} dalam "
                        "paragraf tersendiri, tanpa kata lain."
                    )
                else:
                    (piece,) = (text for text in pieces if MARK.search(text.text or ""))
                    put(part, line, piece, found[1])
            elif BLANK in words:
                _tidy(line, pieces, words)

    def _in_margin(self, part, line, piece, name):
        if name != "lambang":
            name = name if not name.isdigit() else "bagian.isi"
            self.problems.append(
                f"{mark(name)} berada di kepala atau kaki halaman. Pindahkan ke badan dokumen."
            )
            return
        self._put_logo(part, line, piece)

    def _in_body(self, part, line, piece, name):
        if name == "lambang":
            self._put_logo(part, line, piece)
            return
        self.blocks += 1
        if self.blocks > MOST_BLOCKS:
            raise Unusable([TOO_MUCH])
        before = line.getprevious()
        writer = Writer(self.document, _width_at(line), anchor=line)
        look, base = deepcopy(line.pPr), piece.getparent().find(qn("w:rPr"))
        look = w("pPr") if look is None else look
        for tag in ("w:numPr", "w:sectPr", "w:rPr", "w:keepNext"):
            for found in look.findall(qn(tag)):
                look.remove(found)
        if name == BODY:
            layout.sections(writer, self.letter.sections, look=look, base=base)
            layout.keep_with_next(writer.last)  # keep with the signature
        else:
            section = self.letter.sections[int(name)]
            layout.parts(writer, section.parts, look=look, base=base)
        adopt(self.document, _between(before, line))
        _drop(line)

    def _put_logo(self, part, line, piece):
        picture = letterhead.picture_of(part, self.letter.report.letterhead)
        old = piece.getparent()
        old.getparent().replace(old, w("r") if picture is None else picture)


def _line_of(text):
    return next(text.iterancestors(qn("w:p")), None)


def _between(before, line):
    found, at = [], line.getprevious()
    while at is not None and at is not before:
        found.append(at)
        at = at.getprevious()
    return found


def _tidy(line, pieces, words):
    """Removes a line that contains nothing but placeholders whose texts are empty."""
    for text in pieces:
        text.text = (text.text or "").replace(BLANK, "")
    if not words.replace(BLANK, "").strip() and not line.xpath(".//w:drawing | .//w:pict"):
        _drop(line)


def _drop(line):
    """Removes the line. It is only emptied when it ends a cell or carries the page layout of its section."""
    parent, after = line.getparent(), line.getnext()
    ends_cell = parent.tag != qn("w:body") and (after is None or after.tag != qn("w:p"))
    if line.xpath("w:pPr/w:sectPr") or (ends_cell and not _follows_paragraph(line)):
        for run in line.xpath("w:r"):
            line.remove(run)
    else:
        parent.remove(line)


def _follows_paragraph(line):
    before = line.getprevious()
    return before is not None and before.tag == qn("w:p") and line.getnext() is None


def _width_at(line) -> float:
    """Returns the maximum width of a table at this paragraph, in millimetres."""
    for cell in line.iterancestors(qn("w:tc")):
        if found := cell.xpath("w:tcPr/w:tcW[@w:type='dxa']/@w:w"):
            return max(20, int(found[0]) / 1440 * 25.4 - 4)
    section = line.xpath("(.//w:sectPr | following::w:sectPr)[1]")
    if not section:
        return WIDTH
    size = section[0].xpath("w:pgSz/@w:w | w:pgMar/@w:left | w:pgMar/@w:right")
    if len(size) != 3:
        return WIDTH
    total, *margins = (int(value) for value in size)
    return max(20, (total - sum(margins)) / 1440 * 25.4)
