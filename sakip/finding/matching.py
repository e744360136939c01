"""Looks for words in few columns of a table without an index for them: the database narrows, the rest is compared."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db.models import Q, QuerySet

from sakip.finding.asked import Asked, says
from sakip.finding.kinds import MOST_COUNTED


def like(rows: QuerySet, asked: Asked, *columns: str) -> QuerySet:
    """Those in one of whose columns the longest of the words may stand. All when an accent is in it: texts are
    compared without."""
    longest = max(asked.words, key=len)
    if not longest.isascii():
        return rows
    place = Q()
    for column in columns:
        place |= Q(**{f"{column}__icontains": longest})
    return rows.filter(place)


def saying(rows: Iterable[Sequence], asked: Asked) -> list[int]:
    """The keys of the first rows that say all words, one more than are counted. A row is a key and its texts."""
    found = (key for key, *texts in rows if says(" ".join(texts), asked.words))
    return list(islice(found, MOST_COUNTED + 1))
