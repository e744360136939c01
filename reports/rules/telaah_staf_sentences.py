"""Finds the sentences of a draft in a text that people may have edited, and compares their figures.

A stored sentence is a dict with its key, its text and the figures that it printed when the program wrote
it (`documents.telaah_staf.wording.DraftedSentence`). No query.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import conditional_escape

from sakip.richtext import in_places

LIKE = 0.5  # words that two sentences must share to be the same sentence in other words
END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True)
class ChangedFigure:
    """A figure of a sentence and what the records give now; "" when they no longer give it, or did not."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class SentencePlace:
    """Where a stored sentence stands in a text: its words there, and its place in the HTML.

    `is_own`: a person changed the words.
    """

    words: str
    start: int
    end: int
    is_own: bool


class EditedText:
    """The words of a rich text and where each of them stands in its HTML."""

    def __init__(self, html: str):
        self.html = html
        self.places = in_places(html)

    @cached_property
    def words(self) -> str:
        return "".join(sign for sign, *_ in self.places)

    def find(self, sentence: str, stored=()) -> SentencePlace | None:
        """Returns where the sentence stands, or one that is like it and not one of the `stored` texts."""
        start = self.words.find(sentence)
        if start >= 0:
            return self._found(start, start + len(sentence), is_own=False)
        taken = [text for text in stored if text != sentence and text in self.words]
        spans = [
            (start, end)
            for start, end in self._spans(len(END.split(sentence)))
            if not any(self._overlaps(start, end, text) for text in taken)
        ]
        likeness = {span: _likeness(sentence, self.words[slice(*span)]) for span in spans}
        best = max(spans, key=lambda span: likeness[span], default=None)
        if best is None or likeness[best] < LIKE:
            return None
        return self._found(*best, is_own=True)

    def _overlaps(self, start, end, text) -> bool:
        place = self.words.find(text)
        return start < place + len(text) and place < end

    def _found(self, start, end, *, is_own) -> SentencePlace:
        return SentencePlace(self.words[start:end], start, end, is_own)

    def _spans(self, most):
        """The places of each run of up to `most` + 1 sentences of one paragraph."""
        begin = 0
        for line in self.words.split("\n"):
            cuts = [begin, *(begin + cut.end() for cut in END.finditer(line)), begin + len(line)]
            for first in range(len(cuts) - 1):
                for last in range(first + 1, min(first + most + 2, len(cuts))):
                    end = cuts[last]
                    yield cuts[first], cuts[first] + len(self.words[cuts[first] : end].rstrip())
            begin += len(line) + 1

    def replaced(self, found: SentencePlace, sentence: str) -> str:
        """Returns the HTML with `sentence` in that place, and without the place when it is "".

        Marks that begin or end inside the place are kept, so that the HTML stays well-formed.
        """
        if found.start == found.end:
            return self.html
        start, end = self.places[found.start][1], self.places[found.end - 1][2]
        marks = "".join(re.findall(r"<[^>]+>", self.html[start:end]))
        text = f"{self.html[:start]}{conditional_escape(sentence)}{marks}{self.html[end:]}"
        return text if sentence else _without_emptiness(text)


def marked(html: str, sentences: Iterable[str]) -> str:
    """Returns the HTML with <mark> around the words of these sentences. `html` must be clean."""
    text = EditedText(html)
    found = [place for words in sentences if (place := text.find(words)) and not place.is_own]
    for place in sorted(found, key=lambda place: -place.start):
        start, end = text.places[place.start][1], text.places[place.end - 1][2]
        pieces = re.split(r"(<[^>]+>)", html[start:end])
        inner = "".join(
            piece if piece.startswith("<") or not piece.strip() else f"<mark>{piece}</mark>"
            for piece in pieces
        )
        html = html[:start] + inner + html[end:]
    return html


def _without_emptiness(html):
    html = re.sub(r"[ \t]{2,}", " ", html)
    html = re.sub(r"<p>\s*</p>", "", html)
    html = re.sub(r"<li>\s*</li>", "", html)
    return re.sub(r"<(ul|ol)>\s*</\1>", "", html)


def _likeness(one, other) -> float:
    """The share of words that both have, in any order: people also move the parts of a sentence."""
    one, other = (Counter(re.findall(r"\w[\w.,]*\w|\w", text.lower())) for text in (one, other))
    return 2 * (one & other).total() / ((one | other).total() + (one & other).total() or 1)


def changed_figures(stored: Mapping, now: Mapping | None) -> list[ChangedFigure]:
    """Compares the figures of a stored sentence with those that the records give now (None: none)."""
    old, new = stored["figures"], now["figures"] if now else {}
    rows = [ChangedFigure(name, old.get(name, ""), new.get(name, "")) for name in old | new]
    return [row for row in rows if row.old != row.new]


def still_prints(words: str, figures: list[ChangedFigure], now: str) -> bool:
    """Whether these words print an old figure more often than the sentence of today (`now`) does."""
    forms = {form for row in figures if row.old for form in _forms(row.old)}
    return any(_times(form, words) > _times(form, now) for form in forms)


def _forms(value) -> set[str]:
    """A figure may be written shorter: 3 for “3 (tiga)”, 1.b for “1.b (Biro Umum, …)”."""
    return {value, value.partition(" (")[0]}


def _times(form, words) -> int:
    return len(re.findall(rf"(?<![\w.,]){re.escape(form)}(?!\w|[.,]\w)", words))
