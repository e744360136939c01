"""Loads fixtures. Creates missing rows and does not change existing rows, which people may have edited.

Fixtures refer to each other by their own codes (`biro-organisasi`), which are kept in memory while
loading. A row is found by its natural key or, because people may change that, by a second key.
"""

import json
from collections import Counter
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from performance.models import Indicator, Objective, ObjectiveSource, Realisation, Target
from recommendations.models import (
    Component,
    ComponentScore,
    Evaluation,
    Note,
    NotePhoto,
    Recommendation,
    RecommendationPoint,
    Renaksi,
    Rubric,
    RubricWeight,
    Step,
)
from recommendations.selectors import search
from recommendations.workflow import Work, perform_many
from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from sakip.history.write import record
from sakip.models import Letterhead, Official, Unit, UnitName

CLAIM = (
    "Tanda “Sudah” adalah pernyataan perangkat daerah sendiri dalam dokumen sumber; "
    "bukti dukungnya belum dilampirkan dan belum direviu."
)


def read(name) -> dict:
    """Returns a file of `fixtures/`; its figures become Decimal."""
    text = (settings.BASE_DIR / "fixtures" / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)


@transaction.atomic
def load_source(*, at) -> Counter:
    """Loads the reference data and the source document. Returns the number of new rows of each model."""
    loader = Loader(at=at)
    loader.load(read("reference"))
    loader.load(read("source"))
    return loader.created


def sentence(created: Counter) -> str:
    """Returns a sentence about what was created."""
    if not created:
        return "Semua data sudah ada; tidak ada yang diubah."
    rows = [f"{count} {model._meta.verbose_name}" for model, count in created.items()]
    return f"Dibuat: {', '.join(rows)}. Data yang sudah ada tidak diubah."


def _any_new(found) -> bool:
    return any(is_new for _, is_new in found)


