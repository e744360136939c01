"""One page for the leader: progress, late units, score. The home page shows the same parts."""

from django.utils.html import format_html

from reports.errors import ReportError
from reports.selectors import leader_look, leader_words
from reports.selectors import leader_summary as figures
from reports.selectors.leader_headline import about_group, boxes_table, page_of, remarks, rows
from reports.selectors.leader_summary import MOST_LATE, Group, Summary
from reports.tables.charts import Chart, ChartKind, Point, Series
from reports.tables.table import Align, Cell, CellKind, Column, Prose, Report, Table
from sakip.dates import format_date
from sakip.numbers import format_number

LATE = "terlambat"  # key of the table of what is longest late
EVERY = 7  # the table of the trend prints every seventh day


def build(user, scope) -> Report:
    found = figures.summary(user, today=scope.today, **_chosen(scope))
    if scope.year is not None and not found.evaluations:
        raise ReportError(f"Belum ada LHE tahun kinerja {scope.year} di sini. Pilih tahun lain.")
    title = "Ringkasan Tindak Lanjut LHE SAKIP"
    body = found.evaluation.unit if found.evaluation else None
    return Report(
        name="leader-summary",
        title=f"{title} Tahun Kinerja {found.period}" if found.period else title,
        subtitle=f"{body.name if body else user.unit or ''}\nKeadaan {format_date(scope.today)}".strip(),
        sections=sections(found),
        filename=f"ringkasan-{found.period}".replace("–", "-").rstrip("-"),
        is_compact=True,
    )


def _chosen(scope) -> dict:
    """Returns year and body. A chosen evaluation sets both."""
    chosen = scope.evaluation
    if chosen is None:
        return {"year": scope.year, "body": scope.unit}
    if scope.year not in (None, chosen.performance_year):
        raise ReportError(
            f"LHE nomor {chosen.pk} menilai tahun kinerja {chosen.performance_year}, "
            f"bukan {scope.year}. Pilih salah satu saja."
        )
    return {"year": chosen.performance_year, "body": chosen.unit}


def sections(found: Summary) -> list:
    """Returns what the page shows, in its order, and the tables behind it."""
    if not found.evaluations:
        return [boxes_table(found), *tables(found)]
    charts = [leader_look.unit_chart(found), leader_look.score_chart(found), trend_chart(found)]
    return [
        Prose(
            "",
            format_html("<p>{}</p>{}", leader_words.sentence(found), remarks(found)),
            key="nilai",
        ),
        *(chart for chart in charts if not chart.is_empty),
        boxes_table(found),
        late_table(found),
        *(table for table in tables(found) if table.key != LATE),
    ]


def tables(found: Summary) -> list[Table]:
    """Returns the tables in the order of a leader's questions."""
    return [
        group_table(found),
        component_table(found),
        age_table(found),
        late_table(found),
        *([trend_table(found)] if found.trend else []),
    ]


# ── Tables ──────────────────────────────────────────────────────────────────────────────────────
def component_table(found) -> Table:
    return Table(
        title="Menurut komponen",
        columns=[
            Column("Komponen", lambda row: str(row.subject or "Tanpa komponen"), width=40),
            *_progress_columns(found, _of_component),
        ],
        rows=found.components,
        key="komponen",
        row_key=_subject,
    )


def _subject(row):
    """Returns the row key. Renaksi without a subject and the rest of a long list share one key."""
    return row.subject.pk if row.subject else "lainnya"


def _of_component(row):
    return {"komponen": row.subject.pk} if row.subject else {"tanpa_komponen": "on"}


def group_table(found) -> Table:
    rows = found.lines
    if found.evaluation:
        return Table(
            title="Menurut unit penanggung jawab",
            columns=[
                Column("Unit", lambda row: _name(found, row), width=40),
                *_progress_columns(found, _of_group(found)),
            ],
            rows=rows,
            key="unit",
            row_key=_subject,
        )
    return Table(
        title="Menurut perangkat daerah",
        columns=[
            Column("Perangkat daerah", lambda row: _body(found, row), width=32),
            *_year_columns(found),
            Column(
                "Nilai", lambda row: _score(found, row, "current_total"), CellKind.NUMBER, width=9
            ),
            Column(
                "Predikat",
                lambda row: _score(found, row, "current_grade"),
                width=9,
                align=Align.CENTER,
            ),
            *_progress_columns(found, _of_group(found)),
        ],
        rows=rows,
        key="perangkat-daerah",
        row_key=_subject,
    )


