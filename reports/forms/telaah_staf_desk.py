"""The page on which a draft Telaah Staf is written: which of its parts are open, with which words.

Every part is a place with an id: `kepala` (the head), `bagian-4` (a section), `isi-12` (a text or
table), `baru-4` (a new text of section 4), `baru` (a new section). An open place shows a form. What
the person typed there and did not save opens its place again.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from reports.forms.telaah_staf import TelaahStafBlockForm
from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.selectors.telaah_staf_sentences import NewSentence, StaleSentence
from reports.services import telaah_staf_parts as parts
from sakip.dates import time_of
from sakip.models import UnsavedText
from sakip.numbers import roman
from sakip.services import unsaved
from sakip.writing import said, shortened

WRITTEN_MEANWHILE = "Sejak Anda menulis ini, orang lain menyimpan perubahan pada teks yang sama."
Kind = TelaahStafBlock.Kind


@dataclass(frozen=True)
class Opened:
    """An open place: its form, and what somebody else saved there meanwhile (`saved`, with a reason)."""

    place: str
    form: object
    conflict: str = ""
    saved: list[tuple[str, str]] = field(default_factory=list)
    kept: UnsavedText | None = None


@dataclass(frozen=True)
class DeskPart:
    block: TelaahStafBlock
    html: str
    number: str  # of its section and within it: II.3
    today: date
    stale: Sequence[StaleSentence] = ()
    writers: Sequence[str] = ()  # others who are typing here and have not saved
    opened: Opened | None = None

    @property
    def place(self) -> str:
        return f"isi-{self.block.pk}"

    @property
    def seen(self) -> str:
        return parts.digest_of_block(self.block)

    @property
    def first_words(self) -> str:
        return shortened(" ".join(parts.described(self.block).split()), 48)

    @property
    def state(self) -> str:
        """Returns since when the text is stored, or where it comes from."""
        if self.block.kind != Kind.TEXT:
            return "Tabel ini mengikuti data"
        if self.block.is_drafted:
            return "Disusun dari data"
        at = self.block.saved_at
        return f"Tersimpan {time_of(at, self.today)}" if at else ""


@dataclass(frozen=True)
class DeskSection:
    section: TelaahStafSection
    parts: list[DeskPart]
    numeral: str
    is_last: bool
    opened: Opened | None = None  # its heading
    new_text: Opened | None = None
    new: Sequence[NewSentence] = ()  # what the records say since the draft

    @property
    def place(self) -> str:
        return f"bagian-{self.section.pk}"

    @property
    def new_place(self) -> str:
        return f"baru-{self.section.pk}"

    @property
    def heading(self) -> str:
        return self.section.heading

    @property
    def seen(self) -> str:
        return parts.digest_of_section(self.section)


def text_form(*data, block: TelaahStafBlock, **kwargs) -> TelaahStafBlockForm:
    """Returns the form of a text. Several are on one page, so the key is part of their ids."""
    at = block.pk or f"baru-{block.section_id}"
    return TelaahStafBlockForm(*data, instance=copy(block), auto_id=f"id_{at}_%s", **kwargs)


@dataclass
class Desk:
    """The open draft. Four queries, whatever its length, besides those of `documents.context`."""

    telaah_staf: TelaahStaf
    shown: list[dict]  # the sections as documents.telaah_staf.context returns them
    user: object
    today: date
    opened: Opened | None = None

    def __post_init__(self):
        if self.opened and not self.opened.form.is_bound:
            fields = self.opened.form.fields
            first = next(name for name in ("text", "heading", "subject") if name in fields)
            fields[first].widget.attrs["autofocus"] = True
        sections = [row["section"] for row in self.shown]
        blocks = [part["block"] for row in self.shown for part in row["parts"]]
        self._kept = unsaved.kept_of(blocks, self.user)
        self._writers = unsaved.writers_of(blocks, besides=self.user)
        self._kept_new = unsaved.kept_of(sections, self.user, part=parts.NEW_TEXT)
        self.removed = _removed_words(parts.removed_last(self.telaah_staf, self.user))

    @property
    def head(self) -> Opened | None:
        return self._open("kepala")

    @property
    def new_section(self) -> Opened | None:
        return self._open("baru")

    @property
    def media(self):
        """Returns what a text needs when it is opened; the page loads it once."""
        return TelaahStafBlockForm().media

    @cached_property
    def sections(self) -> list[DeskSection]:
        return [self._section(row, index) for index, row in enumerate(self.shown, 1)]

    def _open(self, place):
        return self.opened if self.opened and self.opened.place == place else None

    def _section(self, row, index):
        section = row["section"]
        new = self._open(f"baru-{section.pk}")
        kept = self._kept_new.get(section.pk)
        if kept and not (new and new.form.is_bound):
            block = TelaahStafBlock(section=section)
            form = text_form(block=block, initial=kept.content)
            new = Opened(f"baru-{section.pk}", form, kept=kept)
        return DeskSection(
            section=section,
            parts=[
                self._part(part, f"{roman(index)}.{number}")
                for number, part in enumerate(row["parts"], 1)
            ],
            numeral=roman(index),
            is_last=index == len(self.shown),
            opened=self._open(f"bagian-{section.pk}"),
            new_text=new,
            new=row["new"],
        )

    def _part(self, part, number):
        block = part["block"]
        opened = self._open(f"isi-{block.pk}")
        kept = self._kept.get(block.pk)
        if kept and not (opened and opened.form.is_bound) and not _is_stored(kept, block):
            opened = _typed(kept, block)
        writers = self._writers.get(block.pk, ())
        return DeskPart(block, part["html"], number, self.today, part["stale"], writers, opened)


def _is_stored(kept, block):
    return (kept.content["text"], kept.content["is_incomplete"]) == (
        block.text,
        block.is_incomplete,
    )


def _typed(kept, block) -> Opened:
    """Opens a text with the words that the person typed; beside them the stored ones when they are newer."""
    form = text_form(block=block, initial=kept.content)
    place = f"isi-{block.pk}"
    if kept.base_version == block.version:
        return Opened(place, form, kept=kept)
    return Opened(place, form, WRITTEN_MEANWHILE, said(block, form.Meta.fields), kept)


def _removed_words(kept) -> str:
    """Returns how the page calls what the person removed last; empty without it."""
    if kept is None:
        return ""
    fields = kept.content["rows"][0]["fields"]
    if "heading" in fields:
        return f"Bagian {fields['heading']}"
    words = parts.described(TelaahStafBlock(kind=fields["kind"], text=fields["text"]))
    return f"“{shortened(' '.join(words.split()), 60)}”"
