"""One page of the units that a coordinator keeps, in the order of the tree."""

from collections import defaultdict

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from sakip.models import Unit
from sakip.selectors.unit_names import FormerNames

DEEPEST = 3  # as far as the page indents


def unit_page(user, number) -> tuple[Page, list[dict]]:
    """The page, and its units with depth, number of active people and former names. Five queries."""
    kept = set(Unit.objects.editable_by(user).values_list("pk", flat=True))
    lines = [(pk, depth) for pk, depth in _in_tree_order() if pk in kept]
    top = min((depth for _, depth in lines), default=0)
    page = Paginator(lines, settings.PAGE_LENGTH).get_page(number)
    keys = [pk for pk, _ in page]
    units, people, former = Unit.objects.in_bulk(keys), _active_people(keys), FormerNames(keys)
    return page, [
        {
            "unit": units[pk],
            "people": people[pk],
            "depth": min(depth - top, DEEPEST),
            "former": former.of(units[pk]),
        }
        for pk, depth in page
        if pk in units
    ]


def _in_tree_order():
    """Yields key and depth of every unit, each before those beneath it. One query."""
    beneath = defaultdict(list)
    for row in Unit.objects.rows():
        beneath[row.parent_id].append(row.pk)
    waiting = [(pk, 0) for pk in reversed(beneath[None])]
    while waiting:
        pk, depth = waiting.pop()
        yield pk, depth
        waiting += [(one, depth + 1) for one in reversed(beneath[pk])]


def _active_people(keys) -> dict[int, int]:
    acting = Count("people", filter=Q(people__is_active=True), distinct=True)
    posted = Count("other_posts", filter=Q(other_posts__person__is_active=True), distinct=True)
    rows = Unit.objects.filter(pk__in=keys).order_by().annotate(people_count=acting + posted)
    return dict(rows.values_list("pk", "people_count"))
