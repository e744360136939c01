"""A stored page of a reader of few units: other bodies may work, and nothing that it shows is missed."""

import uuid

import pytest
from django.utils import timezone

from reports.exports import kept_pages
from reports.exports.kept_pages import bodies_of_work, kept
from sakip.history import version
from sakip.history.write import record, record_many
from sakip.models import User
from tests import factories


@pytest.fixture(autouse=True)
def stored(monkeypatch):
    monkeypatch.setattr(kept_pages, "MIN_ROWS", 1)


@pytest.fixture
def ours(recommendation, units):
    return factories.make_renaksi(recommendation, units.organisasi)


@pytest.fixture
def theirs(units):
    lhe = factories.make_evaluation(units.dinas)
    return factories.make_renaksi(factories.make_recommendation(lhe), units.dinas)


@pytest.fixture
def is_kept(cast):
    """Whether the page of Rina, operator of an own unit, is given once more as it was."""
    made = []

    def ask(who=cast.rina):
        before = len(made)
        reader = User.objects.get(pk=who.pk)
        kept(
            reader,
            about=("page",),
            count=lambda: (made.append(1) or "page", 1),
            bodies=bodies_of_work,
        )
        return len(made) == before

    ask()
    return ask


def write(target, actor, **more):
    record(actor=actor, action="edit", target=target, **more)


def test_it_stays_while_another_body_works(cast, ours, theirs, is_kept):
    assert is_kept()
    write(theirs, cast.dewi)
    assert is_kept()
    record_many(
        actor=cast.dewi,
        at=timezone.now(),
        batch=uuid.uuid4(),
        entries=[("edit", theirs, []), ("edit", theirs.recommendation, [])],
    )
    assert is_kept()
    write(ours, cast.rina)
    assert not is_kept()


def test_it_goes_when_something_common_changes(cast, ours, theirs, units, is_kept):
    for target in (theirs.recommendation.evaluation, units.dinas, cast.umar):
        write(target, cast.tono)
        assert not is_kept(), target
        assert is_kept()
    write(theirs, cast.tono, moves=True)
    assert not is_kept()
    version.note_change()
    assert not is_kept()


def test_a_renaksi_of_another_body_belongs_to_it_while_the_unit_has_a_part(
    cast, theirs, units, is_kept
):
    assert is_kept()
    theirs.supporting_units.add(units.organisasi)
    write(theirs, cast.tono)
    assert not is_kept()
    write(theirs, cast.dewi)
    assert not is_kept()
    theirs.supporting_units.remove(units.organisasi)
    theirs.lead_unit = units.organisasi
    theirs.save()
    write(theirs, cast.tono)
    assert not is_kept()
    theirs.lead_unit = units.dinas
    theirs.save()
    write(theirs, cast.tono)
    assert is_kept()  # as before the unit had a part: nothing of this body is shown
    write(theirs, cast.dewi)
    assert is_kept()


def test_whoever_reads_all_bodies_sees_every_change(cast, theirs, is_kept):
    is_kept(cast.dewi)
    assert is_kept(cast.dewi)
    write(theirs, cast.tono)
    assert not is_kept(cast.dewi)


def test_what_changes_while_it_is_made_is_not_stored(cast, theirs):
    reader = User.objects.get(pk=cast.rina.pk)

    def count():
        write(theirs, cast.tono)
        return "from two moments", 1

    for _ in range(2):
        kept(reader, about=("page",), count=count, bodies=bodies_of_work)
    found = kept(reader, about=("page",), count=lambda: ("now", 1), bodies=bodies_of_work)
    assert found == "now"
