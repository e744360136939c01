"""The list of bodies on the page of the province: how it is sorted, filtered, and linked."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.selectors import renaksi_list
from reports.selectors.province import BodyRow, BodyWork, Province

DEFAULT_SORT = "perubahan"
BY_COMPONENT = "komponen-"
DOWN, UP = "turun", "naik"


@dataclass(frozen=True)
class BodySorting:
    """What a head sorts by: `read(row, today)`, None where a body has no such figure.

    The worst comes first: the lowest, or with `high_first` the highest.
    """

    label: str
    read: Callable
    high_first: bool = False


def _of_work(label, read, **options) -> BodySorting:
    return BodySorting(
        label, lambda row, today: read(row.work, today) if row.work else None, **options
    )


SORTS = {
    "nama": BodySorting("Perangkat daerah", lambda row, today: row.body.name.casefold()),
    "nilai": BodySorting("Nilai", lambda row, today: row.total),
    "perubahan": BodySorting("Perubahan", lambda row, today: row.change),
    "turun": BodySorting("Komponen yang paling turun", lambda row, today: row.fall),
    "sudah": _of_work("Sudah", lambda work, today: work.progress.claimed_percent),
    "diverifikasi": _of_work("Diverifikasi", lambda work, today: work.progress.verified_percent),
    "terlambat": _of_work("Terlambat", lambda work, today: work.overdue, high_first=True),
    "terlama": _of_work("Terlama", BodyWork.days_late, high_first=True),
    "reviu": _of_work("Menunggu reviu", lambda work, today: work.waiting, high_first=True),
    "berulang": BodySorting("Berulang", lambda row, today: row.repeated, high_first=True),
}


def sorting(name: str) -> BodySorting:
    """Returns the sorting of this name; of a component by its key, as in “komponen-3”."""
    key = name.removeprefix(BY_COMPONENT)
    if key == name:
        return SORTS[name]
    return BodySorting("Komponen", lambda row, today: row.percents.get(int(key)))


def ordered(found: Province, by: str = DEFAULT_SORT, *, reverse: bool = False) -> list[BodyRow]:
    """Returns all rows: those without this figure last, equal ones by name."""
    chosen = sorting(by)
    read = [(chosen.read(row, found.today), row) for row in found.rows]
    known = [pair for pair in read if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=chosen.high_first != reverse)
    unknown = [row for value, row in read if value is None]
    unknown.sort(key=lambda row: row.evaluation is None)
    return [row for _, row in known] + unknown


def narrowed(rows, *, grade="", movement="", only_late=False, without=False, text="") -> list:
    """Returns the rows that match all given filters; empty values are ignored."""
    words = text.casefold().split()
    return [
        row
        for row in rows
        if (not grade or row.grade == grade)
        and (not movement or _moved(row, movement))
        and (not only_late or row.overdue)
        and (not without or row.evaluation is None)
        and all(word in f"{row.body.name} {row.body.short_name}".casefold() for word in words)
    ]


def _moved(row, movement):
    change = row.change or 0
    return change < 0 if movement == DOWN else change > 0


def items(found: Province, body=None, **filters) -> str:
    """Returns the address of the list of the renaksi that the page counts, of one body or of all."""
    chosen = {"tahun": found.year} if found.year else {"lhe_terakhir": "on"}
    if body is not None:
        chosen["perangkat"] = body.pk
    return renaksi_list.address(urlencode(chosen | filters))


def address(query=None) -> str:
    """Returns the address of the page with these filters; empty ones are left out."""
    said = urlencode({name: value for name, value in (query or {}).items() if value})
    return reverse("reports:province") + (f"?{said}" if said else "")


def repeated(found: Province, body=None) -> str:
    """Returns the address of the list of repeated recommendations, of one body or of all."""
    chosen = {"perangkat": body.pk} if body is not None else {}
    chosen |= {"tahun": found.year} if found.year else {}
    path = reverse("reports:repeated")
    return f"{path}?{urlencode(chosen)}" if chosen else path
