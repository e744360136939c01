"""What the pages of a draft Telaah Staf mark in it: sentences that the records contradict, and new ones."""

from collections import defaultdict
from datetime import date

from django.db.models import prefetch_related_objects

from reports.selectors.telaah_staf_sentences import (
    StaleSentence,
    drafted_sections,
    is_drafted,
    new_among,
    stale_among,
)
from reports.selectors.telaah_staf_table import TableContradiction, table_contradictions


def marks(telaah_staf, user, *, on: date) -> dict[str, dict]:
    """Returns `stale` sentences and words `against` the table by the key of their block, and `new`
    sentences by the key of the section that would hold them. At most nineteen queries.
    """
    prefetch_related_objects([telaah_staf], "components", "sections__blocks")
    drafted = drafted_sections(telaah_staf, user, on=on) if is_drafted(telaah_staf) else []
    against = defaultdict(list)
    for row in table_contradictions(telaah_staf, user):
        against[row.block.pk].append(row)
    return {
        "stale": stale_among(telaah_staf, drafted),
        "new": new_among(telaah_staf, drafted),
        "against": dict(against),
    }


def in_order(telaah_staf, found: dict[str, dict]) -> list[StaleSentence | TableContradiction]:
    """Returns the contradictions of `marks` as they stand in the letter; `found` may be empty."""
    blocks = [block for section in telaah_staf.sections.all() for block in section.blocks.all()]
    kinds = [found.get(name, {}) for name in ("stale", "against")]
    return [row for block in blocks for rows in kinds for row in rows.get(block.pk, ())]
