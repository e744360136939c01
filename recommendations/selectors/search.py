"""Finds renaksi by the words of their recommendation, plan, follow-up, steps and evidence, and recommendations
by their own.

This module prepares the words, so that both databases find the same: lower case, no accents, split
at every character that is not a letter or digit. A record matches when each word of the query is
the beginning of one of its words.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, Value
from django.db.models.expressions import RawSQL

from recommendations.models import (
    Evidence,
    Recommendation,
    RecommendationPoint,
    RecommendationWords,
    Renaksi,
    SearchDocument,
    Step,
)
from sakip.bulk import insert_many
from sakip.prepared import Prepared
from sakip.richtext import plain_text
from sakip.spelling import words_of as words

MOST_WORDS_ASKED = 12
# A tsvector of PostgreSQL must be smaller than 1 MiB.
LONGEST_TEXT = 100_000
BATCH = 500
SAMPLE, MANY = 64, 8
NEWEST = (
    ("recommendations_searchdocument", "renaksi_id"),
    ("recommendations_recommendationwords", "recommendation_id"),
)

FINDERS = {
    "sqlite": "SELECT rowid FROM recommendations_search WHERE recommendations_search MATCH %s",
    "postgresql": "SELECT renaksi_id FROM recommendations_searchdocument "
    "WHERE words @@ to_tsquery('simple', %s)",
}
OF_RECOMMENDATIONS = {
    "sqlite": "SELECT rowid FROM recommendations_texts WHERE recommendations_texts MATCH %s",
    "postgresql": "SELECT recommendation_id FROM recommendations_recommendationwords "
    "WHERE words @@ to_tsquery('simple', %s)",
}


def matching(renaksi, query: str):
    """Returns the rows of `renaksi` that match every word of `query`; all rows when it has no words."""
    asked = _asked(query)
    if not asked:
        return renaksi
    return renaksi.filter(pk__in=RawSQL(FINDERS[connection.vendor], [_expression(asked)]))  # noqa: S611  the text is a parameter


def keys(query: str, most: int, finders=FINDERS) -> list[int] | None:
    """Returns the keys of all renaksi that match, if they are at most `most`; None for more and without words.
    With OF_RECOMMENDATIONS those of recommendations.

    The full-text index alone answers this, so that a list of few rows need not be searched for in its order.
    """
    asked = _asked(query)
    if not asked:
        return None
    with connection.cursor() as cursor:
        sql = f"{finders[connection.vendor]} LIMIT %s"
        cursor.execute(sql, [_expression(asked), most + 1])
        found = [key for (key,) in cursor.fetchall()]
    return found if len(found) <= most else None


def _asked(query: str) -> list[str]:
    return words(query)[:MOST_WORDS_ASKED]


def _expression(asked) -> str:
    """Words contain only letters and digits, so they cannot be operators of either query language."""
    if connection.vendor == "sqlite":
        return " ".join(f'"{word}"*' for word in asked)
    return " & ".join(f"'{word}':*" for word in asked)


def frequent(query: str) -> tuple[bool, bool]:
    """Whether many of the newest renaksi, and of the newest recommendations, have all the words. One query.

    Then the index would list too many, and rows are read in their order instead. It is a guess, and only a
    way to choose between two that find the same.
    """
    asked = _asked(query)
    counts = ", ".join(f"({_counting(*table, len(asked))})" for table in NEWEST)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", [f"% {word}%" for _ in NEWEST for word in asked])  # noqa: S608  the words are parameters
        of_renaksi, of_recommendations = cursor.fetchone()
    return of_renaksi > MANY, of_recommendations > MANY


def _counting(table, key, number):
    newest = f"SELECT ' ' || text AS words FROM {table} ORDER BY {key} DESC LIMIT {SAMPLE}"  # noqa: S608  names of tables
    return f"SELECT COUNT(*) FROM ({newest}) newest WHERE {' AND '.join(['words LIKE %s'] * number) or '1 = 1'}"  # noqa: S608  names of tables


def containing(rows, query: str, path="search_document__text"):
    """Does the same by reading the words of each row: for a page of many, where the index lists too many.

    `path` leads to the words, of recommendations it is `search_words__text`.
    """
    for word in _asked(query):
        rows = rows.filter(
            Q(**{f"{path}__startswith": word}) | Q(**{f"{path}__contains": f" {word}"})
        )
    return rows


def refresh(renaksi_ids: Iterable[int]):
    """Writes the search words of these renaksi again. Six queries for each 500 renaksi."""
    ids = list(renaksi_ids)
    for start in range(0, len(ids), BATCH):
        _save(_documents(ids[start : start + BATCH]))


def refresh_recommendations(ids: Iterable[int]):
    """Writes the own words of these recommendations again. Three queries for each 500."""
    ids = list(ids)
    for start in range(0, len(ids), BATCH):
        found = _words_of_recommendations(ids[start : start + BATCH])
        RecommendationWords.objects.bulk_create(
            [
                RecommendationWords(recommendation_id=pk, text=" ".join(own)[:LONGEST_TEXT])
                for pk, own in found.items()
            ],
            update_conflicts=True,
            unique_fields=["recommendation"],
            update_fields=["text"],
        )


def refresh_loaded(renaksi):
    """The same for one that holds what is stored, with its recommendation. Two queries."""
    parent = renaksi.recommendation
    points: list[str] = []
    beneath: list[str] = []
    for place, _, _, text, number in sorted(TEXTS(parent.pk, renaksi.pk)):
        text = text if place == OF_EVIDENCE else plain_text(text)
        (points if place == OF_POINT else beneath).append(f"{text} {number}")
    shared = _words_of_recommendation(parent, points)
    own = map(plain_text, (renaksi.plan, renaksi.follow_up))
    _save([SearchDocument(renaksi_id=renaksi.pk, text=_text(shared, own, beneath))])


def _save(documents):
    insert_many(documents, conflict="ON CONFLICT (renaksi_id) DO UPDATE SET text = EXCLUDED.text")


def _documents(ids) -> list[SearchDocument]:
    rows = list(
        Renaksi.objects.filter(pk__in=ids).values_list("pk", "recommendation", "plan", "follow_up")
    )
    return _worded(rows, _words_of_recommendations({parent for _, parent, *_ in rows}))


def _worded(rows, shared) -> list[SearchDocument]:
    """`rows` are (key, recommendation, plan, follow-up), `shared` are the words of each recommendation."""
    beneath = _texts_beneath([pk for pk, *_ in rows])
    return [
        SearchDocument(
            renaksi_id=pk,
            text=_text(shared[recommendation], map(plain_text, (plan, follow_up)), beneath[pk]),
        )
        for pk, recommendation, plan, follow_up in rows
    ]


def _words_of_recommendations(ids) -> dict[int, list[str]]:
    """Reads each recommendation only once, although several renaksi share it."""
    rows = Recommendation.objects.filter(pk__in=ids).select_related("component")
    return {
        row.pk: _words_of_recommendation(row, [plain_text(one.text) for one in row.points.all()])
        for row in rows.prefetch_related("points")
    }


def _words_of_recommendation(row, points) -> list[str]:
    return words(" ".join((row.title, plain_text(row.text), *points)))


def _texts_beneath(ids) -> dict[int, list[str]]:
    """Returns the texts of the steps and then of the evidence, by renaksi."""
    found = defaultdict(list)
    steps = Step.objects.filter(renaksi__in=ids).order_by("position")
    for pk, text in steps.values_list("renaksi", "text"):
        found[pk].append(plain_text(text))
    evidence = Evidence.objects.filter(renaksi__in=ids, is_archived=False).order_by("pk")
    for pk, title, number in evidence.values_list("renaksi", "title", "document_number"):
        found[pk] += [title, number]
    return found


def _texts(recommendation, renaksi):
    """The points of the recommendation, the steps and the evidence, each with its place among them."""
    points = RecommendationPoint.objects.filter(recommendation=recommendation)
    steps = Step.objects.filter(renaksi=renaksi)
    evidence = Evidence.objects.filter(renaksi=renaksi, is_archived=False)
    return _placed(points, OF_POINT, "position", "text", Value("")).union(
        _placed(steps, OF_STEP, "position", "text", Value("")),
        _placed(evidence, OF_EVIDENCE, Value(0), "title", "document_number"),
        all=True,
    )


def _placed(rows, place, *columns):
    return rows.order_by().values_list(Value(place), columns[0], "pk", *columns[1:])


OF_POINT, OF_STEP, OF_EVIDENCE = range(3)
TEXTS = Prepared(_texts, plans_once=True)


def _text(shared, own, beneath) -> str:
    found = dict.fromkeys((*shared, *words(" ".join((*own, *beneath)))))
    return " ".join(found)[:LONGEST_TEXT]
