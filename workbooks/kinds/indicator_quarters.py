"""The quarters in the columns of an indicator, the year's figure that follows, and who has which code."""

from collections import defaultdict

from performance.models import Indicator, QuarterFigure, Realisation, Target
from performance.rules import quarters
from performance.rules.typed_figures import TypedFigure, explanation_problem
from sakip.history.words import about, code_of
from sakip.numbers import roman
from workbooks.kinds import figures

CHANGED_BY = ("quarters", "realisations", "targets")


def labels(rows) -> list[str]:
    """The labels of the columns for these quarters; other records are skipped."""
    found = {(row.year, row.quarter) for row in rows if isinstance(row, QuarterFigure)}
    return [
        f"{what} TW {roman(quarter)} {year}"
        for year, quarter in sorted(found)
        for what in figures.QUARTER_COLUMNS
    ]


class Codes:
    """Which indicator has which code, as stored and as the rows that were read so far say."""

    def __init__(self, stored):
        self.held = {
            id(row): (row, code_of_body(row.objective.unit, row.code), row.year_from, row.year_to)
            for row in stored
        }

    def claim(self, row, first: int, last: int):
        """Another indicator with the code of this row in these years; None when it is free. Notes the claim."""
        code = code_of_body(row["Sasaran"].unit, row["Kode"] or "")
        self.held[id(row.instance)] = (row.instance, code, first, last)
        if not row["Kode"]:
            return None
        for other, its_code, its_first, its_last in self.held.values():
            overlaps = (its_first or 0) <= last and (its_last or 9999) >= first
            is_itself = other is row.instance or (other.pk and other.pk == row.instance.pk)
            if its_code == code and overlaps and not is_itself:
                return other
        return None


def code_of_body(body, code):
    """A body of the same workbook may not be stored yet."""
    return body.pk or id(body), code.casefold()


# ── What the preview says ───────────────────────────────────────────────────────────────────────
def problems(row):
    """A year that contradicts its quarters, and a finished one whose change is not explained."""
    for year, changed in _years(row).items():
        made, own = _made(row, year), row_value(row, "Realisasi", year)
        label = f"Realisasi {year}"
        if made and label in row.changed and own and made.contradicts(own):
            yield label, made.complaint(own, year)
        elif made and made.is_complete and label not in row.changed:
            base = row_value(row, "Realisasi", year - 1)
            explanation = row_value(row, "Penjelasan", year) or ""
            problem = explanation_problem(
                row["Ambang penjelasan (%)"], made.figure.value, base and base.value, explanation
            )
            if problem and changed:
                yield changed[-1], f"{problem[:-1]} pada kolom Penjelasan {year}."


def warnings(row):
    """What becomes of the year, or that it stays although the quarters say something else."""
    for year, changed in _years(row).items():
        made, own = _made(row, year), row_value(row, "Realisasi", year)
        stored = _stored(row.instance, "realisations", year)
        if not changed or made is None or f"Realisasi {year}" in row.changed:
            continue
        is_own = stored is not None and stored.through_quarter is None and not stored.missing
        if is_own and made.contradicts(own):
            yield changed[-1], made.complaint(own, year)
        elif own is None or made.contradicts(own):
            yield changed[-1], f"Realisasi {year} ikut menjadi {made.figure}."


def _years(row) -> dict[int, list[str]]:
    """By year with changed figures the labels of the changed results of its quarters."""
    found: dict[int, list[str]] = defaultdict(list)
    for label in sorted(row.changed):
        column = row.columns[label]
        if isinstance(column, figures.QuarterColumn | figures.FigureColumn):
            found[dict(column.part.match)["year"]] += (
                [label] if isinstance(column, figures.QuarterColumn) else []
            )
    return found


