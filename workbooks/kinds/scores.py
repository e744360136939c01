"""What each component of an LHE obtained: its score, the score's three parts, the evaluator's remark."""

from collections.abc import Collection, Iterable

from recommendations.models import Component, ComponentScore
from recommendations.services.evaluations import PARTS, SCORE_AND_PARTS, is_complete, misfits
from sakip.numbers import input_text
from workbooks.columns import cells
from workbooks.columns.sheets import Filled, RelatedPart, SheetColumn

SCORE = "score"
PART_FIELDS = tuple(f"{name}_score" for name in PARTS)
WORDS = {
    SCORE: "Nilai",
    **dict(zip(PART_FIELDS, ("Keberadaan", "Kualitas", "Pemanfaatan"), strict=True)),
    "reported_change": "Perubahan",
    "remark": "Catatan",
}
MOST = 100
REASON = "Alasan perbaikan"


def columns(components: Iterable[Component], names: Collection[str] = WORDS) -> list[SheetColumn]:
    """For each component those columns of which `names` holds the field."""
    return [_column(component, name) for component in components for name in WORDS if name in names]


def _column(component, name):
    first, *others = ("Keberadaan", "Pemenuhan") if name == "existence_score" else (WORDS[name],)
    return SheetColumn(
        f"{first} {component.name}",
        name,
        _widget(name),
        part=RelatedPart("scores", "evaluation", (("component", component),)),
        aliases=[f"{other} {component.name}" for other in others],
        width=40 if name == "remark" else 14,
    )


def _widget(name):
    if name == "remark":
        return cells.RichTextWidget()
    return (
        cells.NumberWidget(2)
        if name == "reported_change"
        else cells.NumberWidget(2, low=0, high=MOST)
    )


def used(evaluations) -> set[str]:
    """The fields that a workbook of these evaluations shows: scores always, others where one is filled."""
    scores = ComponentScore.objects.filter(evaluation__in=evaluations).order_by()
    empty = {name: "" if name == "remark" else None for name in WORDS if name != SCORE}
    return {SCORE} | {
        name for name, nothing in empty.items() if scores.exclude(**{name: nothing}).exists()
    }


def corrects(row: Filled) -> bool:
    """Whether the sheet changes a score of an LHE whose scores are complete. An undo corrects nothing."""
    if row.is_new or REASON not in row.columns or not is_complete(row.instance):
        return False
    return any(
        row.columns[label].part and row.columns[label].attribute in SCORE_AND_PARTS
        for label in row.changed
    )


def problems(row: Filled, rubric, weights):
    """Pairs of a column's label and a sentence, for every component that the sheet names."""
    named = {}
    for label, column in row.columns.items():
        if column.part:
            component = dict(column.part.match)["component"]
            named.setdefault(component, {})[column.attribute] = label
    for component, labels in named.items():
        changed = [label for label in labels.values() if label in row.changed]
        if changed or "Rubrik" in row.changed:
            at = changed[0] if changed else next(iter(labels.values()))
            for sentence in _problems(row, component, labels, rubric, weights):
                yield at, sentence


def _problems(row, component, labels, rubric, weights):
    held = next((row.columns[label].holder(row.instance) for label in labels.values()), None)
    found = {
        name: row[labels[name]] if name in labels else getattr(held, name, None)
        for name in (SCORE, *PART_FIELDS)
    }
    parts = [found[name] for name in PART_FIELDS]
    if found[SCORE] is None:
        if held is not None:
            yield "Nilai tidak dihapus lewat impor. Hapus di halaman LHE."
        elif any(label in row.changed for label in labels.values()):
            yield f"Isi juga Nilai {component}: isi sel ini melekat padanya."
        return
    yield from _part_problems(component, found[SCORE], parts, rubric)
    score = ComponentScore(component=component, **found)
    yield from misfits([score], rubric, weights)


def _part_problems(component, score, parts, rubric):
    given = [part for part in parts if part is not None]
    if not given:
        return
    if rubric.existence_share is None:
        yield f"{rubric} tidak mengenal bagian nilai. Kosongkan bagian {component}."
    elif len(given) < len(parts):
        names = ", ".join(WORDS[name] for name in PART_FIELDS)
        yield f"Bagian nilai {component} belum lengkap. Isi ketiganya ({names}) atau kosongkan semua."
    elif (total := sum(given)) != score:
        yield (
            f"Nilai {component} harus sama dengan jumlah bagiannya. "
            f"Tulis {input_text(total, 2)}, atau perbaiki bagiannya."
        )
