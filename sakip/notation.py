r"""The small rich text as lines that people can type: _miring_, *tebal*, “- ” and “1. ” before list items.

As in WhatsApp. One line is one paragraph; a backslash keeps a star or an underscore what it is.
"""

import re
from html import escape
from html.parser import HTMLParser

MARKS = {"em": "_", "i": "_", "strong": "*", "b": "*"}
BREAKING = {"p", "li", "br", "ul", "ol"}
BULLET = re.compile(r"[-–•]\s+")
COUNTED = re.compile(r"([0-9]{1,3})\.\s+")
ITALIC = re.compile(r"(?<!\\)_(?=\S)((?:\\.|[^_\\])*?(?:\\.|[^_\\\s]))_")
BOLD = re.compile(r"(?<!\\)\*(?=\S)((?:\\.|[^*\\])*?(?:\\.|[^*\\\s]))\*")


def from_html(text: str) -> str:
    reader = _NotationReader()
    reader.feed(text or "")
    reader.close()
    return reader.text()


def to_html(text: str) -> str:
    """Only p, em, strong, ul, ol and li; everything else is escaped."""
    found, opened = [], ""
    for line in lines_of(text):
        kind, content = _kind(line)
        if opened and kind != opened:
            found.append(f"</{opened}>")
        if kind and kind != opened:
            found.append(f"<{kind}>")
        opened = kind
        paragraph = f"<p>{_inline(content)}</p>"
        found.append(f"<li>{paragraph}</li>" if kind else paragraph)
    if opened:
        found.append(f"</{opened}>")
    return "".join(found)


def lines_of(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return [line for line in lines if line]


def normal(text: str) -> str:
    """The one spelling of this text, to be compared."""
    return from_html(to_html(text))


def plain(text: str) -> str:
    """Without marks, on one line."""
    text = BOLD.sub(r"\1", ITALIC.sub(r"\1", " ".join(lines_of(text))))
    return re.sub(r"\\([*_\\])", r"\1", text)


def mark(pieces) -> str:
    """A line of (text, italic, bold) pieces; spaces at the edges of a piece stay outside its marks."""
    merged = []  # each with its text in pieces
    for text, italic, bold in pieces:
        if merged and (not text.strip() or merged[-1][1:] == [italic, bold]):
            merged[-1][0].append(text)
        elif text:
            merged.append([[text], italic and bool(text.strip()), bold and bool(text.strip())])
    merged = [["".join(texts), *flags] for texts, *flags in merged]
    counts = {
        sign: sum(text.count(sign) + 2 * flags[place] for text, *flags in merged)
        for place, sign in enumerate("_*")
    }
    return "".join(_marked(*piece, counts) for piece in merged)


def _marked(text, italic, bold, counts):
    text = text.replace("\\", "\\\\")
    for sign, count in counts.items():
        if count > 1:
            text = text.replace(sign, f"\\{sign}")
    body = text.strip()
    left, right = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    body = f"_{body}_" if italic else body
    body = f"*{body}*" if bold else body
    return f"{left}{body}{right}"


def _kind(line):
    if match := BULLET.match(line):
        return "ul", line[match.end() :]
    if match := COUNTED.match(line):
        return "ol", line[match.end() :]
    return "", line


def _inline(text):
    text = escape(text, quote=False)
    text = BOLD.sub(r"<strong>\1</strong>", text)
    text = ITALIC.sub(r"<em>\1</em>", text)
    return re.sub(r"\\([*_\\])", r"\1", text)


class _NotationReader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.pieces = [], []
        self.open, self.lists, self.prefix = [], [], ""

    def handle_starttag(self, tag, attrs):
        if tag in BREAKING:
            self._end_line()
        if tag in ("ul", "ol"):
            self.lists.append([tag, 0])
        elif tag == "li" and self.lists:
            self.lists[-1][1] += 1
            self.prefix = "- " if self.lists[-1][0] == "ul" else f"{self.lists[-1][1]}. "
        elif tag in MARKS:
            self.open.append(MARKS[tag])

    def handle_endtag(self, tag):
        if tag in BREAKING:
            self._end_line()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif MARKS.get(tag) in self.open:
            self.open.remove(MARKS[tag])

    def handle_data(self, data):
        self.pieces.append((data, "_" in self.open, "*" in self.open))

    def _end_line(self):
        if line := " ".join(mark(self.pieces).split()):
            self.lines.append(self.prefix + line)
            self.prefix = ""
        self.pieces = []

    def text(self):
        self._end_line()
        return "\n".join(self.lines)
