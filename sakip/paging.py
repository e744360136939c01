"""Pages of a long list, found by the row at their edge (keyset) instead of by counting rows from the start.

A page costs the same at any depth: its keys come from an index, then its rows by key. A list of at most
`settings.MOST_COUNTED` rows is counted and has numbered pages. A longer one says “lebih dari …”, and its
links carry the sort values of the edge row (`setelah`, `sebelum`), so they stay right when rows come or go
elsewhere. The values are places in a list, not secrets: a changed one leads to another place among the rows
that the reader may see, an unreadable one to the first page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, ForeignKey, GeneratedField, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.http import QueryDict
from django.utils import timezone

from sakip.converters import key_of
from sakip.numbers import format_number

NUMBER, AFTER, BEFORE = "page", "setelah", "sebelum"
PARAMETERS = (NUMBER, AFTER, BEFORE)
BETWEEN = "~"
LONGEST_KEY = 2_000  # characters; no row of ours has a longer one
LAST_NUMBER = 10**9  # the number in a link of a long list is only shown


class Ordered:
    """The rows of a queryset in an order of columns, of which the last is unique.

    The columns are all ascending or all descending, and never NULL; a name may be a lookup path or an
    annotation. Only so an index finds the rows after a given one. A class with the same four methods
    may stand in for this one where one query does not do.
    """

    def __init__(self, rows: QuerySet, order: Sequence[str]):
        down = [name.startswith("-") for name in order]
        if any(down) != all(down):
            raise ValueError(
                "An index finds the next page only if all columns go in one direction."
            )
        self.rows = rows
        self.model = rows.model
        self.names = [name.removeprefix("-") for name in order]
        self.is_descending = all(down)

    def count(self, most: int) -> tuple[int, bool]:
        """The number of rows, at most `most`, and whether there are no more."""
        number = self._in_order()[: most + 1].count()
        return min(number, most), number <= most

    def keys(self, start: int, length: int) -> list[tuple]:
        """The primary key and then the sort values of each row from the place `start` on."""
        return list(self._values(self._in_order())[start : start + length])

    def after(self, edge: tuple, length: int) -> list[tuple]:
        """The same for the rows that follow the sort values `edge`."""
        return list(self._values(self._in_order().filter(self._beyond(edge)))[:length])

    def before(self, edge: tuple | None, length: int) -> list[tuple]:
        """The same for the rows in front of `edge`, the nearest first; None stands for the end of the list."""
        rows = self._in_order(backwards=True)
        if edge is not None:
            rows = rows.filter(self._beyond(edge, backwards=True))
        return list(self._values(rows)[:length])

    def fields(self):
        """The fields that understand the sort values."""
        query = self.rows.query.clone()
        return [F(name).resolve_expression(query).output_field for name in self.names]

    def _values(self, rows):
        return rows.values_list("pk", *self.names)

    def _in_order(self, *, backwards=False):
        sign = "-" if self.is_descending != backwards else ""
        return self.rows.order_by(*(f"{sign}{name}" for name in self.names))

    def _beyond(self, edge, *, backwards=False):
        lookup = TupleLessThan if self.is_descending != backwards else TupleGreaterThan
        return lookup([F(name) for name in self.names], tuple(edge))


@dataclass
class Page:
    """One page as the template `components/_paging.html` shows it."""

    rows: list
    count: int  # of the whole list; of a long one at least so many
    is_long: bool
    number: int
    length: int
    first_row: int | None  # its place in the list; None where only the neighbours are known
    first_link: str = ""
    previous_link: str = ""
    next_link: str = ""

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    @property
    def has_other_pages(self) -> bool:
        return bool(self.previous_link or self.next_link)

    @property
    def count_words(self) -> str:
        """“37” or “lebih dari 1.000”, to be followed by what is listed."""
        number = format_number(max(self.count, len(self.rows)), 0)
        if not self.is_long:
            return number
        words = "lebih dari" if self.count >= settings.MOST_COUNTED else "sekurang-kurangnya"
        return f"{words} {number}"

    @property
    def pages(self) -> int | None:
        """The number of pages; None for a long list."""
        return None if self.is_long else max(1, -(-self.count // self.length))

    @property
    def last_row(self) -> int:
        return (self.first_row or 1) + len(self.rows) - 1


def page_of(
    rows: QuerySet | Ordered,
    query: QueryDict,
    *,
    order: Sequence[str] = ("pk",),
    load: Callable[[QuerySet], Iterable] = lambda rows: rows,
    read: Callable[[list], Iterable] | None = None,
    length: int | None = None,
) -> Page:
    """Returns the page that the `query` of the address asks for.

    `rows` says which rows there are; it needs no joins of its own for showing them. `load` gets a bare
    queryset of the rows of the page and adds what they show; `read` stands in for it and gets their keys.
    Three queries, four where the address leads to a place that has no rows any more, and those of `load`.
    """
    source = Ordered(rows, order) if isinstance(rows, QuerySet) else rows
    length = length or settings.PAGE_LENGTH
    count, is_all = source.count(settings.MOST_COUNTED)
    draft = Page([], count, not is_all, 1, length, None)
    keys = _by_edge(source, query, draft) or _by_number(source, query, draft)
    pks = [key[0] for key in keys]
    rows = read(pks) if read else load(source.model._default_manager.filter(pk__in=pks).order_by())
    draft.rows = _in_order(rows, pks)
    return draft


def _by_number(source, query, page):
    """The keys of the numbered page; of the first one when a long list has no page of this number."""
    last = -(-settings.MOST_COUNTED // page.length) if page.is_long else page.pages
    by_edge = AFTER in query or BEFORE in query
    asked = 1 if by_edge else key_of(query.get(NUMBER, "")) or 1
    page.number = 1 if page.is_long and asked > last else min(asked, last)
    start = (page.number - 1) * page.length
    keys = source.keys(start, page.length + 1)
    page.first_row = start + 1
    page.first_link = page.previous_link = page.next_link = ""
    has_more, keys = len(keys) > page.length, keys[: page.length]
    if page.is_long:
        _link_by_edge(query, page, keys, has_previous=page.number > 1, has_next=has_more)
        return keys
    if page.number > 1:
        page.previous_link = _address(query, {NUMBER: page.number - 1})
    if has_more:
        page.next_link = _address(query, {NUMBER: page.number + 1})
    return keys


def _by_edge(source, query, page):
    """The keys next to the edge that the address names; empty when it names none or the page is the first."""
    backwards = BEFORE in query
    edge = _read(query.get(BEFORE if backwards else AFTER, ""), source)
    if edge is None:
        return []
    page.number = min(max(2, key_of(query.get(NUMBER, "")) or 2), page.pages or LAST_NUMBER)
    if backwards:
        keys = source.before(edge, page.length + 1)
        has_previous, has_next = len(keys) > page.length, True
    else:
        keys = source.after(edge, page.length + 1)
        has_previous, has_next = True, len(keys) > page.length
        if not keys:  # the rows of this page are gone meanwhile: the last page
            backwards, keys = True, source.before(None, page.length + 1)
            has_previous, has_next = len(keys) > page.length, False
    keys = keys[: page.length]
    if backwards:
        keys.reverse()
        if not has_previous:
            return []  # the first page, which is always a full one
    _link_by_edge(query, page, keys, has_previous=has_previous, has_next=has_next)
    return keys


def _link_by_edge(query, page, keys, *, has_previous, has_next):
    if has_previous:
        page.first_link = _address(query, {})
        back = {NUMBER: page.number - 1, BEFORE: written(keys[0][1:])}
        page.previous_link = _address(query, back if page.number > 2 else {BEFORE: back[BEFORE]})
    if has_next:
        page.next_link = _address(query, {NUMBER: page.number + 1, AFTER: written(keys[-1][1:])})


def _in_order(rows, pks):
    """The rows with these keys, in this order; one that was deleted a moment ago is left out."""
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in pks if pk in found]


def _address(query, parameters):
    """The query of the address with other paging; the other parameters stay."""
    kept = without_place(query)
    for name, value in parameters.items():
        kept[name] = str(value)
    return f"?{kept.urlencode(safe=BETWEEN)}"


def without_place(query: QueryDict) -> QueryDict:
    """The parameters of a list without the page of it."""
    kept = query.copy()
    for name in PARAMETERS:
        kept.pop(name, None)
    return kept


def written(edge: Sequence) -> str:
    """The sort values of a row as they stand in an address."""
    return BETWEEN.join(_written(value) for value in edge)


def _written(value):
    if isinstance(value, date):  # or a datetime
        return value.isoformat()
    return str(value).replace("%", "%25").replace(BETWEEN, "%7E")


def _read(text, source) -> tuple | None:
    """The sort values that `written` wrote; None when these are not values of such columns."""
    if not text or len(text) > LONGEST_KEY or "\x00" in text:
        return None
    parts, fields = text.split(BETWEEN), source.fields()
    if len(parts) != len(fields):
        return None
    try:
        return tuple(map(_value, fields, parts))
    except (ValidationError, ValueError, OverflowError):
        return None


def _value(field, text):
    field = _plain(field)
    value = field.to_python(unquote(text))
    if value is None:
        raise ValueError("A column of an order is never NULL.")
    field.run_validators(value)  # a number must fit into its column
    if isinstance(value, datetime):
        value = value if timezone.is_aware(value) else timezone.make_aware(value)
        value.astimezone(UTC)  # OverflowError at the ends of the calendar, which no database holds
    return value


def _plain(field):
    """The field that stands behind a key of another table or a generated column."""
    while isinstance(field, ForeignKey | GeneratedField):
        field = field.target_field if isinstance(field, ForeignKey) else field.output_field
    return field


def count_words(rows: QuerySet) -> str:
    """“37” or “lebih dari 1.000”, to be followed by what is counted. One query."""
    # To put a COUNT around the rows takes Django longer than to read a thousand keys.
    number = len(rows.order_by().values_list("pk")[: settings.MOST_COUNTED + 1])
    words = format_number(min(number, settings.MOST_COUNTED), 0)
    return words if number <= settings.MOST_COUNTED else f"lebih dari {words}"
