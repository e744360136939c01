"""Finds renaksi by the words of their recommendation, plan, follow-up, steps and evidence.

Words are spelled the same way here for both databases, so that both find the same: lower case,
without accents, split at everything that is neither letter nor digit. A query finds what holds, for
each of its words, a word beginning with it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL

from recommendations.models import Evidence, Recommendation, Renaksi, SearchDocument, Step
from sakip.richtext import plain_text
from sakip.spelling import bare

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
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", bare(text))))


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
    """Spells the words of these renaksi anew. Six queries for each five hundred of them."""
    ids = list(renaksi_ids)
    for start in range(0, len(ids), BATCH):
        SearchDocument.objects.bulk_create(
            _documents(ids[start : start + BATCH]),
            update_conflicts=True,
            unique_fields=["renaksi"],
            update_fields=["text"],
        )


def _documents(ids) -> list[SearchDocument]:
    rows = list(
        Renaksi.objects.filter(pk__in=ids).values_list("pk", "recommendation", "plan", "follow_up")
    )
    shared = _words_of_recommendations({recommendation for _, recommendation, *_ in rows})
    beneath = _texts_beneath(ids)
    return [
        SearchDocument(
            renaksi_id=pk,
            text=_text(shared[recommendation], map(plain_text, (plan, follow_up)), beneath[pk]),
        )
        for pk, recommendation, plan, follow_up in rows
    ]


def _words_of_recommendations(ids) -> dict[int, list[str]]:
    """Read once for all the renaksi of a recommendation."""
    rows = Recommendation.objects.filter(pk__in=ids).select_related("component")
    return {
        row.pk: words(
            " ".join((row.title, *(plain_text(part.text) for part in (row, *row.points.all()))))
        )
        for row in rows.prefetch_related("points")
    }


def _texts_beneath(ids) -> dict[int, list[str]]:
    """The steps and then the evidence of each renaksi."""
    found = defaultdict(list)
    steps = Step.objects.filter(renaksi__in=ids).order_by("position")
    for pk, text in steps.values_list("renaksi", "text"):
        found[pk].append(plain_text(text))
    evidence = Evidence.objects.filter(renaksi__in=ids, is_archived=False).order_by("pk")
    for pk, title, number in evidence.values_list("renaksi", "title", "document_number"):
        found[pk] += [title, number]
    return found


def _text(shared, own, beneath) -> str:
    found = dict.fromkeys((*shared, *words(" ".join((*own, *beneath)))))
    return " ".join(found)[:LONGEST_TEXT]
