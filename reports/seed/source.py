"""Loads fixtures: rows that are missing are created, rows that exist are left as people made them.

Fixtures name each other by codes of their own (`biro-organisasi`), kept here while loading. A row is
found by its natural key or, since people may change that, by a second one.
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
from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from sakip.history.words import STATUS
from sakip.history.write import record
from sakip.models import Letterhead, Official, Unit

CLAIM = (
    "Tanda “Sudah” adalah pernyataan perangkat daerah sendiri dalam dokumen sumber; "
    "bukti dukungnya belum dilampirkan dan belum direviu."
)


def read(name) -> dict:
    """A file of `fixtures/`; its figures become Decimal."""
    text = (settings.BASE_DIR / "fixtures" / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)


@transaction.atomic
def load_source(*, at) -> Counter:
    """The reference data and the source document; returns how many rows of each model are new."""
    loader = Loader(at=at)
    loader.load(read("reference"))
    loader.load(read("source"))
    return loader.created


def sentence(created: Counter) -> str:
    """What was created, in words."""
    if not created:
        return "Semua data sudah ada; tidak ada yang diubah."
    rows = [f"{count} {model._meta.verbose_name}" for model, count in created.items()]
    return f"Dibuat: {', '.join(rows)}. Data yang sudah ada tidak diubah."


class Loader:
    """`created` counts the new rows by model; `at` is the moment written to the history."""

    def __init__(self, *, at):
        self.at = at
        self.created = Counter()
        self.units, self.officials, self.components, self.rubrics = {}, {}, {}, {}

    def load(self, fixture):
        """Reads the sections a fixture has, in the order in which they need one another."""
        for section, load in (
            ("units", self.unit),
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
        """The row that one of `keys` finds, else a new one of the first key and `fields`; and whether it is new."""
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
        """Begins the history of a record that has one."""
        record(actor=None, at=self.at, target=row, **{"action": "create", **entry})

    # ── Reference data ──────────────────────────────────────────────────────────────────────────
    def unit(self, position, *, code, name, parent=None, **fields):
        parent = self.units.get(parent)
        self.units[code], _ = self.find_or_create(
            Unit,
            {"code": code, "name": name, "parent": parent},
            {"code": code},
            {"name": name, "parent": parent},
            position=position,
            **fields,
        )

    def official(self, _, *, nip, unit, **fields):
        self.officials[nip], _ = self.find_or_create(
            Official, {"nip": nip}, unit=self.units[unit], **fields
        )

    def letterhead(self, _, *, unit, **fields):
        self.find_or_create(Letterhead, {"unit": self.units[unit]}, **fields)

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
            {"name": name, "regulation": regulation},
            {"name": name},
            {"regulation": regulation},
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
        """Numbers up to `last_number` were given before: what is there stays, what was deleted stays away."""
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
        """`is_claimed`: the document says “Sudah”, which stands here as the body's own claim.

        The one status that `perform` does not write: it would ask for evidence, which paper cannot give.
        """
        renaksi = self.create(
            Renaksi,
            recommendation=recommendation,
            position=position,
            lead_unit=self.units[lead_unit],
            status=Renaksi.Status.SUBMITTED if is_claimed else Renaksi.Status.OPEN,
            **fields,
        )
        renaksi.supporting_units.set(self.units[code] for code in supporting_units)
        for number, text in enumerate(steps, 1):
            self.create(Step, renaksi=renaksi, position=number, text=text)
        search.refresh([renaksi.pk])
        self.remember(renaksi)
        if is_claimed:
            change = (STATUS, Renaksi.Status.OPEN, renaksi.status)
            self.remember(renaksi, action="submit", changes=[change], note=CLAIM)
        return renaksi

    def note(self, recommendation, *, text, photos=()):
        note = self.create(Note, recommendation=recommendation, text=text)
        for position, caption in enumerate(photos, 1):
            self.create(NotePhoto, note=note, position=position, caption=caption)

    # ── Indicators ──────────────────────────────────────────────────────────────────────────────
    def objective(self, _, *, unit, number, sources, indicators, **fields):
        objective, is_new = self.find_or_create(
            Objective, {"unit": self.units[unit], "number": number}, **fields
        )
        if is_new:
            self.remember(objective)
        for year, text in sources.items():
            key = {"objective": objective, "year": int(year)}
            self.find_or_create(ObjectiveSource, key, text=text)
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
        self.figures(indicator, realisations=realisations)

    def figures(self, indicator, *, realisations, targets=None):
        """Realisations and targets by year; a target is a number or a pair, the ends of a range."""
        for year, fields in realisations.items():
            self.find_or_create(Realisation, {"indicator": indicator, "year": int(year)}, **fields)
        for year, target in (targets or {}).items():
            value, high = target if isinstance(target, list) else (target, None)
            key = {"indicator": indicator, "year": int(year)}
            self.find_or_create(Target, key, value=value, high=high)

    # ── Documents ───────────────────────────────────────────────────────────────────────────────
    def telaah_staf(self, _, *, unit, performance_year, number, subject, signatory, **fields):
        evaluation = Evaluation.objects.get(
            unit=self.units[unit], performance_year=performance_year
        )
        components, sections = fields.pop("components"), fields.pop("sections")
        copies_to = "\n".join(fields.pop("copies_to"))
        memo, is_new = self.find_or_create(
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
        memo.components.set(self.components[code] for code in components)
        for position, section in enumerate(sections, 1):
            self.section(memo, position, **section)
        self.remember(memo)

    def section(self, memo, position, *, blocks, **fields):
        section = self.create(TelaahStafSection, telaah_staf=memo, position=position, **fields)
        for number, block in enumerate(blocks, 1):
            self.create(TelaahStafBlock, section=section, position=number, **block)