def _made(row, year):
    """What the quarters make, as the sheet has them, else as they are stored."""
    some = []
    for quarter in quarters.QUARTERS:
        figure = row_value(row, "Realisasi", year, quarter) or TypedFigure()
        some.append(
            QuarterFigure(
                year=year, quarter=quarter, value=figure.value, text_value=figure.text,
                missing=figure.missing,
            )
        )  # fmt: skip
    rule = row["Akumulasi"] or Indicator.Accumulation.ONCE
    return quarters.year_of(Indicator(accumulation=rule, scale=row["Skala teks"] or ""), some)


def row_value(row, what, year, quarter=None):
    """What the sheet says, else what is stored."""
    makers = figures.QUARTER_COLUMNS if quarter else figures.COLUMNS
    column = makers[what.lower()](year, *([quarter] if quarter else []))
    if column.label in row.found or row.is_new:
        return row.found.get(column.label)
    return column.now(row.instance)


def _stored(instance, relation, year):
    if instance.pk is None:
        return None
    return next((row for row in getattr(instance, relation).all() if row.year == year), None)


# ── What follows when it is written ─────────────────────────────────────────────────────────────
class Followed:
    """Makes the years of all rows that brought quarters or years. The parts of `rows` are saved already.

    Six queries, however many rows.
    """

    def __init__(self, rows):
        self.written = {}  # (indicator, year) → whether the row wrote the realisation itself
        for row in rows:
            for change in row.changes:
                part = change.column.part
                if part and part.relation in CHANGED_BY:
                    key = row.instance.pk, dict(part.match)["year"]
                    is_own = part.relation == "realisations"
                    self.written[key] = self.written.get(key, False) or is_own
        self.rows = {row.instance.pk: row.instance for row in rows}
        self.changes = defaultdict(list)

    def write(self):
        if not self.written:
            return []
        found = self._load()
        made, kept = [], []
        for (pk, year), is_written in self.written.items():
            some = found["quarters"].get((pk, year), [])
            if not some:
                continue
            realisation = next(iter(found["realisations"].get((pk, year), [])), None)
            one = self._realisation(self.rows[pk], year, realisation, some, is_written)
            if one:
                (made if one[1] is None else kept).append(one)
            if not found["targets"].get((pk, year)):
                made += self._target(self.rows[pk], year, some)
        for model in (Realisation, Target):
            model.objects.bulk_create(one for one, _ in made if isinstance(one, model))
        names = {name for _, before in kept for name in before}
        if names:
            Realisation.objects.bulk_update([one for one, _ in kept], sorted(names))
        return made + kept

    def _load(self):
        pks, years = {pk for pk, _ in self.written}, {year for _, year in self.written}
        found = {}
        for name, model in zip(CHANGED_BY, (QuarterFigure, Realisation, Target), strict=True):
            found[name] = defaultdict(list)
            for row in model.objects.filter(indicator__in=pks, year__in=years):
                found[name][row.indicator_id, row.year].append(row)
        return found

    def _realisation(self, indicator, year, stored, some, is_written):
        fields = quarters.followed(indicator, stored, some)
        before = {name: getattr(stored, name) for name in fields} if stored else {}
        if not fields or before == fields:
            return None
        row = stored or Realisation(indicator=indicator, year=year, version=1)
        changed = {name for name in fields if stored is None or before[name] != fields[name]}
        for name in changed:
            setattr(row, name, fields[name])
        if stored and not is_written:
            before["version"], row.version = row.version, row.version + 1
            changed.add("version")
        self._tell(indicator, row, year, before, changed)
        return row, {name: before[name] for name in changed} if stored else None

    def _target(self, indicator, year, some):
        value = quarters.target_of(indicator, some)
        if value is None:
            return []
        row = Target(indicator=indicator, year=year, value=value)
        self._tell(indicator, row, year, {}, {"value"})
        return [(row, None)]

    def _tell(self, indicator, row, year, before, changed):
        model = row._meta
        rows = [
            (name, code_of(before.get(name), model.get_field(name)), code_of(getattr(row, name)))
            for name in sorted(changed - {"version"})
        ]
        rows = [one for one in rows if one[1] != one[2]]
        self.changes[indicator.pk] += about(row, rows, year)

    def told(self, indicator) -> list:
        return self.changes[indicator.pk]