def _year_columns(found):
    """Returns the column "Tahun kinerja", only where the bodies are shown with different years."""
    if found.year is None:
        yield Column(
            "Tahun kinerja",
            lambda row: str(row.subject.performance_year),
            width=9,
            align=Align.CENTER,
        )


def _name(found, row):
    return row.subject.name if row.subject else f"{found.rest_count} lainnya"


def _body(found, row):
    return Cell(value=str(row.subject.unit), url=page_of(row.subject.unit, found.chosen_year))


def _score(found, row, name):
    comparison = found.comparisons.get(row.subject.pk)
    return getattr(comparison, name) if comparison else None


def _of_group(found):
    return lambda row: about_group(found, row)


def _progress_columns(found, of):
    """`of(row)` returns the list filters of a row, or None when no list shows exactly these items."""

    def linked(value, **filters):
        def read(row: Group):
            count, about = value(row), of(row)
            return Cell(value=count, url=rows(found, count, **about, **filters) if about else "")

        return read

    def count(label, value, group="", **filters):
        return Column(label, linked(value, **filters), CellKind.INTEGER, width=9, group=group)

    def percent(name, group):
        def read(row: Group):
            return Cell(value=getattr(row.progress, name), places=row.progress.places)

        return Column("%", read, CellKind.NUMBER, width=9, group=group)

    return [
        count("Rencana aksi", lambda row: row.progress.countable, status="countable"),
        count("Jumlah", lambda row: row.progress.claimed, "Sudah menurut unit", status="claimed"),
        percent("claimed_percent", "Sudah menurut unit"),
        count("Jumlah", lambda row: row.progress.verified, "Diverifikasi", status="done"),
        percent("verified_percent", "Diverifikasi"),
        count("Terlambat", lambda row: row.overdue, batas="overdue"),
    ]


def age_table(found) -> Table:
    columns = [
        Column(age.label, lambda _, age=age: _late(found, age.count, age.name), CellKind.INTEGER)
        for age in found.ages
    ]
    total = Column("Jumlah", lambda _: _late(found, found.overdue, "overdue"), CellKind.INTEGER)
    return Table(
        title="Umur keterlambatan",
        columns=[*columns, total],
        rows=[None] if found.ages else [],
        key="umur",
        row_key=lambda _: "umur",
    )


def _late(found, count, age):
    return Cell(value=count, url=rows(found, count, batas=age))


def late_table(found) -> Table:
    more = found.overdue > MOST_LATE
    return Table(
        title="Paling lama terlambat",
        columns=[
            Column("Rencana aksi", lambda row: _item(found, row), width=40),
            Column("Menunggu", "lead_unit.name", width=34),
            Column("Batas waktu", "due_date", CellKind.DATE, width=19),
            Column(
                "Lewat (hari)",
                lambda row: (found.today - row.due_date).days,
                CellKind.INTEGER,
                width=9,
            ),
            Column("Status", lambda row: row.get_status_display(), width=14),
        ],
        rows=found.late,
        key=LATE,
        row_key="pk",
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
            Series("Sudah", [_point(row, "claimed_percent") for row in found.components]),
            Series("Diverifikasi", [_point(row, "verified_percent") for row in found.components]),
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
    if row.progress is None:
        return Point(None)
    return Point(getattr(row.progress, name), places=row.progress.places)


def _cell_of(point):
    return Cell(value=point.value, places=point.places)


def _short(day):
    return f"{day.day}/{day.month}"


def trend_table(found) -> Table:
    """Returns every seventh day up to the latest one, one column for each day."""
    days = found.trend[::-EVERY][::-1]
    columns = [
        Column(
            _short(row.day),
            lambda name, row=row: _cell_of(_point(row, name)),
            CellKind.NUMBER,
            width=10,
        )
        for row in days
    ]
    names = {"claimed_percent": "Sudah (%)", "verified_percent": "Diverifikasi (%)"}
    return Table(
        title="Kemajuan setiap tujuh hari",
        columns=[Column("Hari", names.get, width=18), *columns],
        rows=list(names),
        key="harian",
        row_key=str,
        notes=[
            "Dari hitungan harian menurut unit penanggung jawab; hari yang tidak dihitung kosong."
        ],
    )
