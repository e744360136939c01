"""Imports, their undo and the source document move many renaksi at once, by the same table."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from recommendations.models import Draft, Notice, Renaksi
from recommendations.workflow import Work, has_authored, perform_many
from sakip.errors import Gone, WrongState
from sakip.history.entries import HistoryEntry
from tests import factories

NOW = timezone.now()


@pytest.fixture
def items(renaksi, recommendation, units):
    second = factories.make_renaksi(recommendation, units.organisasi, position=2, status="returned")
    return [renaksi, second]


def edit(items, actor, entry="import_edit", **fields):
    works = [Work(item, entry, **fields) for item in items]
    return perform_many(action="edit", works=works, actor=actor, at=NOW)


def statuses():
    return list(Renaksi.objects.order_by("position").values_list("status", "version"))


def test_an_edit_moves_all_and_tells_what_stood_before(items, cast):
    moved = edit(items, cast.kadir, changes=(("Tindak lanjut", "-", "Rapat"),))
    assert statuses() == [("in_progress", 1), ("in_progress", 1)]
    assert [(item.status, item.version) for item in items] == statuses()
    before = [{"status": "open", "version": 0}, {"status": "returned", "version": 0}]
    assert moved == list(zip(items, before, strict=True))
    entries = HistoryEntry.objects.filter(action="import_edit").order_by("pk")
    assert [entry.target for entry in entries] == items
    assert all(len(entry.changes) == 2 for entry in entries)
    assert len({entry.batch for entry in entries}) == 1
    assert has_authored(cast.kadir, items[0])
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("status", "refusal"), [("submitted", WrongState), ("done", WrongState)])
def test_one_refused_leaves_all_as_they_were(items, cast, status, refusal):
    Renaksi.objects.filter(pk=items[1].pk).update(status=status)
    with pytest.raises(refusal):
        edit(items, cast.kadir)
    assert statuses() == [("open", 0), (status, 0)]
    assert not HistoryEntry.objects.filter(action="import_edit").exists()


def test_rights_are_asked_for_each(items, cast):
    with pytest.raises(PermissionDenied):
        edit(items, cast.dewi)
    assert statuses() == [("open", 0), ("returned", 0)]


def test_what_is_gone_is_said(items, cast):
    Renaksi.objects.filter(pk=items[1].pk).delete()
    with pytest.raises(Gone):
        edit(items, cast.kadir)


@pytest.mark.parametrize(
    ("action", "is_printed"), [("submit", False), ("accept", False), ("accept", True)]
)
def test_what_a_person_decides_is_not_done_to_many(items, cast, action, is_printed):
    works = [Work(item) for item in items]
    with pytest.raises(LookupError):
        perform_many(action=action, works=works, actor=cast.dewi, at=NOW, is_printed=is_printed)


def test_whoever_writes_becomes_an_author(items, cast):
    with pytest.raises(LookupError):
        edit(items, cast.kadir, entry="import_change")


def test_an_undo_restores_a_status_from_which_work_begins(items, cast):
    edit(items, cast.kadir)
    edit(items[:1], cast.kadir, "import_undo", back_to="open")
    assert statuses() == [("open", 2), ("in_progress", 1)]
    with pytest.raises(WrongState):
        edit(items[1:], cast.kadir, "import_undo", back_to="done")


def test_a_draft_outlives_what_leaves_its_text_alone(items, cast):
    for item in items:
        Draft.objects.create(
            renaksi=item, author=cast.rina, base_version=0, content={}, saved_at=NOW
        )
    edit(items[:1], cast.kadir, "add_evidence")
    edit(items[1:], cast.kadir, "import_edit")
    found = Draft.objects.order_by("renaksi__position").values_list("base_version", flat=True)
    assert list(found) == [1, 0]


def test_what_a_document_says_needs_no_person_and_no_evidence(items):
    works = [Work(item) for item in items]
    perform_many(action="submit", works=works, actor=None, at=NOW, note="Tercetak", is_printed=True)
    assert statuses() == [("submitted", 1), ("submitted", 1)]
    assert not Renaksi.objects.exclude(submitted_at=None, submitted_by=None).exists()
    entry = HistoryEntry.objects.filter(action="submit").first()
    assert (entry.actor, entry.note) == (None, "Tercetak")
    with pytest.raises(WrongState):
        perform_many(action="submit", works=works, actor=None, at=NOW, is_printed=True)


def test_five_hundred_cost_hardly_more_than_two(
    items, recommendation, units, cast, django_assert_max_num_queries
):
    kadir = type(cast.kadir).objects.get(pk=cast.kadir.pk)
    assert kadir.reach
    with django_assert_max_num_queries(12):
        edit(items, kadir)
    more = [
        Renaksi(recommendation=recommendation, position=position, lead_unit=units.organisasi)
        for position in range(3, 501)
    ]
    more = [*items, *Renaksi.objects.bulk_create(more)]
    with django_assert_max_num_queries(17):  # SQLite splits long statements
        edit(more, kadir)
