"""One page for the leader: how far, who is late, how the score stands. The home page shows the same parts."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString

from recommendations import listing, scoring
from recommendations.models import Renaksi
from recommendations.status import STATUS_WORDS
from reports import summary as figures
from reports.charts import Chart, ChartKind, Point, Series
from reports.summary import MOST_LATE, Group, Summary
from reports.tables import Align, Cell, Column, Kind, Prose, Report, Table
from sakip.dates import format_date
from sakip.numbers import format_number

EVERY = 7  # of the days of the trend, which its table prints


def build(user, scope) -> Report:
    found = figures.summary(user, today=scope.today, year=scope.year, body=scope.unit)
    title = "Ringkasan Tindak Lanjut LHE SAKIP"
    body = found.evaluation.unit if found.evaluation else None
    return Report(
        name="leader-summary",
        title=title if found.year is None else f"{title} Tahun Kinerja {found.year}",
        subtitle=f"{body.name if body else user.unit or ''}\nKeadaan {format_date(scope.today)}".strip(),
        sections=sections(found),
        filename=f"ringkasan-{found.year}" if found.year else "ringkasan",
        is_compact=True,
    )


def sections(found: Summary) -> list:
    charts = [chart for chart in (component_chart(found), trend_chart(found)) if not chart.is_empty]
    return [
        *([Prose("", said)] if (said := sentence(found)) else []),
        boxes_table(found),
        *charts,
        *tables(found),
    ]


def tables(found: Summary) -> list[Table]:
    """In the order of a leader's questions."""
    return [
        group_table(found),
        component_table(found),
        age_table(found),
        late_table(found),
        *([trend_table(found)] if found.trend else []),
    ]


# ── The figures at the top ──────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Box:
    """A figure in words: `url` opens its rows, `more_url` those of its detail."""

    label: str
    value: str
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
            _percent(progress.claimed_percent),
            f"{format_number(progress.claimed, 0)} {of}",
            rows(found, progress.claimed, status="claimed"),
        ),
        Box(
            "Sudah diverifikasi evaluator",
            _percent(progress.verified_percent),
            f"{format_number(progress.verified, 0)} {of}",
            rows(found, progress.verified, status="done"),
        ),
        Box(
            "Lewat batas waktu, menunggu unit",
            format_number(waiting.unit, 0),
            f"rencana aksi; semua tahun {format_number(found.overdue_ever, 0)}",
            rows(found, waiting.unit, batas="overdue"),
            listing.address("batas=overdue") if found.overdue_ever else "",
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
        f"Nilai SAKIP {found.year}",
        format_number(total) + (f" ({grade})" if grade else ""),
        _to_next(total) if grade else "Nilai komponen belum lengkap",
        found.evaluation.get_absolute_url(),
    )


def _to_next(total):
    step = scoring.next_grade(total)
    if step is None:
        return "Predikat tertinggi"
    distance = format_number(scoring.distance_to_next_grade(total))
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
        "-" if closing.from_letter is None else f"{format_number(closing.from_letter, 0)} hari",
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
    )


def sentence(found) -> SafeString:
    """How the score moved, as far as it is about one evaluation."""
    comparison = found.comparison
    if comparison is None or comparison.previous is None or comparison.total_change is None:
        return SafeString("")
    before = comparison.previous
    differ = (
        " Bobot komponen kedua tahun berbeda, sehingga selisih ini membandingkan dua skala."
        if comparison.rubrics_differ
        else ""
    )
    return format_html(
        "<p>Nilai SAKIP {}: {} ({}); tahun {}: {} ({}); perubahan {}.{}</p>",
        found.year,
        format_number(comparison.current_total),
        comparison.current_grade or "-",
        before.evaluation.performance_year,
        format_number(comparison.previous_total),
        comparison.previous_grade or "-",
        format_number(comparison.total_change, signed=True),
        differ,
    )


def _percent(value):
    return "-" if value is None else f"{format_number(value)} %"


# ── Addresses ───────────────────────────────────────────────────────────────────────────────────
def rows(found: Summary, count: int, **filters) -> str:
    """Where the rows behind a number are listed; nothing for none."""
    if not count:
        return ""
    about = {"evaluasi": found.evaluation.pk} if found.evaluation else {"tahun": found.year}
    return listing.address(urlencode({**about, **filters}))


# ── Tables ──────────────────────────────────────────────────────────────────────────────────────
def component_table(found) -> Table:
    return Table(
        title="Menurut komponen",
        columns=[
            Column("Komponen", lambda row: str(row.subject or "Tanpa komponen"), width=40),
            *_progress_columns(found, _of_component),
        ],
        rows=found.components,
    )


def _of_component(row):
    return {"komponen": row.subject.pk} if row.subject else {"tanpa_komponen": "on"}


def group_table(found) -> Table:
    rows = [*found.groups, *([found.rest] if found.rest else [])]
    if found.evaluation:
        return Table(
            title="Menurut unit penanggung jawab",
            columns=[
                Column("Unit", lambda row: _name(found, row), width=40),
                *_progress_columns(found, _of_unit),
            ],
            rows=rows,
        )
    return Table(
        title="Menurut perangkat daerah",
        columns=[
            Column("Perangkat daerah", lambda row: _body(found, row), width=32),
            Column("Nilai", lambda row: _score(found, row, "current_total"), Kind.NUMBER, width=9),
            Column(
                "Predikat",
                lambda row: _score(found, row, "current_grade"),
                width=9,
                align=Align.CENTER,
            ),
            *_progress_columns(found, _of_evaluation),
        ],
        rows=rows,
    )


