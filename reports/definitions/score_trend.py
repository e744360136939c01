"""Scores of one body over the years: raw, in percent of the weight, and their change (docs/design.md
§2.1).
"""

from itertools import pairwise

from recommendations.models import Evaluation
from recommendations.rules.grades import difference, percent_of_weight
from recommendations.rules.score_comparison import compare, figures
from recommendations.rules.score_sentences import course_of, sentences
from reports.selectors.letterheads import letterhead_of
from reports.tables.table import Align, Cell, CellKind, Column, Orientation, Report, Table
from sakip.numbers import format_number

MOST_YEARS = 4  # as many as fit on one landscape page


def build(user, scope) -> Report:
    current = scope.evaluation
    return Report(
        name="score-trend",
        title="Nilai Hasil Evaluasi AKIP dari Tahun ke Tahun",
        subtitle=current.unit.name,
        letterhead=letterhead_of(current.unit),
        sections=[table(history(user, current))],
        orientation=Orientation.LANDSCAPE,
        filename=f"nilai-sampai-{current.performance_year}",
    )


def history(user, current) -> list[Evaluation]:
    """Returns the body's latest scored evaluations up to `current`, oldest first."""
    earlier = Evaluation.objects.visible_to(user).with_scores().earlier(current)
    return [*reversed(earlier[: MOST_YEARS - 1]), current]


def table(evaluations) -> Table:
    years = [figures(evaluation) for evaluation in evaluations]
    steps = list(pairwise(years))
    components = dict.fromkeys(
        component for year in years for component in [*year.weights, *year.scores]
    )
    return Table(
        title=f"Nilai {evaluations[-1].unit.name} Tahun Kinerja {_span(years)}",
        name="Nilai per tahun",
        columns=_columns(years, steps),
        rows=list(enumerate(components, start=1)),
        key="nilai",
        row_key=lambda row: row[1].code,
        footer_rows=_footer(years, steps),
        notes=[
            *(text for pair in pairwise(evaluations) for text in sentences(_compared(pair))),
            *_course(evaluations),
        ],
        warnings=_warnings(years, steps),
    )


def _course(evaluations):
    if told := course_of(evaluations):
        yield f"Nilai {told.words}: {told.listed}."


def _compared(pair):
    return compare(pair[1], pair[0])


def _span(years):
    first, last = _label(years[0]), _label(years[-1])
    return first if first == last else f"{first} s.d. {last}"


def _label(year):
    return str(year.evaluation.performance_year)


def _columns(years, steps):
    columns = [
        Column("No.", lambda row: row[0], CellKind.ORDINAL, width=6),
        Column("Komponen yang dinilai", lambda row: row[1].name, width=34),
    ]
    for year in years:
        columns.append(_number(_label(year), year.score, "Nilai"))
    for year in years:
        columns.append(_number(_label(year), _percent(year), "Persen terhadap Bobot"))
    for before, after in steps:
        label = f"{_label(before)}–{_label(after)}"
        columns.append(_number(label, _points(before, after), "Selisih (poin)"))
    return columns


def _number(label, value, group):
    return Column(label, lambda row: value(row[1]), CellKind.NUMBER, width=11, group=group)


def _percent(year):
    return lambda component: percent_of_weight(year.score(component), year.weights.get(component))


def _points(before, after):
    return lambda component: difference(_percent(after)(component), _percent(before)(component))


def _footer(years, steps):
    totals = [year.total for year in years]
    changes = [difference(after.total, before.total) for before, after in steps]
    grades = [_text(year.grade) for year in years]
    rest = [Cell(value="", span=len(years))]
    tail = [Cell(value="", span=len(steps))] if steps else []
    return [
        [Cell(value="Nilai Hasil Evaluasi AKIP", span=2), *totals, *rest, *changes],
        [Cell(value="Kategori Penilaian", span=2), *grades, *rest, *tail],
    ]


def _text(value):
    return Cell(value=value, kind=CellKind.TEXT, align=Align.CENTER)


def _warnings(years, steps):
    found = [
        f"Bobot komponen {_label(before)} dan {_label(after)} berbeda: nilai mentahnya memakai "
        "skala yang berbeda. Bacalah persen terhadap bobot."
        for before, after in steps
        if before.weights != after.weights
    ]
    return found + [
        f"Nilai {_label(year)} tercetak {format_number(year.reported_total)}, sedangkan jumlah nilai "
        f"komponennya {format_number(year.total)}."
        for year in years
        if year.total_differs
    ]
