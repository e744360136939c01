"""What is right to the hundredth is saved on every database, what is not is refused in words."""

import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from recommendations.models import ComponentScore, RubricWeight
from tests import factories
from tests.workbooks.books import upload
from workbooks.services import imports

CENT = Decimal("0.01")
PARTS = ("existence_score", "quality_score", "use_score")
SHORT = ("Pemenuhan", "Kualitas", "Pemanfaatan")
KNOWN = ("4.35", "6.70", "11.15"), ("0.10", "0.20", "0.30")


def triples(count=300):
    """Parts as they occur: each within its share of a component that weighs the whole hundred."""
    dice = random.Random(2021)
    cents = [[dice.randrange(most) for most in (2001, 3001, 5001)] for _ in range(count)]
    known = [tuple(map(Decimal, triple)) for triple in KNOWN]
    return [*known, *(tuple(CENT * cent for cent in triple) for triple in cents)][:count]


@pytest.fixture
def lhe(units):
    shares = {"existence_share": 20, "quality_share": 30, "use_share": 50}
    rubric = factories.make_rubric("88/2021", (100,), **shares)
    return factories.make_evaluation(units.setda, 2023, rubric=rubric)


def comma(number):
    return str(number).replace(".", ",")


def stored(lhe):
    row = lhe.scores.get()
    return (row.score, *(getattr(row, name) for name in PARTS))


@pytest.mark.once
def test_three_hundred_triples_in_the_form(signed_in, cast, lhe):
    client, url = signed_in(cast.kadir), reverse("recommendations:evaluation-scores", args=[lhe.pk])
    for parts in triples():
        lhe.scores.all().delete()
        data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "version": lhe.version}
        data |= {f"form-0-{name}": comma(part) for name, part in zip(PARTS, parts, strict=True)}
        assert client.post(url, data).status_code == 302, parts
        assert stored(lhe) == (sum(parts), *parts)
        lhe.refresh_from_db()


def test_three_hundred_triples_in_a_workbook(cast, units, lhe):
    name, rows = "Perencanaan Kinerja", []
    head = [
        "Perangkat daerah",
        "Tahun kinerja",
        f"Nilai {name}",
        *(f"{part} {name}" for part in SHORT),
    ]
    bodies = [lhe.unit]
    for number, parts in enumerate(triples()):
        unit = factories.make_unit(f"Badan {number}", parent=units.setda, kind="body")
        factories.make_evaluation(unit, 2023, rubric=lhe.rubric)
        bodies.append(unit)
        rows.append([unit.name, 2023, comma(sum(parts)), *map(comma, parts)])
    run = imports.start(
        kind="evaluations",
        upload=upload({"LHE": [head, *rows]}),
        actor=cast.kadir,
        at=timezone.now(),
    )
    assert imports.preview(run).errors == []
    imports.carry_out(run, at=timezone.now())
    found = ComponentScore.objects.filter(evaluation__unit__name__startswith="Badan")
    found = dict(found.values_list("evaluation__unit__name", "score"))
    assert found == {f"Badan {n}": sum(parts) for n, parts in enumerate(triples())}


def refused(save):
    """Whether the database refuses, too, what full_clean was not asked about."""
    try:
        with transaction.atomic():
            save()
    except IntegrityError:
        return True
    return False


def test_a_hundredth_too_much_or_too_little_is_refused(lhe):
    component = factories.make_component()
    for parts in triples(40):
        for error in (CENT, -CENT):
            row = ComponentScore(evaluation=lhe, component=component, score=sum(parts) + error)
            for name, part in zip(PARTS, parts, strict=True):
                setattr(row, name, part)
            with pytest.raises(ValidationError, match="harus sama dengan jumlah"):
                row.full_clean()
            assert refused(row.save), parts


@pytest.mark.parametrize("missing", PARTS)
def test_parts_are_all_given_or_all_empty(lhe, missing):
    row = ComponentScore(evaluation=lhe, component=factories.make_component(), score=3)
    for name in PARTS:
        setattr(row, name, None if name == missing else Decimal("1.5"))
    with pytest.raises(ValidationError, match="harus sama dengan jumlah"):
        row.full_clean()
    assert refused(row.save)


@pytest.mark.parametrize(
    "shares", [(100, None, None), (None, 50, 50), (20, 30, None), (20, 30, 49), (0, 0, 0)]
)
def test_shares_of_a_rubric_are_three_that_make_a_hundred_or_none(db, shares):
    names = ("existence_share", "quality_share", "use_share")
    rubric = factories.make_rubric(existence_label="Pemenuhan")
    for name, share in zip(names, shares, strict=True):
        setattr(rubric, name, share)
    with pytest.raises(ValidationError, match="harus berjumlah 100, atau kosong semua"):
        rubric.full_clean()
    assert refused(rubric.save)


def test_every_weight_up_to_a_hundred_is_sound(db):
    rubric, component = factories.make_rubric(weights=()), factories.make_component()
    weights = [(CENT * cents, True) for cents in [*range(1, 10_001, 97), 9_999, 10_000]]
    for weight, is_sound in [*weights, (Decimal(0), False), (Decimal("100.01"), False)]:
        row = RubricWeight(rubric=rubric, component=component, weight=weight)
        assert refused(row.save) is not is_sound, weight
        if is_sound:
            row.full_clean()
            row.delete()
