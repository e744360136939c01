"""The children of one record on its page: some of them at a time, or all of them to print.

The page shows a leaf of them with numbered links, or the first of them. Whoever wants to print the page in
the browser asks for all of them by the link of `components/_leaves.html`; the PDF always has all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict

ALL = "semua"


def wants_all(query: QueryDict) -> bool:
    """Whether the address asks for the whole record on one page."""
    return ALL in query


def leaf_of(rows: Sequence, query: QueryDict, length: int) -> Page:
    """The rows of the leaf that the address asks for. Two queries when `rows` is a queryset."""
    paginator = Paginator(rows, length)
    if wants_all(query):
        paginator.per_page = max(1, paginator.count)
    return paginator.get_page(query.get("page"))


@dataclass(frozen=True)
class Excerpt:
    """The first rows of a list. `is_cut` is True when there are more."""

    rows: list
    is_cut: bool
