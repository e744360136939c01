"""What the page of the components shows: made-up data, no record."""

from decimal import Decimal

from django.core.paginator import Paginator

from recommendations.models import Renaksi
from recommendations.rules.status import STATUS_WORDS
from recommendations.selectors.listed_tables import RENAKSI
from recommendations.selectors.renaksi_rows import ListedRenaksi
from reports.renderers.html import preview_table
from reports.tables.table import Cell, CellKind, Column, Table, Tone
from sakip.charts import GAP, Chart, ChartKind, Point, ScaleBand, Series, strips
from sakip.templatetags.sakip import TONES

BUTTONS = (
    *("primary", "outline-primary", "outline-secondary", "success", "danger", "outline-danger"),
    "link",
)
BODY = "Menyusun pedoman pengukuran kinerja sampai tingkat individu"


def samples() -> dict:
    return {
        "statuses": [(one.label, STATUS_WORDS[one.value].tone) for one in Renaksi.Status],
        "tones": TONES,
        "buttons": BUTTONS,
        "rows": list(_rows()),
        "columns": RENAKSI.columns,
        "table": preview_table(_table()),
        "charts": list(_charts()),
        "patterns": strips.patterns(),
        "swatches": [(strips.swatch(look), label) for look, label in Renaksi.Status.choices[:5]],
        "strip": strips.strip([("done", 2), ("submitted", 3), ("open", 2)], 8, "2 tuntas"),
        "numbered": Paginator(range(90), 10).page(4),
    }


def _rows():
    for number, status in enumerate(Renaksi.Status, start=1):
        yield ListedRenaksi(
            pk=number,
            url="#",
            name=f"{number}.a",
            full_name=f"Renaksi {number}.a",
            about="LHE 2023",
            text=BODY,
            lead="Biro Organisasi",
            support="dukung: Biro Umum" if number == 2 else "",
            person="",
            due="16 November 2026",
            days_late=12 if status == Renaksi.Status.RETURNED else 0,
            status=status.label,
            tone=STATUS_WORDS[status.value].tone,
            has_evidence=number % 2 == 0,
        )


def _table():
    columns = [
        Column("Komponen", lambda row: row[0], width=30),
        Column("Nilai", lambda row: row[1], CellKind.NUMBER),
        Column("Berubah", lambda row: row[2], CellKind.NUMBER),
    ]
    tones = [getattr(Tone, f"HEAT_{number}") for number in range(1, 6)]
    rows = [
        (f"Komponen {number}", Cell(value=Decimal(40 + 10 * number), tone=tone), change)
        for number, (tone, change) in enumerate(zip(tones, _changes(), strict=True), start=1)
    ]
    return Table(
        title="Tabel laporan",
        columns=columns,
        rows=rows,
        footer_rows=[["Jumlah", Decimal("350"), ""]],
        notes=["Catatan di bawah tabel."],
        warnings=["Nilai tercetak berbeda dari jumlahnya."],
    )


def _changes():
    better, worse = Tone.BETTER, Tone.WORSE
    return [
        Cell(value=Decimal(value), tone=better if value[0] != "-" else worse)
        for value in ("2.35", "-5.17", "0.10", "-0.20", "1.00")
    ]


def _charts():
    years = ("2020", "2021", "2022", "2023")
    bodies = ("Biro Organisasi", "Biro Umum")
    scores = [GAP, *(Point(Decimal(value)) for value in ("67.94", "73.90", "76.25"))]
    yield Chart(
        kind=ChartKind.LINES,
        title="Garis di atas pita predikat",
        categories=years,
        series=[Series("Nilai", scores)],
        bands=[ScaleBand("B", 60, 70), ScaleBand("BB", 70, 80), ScaleBand("A", 80, 90)],
        low=60,
        high=90,
        goal=(80, "80,00 menuju A"),
    )
    yield Chart(
        kind=ChartKind.BARS,
        title="Batang",
        categories=bodies,
        series=[Series(f"Seri {number}", [Point(number), Point(0)]) for number in range(1, 7)],
    )
    yield Chart(
        kind=ChartKind.STACKED,
        title="Batang bersusun menurut status",
        categories=bodies,
        series=[
            Series(label, [Point(2, places=0), Point(number % 3, places=0)], look)
            for number, (look, label) in enumerate(Renaksi.Status.choices[:5])
        ],
    )
    yield Chart(kind=ChartKind.LINES, title="Tanpa data", categories=years, series=[])
