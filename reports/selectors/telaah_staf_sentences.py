"""Which sentences of a drafted Telaah Staf the records contradict now (docs/design.md §2.7).

A draft stores with each text the sentences that the program wrote into it and their figures. Here the
records are drafted again in memory, and the figures are compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from reports.documents.telaah_staf.drafting import DraftedSection, draft
from reports.documents.telaah_staf.facts import gather
from reports.documents.telaah_staf.wording import DraftedSentence
from reports.models import TelaahStafBlock, TelaahStafSection
from reports.rules.telaah_staf_sentences import (
    ChangedFigure,
    EditedText,
    SentencePlace,
    changed_figures,
    still_prints,
)
from sakip.editing import digest


@dataclass(frozen=True)
class StaleSentence:
    """A sentence of `block` whose figures no longer hold.

    `old` is what the program wrote, `found` where it stands and its words now, `new` the sentence that
    the records give now; None when they give none.
    """

    block: TelaahStafBlock
    key: str
    old: str
    found: SentencePlace
    new: DraftedSentence | None
    figures: tuple[ChangedFigure, ...]

    @property
    def words(self) -> str:
        return self.found.words

    @property
    def seen(self) -> str:
        return digest_of(self.new)

    @property
    def is_own(self) -> bool:
        """Whether a person changed its words; then they are not replaced without asking."""
        return self.found.is_own


@dataclass(frozen=True)
class NewSentence:
    """A sentence that the records give and that the draft never had."""

    sentence: DraftedSentence

    @property
    def key(self) -> str:
        return self.sentence.key

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def seen(self) -> str:
        return digest_of(self.sentence)


def digest_of(sentence: DraftedSentence | None) -> str:
    """Identifies the sentence that a page offers; None stands for the offer to remove one."""
    return digest([sentence.text if sentence else None])


def is_drafted(telaah_staf) -> bool:
    """Whether the program wrote sentences of it from the records."""
    return telaah_staf.known_sentences is not None or any(
        block.sentences for block in _texts(telaah_staf)
    )


def stale_sentences(telaah_staf, user, *, on: date) -> dict[int, list[StaleSentence]]:
    """Returns the stale sentences of each text by the key of its block; texts without one are left out.

    At most thirteen queries, two of them when no text was drafted from the records.
    """
    drafted = drafted_sections(telaah_staf, user, on=on) if is_drafted(telaah_staf) else []
    return stale_among(telaah_staf, drafted)


def stale_among(telaah_staf, drafted: Iterable[DraftedSection]) -> dict[int, list[StaleSentence]]:
    """The same, compared with the draft that the records give now."""
    now = _by_key(drafted)
    found = {block.pk: stale_in(block, now) for block in _texts(telaah_staf) if block.sentences}
    return {pk: rows for pk, rows in found.items() if rows}


def _by_key(drafted) -> dict[str, DraftedSentence]:
    return {row.key: row for section in drafted for row in section.sentences}


def drafted_now(telaah_staf, user, *, on: date) -> dict[str, DraftedSentence]:
    """Returns by key each sentence that the records give on that day. Twelve queries."""
    return _by_key(drafted_sections(telaah_staf, user, on=on))


def drafted_sections(telaah_staf, user, *, on: date) -> list[DraftedSection]:
    """Returns the whole draft that the records give on that day. Twelve queries."""
    facts = gather(
        evaluation=telaah_staf.evaluation,
        components=telaah_staf.components.all(),
        user=user,
        on=on,
    )
    kinds = {section.kind for section in telaah_staf.sections.all()}
    return draft(facts, two_endings=TelaahStafSection.Kind.ADVICE in kinds)


def stale_in(block, now: Mapping[str, DraftedSentence]) -> list[StaleSentence]:
    """Returns the stale sentences of one text, in the order in which they stand. No query."""
    text = EditedText(block.text)
    texts = [row["text"] for row in block.sentences]
    found = (_stale(block, row, now.get(row["key"]), text, texts) for row in block.sentences)
    return sorted((row for row in found if row), key=lambda row: row.found.start)


def _stale(block, stored, new, text, texts) -> StaleSentence | None:
    figures = changed_figures(stored, new and new.as_json())
    if not figures or not stored["figures"]:
        return None
    found = text.find(stored["text"], texts)
    if found is None or (
        found.is_own and not still_prints(found.words, figures, new.text if new else "")
    ):
        return None
    return StaleSentence(block, stored["key"], stored["text"], found, new, tuple(figures))


def new_sentences(telaah_staf, user, *, on: date) -> dict[int, list[NewSentence]]:
    """Returns, by the key of the section that would hold them, sentences that the draft does not know.

    Twelve queries, none when the telaah staf was not drafted from the records.
    """
    if telaah_staf.known_sentences is None:
        return {}
    return new_among(telaah_staf, drafted_sections(telaah_staf, user, on=on))


def new_among(telaah_staf, drafted: Iterable[DraftedSection]) -> dict[int, list[NewSentence]]:
    """The same, among the sentences of the draft that the records give now."""
    known = set(telaah_staf.known_sentences or ())
    sections = {section.kind: section.pk for section in telaah_staf.sections.all()}
    found: dict[int, list[NewSentence]] = {}
    for row in drafted if telaah_staf.known_sentences is not None else ():
        rows = [NewSentence(one) for one in row.sentences if one.key not in known]
        if rows and row.kind in sections:
            found[sections[row.kind]] = rows
    return found


def _texts(telaah_staf) -> list[TelaahStafBlock]:
    """Two queries, none for what is loaded already."""
    prefetch_related_objects([telaah_staf], "sections__blocks")
    return [
        block
        for section in telaah_staf.sections.all()
        for block in section.blocks.all()
        if block.kind == TelaahStafBlock.Kind.TEXT
    ]
