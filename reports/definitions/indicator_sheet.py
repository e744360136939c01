"""The sheet of each indicator (kamus indikator): its meaning, how it is measured, by whom, and SMART-C."""

from operator import itemgetter

from performance.models import Indicator, SmartMark
from reports.tables.table import Column, Report, Table
from sakip.numbers import exact_number


def build(user, scope) -> Report:
    rows = Indicator.objects.visible_to(user).select_related(
        "objective__unit", "owner_unit", "parent"
    )
    if scope.unit:
        rows = rows.filter(objective__unit=scope.unit)
    rows = rows.prefetch_related("smart_marks").order_by(
        "objective__unit__name", "objective__number", "number", "pk"
    )
    return Report(
        name="indicator-sheet",
        title="Lembar Indikator Kinerja",
        subtitle=scope.unit.name if scope.unit else "",
        sections=[_table(row) for row in rows],
        filename="lembar-indikator",
    )


def _table(indicator) -> Table:
    return Table(
        title=f"{indicator.objective.number}.{indicator.number} {indicator.name}",
        columns=[Column("Unsur", itemgetter(0), width=26), Column("Isi", itemgetter(1), width=74)],
        rows=_rows(indicator),
        key=f"indikator:{indicator.pk}",
        row_key=itemgetter(0),
    )


def _rows(indicator):
    first, last = indicator.year_from or "sejak awal", indicator.year_to or "sekarang"
    rows = [
        ("Perangkat daerah", indicator.objective.unit.name),
        ("Sasaran", str(indicator.objective)),
        ("Kode", indicator.code),
        ("Definisi operasional", indicator.definition),
        ("Formula", indicator.formula),
        ("Satuan", indicator.measure),
        ("Skala, dari yang terbaik", indicator.scale),
        ("Arah", indicator.get_polarity_display()),
        ("Akumulasi dalam setahun", indicator.get_accumulation_display()),
        ("Periode pengukuran", indicator.get_period_display()),
        ("Target akhir Renstra", _plan(indicator)),
        ("Sumber data", indicator.data_source),
        ("Unit pemilik", indicator.owner_unit.name),
        ("Penanggung jawab data", indicator.responsible),
        ("Bagian dari", str(indicator.parent or "")),
        ("Berlaku", f"{first} s.d. {last}"),
    ]
    optional = {"Kode", "Skala, dari yang terbaik", "Target akhir Renstra", "Bagian dari"}
    marks = {mark.criterion: mark for mark in indicator.smart_marks.all()}
    return [
        *((label, words or None) for label, words in rows if words or label not in optional),
        *(_judged(label, marks.get(code)) for code, label in SmartMark.Criterion.choices),
    ]


def _plan(indicator):
    if indicator.plan_year is None:
        return ""
    target = indicator.plan_text or exact_number(indicator.plan_target, indicator.decimals)
    return f"{target} pada {indicator.plan_year}"


def _judged(label, mark):
    if mark is None:
        return f"SMART-C: {label}", "belum dinilai"
    words = "terpenuhi" if mark.is_met else "belum terpenuhi"
    return f"SMART-C: {label}", f"{words}; {mark.remark}" if mark.remark else words
