"""Each renaksi repeats its place, whatever way it or what is above it changes."""

import pytest

from recommendations.models import (
    Component,
    Evaluation,
    ExtensionRequest,
    Recommendation,
    Renaksi,
    SupportingUnit,
    placing,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def renaksi(evaluation, units):
    recommendation = factories.make_recommendation(evaluation, 3)
    factories.make_renaksi(recommendation, units.umum)
    return factories.make_renaksi(recommendation, units.organisasi)


def assert_placed(*, rows):
    found = Renaksi.objects.select_related("recommendation__evaluation")
    assert found.count() == rows
    for row in found:
        above = row.recommendation
        assert row.evaluation_id == above.evaluation_id
        assert row.body_id == above.evaluation.unit_id
        assert row.performance_year == -row.latest_first == above.evaluation.performance_year
        assert row.recommendation_number == above.number
        assert row.component_id == above.component_id


def test_when_it_is_made(renaksi):
    assert_placed(rows=2)


def test_when_many_are_made(renaksi, units):
    row = Renaksi(recommendation=renaksi.recommendation, position=9, lead_unit=units.umum)
    Renaksi.objects.bulk_create([row])
    assert_placed(rows=3)


def test_when_its_recommendation_changes(renaksi):
    component = Component.objects.exclude(pk=renaksi.recommendation.component_id).first()
    Recommendation.objects.update(number=8, component=component)
    assert_placed(rows=2)
    assert Renaksi.objects.filter(recommendation_number=8, component=component).count() == 2


def test_when_its_lhe_changes(renaksi, units):
    Evaluation.objects.update(unit=units.dinas, performance_year=2021)
    assert_placed(rows=2)
    assert Renaksi.objects.filter(body=units.dinas, performance_year=2021).count() == 2


def test_when_it_moves_to_another_lhe(renaksi, units):
    elsewhere = factories.make_recommendation(factories.make_evaluation(units.dinas, 2020), 1)
    Renaksi.objects.filter(pk=renaksi.pk).update(recommendation=elsewhere, position=1)
    assert_placed(rows=2)


def test_a_stale_object_does_not_undo_it(renaksi):
    """`save()` writes every column of an object that was made before its row was placed."""
    stale = Renaksi(pk=renaksi.pk, recommendation=renaksi.recommendation, position=4)
    stale.lead_unit_id = renaksi.lead_unit_id
    stale.save(force_update=True)
    assert_placed(rows=2)


def test_ranks(renaksi):
    Renaksi.objects.filter(pk=renaksi.pk).update(status="done", due_date="2023-05-01")
    assert Renaksi.objects.get(pk=renaksi.pk).is_closed
    other = Renaksi.objects.exclude(pk=renaksi.pk).get()
    assert not other.is_closed
    assert other.due_order == placing.LAST_DAY


def test_all_is_filled_anew(renaksi):
    placing.take_down()
    assert len(placing.missing()) == 9
    Renaksi.objects.update(body=None, recommendation_number=77)
    placing.fill()
    placing.put_up()
    assert placing.missing() == []
    assert_placed(rows=2)
    placing.put_up()  # as each upgrade does
    assert placing.missing() == []


def assert_parts_placed(*, rows):
    """What hangs on a renaksi has its body."""
    for part in (SupportingUnit, ExtensionRequest):
        found = part.objects.select_related("renaksi")
        assert found.count() == rows
        assert all(row.body_id == row.renaksi.body_id for row in found)


@pytest.fixture
def parts(renaksi, units, cast):
    renaksi.supporting_units.add(units.umum)
    return factories.make_extension(renaksi, cast.rina)


def test_parts_have_the_body_of_their_renaksi(parts):
    assert_parts_placed(rows=1)


def test_parts_follow_when_the_lhe_changes(parts, units):
    Evaluation.objects.update(unit=units.dinas)
    assert_parts_placed(rows=1)
    assert SupportingUnit.objects.get().body_id == units.dinas.pk


def test_parts_follow_when_the_renaksi_moves(parts, renaksi, units):
    elsewhere = factories.make_recommendation(factories.make_evaluation(units.dinas, 2020), 1)
    Renaksi.objects.filter(pk=renaksi.pk).update(recommendation=elsewhere, position=1)
    assert_parts_placed(rows=1)
    assert ExtensionRequest.objects.get().body_id == units.dinas.pk


def test_a_stale_part_does_not_undo_it(parts):
    parts.note = "Disimpan dari objek lama"
    assert parts.body_id is None  # triggers fill rows, not objects
    parts.save()
    assert_parts_placed(rows=1)