class Loader:
    """`created` counts the new rows by model; `at` is the time written to the history."""

    def __init__(self, *, at):
        self.at = at
        self.created = Counter()
        self.units, self.officials, self.components, self.rubrics = {}, {}, {}, {}

    def load(self, fixture):
        """Loads the sections of a fixture in the order of their dependencies."""
        for section, load in (
            ("units", self.unit),
            ("former_names", self.former_name),
            ("officials", self.official),
            ("letterheads", self.letterhead),
            ("components", self.component),
            ("rubrics", self.rubric),
            ("evaluations", self.evaluation),
            ("objectives", self.objective),
            ("telaah_staf", self.telaah_staf),
        ):
            for position, row in enumerate(fixture.get(section, ()), 1):
                load(position, **row)

    def find_or_create(self, model, *keys, **fields):
        """Returns the row and whether it is new. Tries each of `keys`; otherwise creates a row from the
        first key and `fields`.
        """
        for key in keys:
            if found := model._base_manager.filter(**key).first():
                return found, False
        return self.create(model, **keys[0], **fields), True

    def create(self, model, **fields):
        row = model(**fields)
        row.full_clean()
        row.save()
        self.created[model] += 1
        return row

    def remember(self, row, **entry):
        """Writes the first history entry of a record that has a history."""
        record(actor=None, at=self.at, target=row, **{"action": "create", **entry})

    # ── Reference data ──────────────────────────────────────────────────────────────────────────
    def unit(self, position, *, code, name, parent=None, **fields):
        parent = self.units.get(parent)
        self.units[code], is_new = self.find_or_create(
            Unit,
            {"code": code, "name": name, "parent": parent},
            {"code": code},
            {"name": name, "parent": parent},
            position=position,
            **fields,
        )
        if is_new:
            self.remember(self.units[code])

    def former_name(self, _, *, unit, until, **fields):
        unit = self.units[unit]
        _, is_new = self.find_or_create(
            UnitName, {"unit": unit, "until": until}, parent=unit.parent, **fields
        )
        if is_new:
            changes = [("name", fields["name"], unit.name)]
            self.remember(unit, action="rename_unit", changes=changes)

    def official(self, _, *, nip, unit, **fields):
        self.officials[nip], is_new = self.find_or_create(
            Official, {"nip": nip}, unit=self.units[unit], **fields
        )
        if is_new:
            self.remember(self.officials[nip])

    def letterhead(self, _, *, unit, **fields):
        letterhead, is_new = self.find_or_create(Letterhead, {"unit": self.units[unit]}, **fields)
        if is_new:
            self.remember(letterhead)

    def component(self, position, *, code, name, aliases):
        self.components[code], _ = self.find_or_create(
            Component,
            {"code": code, "name": name},
            {"code": code},
            {"name": name},
            aliases="\n".join(aliases),
            position=position,
        )

    def rubric(self, _, *, name, regulation, weights, **fields):
        rubric, is_new = self.find_or_create(
            Rubric,
            {"name": name, "regulation": regulation, "unit": None},
            {"name": name, "unit": None},
            {"regulation": regulation, "unit": None},
            **fields,
        )
        self.rubrics[name] = rubric
        if is_new:
            for position, (code, weight) in enumerate(weights.items(), 1):
                component = self.components[code]
                self.create(
                    RubricWeight,
                    rubric=rubric,
                    component=component,
                    weight=weight,
                    position=position,
                )
            self.remember(rubric)

    # ── Evaluations and their recommendations ───────────────────────────────────────────────────
    def evaluation(
        self, _, *, unit, performance_year, rubric, scores, recommendations=(), **fields
    ):
        evaluation, is_new = self.find_or_create(
            Evaluation,
            {"unit": self.units[unit], "performance_year": performance_year},
            rubric=self.rubrics[rubric],
            **fields,
        )
        if is_new:
            for score in scores:
                component = self.components[score["component"]]
                score = {**score, "component": component}
                self.create(ComponentScore, evaluation=evaluation, **score)
            self.remember(evaluation)
        for row in recommendations:
            self.recommendation(evaluation, **row)

    def recommendation(self, evaluation, *, number, component=None, previous=None, **fields):
        """Creates the recommendation. Skips a number that exists, or that existed and was deleted since.

        `last_number` of the evaluation is the highest number ever given.
        """
        given = evaluation.recommendations.filter(number=number).exists()
        if given or number <= evaluation.last_number:
            return
        points, note = fields.pop("points", ()), fields.pop("note", None)
        renaksi = fields.pop("renaksi")
        recommendation = self.create(
            Recommendation,
            evaluation=evaluation,
            number=number,
            component=self.components.get(component),
            previous=self._previous(evaluation, previous),
            **fields,
        )
        evaluation.last_number = number
        evaluation.save(update_fields=["last_number"])
        self.remember(recommendation)
        points = {
            position: self.create(
                RecommendationPoint, recommendation=recommendation, position=position, text=text
            )
            for position, text in enumerate(points, 1)
        }
        search.refresh_recommendations([recommendation.pk])
        for position, row in enumerate(renaksi, 1):
            row = {**row, "point": points.get(row.get("point"))}
            self.renaksi(recommendation, position, **row)
        if note:
            self.note(recommendation, **note)

    def _previous(self, evaluation, number):
        if number is None:
            return None
        earlier = Evaluation.objects.before(evaluation)
        return Recommendation.objects.filter(evaluation=earlier, number=number).first()

    def renaksi(
        self,
        recommendation,
        position,
        *,
        lead_unit,
        supporting_units=(),
        steps=(),
        is_claimed=False,
        **fields,
    ):
        """`is_claimed`: the document says “Sudah”. It is stored as the claim of the body, not as verified."""
        renaksi = self.create(
            Renaksi,
            recommendation=recommendation,
            position=position,
            lead_unit=self.units[lead_unit],
            **fields,
        )
        renaksi.supporting_units.set(self.units[code] for code in supporting_units)
        for number, text in enumerate(steps, 1):
            self.create(Step, renaksi=renaksi, position=number, text=text)
        search.refresh([renaksi.pk])
        self.remember(renaksi)
        if is_claimed:
            self.claim(renaksi)
        return renaksi

    def claim(self, renaksi):
        """Sets the claimed status without evidence, because the paper source has none to load."""
        works = [Work(renaksi)]
        perform_many(
            action="submit", works=works, actor=None, at=self.at, note=CLAIM, is_printed=True
        )

    def note(self, recommendation, *, text, photos=()):
        note = self.create(Note, recommendation=recommendation, text=text)
        for position, caption in enumerate(photos, 1):
            self.create(NotePhoto, note=note, position=position, caption=caption)

    # ── Indicators ──────────────────────────────────────────────────────────────────────────────
    def objective(self, _, *, unit, number, sources, indicators, **fields):
        objective, is_new = self.find_or_create(
            Objective, {"unit": self.units[unit], "number": number}, **fields
        )
        keys = {year: {"objective": objective, "year": int(year)} for year in sources}
        made = [
            self.find_or_create(ObjectiveSource, keys[year], text=text)
            for year, text in sources.items()
        ]
        if is_new or _any_new(made):
            self.remember(objective, action="create" if is_new else "edit")
        for row in indicators:
            self.indicator(objective, **row)

    def indicator(self, objective, *, number, name, owner_unit, realisations, **fields):
        owner = self.units[owner_unit]
        indicator, is_new = self.find_or_create(
            Indicator,
            {"objective": objective, "number": number, "name": name, "owner_unit": owner},
            {"objective": objective, "name": name, "owner_unit": owner},
            {"objective": objective, "number": number},
            **fields,
        )
        if is_new:
            self.remember(indicator)
        self.figures(indicator, is_new, realisations=realisations)

    def figures(self, indicator, is_new=False, *, realisations, targets=None):
        """Creates realisations and targets by year. A target is a number or a pair: the ends of a range."""
        made = []
        for year, fields in realisations.items():
            key = {"indicator": indicator, "year": int(year)}
            made.append(self.find_or_create(Realisation, key, **fields))
        for year, target in (targets or {}).items():
            value, high = target if isinstance(target, list) else (target, None)
            key = {"indicator": indicator, "year": int(year)}
            made.append(self.find_or_create(Target, key, value=value, high=high))
        if _any_new(made) and not is_new:
            self.remember(indicator, action="realise")

    # ── Documents ───────────────────────────────────────────────────────────────────────────────
    def telaah_staf(self, _, *, unit, performance_year, number, subject, signatory, **fields):
        evaluation = Evaluation.objects.get(
            unit=self.units[unit], performance_year=performance_year
        )
        components, sections = fields.pop("components"), fields.pop("sections")
        copies_to = "\n".join(fields.pop("copies_to"))
        telaah_staf, is_new = self.find_or_create(
            TelaahStaf,
            {"evaluation": evaluation, "number": number, "subject": subject},
            {"evaluation": evaluation, "number": number},
            {"evaluation": evaluation, "subject": subject},
            signatory=self.officials[signatory],
            copies_to=copies_to,
            **fields,
        )
        if not is_new:
            return
        telaah_staf.components.set(self.components[code] for code in components)
        for position, section in enumerate(sections, 1):
            self.section(telaah_staf, position, **section)
        self.remember(telaah_staf)

    def section(self, telaah_staf, position, *, blocks, **fields):
        section = self.create(
            TelaahStafSection, telaah_staf=telaah_staf, position=position, **fields
        )
        for number, block in enumerate(blocks, 1):
            self.create(TelaahStafBlock, section=section, position=number, **block)
