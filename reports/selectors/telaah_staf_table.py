"""Where people's own words in a Telaah Staf contradict the follow-up table that it embeds.

Sentences of the program are left to `telaah_staf_sentences`, which knows their figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from recommendations.rules import prose
from reports.models import TelaahStafBlock
from reports.rules.memo_consistency import items_of, letters, statuses

Kind = TelaahStafBlock.Kind


@dataclass(frozen=True)
class TableContradiction:
    """What the text of `block` says, and what the table holds."""

    block: TelaahStafBlock
    said: str
    held: str

    @property
    def words(self) -> str:
        return self.said


def table_contradictions(telaah_staf, user) -> list[TableContradiction]:
    """Returns them in the order of the letter. Six queries at most; none of records without the table."""
    prefetch_related_objects([telaah_staf], "components", "sections__blocks")
    blocks = [row for section in telaah_staf.sections.all() for row in section.blocks.all()]
    if Kind.FOLLOW_UP_TABLE not in {block.kind for block in blocks}:
        return []
    items = items_of(_recommendations(telaah_staf, user))
    return [
        found for block in blocks if block.kind == Kind.TEXT for found in _against(block, items)
    ]


def _recommendations(telaah_staf, user):
    rows = telaah_staf.evaluation.recommendations.visible_to(user)
    if chosen := telaah_staf.components.all():
        rows = rows.filter(component__in=chosen)
    return rows.prefetch_related("points", "renaksi__recommendation").order_by("number")


def _against(block, items) -> Iterator[TableContradiction]:
    drafted = [row["text"] for row in block.sentences]
    for text in prose.paragraphs(block.text):
        for _, data in (*letters(text, items), *statuses(text, items)):
            if not any(data["said"] in sentence for sentence in drafted):
                yield TableContradiction(block, data["said"], data["held"])
