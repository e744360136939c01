"""Target, realisation, achievement and change of every indicator (LKjIP chapter III, docs/design.md §2.5)."""

from collections import Counter

from django.utils.html import format_html, format_html_join

from performance.rules.sentences import sentence
from performance.selectors.indicator_tables import indicator_row, indicator_tables, latest_year
from reports.definitions.indicator_table import change, figure, notes, number
from reports.tables.table import (
    Align,
    Cell,
    CellKind,
    Column,
    Orientation,
    Prose,
    Report,
    Table,
    Tone,
)
from sakip.numbers import exact_number, round_half_up

ABOVE, ON_TARGET, BELOW = "melampaui target", "sesuai target", "belum mencapai target"
PLAN = "Akhir Renstra"
UNKNOWN = "tanpa target atau realisasi berupa angka"
TONES = {ABOVE: Tone.BETTER, ON_TARGET: Tone.BETTER, BELOW: Tone.WORSE}
METHOD = (
    "<p>Capaian adalah realisasi dibagi target dikali 100. Untuk indikator yang makin rendah makin "
    "baik: (2 × target − realisasi) dibagi target dikali 100. Realisasi di dalam target berupa "
    "rentang bernilai 100. Pada skala teks, realisasi yang menyamai target atau lebih baik bernilai "
    "100; di bawahnya disebut berapa tingkat. Perubahan adalah (realisasi tahun ini dibagi realisasi tahun sebelumnya "
    "− 1) dikali 100; selisihnya dalam satuan indikator.</p>"
)


def build(user, scope) -> Report:
    year = scope.year or latest_year(user, scope.unit) or scope.today.year
    found = [table for table in indicator_tables(user, year, scope.unit) if table.rows]
    sections = [section for row in found for section in (table(row), _story(row))]
    method = [Prose("Cara menghitung", METHOD, level=3, key="cara")] if sections else []
    return Report(
        name="objective-achievement",
        title=f"Capaian Sasaran dan Indikator Kinerja Tahun {year}",
        subtitle=_body(scope.unit, found),
        sections=[*(sections or [Table(name="Capaian", columns=_columns(year), rows=[])]), *method],
        orientation=Orientation.LANDSCAPE,
        filename=f"capaian-sasaran-{year}",
    )


def _body(unit, found):
    """The name that the chosen body had in the year; "" when none is chosen."""
    if unit is None:
        return ""
    return found[0].objective.unit.name if found else unit.name


def table(objective_table) -> Table:
    rows = objective_table.rows
    return Table(
        title=str(objective_table.objective),
        columns=_columns(objective_table.year, any(row.plan_text for row in rows)),
        rows=[(row, _year_before(row)) for row in rows],
        key=f"sasaran:{objective_table.objective.pk}",
        row_key=lambda pair: pair[0].indicator.pk,
        notes=[_summary(rows), *notes(objective_table)],
    )


def _story(objective_table) -> Prose:
    """Returns the figures in words, one sentence for each indicator."""
    told = format_html_join(
        "",
        "<li>{}: {}</li>",
        ((row.indicator, _told(row)) for row in objective_table.rows),
    )
    return Prose("", format_html("<ul>{}</ul>", told), level=3, key=_story_key(objective_table))


def _told(row):
    words = row.plan_words
    return f"{sentence(row)} Sampai {row.year}: {words}." if words else sentence(row)


def _story_key(objective_table):
    return f"uraian:{objective_table.objective.pk}"


def _year_before(row):
    return indicator_row(row.indicator, [row.year - 2, row.year - 1])


def _columns(year, has_plan=False):
    """`has_plan` adds the columns of the strategic plan, for tables with an indicator that has its target."""
    plan = (
        Column(
            "Target", lambda pair: pair[0].plan_text or None, width=9, group=PLAN, align=Align.END
        ),
        Column("Capaian (%)", _plan_achievement, CellKind.NUMBER, width=9, group=PLAN),
    )
    return [
        Column("No.", lambda pair: number(pair[0]), CellKind.ORDINAL, width=4),
        Column("Indikator Kinerja", _indicator, width=22),
        Column("Satuan", lambda pair: pair[0].indicator.measure or None, width=9),
        *_year(f"Tahun {year - 1}", 1),
        *_year(f"Tahun {year}", 0),
        Column("Perubahan (%)", lambda pair: change(pair[0]), CellKind.NUMBER, width=9),
        Column("Selisih", _difference, CellKind.NUMBER, width=8),
        *(plan if has_plan else ()),
        Column("Keterangan", _remark, width=17),
    ]


def _year(group, at):
    return (
        Column("Target", lambda pair: _target(pair[at]), CellKind.NUMBER, width=9, group=group),
        Column("Realisasi", lambda pair: figure(pair[at].current), CellKind.NUMBER, 9, group=group),
        Column("Capaian (%)", lambda pair: _achievement(pair[at]), CellKind.NUMBER, 9, group=group),
    )


def _indicator(pair):
    indicator = pair[0].indicator
    remark = f"({indicator.get_polarity_display().lower()})" if indicator.lower_is_better else ""
    return Cell(value=str(indicator), annotation=remark)


def _target(row):
    """Returns the target as a cell. A range becomes a text; a number keeps the indicator's decimals."""
    if row.target is None:
        return None
    is_number = row.target.high is None and not row.target.text_value
    value = row.target.value if is_number else row.target_text
    return Cell(value=value, places=row.indicator.decimals, align=Align.END)


def _achievement(row):
    note = row.printed_achievement if row.achievement_differs else ""
    tone = Tone.WARNING if note else TONES.get(verdict(row))
    return Cell(value=row.achievement, note=note, tone=tone)


def verdict(row) -> str:
    """Returns the class used in Kaltim: 100 is on target, more is above, less is below. Uses the printed
    figure.
    """
    if row.target_steps is not None:
        return ABOVE if row.target_steps > 0 else BELOW if row.target_steps else ON_TARGET
    if row.achievement is None:
        return UNKNOWN
    reached = round_half_up(row.achievement)
    return ON_TARGET if reached == 100 else ABOVE if reached > 100 else BELOW


def _plan_achievement(pair):
    row = pair[0]
    if row.plan_achievement is None:
        return Cell(value=row.plan_words or None)
    return Cell(value=row.plan_achievement)


def _difference(pair):
    return Cell(value=pair[0].difference, places=pair[0].current.places)


def _remark(pair):
    row = pair[0]
    said = [] if verdict(row) == UNKNOWN else [verdict(row).capitalize()]
    if row.current.missing:
        said.append(row.current.missing)
    if row.is_carried_over:
        said.append("Nilai tahun sebelumnya")
    elif row.judgement:
        said.append(row.judgement.capitalize())
    elif row.movement == "tetap":
        said.append("Tetap")
    said += [
        f"{label} {exact_number(reported)}"
        for label, reported, differs in (
            ("Capaian tercetak", row.reported_achievement, row.achievement_differs),
            ("Perubahan tercetak", row.reported_change, row.change_differs),
        )
        if differs
    ]
    return "; ".join(said) or None


def _summary(rows):
    """Returns a text with the number of indicators in each class that occurs."""
    whole = [row for row in rows if not row.is_part]
    counts = Counter(verdict(row) for row in whole)
    classes = (ABOVE, ON_TARGET, BELOW, UNKNOWN)
    said = ", ".join(f"{counts[words]} {words}" for words in classes if counts[words])
    return f"Dari {len(whole)} indikator: {said}."
