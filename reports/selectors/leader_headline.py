"""The top of the leader's page: a few figures in words, each with a link to its rows."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from recommendations.models import Renaksi
from recommendations.rules import grades
from recommendations.rules.status import STATUS_WORDS
from recommendations.selectors import renaksi_list
from reports.selectors.leader_summary import Group, Summary
from reports.tables.table import Align, Cell, Column, Table
from sakip.numbers import format_number


@dataclass(frozen=True)
class Box:
    """A figure in words; `value` is None when there is none. `url` opens its rows, `more_url` the rows of its detail."""

    label: str
    value: str | None
    detail: str
    url: str = ""
    more_url: str = ""
    is_late: bool = False


def boxes(found: Summary) -> list[Box]:
    progress, waiting = found.progress, found.waiting
    of = f"dari {format_number(progress.countable, 0)} rencana aksi"
    return [
        *_score_box(found),
        Box(
            "Sudah menurut unit",
            _percent(progress.claimed_percent, progress.places),
            f"{format_number(progress.claimed, 0)} {of}",
            rows(found, progress.claimed, status="claimed"),
        ),
        Box(
            "Sudah diverifikasi evaluator",
            _percent(progress.verified_percent, progress.places),
            f"{format_number(progress.verified, 0)} {of}",
            rows(found, progress.verified, status="done"),
        ),
        Box(
            "Terlambat, menunggu unit",
            format_number(waiting.unit, 0),
            f"rencana aksi; semua tahun {format_number(found.overdue_ever, 0)}",
            rows(found, waiting.unit, batas="overdue"),
            renaksi_list.address("batas=overdue") if found.overdue_ever else "",
            is_late=bool(found.overdue_ever),
        ),
        *_other_boxes(found),
    ]


def _score_box(found):
    if found.comparison is None:
        return
    comparison = found.comparison
    total, grade = comparison.current_total, comparison.current_grade
    yield Box(
        f"Nilai SAKIP {found.period}",
        format_number(total) + (f" ({grade})" if grade else ""),
        to_next(total) if grade else "Nilai komponen belum lengkap",
        found.evaluation.get_absolute_url(),
        reverse("recommendations:evaluation-simulation", args=[found.evaluation.pk])
        if grade
        else "",
    )


def to_next(total: Decimal) -> str:
    """Says what lacks to the next grade. Its bound must be exceeded, so “more than”."""
    step = grades.next_grade(total)
    if step is None:
        return "predikat tertinggi"
    distance = format_number(grades.distance_to_next_grade(total))
    return f"perlu lebih dari {distance} poin lagi untuk {step.code}"


def _other_boxes(found):
    waiting, closing = found.waiting, found.closing
    days = waiting.evaluator_days
    yield Box(
        "Menunggu reviu evaluator",
        format_number(waiting.evaluator, 0),
        "rencana aksi" if days is None else f"rencana aksi; paling lama {days} hari",
        rows(found, waiting.evaluator, status="submitted"),
    )
    yield Box(
        "Menunggu keputusan koordinator",
        format_number(waiting.coordinator, 0),
        "permintaan perpanjangan",
        rows(found, waiting.coordinator, perpanjangan="on"),
    )
    yield Box(
        "Waktu penyelesaian",
        None if closing.from_letter is None else f"{format_number(closing.from_letter, 0)} hari",
        f"rata-rata sejak LHE sampai selesai, {format_number(closing.count, 0)} rencana aksi"
        + (
            f"; reviu {format_number(closing.from_submission, 1)} hari"
            if closing.from_submission is not None
            else ""
        ),
        rows(found, closing.count, status="closed"),
    )
    yield Box(
        "Pengembalian",
        format_number(found.returns, 0),
        f"kali, pada {format_number(found.returned_items, 0)} rencana aksi",
        rows(found, found.returned_items, dikembalikan="on"),
    )


def boxes_table(found) -> Table:
    return Table(
        name="Angka pokok",
        columns=[
            Column("Ukuran", "label", width=40),
            Column(
                "Angka", lambda box: Cell(value=box.value, url=box.url), width=20, align=Align.END
            ),
            Column("Keterangan", "detail", width=60),
        ],
        rows=boxes(found),
        key="angka-pokok",
        row_key="label",
    )


def sentence(found) -> SafeString:
    """Returns a sentence about the change of the score; empty unless the summary is about one evaluation."""
    comparison = found.comparison
    if comparison is None or comparison.previous is None or comparison.total_change is None:
        return SafeString("")
    before = comparison.previous
    return format_html(
        "<p>Nilai SAKIP {}: {} ({}); tahun {}: {} ({}); perubahan {}.{}</p>",
        found.period,
        format_number(comparison.current_total),
        comparison.current_grade or "-",
        before.evaluation.performance_year,
        format_number(comparison.previous_total),
        comparison.previous_grade or "-",
        format_number(comparison.total_change, signed=True),
        "".join(f" {remark}" for remark in _remarks(found)),
    )


def remarks(found: Summary) -> SafeString:
    """Returns what a reader of the change must know; empty when there is nothing."""
    said = " ".join(_remarks(found))
    return format_html("<p>{}</p>", said) if said else SafeString("")


def _remarks(found):
    comparison = found.comparison
    if comparison and comparison.rubrics_differ and comparison.total_change is not None:
        yield ("Bobot komponen kedua tahun berbeda, sehingga selisih ini membandingkan dua skala.")
    if found.course:
        yield f"Nilai {found.course.words}: {found.course.listed}."


def unscored(found: Summary) -> SafeString:
    """Returns a sentence about later LHE without a score, because the page does not show these."""
    if not found.unscored:
        return SafeString("")
    if found.evaluation:
        later = found.unscored[0]
        return format_html(
            "<p>LHE tahun kinerja {} sudah terdaftar tetapi belum bernilai; rencana aksinya ikut dihitung. "
            '<a href="{}">Buka LHE itu</a></p>',
            later.performance_year,
            later.get_absolute_url(),
        )
    return format_html(
        "<p>{} LHE yang lebih baru sudah terdaftar tetapi belum bernilai; rencana aksinya ikut dihitung. "
        '<a href="{}">Buka daftar LHE</a></p>',
        format_number(len(found.unscored), 0),
        reverse("recommendations:evaluation-list"),
    )


def _percent(value, places):
    return None if value is None else f"{format_number(value, places)} %"


def rows(found: Summary, count: int, **filters) -> str:
    """Returns the address of the list with the rows behind a number; empty when the number is 0."""
    if not count:
        return ""
    return renaksi_list.address(urlencode({**_about(found), **filters}))


def _about(found):
    """Returns the filters with which the list shows the rows that the summary counts."""
    if found.evaluation and not found.unscored:
        return {"evaluasi": found.evaluation.pk}
    chosen = {"lhe_terakhir": "on"} if found.is_current else {"tahun": found.year}
    return chosen | ({"perangkat": found.evaluation.unit_id} if found.evaluation else {})


def about_group(found: Summary, group: Group) -> dict:
    """Returns the list filters of a unit or a body; empty for the sum of a rest, which no list shows."""
    if group.subject is None:
        return {}
    if found.evaluation:
        return {"unit": group.subject.pk, "unit_saja": "on", "peran": "lead"}
    return {"perangkat": group.subject.unit_id}


def page_of(body, year: int | None = None) -> str:
    """Returns the address of the leader's page of one body; of its latest LHE without `year`."""
    chosen = {"unit": body.pk} | ({"tahun": year} if year else {})
    return f"{reverse('reports:overview')}?{urlencode(chosen)}"


def status_counts(found) -> list[tuple[str, str, int, str]]:
    """Returns (label, tone, count, address) for each status, in the order of the work."""
    return [
        (
            label,
            STATUS_WORDS[status].tone,
            found.statuses[status],
            rows(found, found.statuses[status], status=status),
        )
        for status, label in Renaksi.Status.choices
    ]
