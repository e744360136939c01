"""Sentences of drafted letters, and helpers that put their words together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join

from sakip.numbers import counted, format_number, movement

MOVES = {sign: movement(sign, "tidak berubah") for sign in (1, -1, 0)}
NAMED = 5  # items named in one sentence; the table names the others


@dataclass(frozen=True)
class DraftedSentence:
    """One statement of the draft, in one or two sentences.

    `key` says what it is about and stays the same when the records change. `figures` holds what `text`
    prints from the records, by a name for each; empty for a statement that no record can contradict.
    """

    key: str
    text: str
    figures: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict:
        return {"key": self.key, "text": self.text, "figures": dict(self.figures)}


@dataclass(frozen=True)
class Passage:
    """A text of the draft: its HTML and the sentences in it."""

    html: str
    sentences: tuple[DraftedSentence, ...]


def about(facts):
    return of_components(facts.about)


def of_components(names):
    return f"komponen {listed(names)}"


def size(change):
    return format_number(abs(change.difference))


def moved_by(change):
    return MOVES[change.direction] + (f" {size(change)}" if change.direction else "")


def listed(items):
    """Returns “a”, “a dan b”, or “a, b, dan c”."""
    *first, last = items or [""]
    if len(first) > 1:
        return f"{', '.join(first)}, dan {last}"
    return f"{first[0]} dan {last}" if first else last


def named(items) -> str:
    """Names renaksi as “, yaitu renaksi 1.b (Biro Umum, batas waktu 2 Juli 2024) dan …”."""
    shown = [f"renaksi {item.name}" for item in items[:NAMED]]
    if rest := len(items) - NAMED:
        shown += [f"{format_number(rest, 0)} lainnya (lihat tabel)"] if rest > 0 else []
    return f", yaitu {listed(shown)}" if shown else ""


def figures_of_items(what, items) -> dict[str, str]:
    """The figures of a sentence that counts renaksi with `counted` and names them with `named`."""
    found = {f"jumlah rencana aksi {what}": counted(len(items))}
    return found | {f"renaksi {item.reference}": item.name for item in items[:NAMED]}


def paragraphs(sentences: Iterable[DraftedSentence]) -> Passage:
    found = tuple(sentences)
    return Passage(format_html_join("", "<p>{}</p>", ((row.text,) for row in found)), found)


def bullets(sentences: Iterable[DraftedSentence]) -> Passage:
    found = tuple(sentences)
    items = format_html_join("", "<li><p>{}</p></li>", ((row.text,) for row in found))
    return Passage(format_html("<ul>{}</ul>", items) if items else "", found)
