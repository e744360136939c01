"""Where people's own words in a Telaah Staf contradict the follow-up table that it embeds.

Sentences of the program are left to `telaah_staf_sentences`, which knows their figures.
"""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from reports.models import TelaahStafBlock
from reports.rules.memo_consistency import against_table, items_of

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
        TableContradiction(block, data["said"], data["held"])
        for block in blocks
        if block.kind == Kind.TEXT
        for _, data in against_table(block, items)
    ]


def _recommendations(telaah_staf, user):
    rows = telaah_staf.evaluation.recommendations.visible_to(user)
    if chosen := telaah_staf.components.all():
        rows = rows.filter(component__in=chosen)
    return rows.prefetch_related("points", "renaksi__recommendation").order_by("number")