def _name(found, row):
    return row.subject.name if row.subject else f"{found.rest_count} lainnya"


def _body(found, row):
    if row.subject is None:
        return f"{found.rest_count} lainnya"
    return Cell(value=str(row.subject.unit), url=row.subject.get_absolute_url())


def _score(found, row, name):
    comparison = found.comparisons.get(row.subject.pk) if row.subject else None
    return getattr(comparison, name) if comparison else None


def _of_unit(row):
    return {"unit": row.subject.pk, "peran": "lead"} if row.subject else None


def _of_evaluation(row):
    return {"evaluasi": row.subject.pk} if row.subject else None


def _progress_columns(found, of):
    """`of` gives the filters of a row, None where no list shows just these."""

    def linked(value, **filters):
        def read(row: Group):
            count, about = value(row), of(row)
            return Cell(value=count, url=rows(found, count, **about, **filters) if about else "")

        return read

    def count(label, value, group="", **filters):
        return Column(label, linked(value, **filters), Kind.INTEGER, width=9, group=group)

    def percent(name, group):
        read = f"progress.{name}"
        return Column("%", read, Kind.NUMBER, width=9, group=group)

    return [
        count("Rencana aksi", lambda row: row.progress.countable, status="countable"),
        count("Jumlah", lambda row: row.progress.claimed, "Sudah menurut unit", status="claimed"),
        percent("claimed_percent", "Sudah menurut unit"),
        count("Jumlah", lambda row: row.progress.verified, "Diverifikasi", status="done"),
        percent("verified_percent", "Diverifikasi"),
        count("Lewat batas", lambda row: row.overdue, batas="overdue"),
    ]


def age_table(found) -> Table:
    columns = [
        Column(age.label, lambda _, age=age: _late(found, age.count, age.name), Kind.INTEGER)
        for age in found.ages
    ]
    total = Column("Jumlah", lambda _: _late(found, found.overdue, "overdue"), Kind.INTEGER)
    return Table(
        title="Umur keterlambatan",
        columns=[*columns, total],
        rows=[None] if found.ages else [],
    )


def _late(found, count, age):
    return Cell(value=count, url=rows(found, count, batas=age))


def late_table(found) -> Table:
    more = found.overdue > MOST_LATE
    return Table(
        title="Paling lama lewat batas waktu",
        columns=[
            Column("Rencana aksi", lambda row: _item(found, row), width=45),
            Column("Menunggu", "lead_unit.name", width=28),
            Column("Batas waktu", "due_date", Kind.DATE, width=18),
            Column(
                "Lewat (hari)", lambda row: (found.today - row.due_date).days, Kind.INTEGER, width=9
            ),
            Column("Status", lambda row: row.get_status_display(), width=16),
        ],
        rows=found.late,
        notes=[f"{MOST_LATE} dari {format_number(found.overdue, 0)}."] if more else [],
    )


def _item(found, row):
    title = row.recommendation.title
    where = "" if found.evaluation else f", {row.recommendation.evaluation.unit}"
    return Cell(
        value=f"{row}{where}: {title}" if title else f"{row}{where}", url=row.get_absolute_url()
    )


# ── Charts ──────────────────────────────────────────────────────────────────────────────────────
def component_chart(found) -> Chart:
    return Chart(
        kind=ChartKind.BARS,
        title="Sudah dan diverifikasi menurut komponen",
        key="komponen",
        categories=[str(row.subject or "Tanpa komponen") for row in found.components],
        series=[
            Series("Sudah", [Point(row.progress.claimed_percent) for row in found.components]),
            Series(
                "Diverifikasi", [Point(row.progress.verified_percent) for row in found.components]
            ),
        ],
        suffix="%",
        high=100,
    )


def trend_chart(found) -> Chart:
    return Chart(
        kind=ChartKind.LINES,
        title="Kemajuan dari hari ke hari",
        key="harian",
        categories=[_short(row.day) for row in found.trend],
        series=[
            Series("Sudah", [_point(row, "claimed_percent") for row in found.trend]),
            Series("Diverifikasi", [_point(row, "verified_percent") for row in found.trend]),
        ],
        suffix="%",
        low=0,
        high=100,
    )


def _point(row, name):
    return Point(getattr(row.progress, name) if row.progress else None)


def _short(day):
    return f"{day.day}/{day.month}"


def trend_table(found) -> Table:
    """Every seventh day up to the latest, across."""
    days = found.trend[::-EVERY][::-1]
    columns = [
        Column(
            _short(row.day), lambda name, row=row: _point(row, name).value, Kind.NUMBER, width=10
        )
        for row in days
    ]
    names = {"claimed_percent": "Sudah (%)", "verified_percent": "Diverifikasi (%)"}
    return Table(
        title="Kemajuan setiap tujuh hari",
        columns=[Column("Hari", names.get, width=18), *columns],
        rows=list(names),
        notes=[
            "Dari hitungan harian menurut unit penanggung jawab; hari yang tidak dihitung kosong."
        ],
    )


def status_counts(found) -> list[tuple[str, str, int, str]]:
    """(label, tone, count, address) of each status, in the order of the work."""
    return [
        (
            label,
            STATUS_WORDS[status].tone,
            found.statuses[status],
            rows(found, found.statuses[status], status=status),
        )
        for status, label in Renaksi.Status.choices
    ]
