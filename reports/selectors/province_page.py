"""What the page of the province shows of each body, with the address behind each figure."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse

from reports.selectors import province_list as listed
from reports.selectors import province_words as words
from reports.selectors.leader_headline import page_of
from reports.selectors.province import BodyRow, Province, level


@dataclass(frozen=True)
class ColumnHead:
    """The head of a column. `sorted` is the value of aria-sort, empty when the list is not sorted by it."""

    label: str
    url: str
    sorted: str = ""
    title: str = ""
    css: str = ""


@dataclass(frozen=True)
class HeatCell:
    name: str
    percent: Decimal | None
    level: int | None


@dataclass(frozen=True)
class BodyLine:
    """One body. An address is empty when the figure is 0."""

    row: BodyRow
    url: str
    fall: str = ""
    done: str = ""
    compared: str = ""
    heat: list[HeatCell] = field(default_factory=list)
    days_late: int | None = None
    links: dict[str, str] = field(default_factory=dict)


def heads(found: Province, query: dict, sort: str, *, is_reversed: bool) -> list[ColumnHead]:
    """Returns the heads in the order of the columns. A head that is chosen already turns the order."""
    names = words.short_names(found.rows)

    def head(name, label="", title="", css="number"):
        is_chosen = name == sort
        turned = {"balik": "on"} if is_chosen and not is_reversed else {}
        kept = {key: value for key, value in query.items() if key not in ("urut", "balik")}
        chosen = {} if name == listed.DEFAULT_SORT else {"urut": name}
        rises = listed.sorting(name).high_first == is_reversed
        way = ("ascending" if rises else "descending") if is_chosen else ""
        label = label or listed.SORTS[name].label
        return ColumnHead(label, listed.address(kept | chosen | turned), way, title, css)

    return [
        head("nama", css=""),
        head("nilai"),
        head("perubahan"),
        head("turun", css=""),
        *(
            head(f"{listed.BY_COMPONENT}{row.pk}", names[row.pk], row.name, "heat-head")
            for row in found.components
        ),
        head("sudah", title="Sudah menurut unit, dari yang dapat ditindaklanjuti"),
        head("diverifikasi", "Tuntas", "Diverifikasi evaluator"),
        head("terlambat"),
        head("terlama", title="Yang paling lama terlambat"),
        head("reviu", "Reviu", "Menunggu reviu"),
        head("berulang", "Ulang", "Rekomendasi yang berulang"),
    ]


def lines(found: Province, rows: list[BodyRow]) -> list[BodyLine]:
    names = words.short_names(found.rows)
    return [_line(found, row, names) for row in rows]


def _line(found, row, names) -> BodyLine:
    return BodyLine(
        row=row,
        url=page_of(row.body, found.year),
        fall=words.fall(row, names),
        done=words.done_about_fall(row),
        compared=words.compared(row),
        heat=[_heat(row, one, names) for one in found.components] if row.comparison else [],
        days_late=row.work.days_late(found.today) if row.work else None,
        links=_links(found, row),
    )


def _heat(row, component, names):
    percent = row.percents.get(component.pk)
    step = None if percent is None else level(percent)
    return HeatCell(names.get(component.pk, component.name), percent, step)


def _links(found, row) -> dict[str, str]:
    links = {"repeated": listed.repeated(found, row.body)} if row.repeated else {}
    if row.evaluation:
        links["score"] = row.evaluation.get_absolute_url()
    if row.of_fallen and row.of_fallen.total:
        links["fall"] = listed.items(found, row.body, komponen=row.fallen.component.pk)
    if row.work is None:
        return links
    counts = {
        "claimed": (row.work.progress.claimed, {"status": "claimed"}),
        "countable": (row.work.progress.countable, {"status": "countable"}),
        "verified": (row.work.progress.verified, {"status": "done"}),
        "late": (row.work.overdue, {"batas": "overdue"}),
        "waiting": (row.work.waiting, {"status": "submitted"}),
    }
    shown = {name: listed.items(found, row.body, **said) for name, (n, said) in counts.items() if n}
    return links | shown


def report_address(found: Province, format_name: str) -> str:
    """Returns the address of the file with the same figures."""
    path = reverse("reports:report-download", args=["province-recap", format_name])
    return f"{path}?tahun={found.year}" if found.year else path
