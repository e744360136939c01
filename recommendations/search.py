"""Finds renaksi by the words of their recommendation, plan, follow-up, steps and evidence.

Words are spelled the same way here for both databases, so that both find the same: lower case,
without accents, split at everything that is neither letter nor digit. A query finds what holds, for
each of its words, a word beginning with it.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.db import connection
from django.db.models import Prefetch
from django.db.models.expressions import RawSQL

from recommendations.models import Evidence, Renaksi, SearchDocument
from sakip.richtext import plain_text

MOST_WORDS_ASKED = 12
LONGEST_WORD = 60
# A tsvector of PostgreSQL holds less than a mebibyte.
LONGEST_TEXT = 100_000
BATCH = 500

FINDERS = {
    "sqlite": "SELECT rowid FROM recommendations_search WHERE recommendations_search MATCH %s",
    "postgresql": "SELECT renaksi_id FROM recommendations_searchdocument "
    "WHERE to_tsvector('simple', text) @@ to_tsquery('simple', %s)",
}


def words(text: str) -> list[str]:
    """The words of a text, each once, in the order of their first mention."""
    bare = text.lower() if text.isascii() else _bare(text)
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", bare)))


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def matching(renaksi, query: str):
    """The rows of the queryset `renaksi` that hold every word of `query`; all of them when it has none."""
    asked = words(query)[:MOST_WORDS_ASKED]
    if not asked:
        return renaksi
    if connection.vendor == "sqlite":
        expression = " ".join(f'"{word}"*' for word in asked)
    else:
        expression = " & ".join(f"'{word}':*" for word in asked)
    # Words are letters and digits only, so that neither language of queries has anything to misread.
    return renaksi.filter(pk__in=RawSQL(FINDERS[connection.vendor], [expression]))  # noqa: S611


def refresh(renaksi_ids: Iterable[int]):
    """Spells the words of these renaksi anew. Five queries for each five hundred of them."""
    ids = list(renaksi_ids)
    for start in range(0, len(ids), BATCH):
        rows = _loaded().filter(pk__in=ids[start : start + BATCH])
        SearchDocument.objects.bulk_create(
            [SearchDocument(renaksi=row, text=_text(row)) for row in rows],
            update_conflicts=True,
            unique_fields=["renaksi"],
            update_fields=["text"],
        )


def _loaded():
    current = Evidence.objects.filter(is_archived=False)
    return Renaksi.objects.select_related("recommendation__component").prefetch_related(
        "steps", "recommendation__points", Prefetch("evidence", queryset=current)
    )


def _text(renaksi) -> str:
    recommendation = renaksi.recommendation
    parts = [recommendation.title, plain_text(recommendation.text)]
    parts += [plain_text(point.text) for point in recommendation.points.all()]
    parts += [plain_text(renaksi.plan), plain_text(renaksi.follow_up)]
    parts += [plain_text(step.text) for step in renaksi.steps.all()]
    parts += [f"{row.title} {row.document_number}" for row in renaksi.evidence.all()]
    return " ".join(words(" ".join(parts)))[:LONGEST_TEXT]
