"""Answers one page of a list, one record, or a whole list as CSV."""

import csv
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from django.http import Http404, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from pydantic import BaseModel, TypeAdapter

from api.v1.kinds import Listing
from reports.exports.validity import program_version, rights_of
from sakip.history import version
from sakip.spreadsheets import without_formula

CHUNK = 500  # records of a CSV file at a time
NOT_HERE = "Tidak ada {title} dengan kunci {pk} yang boleh dibaca dengan token ini."


def one_page(request, kind: Listing, query) -> HttpResponse:
    """`after` is the key of the last record before the page; a page costs the same at any depth."""
    today, seat = timezone.localdate(), request.auth.seat
    tag = _tag(request, kind, today)
    if same := _unchanged(request, tag):
        return same
    found = kind.found(seat, today, query.filters)
    if query.format == "csv":
        return _as_csv(request, kind, found, query, today)
    loaded = _loaded(kind, found, query.after, query.limit + 1)
    has_more, loaded = len(loaded) > query.limit, loaded[: query.limit]
    rows = kind.told(loaded, seat, today, query.filters)
    items = _adapter(kind).dump_json(_checked(kind, rows))
    following = _next_address(request, loaded[-1].pk) if has_more else None
    content = b'{"items":%b,"next":%b}' % (items, TypeAdapter(str | None).dump_json(following))
    return _tagged(HttpResponse(content, content_type="application/json"), tag)


def one_record(request, kind: Listing, pk: int) -> HttpResponse:
    """Raises Http404 for one that the reader may not see, as for one that does not exist."""
    today, seat = timezone.localdate(), request.auth.seat
    tag = _tag(request, kind, today)
    if same := _unchanged(request, tag):
        return same
    loaded = list(kind.load(kind.found(seat, today, {}).filter(pk=pk)))
    if not loaded:
        raise Http404(NOT_HERE.format(title=kind.title.lower(), pk=pk))
    [row] = _checked(kind, kind.told(loaded, seat, today, {}))
    return _tagged(HttpResponse(row.model_dump_json(), content_type="application/json"), tag)


@cache
def _adapter(kind: Listing) -> TypeAdapter:
    return TypeAdapter(list[kind.record])  # type: ignore[name-defined]


def _checked(kind, rows) -> list[BaseModel]:
    """What does not fit the description is a fault of the program, and must not be sent."""
    return _adapter(kind).validate_python(list(rows))


def _loaded(kind, found, after, length) -> list:
    if after is not None:
        found = found.filter(pk__gt=after)
    return list(kind.load(found.order_by("pk"))[:length])


def _next_address(request, last) -> str:
    query = request.GET.copy()
    query["after"] = str(last)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


# ── Unchanged ───────────────────────────────────────────────────────────────────────────────────
def _tag(request, kind, today) -> str | None:
    """Names the answer before anything is read: the question, the rights of the reader, the program, and
    the state of all records. None while that state is not known.
    """
    if (number := version.current()) is None:
        return None
    day = today if kind.by_day else ""
    parts = [request.get_full_path(), rights_of(request.auth.seat), program_version(), number, day]
    return f'W/"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _unchanged(request, tag) -> HttpResponseNotModified | None:
    answer = get_conditional_response(request, etag=tag)
    return _tagged(answer, tag) if answer is not None and answer.status_code == 304 else None


def _tagged(response, tag):
    """Only the program that asked may keep it, and must ask each time whether it still holds."""
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization, Accept-Encoding"
    if tag:
        response["ETag"] = tag
    return response


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────
class _Echo:
    """A file for the writer that hands each line back."""

    def write(self, line: str) -> str:
        return line


def _as_csv(request, kind, found, query, today) -> StreamingHttpResponse:
    """Commas, UTF-8 without a mark, decimal points: for programs. Sent while it is being read."""
    lines = _lines(kind, found, query, request.auth.seat, today)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind.path}.csv"'
    return _tagged(response, None)


def _lines(kind, found, query, seat, today) -> Iterator[str]:
    writer = csv.writer(_Echo())
    names = list(kind.record.model_fields)
    yield writer.writerow(names)
    after = query.after
    while loaded := _loaded(kind, found, after, CHUNK):
        rows = _checked(kind, kind.told(loaded, seat, today, query.filters))
        for row in rows:
            values = row.model_dump(mode="json")
            yield writer.writerow([cell(values[name]) for name in names])
        after = loaded[-1].pk


def cell(value) -> str:
    """A figure stays one; of a list its values, of the records in it all their values in order."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return " · ".join(cell(one) for one in value.values())
    if isinstance(value, list):
        between = "\n" if any(isinstance(one, dict) for one in value) else " "
        return without_formula(between.join(map(cell, value)))
    return str(value) if isinstance(value, int) or _is_figure(value) else without_formula(value)


def _is_figure(text: str) -> bool:
    head = text.removeprefix("-").replace(".", "", 1)
    return head.isascii() and head.isdigit()
